"""A file of the site as it was read, and places in it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The text of one file. Two sources are equal only when they are the same object.

    `path` is where the file is, `name` what messages call it, `lines` its lines without their line breaks.
    """

    path: Path
    name: str
    text: str = field(repr=False)
    lines: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(LINE_BREAK.split(self.text)))

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty for a line that the file does not have."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def at(self, offset: int, length: int = 1) -> "Position":
        """The place of a character, counted from 0 in `text`."""
        before = LINE_BREAK.split(self.text[:offset])
        return Position(self, len(before), len(before[-1]) + 1, length)


class Position(NamedTuple):
    """A stretch of one line. Lines and columns count from 1, columns and length in characters."""

    source: Source
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"
