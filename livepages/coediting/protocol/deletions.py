"""What an update deletes, taken from it bit by bit (Yjs, DeleteSet.js)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from itertools import groupby
from typing import NamedTuple

from livepages.coediting.protocol.encoding import number
from livepages.coediting.protocol.update import LARGEST_CLOCK


class Deletion(NamedTuple):
    """What a client has put in between two of its clocks."""

    client: int
    start: int
    end: int


class Deletions:
    """What is still to be deleted of each client, from its lowest clock on, nothing twice.

    The library finds what it deletes by its last place, and takes long for ranges in any other order. Heaps put them in
    order as they are taken, where sorting them all would take long at once.
    """

    def __init__(self, ranges: Mapping[int, Iterable[tuple[int, int]]]) -> None:
        self._given = ranges
        self._left: dict[int, list[tuple[int, int]]] = {}
        self._done: dict[int, int] = {}

    def take(self, clocks: Mapping[int, int]) -> Iterator[Deletion]:
        """What is to be deleted of these clients before these clocks."""
        for client, clock in clocks.items():
            left = self._left_of(client)
            while left and left[0][0] < clock:
                start, end = heappop(left)
                start = max(start, self._done.get(client, 0))
                if end > clock:
                    heappush(left, (clock, end))
                if min(end, clock) > start:
                    self._done[client] = min(end, clock)
                    yield Deletion(client, start, min(end, clock))

    def take_all(self, *, but: Container[int] = ()) -> Iterator[Deletion]:
        """What is still to be deleted of all clients but these."""
        for client in self._given:
            if client not in but:
                yield from self.take({client: LARGEST_CLOCK})

    def _left_of(self, client: int) -> list[tuple[int, int]]:
        if client not in self._left:
            self._left[client] = list(self._given.get(client, ()))
            heapify(self._left[client])
        return self._left[client]


def only(deletions: Iterable[Deletion]) -> bytes:
    """An update that only deletes."""
    return b"\0" + encoded(deletions)


def encoded(deletions: Iterable[Deletion]) -> bytes:
    """What an update has at its end."""
    clients = [(client, list(each)) for client, each in groupby(deletions, key=lambda deletion: deletion.client)]
    return number(len(clients)) + b"".join(
        number(client) + number(len(each)) + b"".join(number(start) + number(end - start) for _, start, end in each)
        for client, each in clients
    )
