"""What an update deletes, taken from it bit by bit (Yjs, DeleteSet.js)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from livepages.coediting.protocol.encoding import number


class Deletion(NamedTuple):
    """What a client has put in between two of its clocks."""

    client: int
    start: int
    end: int


class Deletions:
    """What is still to be deleted of each client, from its lowest clock on, nothing twice.

    The library finds what it deletes by its last place, and takes long for ranges in any other order.
    """

    def __init__(self, ranges: Mapping[int, Iterable[tuple[int, int]]]) -> None:
        self._left = {client: list(_merged(each))[::-1] for client, each in ranges.items()}

    def take(self, clocks: Mapping[int, int]) -> Iterator[Deletion]:
        """What is to be deleted of these clients before these clocks."""
        for client, clock in clocks.items():
            left = self._left.get(client, [])
            while left and left[-1][0] < clock:
                start, end = left.pop()
                if end > clock:
                    left.append((clock, end))
                yield Deletion(client, start, min(clock, end))

    def take_from_others(self, clients: Iterable[int]) -> Iterator[Deletion]:
        """What is to be deleted of all but these clients."""
        others = self._left.keys() - set(clients)
        yield from self.take({client: self._left[client][0][1] for client in sorted(others) if self._left[client]})


def only(deletions: Iterable[Deletion]) -> bytes:
    """An update that only deletes."""
    return b"\0" + encoded(deletions)


def _merged(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same clocks in ranges that have none in common."""
    done = 0
    for start, end in sorted(ranges):
        if end > max(start, done):
            yield (max(start, done), end)
            done = end


def encoded(deletions: Iterable[Deletion]) -> bytes:
    """What an update has at its end."""
    clients = [(client, list(each)) for client, each in groupby(deletions, key=lambda deletion: deletion.client)]
    return number(len(clients)) + b"".join(
        number(client) + number(len(each)) + b"".join(number(start) + number(end - start) for _, start, end in each)
        for client, each in clients
    )
