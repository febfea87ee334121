"""What the server itself writes into a document: as few changes as lead to what is wanted, so that they merge."""

from __future__ import annotations

import json
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, groupby, takewhile
from typing import Any, Final, NamedTuple

from pycrdt import Text

Op = dict[str, Any]

LARGEST_MATCHED: Final = 20_000
"""Pairs of equal characters, old and new, up to which these are compared one by one; beyond it, comparing takes long,
and what differs is replaced as a whole."""


class Piece(NamedTuple):
    """Characters of the same formats, or one embed; formats and embeds as JSON."""

    content: str
    is_embed: bool
    formats: str

    @property
    def width(self) -> int:
        """How many of pycrdt's places it takes: bytes of UTF-8, one for an embed."""
        return 1 if self.is_embed else len(self.content.encode())

    @property
    def kind(self) -> tuple[bool, str]:
        """What neighbours have in common that can be one piece, if they are characters."""
        return self.is_embed, self.formats

    @property
    def cells(self) -> Iterable[Piece]:
        """A piece for each character."""
        return [self] if self.is_embed else [self._replace(content=character) for character in self.content]


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


def _width(op: Op) -> int:
    """How many of pycrdt's places an operation takes."""
    return len(op["insert"].encode()) if isinstance(op["insert"], str) else 1


def _pieces(ops: Iterable[Op]) -> Iterator[Piece]:
    for op in ops:
        formats = json.dumps(op["attributes"], sort_keys=True) if op.get("attributes") else "{}"
        if not isinstance(op["insert"], str):
            yield Piece(json.dumps(op["insert"], sort_keys=True), True, formats)
        elif op["insert"]:
            yield Piece(op["insert"], False, formats)


# Inserting


def insert(text: Text, index: int, ops: Sequence[Op], *, kept: int = 0) -> None:
    """Put a delta before the character of a number, as in lists, where the last `kept` characters, of ASCII, stay last.

    A number below 0 counts from the end.
    """
    _insert(text, _place(text, index, kept), list(_pieces(ops)))


def _place(text: Text, index: int, kept: int) -> int:
    """Where pycrdt has the character of a number. All of the text is looked at only where that is in its midst."""
    end = len(text) - kept
    if index == 0 or index >= end:
        return min(index, end)
    runs = [value for value, _ in text.diff()]
    if index < 0:
        index += sum(len(value) if isinstance(value, str) else 1 for value in runs) - kept
    place = 0
    for value in runs:
        if index <= 0:
            break
        place += len(value[:index].encode()) if isinstance(value, str) else 1
        index -= len(value) if isinstance(value, str) else 1
    return min(place, end)


def _insert(text: Text, place: int, pieces: Iterable[Piece]) -> None:
    """From the last on, as the library looks for each place from the beginning."""
    for piece in reversed(list(_joined(pieces))):
        formats = json.loads(piece.formats)
        if piece.is_embed:
            text.insert_embed(place, json.loads(piece.content), formats)
        else:
            text.insert(place, piece.content, formats)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same with neighbours as one that have the same formats."""
    for (is_embed, formats), group in groupby(pieces, key=lambda piece: piece.kind):
        if is_embed:
            yield from group
        else:
            yield Piece("".join(piece.content for piece in group), is_embed, formats)


# Replacing


def replace(text: Text, wanted: Sequence[Op]) -> None:
    """Make a text hold what a delta says, and leave alone what it holds already."""
    ops = ops_of(text)
    first = _count_equal(ops, wanted)
    last = -_count_equal(reversed(ops[first:]), reversed(wanted[first:])) or None
    old, new = (deque(_joined(_pieces(each[first:last]))) for each in (ops, wanted))
    place = sum(map(_width, ops[:first])) + sum(piece.width for piece in _take_common(old, new))
    _take_common(old, new, from_end=True)
    if not old or not new or _pairs(old, new) > LARGEST_MATCHED:
        _exchange(text, place, sum(piece.width for piece in old), new)
    else:
        _exchange_parts(text, place, _cells(old), _cells(new))


def _count_equal(ops: Iterable[Op], others: Iterable[Op]) -> int:
    """How many operations two deltas begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ops, others, strict=False)))


def _take_common(old: deque[Piece], new: deque[Piece], *, from_end: bool = False) -> list[Piece]:
    """Take off both what they begin with, or end with, alike."""
    at, step = (-1, -1) if from_end else (0, 1)
    taken = []
    while old and new and old[at].kind == new[at].kind:
        one, other = old[at].content[::step], new[at].content[::step]
        count = _count_common(one, other) if not old[at].is_embed else len(one) if one == other else 0
        if not count:
            break
        taken.append(old[at]._replace(content=one[:count][::step]))
        for pieces, content in ((old, one), (new, other)):
            if count == len(content):
                del pieces[at]
            else:
                pieces[at] = pieces[at]._replace(content=content[count:][::step])
    return taken


def _count_common(one: str, other: str) -> int:
    """How many characters two texts begin with alike, found by halves: comparing slices is quick."""
    count, most = 0, min(len(one), len(other))
    while count < most:
        middle = (count + most + 1) // 2
        if one[count:middle] == other[count:middle]:
            count = middle
        else:
            most = middle - 1
    return count


def _pairs(old: Iterable[Piece], new: Iterable[Piece]) -> int:
    """How many pairs of an old character and a new one are equal: what SequenceMatcher looks at, again and again."""
    times: defaultdict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    for piece in old:
        times[piece.kind].update([piece.content] if piece.is_embed else piece.content)
    return sum(
        times[piece.kind][content] * count
        for piece in new
        if piece.kind in times
        for content, count in Counter([piece.content] if piece.is_embed else piece.content).items()
    )


def _cells(pieces: Iterable[Piece]) -> list[Piece]:
    return [cell for piece in pieces for cell in piece.cells]


def _exchange(text: Text, place: int, width: int, pieces: Iterable[Piece]) -> None:
    if width:
        del text[place : place + width]
    _insert(text, place, pieces)


def _exchange_parts(text: Text, place: int, old: Sequence[Piece], new: Sequence[Piece]) -> None:
    """Exchange what differs, the last parts first, so that the places of the others stay."""
    places = list(accumulate((cell.width for cell in old), initial=place))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, first, last in reversed(matcher.get_opcodes()):
        if tag != "equal":
            _exchange(text, places[start], places[end] - places[start], new[first:last])
