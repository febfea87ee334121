"""`${name}` in texts of the site: what a template reads, and its value."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

Lookup = Callable[[str], object]
"""From a dotted path such as "params.num" to its value. What it raises, evaluation raises."""

OPENING = re.compile(r"(\$+)\{")
PATH = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


class ExpressionError(ValueError):
    """A template that can't be parsed. `offset` (from 0) and `length` say where in its text."""

    def __init__(self, message: str, offset: int, length: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.length = length


@dataclass(frozen=True, slots=True)
class Name:
    """The expression between `${` and `}`; `offset` is where its `$` stands in the template's text."""

    path: str
    offset: int

    @property
    def names(self) -> tuple[str, ...]:
        """The paths it reads."""
        return (self.path,)

    def evaluate(self, lookup: Lookup) -> object:
        """Its value, of whatever type."""
        return lookup(self.path)


@dataclass(frozen=True, slots=True)
class Template:
    """Texts and expressions in turn."""

    parts: tuple[str | Name, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The paths it reads, each once, in order."""
        return tuple(dict.fromkeys(name for part in self.parts if isinstance(part, Name) for name in part.names))

    def evaluate(self, lookup: Lookup) -> object:
        """The value of its only expression as it is, or else the text of all parts, joined."""
        match self.parts:
            case (Name() as only,):
                return only.evaluate(lookup)
            case parts:
                return "".join(part if isinstance(part, str) else as_text(part.evaluate(lookup)) for part in parts)


def parse(text: str) -> Template | None:
    """The template of a text, or None where there is no `${` in it.

    `$${` is a literal `${`; as with every such escape, `$$` before it is one `$` (so `$$${price}` is a price in
    dollars). Raises ExpressionError.
    """
    if "${" not in text:
        return None
    parts: list[str | Name] = []
    literal, position = "", 0
    while opening := OPENING.search(text, position):
        dollars = len(opening[1])
        literal += text[position : opening.start()] + "$" * ((dollars - 1) // 2)
        if dollars % 2 == 0:
            literal, position = literal + "${", opening.end()
            continue
        name, position = _name(text, opening.end() - 2)
        parts += [literal, name] if literal else [name]
        literal = ""
    literal += text[position:]
    return Template((*parts, literal) if literal else tuple(parts))


def as_text(value: object) -> str:
    """A value as it stands in a text: nothing for None, `true` and `false`, numbers without trailing noise,
    lists and mappings as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return format(value, ".15g")
        case dict() | list() | tuple():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)


def _name(text: str, start: int) -> tuple[Name, int]:
    """The name whose `${` is at `start`, and where the text after its `}` begins."""
    end = text.find("}", start)
    line_end = text.find("\n", start)
    if end < 0 or "${" in text[start + 2 : end]:
        stop = line_end if line_end >= 0 else len(text)
        raise ExpressionError("This ${ is never closed by a }.", start, min(2, stop - start))
    inner = text[start + 2 : end]
    length = end + 1 - start
    path = inner.strip()
    if not path:
        raise ExpressionError("There is no name between ${ and }.", start, length)
    if not PATH.fullmatch(path):
        raise ExpressionError(
            f'"{path}" is not a name: only a name or a dotted name can stand in ${{ }}.', start, length
        )
    return Name(path, start), end + 1
