"""What a YAML parser complains about, with the text around the place."""

from dataclasses import dataclass

import yaml

from livepages.schema.findings.diagnostics import Diagnostic
from livepages.schema.findings.source import Position, Source
from livepages.schema.yaml.tree import Scalar

CODE = "yaml-syntax"


@dataclass(frozen=True, slots=True)
class Problem:
    """A complaint of libyaml or of PyYAML's own parser, which word them a little differently.

    `words` says what was found or expected at `at`, `context` what was being read, `opened` where that began; `last` is
    the scalar read before.
    """

    source: Source
    words: str
    context: str
    at: Position
    opened: Position | None
    last: Scalar | None

    @classmethod
    def of(cls, error: yaml.MarkedYAMLError, source: Source, last: Scalar | None) -> "Problem":
        """The complaint that a parser's exception stands for."""
        at = _position(source, error.problem_mark) or Position(source, 1, 1)
        return cls(source, error.problem or "", error.context or "", at, _position(source, error.context_mark), last)

    @property
    def before(self) -> str:
        """The text left of the place, in its line."""
        return self.source.line(self.at.line)[: self.at.column - 1]

    @property
    def after(self) -> str:
        """The text from the place on, in its line."""
        return self.source.line(self.at.line)[self.at.column - 1 :]

    @property
    def previous(self) -> int:
        """The number of the last line with text above the place, 0 if there is none."""
        number = self.at.line - 1
        while number and not self.source.line(number).strip():
            number -= 1
        return number

    def says(self, *words: str) -> bool:
        """Whether the complaint has any of these words."""
        return any(word in self.words for word in words)

    def shift(self, offset: int, length: int = 1) -> Position:
        """A place in the same line."""
        return self.at._replace(column=self.at.column + offset, length=length)


def character(position: Position | None) -> str:
    """The character at a place, or nothing."""
    return position.source.line(position.line)[position.column - 1 :][:1] if position else ""


def mistake(message: str, position: Position, hint: str | None = None) -> Diagnostic:
    """The diagnostic for a mistake in YAML."""
    return Diagnostic("error", CODE, message, position, hint)


def _position(source: Source, mark: yaml.Mark | None) -> Position | None:
    """The place of a mark; just after the last text of the file for a mark past it."""
    if mark is None:
        return None
    number, column = mark.line + 1, mark.column + 1
    if any(line.strip() for line in source.lines[number - 1 :]):
        return Position(source, number, column)
    while number > 1 and not source.line(number).strip():
        number -= 1
    return Position(source, number, len(source.line(number).rstrip()) + 1)
