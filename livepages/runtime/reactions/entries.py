"""What an `each` goes over, entry by entry."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Final, NamedTuple

EMPTY: Final = ("empty",)
"""The key of what stands there without entries."""


class Entry(NamedTuple):
    """An entry of what an `each` goes over: where it is there, and what it is."""

    place: Hashable
    item: Any


class Section(NamedTuple):
    """The entries that may have changed: those after the first `head`, and before the last `tail`."""

    head: int
    tail: int

    def of(self, length: int) -> range:
        """Their numbers in an order of so many."""
        return range(self.head, length - self.tail)


ALL: Final = Section(0, 0)
