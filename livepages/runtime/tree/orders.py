"""Two orders of the same things: what stays where it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import is_not
from typing import Any


def common_ends(before: Sequence[Any], after: Sequence[Any]) -> tuple[int, int]:
    """How many things at the beginning, and of the others at the end, are the very same in both."""
    most = min(len(before), len(after))
    head = _same(before, after, most)
    return head, _same(reversed(before), reversed(after), most - head)


def _same(before: Iterable[Any], after: Iterable[Any], most: int) -> int:
    """How many things are the same until the first that is not, up to `most`."""
    return min(next(compress(count(), map(is_not, before, after)), most), most)


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising subsequence of numbers that are all different.

    Patience sorting (Fredman, "On computing the length of longest increasing subsequences", 1975).
    """
    tops: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(places[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(number)
            places.append(place)
        else:
            tops[pile], places[pile] = number, place
    found: set[int] = set()
    place = places[-1] if places else -1
    while place >= 0:
        found.add(place)
        place = before[place]
    return found
