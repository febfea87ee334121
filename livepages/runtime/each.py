"""The rows of an `each`: one for each entry of a list, a mapping or a range."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from livepages.runtime.branches import BranchReaction
from livepages.runtime.container import Container, StateError
from livepages.runtime.node import Each, Node
from livepages.runtime.reaction import Host
from livepages.runtime.scopes import RowScope, Scope
from livepages.runtime.tracking import Readers

MOST_NODES: Final = 100_000
"""Elements that all rows of a page together may have."""
MOST_REPLACED: Final = 100
"""Items, beyond as many as there are rows, that may be replaced one by one before all rows are looked at."""
EMPTY: Final = ("empty",)
"""The key of what stands there without entries."""


class Entry(NamedTuple):
    """An entry of what an `each` goes over: where it is there, and what it is."""

    place: Hashable
    item: Any


class EachReaction(BranchReaction):
    """Keeps one row for each entry. Rows keep their elements when the order changes."""

    __slots__ = ("_is_path", "_order", "_replaced", "_scopes", "_source", "_touched")

    def __init__(self, host: Host, node: Node, scope: Scope, serial: int) -> None:
        super().__init__(host, node, scope, serial)
        self._source: Any = None
        self._is_path = False
        self._order: list[Hashable] = []
        self._scopes: dict[Hashable, RowScope] = {}
        self._touched: dict[Hashable, None] | None = {}
        self._replaced = 0

    @property
    def _branch(self) -> Each:
        assert isinstance(self.node.branch, Each), "the node of an each"
        return self.node.branch

    def invalidate(self, readers: Readers, key: Hashable) -> None:
        """A single entry may have been put in place of another; anything else concerns them all."""
        is_source = isinstance(self._source, Container) and readers is self._source.readers
        if not is_source or not self._is_path or not isinstance(key, int | str):
            self._touched = None
        elif self._touched is not None:
            self._touched[key] = None
        self.host.want(self)

    def start(self) -> None:
        self._arrange(is_first=True)

    def run(self) -> None:
        touched, self._touched = self._touched, {}
        # Keys of items that are gone count as read until all is looked at anew.
        self._replaced += len(touched or ())
        is_due = self._replaced > len(self.rows) + MOST_REPLACED
        if touched is None or is_due or not all(map(self._replace, touched)):
            self.forget()
            self._arrange(is_first=False)

    def _replace(self, place: Hashable) -> bool:
        """Put another item into the row of a place; whether that is all there is to do."""
        entry = Entry(place, self._source[place])
        former = self._order[place] if isinstance(place, int) and isinstance(self._source, list) else place
        key = self._key(entry)
        if former not in self._scopes or (key != former and (self._branch.key is not None or key in self.rows)):
            return False
        if key != former:
            self.rows[key], self._scopes[key] = self.rows.pop(former), self._scopes.pop(former)
            assert isinstance(place, int), "the keys of a mapping stay"
            self._order[place] = key
        self._name(self._scopes[key], entry)
        return True

    def _name(self, scope: RowScope, entry: Entry) -> None:
        """Have the names of a row stand for an entry."""
        for name, value in self._values(entry).items():
            scope.change(name, value)

    # All rows

    def _arrange(self, *, is_first: bool) -> None:
        self._replaced = 0
        wanted = self._keyed(self._entries())
        if not self._has_room(len(wanted)):
            wanted = {}
        for key in [key for key in self.rows if key not in wanted]:
            self.host.tree.remove(self.rows.pop(key))
            self._scopes.pop(key, None)
        self._move([key for key in self._order if key in self.rows], [key for key in wanted if key in self.rows])
        length = len(wanted)
        for index, (key, entry) in enumerate(wanted.items()):
            if key not in self.rows:
                self._add(key, entry, index, length, is_first=is_first)
            elif key is not EMPTY:
                scope = self._scopes[key]
                scope.at(index, length)
                self._name(scope, entry)
                scope.slot = self._slot(entry)
        self._order = list(wanted)

    def _has_room(self, rows: int) -> bool:
        """Whether the page can take so many rows; it says so where it can't."""
        count = len(self.host.tree.overlay.added) + max(rows - len(self.rows), 0) * (self._branch.row.size + 1)
        if count <= MOST_NODES:
            return True
        self.host.failed(self, "each", StateError(f"a page can't have more than {MOST_NODES:,} elements in rows"))
        return False

    def _add(self, key: Hashable, entry: Entry, index: int, length: int, *, is_first: bool) -> None:
        if key is EMPTY:
            self.rows[key] = self._plant(self._branch.empty, index, self.scope, is_first=is_first)
            return
        scope = RowScope(self.scope, self._values(entry), self.host.tracker, self._slot(entry), self._branch.loop)
        scope.at(index, length)
        self._scopes[key] = scope
        self.rows[key] = self._plant(self._branch.row, index, scope, is_first=is_first)

    def _entries(self) -> list[Entry]:
        """What it goes over now."""
        self._source = source = self._evaluate(self._branch.source, self.scope, "each")
        # The source may depend on an entry of itself: then a new entry may be a new source.
        self._is_path = isinstance(source, Container) and not self.has_read_from(source.readers)
        with self.host.tracker.running(self):
            if isinstance(source, Mapping):
                return [Entry(key, item) for key, item in source.items()]
            if isinstance(source, Sequence) and not isinstance(source, str | bytes):
                return [Entry(place, item) for place, item in enumerate(source)]
        if source is not None:
            error = StateError(f"expected a list, a mapping or a range to go over, not a {type(source).__name__}")
            self.host.failed(self, "each", error)
        return []

    def _keyed(self, entries: list[Entry]) -> dict[Hashable, Entry]:
        """The entries by their keys: the declared one, or the key of a mapping, or the item itself, or its place."""
        keyed: dict[Hashable, Entry] = {}
        for entry in entries:
            key = self._key(entry)
            if key in keyed:
                key = next((key, again) for again in range(2, len(entries) + 2) if (key, again) not in keyed)
            keyed[key] = entry
        if not entries and self._branch.empty.nodes:
            keyed[EMPTY] = Entry(0, None)
        return keyed

    def _key(self, entry: Entry) -> Hashable:
        if self._branch.key is not None:
            values = self._values(entry)
            value = self._evaluate(
                self._branch.key, lambda name: values[name] if name in values else self.scope(name), "key"
            )
            return value if isinstance(value, str | int | float | None) else str(value)
        is_listed = isinstance(entry.item, Container) and not isinstance(self._source, Mapping)
        return ("item", id(entry.item)) if is_listed else entry.place

    def _values(self, entry: Entry) -> dict[str, Any]:
        """What the names stand for: place and item, or the one that there is a name for."""
        names = self._branch.names
        if len(names) == 2:
            return {names[0]: entry.place, names[1]: entry.item}
        return {names[0]: entry.place if isinstance(self._source, Mapping) else entry.item}

    def _slot(self, entry: Entry) -> tuple[Any, Hashable] | None:
        """Where an entry can be written."""
        return (self._source, entry.place) if isinstance(self._source, Container) else None

    def _move(self, before: list[Hashable], after: list[Hashable]) -> None:
        """Bring the rows that stay into their new order."""
        if before == after:
            return
        positions = {key: position for position, key in enumerate(before)}
        staying = longest_rising([positions[key] for key in after])
        kept = {after[index] for index in staying}
        moved = [self.rows[key] for key in before if key not in kept]
        self.host.tree.arrange(self.node.number, [self.rows[key] for key in after], moved)


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
