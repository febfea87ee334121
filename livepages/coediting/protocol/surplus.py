"""How long a text is, and which part of what has just been put into it is too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pycrdt import Text

Range = tuple[int, int]
"""A start and an end in the bytes of a text's UTF-8, by which pycrdt counts; an embed is one."""


def length_of(text: Text) -> int:
    """The characters of a text; an embed counts as one."""
    return sum(len(value) if isinstance(value, str) else 1 for value, _ in text.diff())


def surplus_of(delta: Sequence[Mapping[str, Any]], excess: int) -> list[Range]:
    """What to take out again of the insertions of a delta, so that there are `excess` characters less.

    The last ones go first, and so they are in the result: deleting one leaves the places of the others as they are.
    """
    found = []
    for start, value in reversed(list(_insertions(delta))):
        if excess <= 0:
            break
        kept = max(0, len(value) - excess)
        excess -= len(value) - kept
        found.append((start + _width(value[:kept]), start + _width(value)))
    return found


def _insertions(delta: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """The insertions with their places; an embed is given as one character."""
    at = 0
    for step in delta:
        value = step.get("insert")
        if value is not None:
            text = value if isinstance(value, str) else "\0"
            yield at, text
            at += _width(text)
        at += step.get("retain", 0)


def _width(text: str) -> int:
    return len(text.encode())
