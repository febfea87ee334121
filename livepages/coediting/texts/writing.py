"""What the server itself writes into a document: as few changes as lead to what is wanted, so that they merge."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, groupby
from typing import Any, Final, NamedTuple

from pycrdt import Text

Op = dict[str, Any]

LARGEST_MATCHED: Final = 20_000
"""Pairs of equal characters, old and new, up to which these are compared one by one; beyond it, comparing takes long,
and what differs is replaced as a whole."""


class Cell(NamedTuple):
    """One character or embed with its formats, both as JSON where they are no text."""

    content: str
    is_embed: bool
    formats: str

    @property
    def width(self) -> int:
        """How many of pycrdt's places it takes: bytes of UTF-8, one for an embed."""
        return 1 if self.is_embed else len(self.content.encode())


Step = tuple[int, int, int, int]
"""What stands from a start to an end is to become what stands in another list from a start to an end."""


def ops_of(text: Text) -> list[Op]:
    """The content of a text as a delta; formats that are whole numbers are ints, as JSON has them."""
    return [_op(value, formats or {}) for value, formats in text.diff()]


def _op(value: Any, formats: Mapping[str, Any]) -> Op:
    """An operation; a shared type within a text, which no editor makes, is an embed that nobody knows."""
    insert = value if isinstance(value, str | dict) else {}
    if not formats:
        return {"insert": insert}
    whole = {k: int(v) if isinstance(v, float) and v.is_integer() else v for k, v in formats.items()}
    return {"insert": insert, "attributes": whole}


def replace(text: Text, wanted: Sequence[Op]) -> None:
    """Make a text hold what a delta says, and leave alone what it holds already."""
    old, new = list(_cells(ops_of(text))), list(_cells(wanted))
    places = [0, *accumulate(cell.width for cell in old)]
    for start, end, first, last in reversed(list(_steps(old, new))):
        if end > start:
            del text[places[start] : places[end]]
        _insert(text, places[start], new[first:last])


def insert(text: Text, index: int, ops: Sequence[Op]) -> None:
    """Put a delta before the character of a number; a number below 0 counts from the end, as in lists."""
    widths = [cell.width for cell in _cells(ops_of(text))]
    _insert(text, sum(widths[:index]), list(_cells(ops)))


def _insert(text: Text, place: int, cells: Sequence[Cell]) -> None:
    """From the last run on, as the library looks for each place from the beginning."""
    runs = [(key, list(run)) for key, run in groupby(cells, key=lambda cell: (cell.is_embed, cell.formats))]
    for (is_embed, formats), run in reversed(runs):
        attributes = json.loads(formats)
        if is_embed:
            for cell in reversed(run):
                text.insert_embed(place, json.loads(cell.content), attributes)
        else:
            text.insert(place, "".join(cell.content for cell in run), attributes)


def _cells(ops: Iterable[Op]) -> Iterator[Cell]:
    for op in ops:
        formats = json.dumps(op.get("attributes", {}), sort_keys=True)
        if isinstance(op["insert"], str):
            yield from (Cell(character, False, formats) for character in op["insert"])
        else:
            yield Cell(json.dumps(op["insert"], sort_keys=True), True, formats)


def _steps(old: Sequence[Cell], new: Sequence[Cell]) -> Iterator[Step]:
    """The places that differ, from the beginning on."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    end, last = len(old) - tail, len(new) - tail
    if start in (end, last) or _pairs(old[start:end], new[start:last]) > LARGEST_MATCHED:
        yield (start, end, start, last)
        return
    matcher = SequenceMatcher(None, old[start:end], new[start:last], autojunk=False)
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag != "equal":
            yield (start + i, start + j, start + k, start + n)


def _pairs(old: Sequence[Cell], new: Sequence[Cell]) -> int:
    """How many pairs of an old cell and a new one are equal: what SequenceMatcher looks at, again and again."""
    times = Counter(old)
    return sum(times[cell] for cell in new)
