"""A large update is applied in parts, each of which is an update of its own, so that others have their turn between.

Any beginning of what a client has done is what that client could have sent before the rest. The library puts each item
behind its left neighbour, and passes all that others have put there at the same time: in the worst case the whole
document (Yjs, Item.js, integrate). So the longer a document is, the shorter are the parts.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from livepages.coediting.protocol.deletions import Deletion, Deletions, encoded, only
from livepages.coediting.protocol.encoding import BadMessage, number
from livepages.coediting.protocol.update import Clocks, Need, Structs, Update

MOST_RANGES: Final = 500
"""Ranges that one part deletes; each takes some ten microseconds in a document of hundreds of thousands."""
MOST_STRUCTS: Final = 2_000
"""Structs of one part, whatever they are, and ranges that are deleted of these: Yjs has no more than one for each."""
AT_ONCE: Final = 1_000
"""Steps to put clients in order after which others have their turn."""


class Part(NamedTuple):
    """An update, and the clocks of the clients whose changes it brings when it has been applied."""

    data: bytes
    ends: Clocks


class Run(NamedTuple):
    """Structs of one client, from one number to another."""

    structs: Structs
    first: int
    last: int

    @property
    def searches(self) -> int:
        """For how many of them a place has to be searched."""
        return self.structs.searches[self.last] - self.structs.searches[self.first]

    def cut(self, searches: int, structs: int) -> int:
        """The number up to which it has no more searches and structs than these."""
        counted = self.structs.searches
        last = bisect_right(counted, counted[self.first] + searches, self.first, self.last + 1) - 1
        return min(last, self.first + structs)


def parts_of(update: Update, clocks: Clocks, searches: Callable[[], int]) -> Iterator[Part | None]:
    """The parts of an update that has been read, in an order in which each builds on what was there before it.

    None is a pause in which others have their turn.

    `clocks` are those of the document, in which all must be that the update does not bring itself. `searches` says for
    how many items the next part may search a place. Raises BadMessage, before the first, where clients build on each
    other in a circle.
    """
    runs = []
    for step, run in enumerate(_in_order(update, clocks), 1):
        runs += [run] if run is not None else []
        if step % AT_ONCE == 0:
            yield None
    yield None
    if _is_short(update, searches()):
        yield Part(update.data, update.ends)
        return
    yield None
    deletions = Deletions(update.deletions)
    # What is there already goes first, so that a text which is replaced is never longer than it is meant to be.
    begins = {client: structs.begin for client, structs in update.structs.items()}
    yield from _deleting(deletions.take_all(but=begins))
    yield from _deleting(deletions.take(begins))
    for group in _groups(runs, searches):
        yield from _writing(group, deletions, update.data)
    yield from _deleting(deletions.take_all())


def _deleting(deletions: Iterator[Deletion]) -> Iterator[Part]:
    while chunk := list(islice(deletions, MOST_RANGES)):
        yield Part(only(chunk), {})


def _is_short(update: Update, searches: int) -> bool:
    structs = update.structs.values()
    return (
        sum(each.searches[-1] for each in structs) <= searches
        and sum(map(len, structs)) <= MOST_STRUCTS
        and sum(map(len, update.deletions.values())) <= MOST_RANGES
    )


# Structs


def _in_order(update: Update, clocks: Clocks) -> Iterator[Run | None]:
    """What is new of all clients, each run after what it builds on; None where one is looked for still."""
    order = _Order(update, clocks)
    for client, structs in update.structs.items():
        yield from order.up_to(client, structs.end)


class _Order:
    """How far each client has come."""

    def __init__(self, update: Update, clocks: Clocks) -> None:
        self._structs = update.structs
        self._clocks = clocks
        self._reached: dict[int, int] = {}
        self._needs: dict[int, Iterator[Need]] = {}
        self._need: dict[int, Need | None] = {}

    def _reach(self, client: int) -> int:
        """The number of the client's first struct that is not there yet."""
        if client not in self._reached:
            structs = self._structs[client]
            known = bisect_right(structs.clocks, self._clocks.get(client, 0)) - 1
            self._reached[client] = max(0, known)
            self._needs[client] = iter(structs.needs)
        return self._reached[client]

    def up_to(self, client: int, clock: int) -> Iterator[Run | None]:
        """What is needed to have a client at a clock, those first on whom it builds. Raises BadMessage."""
        goals = {client: clock}
        while goals:
            client, clock = next(reversed(goals.items()))
            structs, first = self._structs[client], self._reach(client)
            last = bisect_left(structs.clocks, clock, first) if clock > structs.clocks[first] else first
            need = self._missing(client)
            if need is not None:
                last = min(last, max(first, need.struct))
            self._reached[client] = last
            yield Run(structs, first, last) if last > first else None
            if need is None or structs.clocks[last] >= clock:
                goals.popitem()
            elif need.client in goals:
                raise BadMessage("what is in it builds on itself")
            else:
                goals[need.client] = need.clock

    def _missing(self, client: int) -> Need | None:
        """What the client's next structs need first that is not there yet."""
        need = self._need.get(client) or next(self._needs[client], None)
        while need is not None and (need.struct < self._reached[client] or self._has(need)):
            need = next(self._needs[client], None)
        self._need[client] = need
        return need

    def _has(self, need: Need) -> bool:
        if self._clocks.get(need.client, 0) >= need.clock:
            return True
        return self._structs[need.client].clocks[self._reach(need.client)] >= need.clock


def _groups(runs: Iterable[Run], searches: Callable[[], int]) -> Iterator[list[Run]]:
    """The same structs in groups for one update each, in which a client can only be once."""
    waiting = list(runs)[::-1]
    while waiting:
        group: list[Run] = []
        clients: set[int] = set()
        searches_left, structs_left = max(1, searches()), MOST_STRUCTS
        while waiting and waiting[-1].structs.client not in clients:
            run = waiting.pop()
            last = run.cut(searches_left, structs_left)
            if last < run.last:
                waiting.append(run._replace(first=last))
            if last == run.first:
                break
            taken = run._replace(last=last)
            group.append(taken)
            clients.add(run.structs.client)
            searches_left -= taken.searches
            structs_left -= last - run.first
        yield group


def _writing(group: list[Run], deletions: Deletions, data: bytes) -> Iterator[Part]:
    """The parts of a group of runs: what is deleted of them goes with them."""
    ends = {run.structs.client: run.structs.clocks[run.last] for run in group}
    deleted = deletions.take(ends)
    first = encoded(islice(deleted, MOST_STRUCTS))
    yield Part(number(len(group)) + b"".join(_structs(run, data) for run in group) + first, ends)
    yield from _deleting(deleted)


def _structs(run: Run, data: bytes) -> bytes:
    """Structs of one client (Yjs, encoding.js, writeStructs)."""
    structs, first, last = run
    begin = number(last - first) + number(structs.client) + number(structs.clocks[first])
    return begin + data[structs.places[first] : structs.places[last]]
