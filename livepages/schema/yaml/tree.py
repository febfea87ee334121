"""The tree a YAML file is read into: plain nodes that know where they stand."""

from dataclasses import dataclass

from livepages.schema.findings.source import Position
from livepages.schema.yaml.scalars import ScalarValue


@dataclass(slots=True, eq=False)
class Scalar:
    """A single value. `text` is its text without quotes, `value` what the core schema makes of it.

    `plain` says that it was written without quotes. `broken` marks a null that stands for something that could not be
    read and has been reported.
    """

    value: ScalarValue
    text: str
    position: Position
    plain: bool = False
    broken: bool = False


@dataclass(slots=True, eq=False)
class Sequence:
    """A list of nodes."""

    items: list["Node"]
    position: Position


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys and values in their order. No two keys have the same text."""

    entries: list[tuple[Scalar, "Node"]]
    position: Position

    def get(self, key: str) -> "Node | None":
        """The value of the key with this text, or None."""
        return next((value for found, value in self.entries if found.text == key), None)


Node = Scalar | Sequence | Mapping
Entries = list[tuple[Scalar, Node]]


def plain(node: Node) -> object:
    """The plain Python value of a node: dict, list, str, int, float, bool or None.

    Keys are always strings, as in JSON: `404:` is "404". The reader bounds how deep a tree is.
    """
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def locate(scalar: Scalar, offset: int, length: int) -> Position:
    """The place in the file of a stretch of a scalar's text, `offset` counted from 0.

    The stretch is looked for from the scalar's start on, as many times as it is in the text before. Where escapes or
    folding changed it, the place is the whole scalar's.
    """
    wanted = scalar.text[offset : offset + length]
    repeats = scalar.text.count(wanted, 0, offset) if wanted else 0
    source, number, column, _ = scalar.position
    last = number + scalar.text.count("\n") + scalar.text.count(" ") + 2
    start = column - 1
    while wanted and "\n" not in wanted and number <= min(last, len(source.lines)):
        found = source.line(number).find(wanted, start)
        if found < 0:
            number, start = number + 1, 0
        elif repeats:
            repeats, start = repeats - 1, found + 1
        else:
            return Position(source, number, found + 1, length)
    return scalar.position
