"""One line of a file with carets under a stretch of it, as it should look in a terminal."""

import re
from typing import NamedTuple

from rich.cells import cell_len

from livepages.schema.findings.source import Position

TAB = "    "
WIDTH = 100
"""The most characters of a line that are shown."""
BEFORE = 40
"""How many characters before the stretch stay when a line is cut."""
CUT = "…"

# Control characters and those that turn the direction of writing can make a terminal show another text.
UNSAFE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Snippet(NamedTuple):
    """The line as shown, and the carets that belong below it."""

    text: str
    carets: str


def printable(text: str) -> str:
    """The text on one line, safe to show in a terminal."""
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r", "").replace("\n", " "))


def snippet(position: Position) -> Snippet:
    """The line of a position. Tabs become four spaces, a long line is cut around the position."""
    line = position.source.line(position.line)
    start = min(position.column - 1, len(line))
    end = min(start + max(position.length, 1), max(len(line), start + 1))
    first, last = _window(len(line), start)
    left, right = CUT if first else "", CUT if last < len(line) else ""
    before = left + _shown(line[first:start])
    marked = _shown(line[start : min(end, last)])
    after = _shown(line[min(end, last) : last]) + right
    carets = " " * cell_len(before) + "^" * max(cell_len(marked), 1)
    return Snippet((before + marked + after).rstrip(), carets)


def _window(length: int, start: int) -> tuple[int, int]:
    if length <= WIDTH:
        return 0, length
    first = max(0, min(start - BEFORE, length - WIDTH))
    return first, first + WIDTH


def _shown(text: str) -> str:
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text).replace("\t", TAB)
