"""The rows of an `each`: one for each entry of a list, a mapping or a range."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

from livepages.runtime.blueprints.node import Each, Node
from livepages.runtime.reactions.branches import BranchReaction
from livepages.runtime.reactions.entries import ALL, EMPTY, Entry, Section
from livepages.runtime.reactions.reaction import Host
from livepages.runtime.reactions.row_keys import RowKeys
from livepages.runtime.state.container import Container, StateError
from livepages.runtime.state.scopes import Rows, RowScope, Scope
from livepages.runtime.state.tracking import Readers
from livepages.runtime.tree.orders import common_ends, longest_rising

MOST_NODES: Final = 100_000
"""Elements that all rows of a page together may have."""
MOST_GONE: Final = 100
"""Items, beyond as many as there are rows, that may go before the keys of all rows are worked out anew."""


class EachReaction(BranchReaction):
    """Keeps one row for each entry. Rows keep their elements when the order changes.

    `_items` are what the rows stand for, in the order of `_order`, their keys. Where a new list has the very same items
    at its beginning and its end, the rows of these are left as they are.
    """

    __slots__ = (
        "_has_twins",
        "_inherited",
        "_is_path",
        "_items",
        "_keys",
        "_order",
        "_places",
        "_rows",
        "_scopes",
        "_source",
        "_touched",
    )

    def __init__(self, host: Host, node: Node, scope: Scope, serial: int) -> None:
        super().__init__(host, node, scope, serial)
        self._source: Any = None
        self._is_path = False
        self._places: Sequence[Hashable] = ()
        self._items: list[Any] = []
        self._order: list[Hashable] = []
        self._keys = RowKeys(self)
        self._has_twins = False
        self._rows = Rows()
        self._scopes: dict[Hashable, RowScope] = {}
        self._touched: dict[Hashable, None] | None = {}
        self._inherited: Each | None = None

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
        former = self._former()
        if isinstance(former, EachReaction) and isinstance(former.node.branch, Each):
            self._inherited = former.node.branch
            keys = {number: key for key, number in self._heirs(former, former.node.branch.key).items()}
            there = [number for number in self.host.tree.children(self.node.number) if number in keys]
            self.rows = {keys[number]: number for number in there}
            self._order = list(self.rows)
        self._arrange(is_first=True)
        self._inherited = None

    def _heirs(self, former: EachReaction, key: object) -> dict[Hashable, int]:
        """The rows there were, by their keys; where the file has another key, by those that their items have by it."""
        if str(key) == str(self._branch.key) or len(former._items) != len(former.rows):
            return former.rows
        self._source = former._source
        entries = map(Entry, former._places, former._items)
        found = {self._key(each): former.rows[key] for each, key in zip(entries, former._order, strict=True)}
        return found if len(found) == len(former.rows) else former.rows

    def run(self) -> None:
        touched, self._touched = self._touched, {}
        if self._keys.gone > len(self.rows) + MOST_GONE:
            self._keys.hold = False
        if touched is None or not self._keys.hold or not all(map(self._replace, touched)):
            self.forget()
            self._arrange(is_first=False)

    def end(self) -> None:
        super().end()
        self._keys.forget()

    def _replace(self, place: Hashable) -> bool:
        """Put another item into the row of a place; whether that is all there is to do."""
        entry = Entry(place, self._source[place])
        former = self._order[place] if isinstance(place, int) and isinstance(self._source, list) else place
        key = self._key(entry)
        self._keys.gone += 1
        if former not in self._scopes or (key != former and (self._branch.key is not None or key in self.rows)):
            return False
        if key != former:
            self.rows[key], self._scopes[key] = self.rows.pop(former), self._scopes.pop(former)
        if isinstance(place, int):
            self._order[place], self._items[place] = key, entry.item
        self._name(self._scopes[key], entry)
        return True

    def _name(self, scope: RowScope, entry: Entry) -> None:
        """Have the names of a row stand for an entry."""
        for name, value in self._values(entry).items():
            scope.change(name, value)

    # All rows

    def _arrange(self, *, is_first: bool) -> None:
        former = self._items
        section = self._take_entries()
        wanted = self._wanted(section, former)
        if wanted is None:
            section, wanted = ALL, self._all_wanted()
        before = [self._order[index] for index in section.of(len(self._order))]
        self._take_away([key for key in before if key not in wanted])
        staying = [key for key in before if key in self.rows]
        self._move(staying, [key for key in wanted if key in self.rows], section.head)
        length = len(self._items)
        for key, index in wanted.items():
            if key not in self.rows:
                self._add(key, index, is_first=is_first)
            elif self._inherited is not None:
                self._carry_on(key, index, self._inherited)
            elif key is not EMPTY:
                scope = self._scopes[key]
                scope.index, scope.place = index, self._places[index]
                self._name(scope, self._entry(index))
        self._order[section.head : len(self._order) - section.tail] = wanted
        if len(former) != length:
            self._shift(section, length)
        for scope in self._rows.numbered:
            scope.number()

    def _take_away(self, keys: list[Hashable]) -> None:
        """Take away the rows of keys, which are in their order."""
        if keys:
            self._keys.gone += len(keys)
            self.host.tree.remove_all(self.node.number, [self.rows.pop(key) for key in keys])
            for key in keys:
                if (scope := self._scopes.pop(key, None)) is not None:
                    self._rows.numbered.pop(scope, None)

    def _shift(self, section: Section, length: int) -> None:
        """The rows after a section, which has become longer or shorter, stand for their items in other places."""
        has_place = len(self._branch.names) > 1
        for index in range(length - section.tail, length):
            scope = self._scopes[self._order[index]]
            scope.index, scope.place = index, self._places[index]
            if has_place:
                self._name(scope, self._entry(index))

    def _has_room(self, rows: int) -> bool:
        """Whether the page can take so many rows; it says so where it can't."""
        count = len(self.host.tree.overlay.added) + max(rows - len(self.rows), 0) * (self._branch.row.size + 1)
        if count <= MOST_NODES:
            return True
        self.host.failed(self, "each", StateError(f"a page can't have more than {MOST_NODES:,} elements in rows"))
        return False

    def _add(self, key: Hashable, index: int, *, is_first: bool) -> None:
        if key is EMPTY:
            self.rows[key] = self._plant(self._branch.empty, index, self.scope, is_first=is_first)
        else:
            self.rows[key] = self._plant(self._branch.row, index, self._new_scope(key, index), is_first=is_first)

    def _carry_on(self, key: Hashable, index: int, former: Each) -> None:
        """Have a row that there was before the page became another stand for its entry."""
        if key is EMPTY:
            self._go_on(self.rows[key], former.empty, self._branch.empty, self.scope)
        else:
            self._go_on(self.rows[key], former.row, self._branch.row, self._new_scope(key, index))

    def _new_scope(self, key: Hashable, index: int) -> RowScope:
        entry = self._entry(index)
        tracker, rows, loop = self.host.tracker, self._rows, self._branch.loop
        scope = self._scopes[key] = RowScope(self.scope, self._values(entry), tracker, rows, index, entry.place, loop)
        return scope

    # Entries

    def _take_entries(self) -> Section:
        """Take in what it goes over now; which of it is not what it was."""
        former_source, former = self._source, self._items
        self._source = source = self._evaluate(self._branch.source, self.scope, "each")
        # The source may depend on an entry of itself: then a new entry may be a new source.
        self._is_path = isinstance(source, Container) and not self.has_read_from(source.readers)
        self._places, self._items = self.host.tracker.watch(self, self._read, source)
        if not self._has_room(len(self._items)):
            self._places, self._items = (), []
        self._rows.container = source if isinstance(source, Container) else None
        self._rows.length = len(self._items)
        if isinstance(source, Mapping) or isinstance(former_source, Mapping):
            self._keys.hold = False
        if not self._keys.hold:
            return ALL
        head, tail = common_ends(former, self._items)
        return Section(head, tail if len(former) == len(self._items) or self._go_with_items(tail) else 0)

    def _read(self, source: Any) -> tuple[Sequence[Hashable], list[Any]]:
        """The places and the items of what can be gone over."""
        if isinstance(source, Mapping):
            entries = dict(source.items())
            return list(entries), list(entries.values())
        if isinstance(source, Sequence) and not isinstance(source, str | bytes):
            return range(len(source)), list(source)
        if source is not None:
            error = StateError(f"expected a list, a mapping or a range to go over, not a {type(source).__name__}")
            self.host.failed(self, "each", error)
        return (), []

    def _entry(self, index: int) -> Entry:
        return Entry(self._places[index], self._items[index])

    # Keys

    def _wanted(self, section: Section, former: list[Any]) -> dict[Hashable, int] | None:
        """The keys of a section with the numbers of their entries; None where those of all have to be worked out."""
        if not self._keys.hold or self._has_twins:
            return None
        before = section.of(len(former))
        known = {id(former[index]): self._order[index] for index in before} if self._are_of_items else {}
        movable = {self._order[index] for index in before}
        wanted: dict[Hashable, int] = {}
        for index in section.of(len(self._items)):
            item = id(self._items[index])
            key = known[item] if item in known else self._key(self._entry(index))
            if key in wanted or (key in self.rows and key not in movable):
                return None
            wanted[key] = index
        return wanted or self._nothing()

    def _all_wanted(self) -> dict[Hashable, int]:
        """The keys of all entries with their numbers. A key that is there already is told apart by how often it is."""
        self._keys.renew()
        self._has_twins = False
        wanted: dict[Hashable, int] = {}
        length = len(self._items)
        for index in range(length):
            key = self._key(self._entry(index))
            if key in wanted:
                self._has_twins = True
                key = next((key, again) for again in range(2, length + 2) if (key, again) not in wanted)
            wanted[key] = index
        return wanted or self._nothing()

    def _nothing(self) -> dict[Hashable, int]:
        """What is wanted where there is nothing."""
        return {EMPTY: 0} if not self._items and self._branch.empty.nodes else {}

    def _key(self, entry: Entry) -> Hashable:
        if self._branch.key is not None:
            values = self._values(entry)
            names = lambda name: values[name] if name in values else self.scope(name)  # noqa: E731
            value = self._evaluate(self._branch.key, names, "key", self._keys)
            return value if isinstance(value, str | int | float | None) else str(value)
        is_listed = isinstance(entry.item, Container) and not isinstance(self._source, Mapping)
        return ("item", id(entry.item)) if is_listed else entry.place

    @property
    def _are_of_items(self) -> bool:
        """Whether keys depend on items alone, not on where they are."""
        return self._branch.key is not None and len(self._branch.names) == 1

    def _go_with_items(self, tail: int) -> bool:
        """Whether the last keys stay those of their items in other places."""
        is_listed = self._branch.key is None
        return self._are_of_items or (
            is_listed and all(isinstance(key, tuple) for key in self._order[len(self._order) - tail :])
        )

    def _values(self, entry: Entry) -> dict[str, Any]:
        """What the names stand for: place and item, or the one that there is a name for."""
        names = self._branch.names
        if len(names) == 2:
            return {names[0]: entry.place, names[1]: entry.item}
        return {names[0]: entry.place if isinstance(self._source, Mapping) else entry.item}

    def _move(self, before: list[Hashable], after: list[Hashable], first: int) -> None:
        """Bring rows that stay, of which the first is number `first`, into their new order."""
        if before == after:
            return
        positions = {key: position for position, key in enumerate(before)}
        staying = longest_rising([positions[key] for key in after])
        kept = {after[index] for index in staying}
        moved = [self.rows[key] for key in before if key not in kept]
        self.host.tree.arrange(self.node.number, first, [self.rows[key] for key in after], moved)
