"""What names in expressions mean: on a page, in a row of an `each`, and to an event."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Final

from livepages.runtime.state.container import StateError
from livepages.runtime.state.state import StateMap
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.state.tracking import Readers, Tracker
from livepages.schema.values.clock import Clock

SIMPLE: Final = (str, int, float)
"""Types of values that are the same when they are equal."""


class PageScope:
    """The names of a page.

    The entries of `own` are names themselves, the first mapping that has one counting; `roots` are mappings that go by
    a name (`site`, `session`, `params`).
    """

    __slots__ = ("own", "roots")

    def __init__(self, own: Iterable[Mapping[str, Any] | StateRoot | Clock], roots: Mapping[str, Any]) -> None:
        self.own = list(own)
        self.roots = roots

    def __call__(self, name: str) -> object:
        for values in self.own:
            if name in values:
                return values[name]
        return self.roots.get(name)

    def assign(self, name: str, value: Any) -> None:
        """Have a name of state stand for another value. Raises StateError where there is none."""
        home = self.home(name)
        if home is None:
            raise StateError(f'"{name}" is not state, so it can\'t be set')
        home[name] = value

    def home(self, name: str) -> StateRoot | None:
        """The state that declares a name."""
        found = next((values for values in self.own if name in values), None)
        return found if isinstance(found, StateRoot) else None

    def add(self, root: StateRoot) -> None:
        """A component keeps state for itself."""
        self.own.append(root)

    def drop(self, root: StateRoot) -> None:
        """A component is gone."""
        self.own[:] = [each for each in self.own if each is not root]


class Rows:
    """What the rows of an `each` have in common.

    `container` is what their items can be written in, None where they can't, and `length` how many there are.
    `numbered` are those of which something shows where they stand.
    """

    __slots__ = ("container", "length", "numbered")

    def __init__(self, container: Any = None, length: int = 0) -> None:
        self.container = container
        self.length = length
        self.numbered: dict[RowScope, None] = {}


class RowScope:
    """The names of one row of an `each`, within those around it.

    `values` are the names of its entry, `loop` is the name of where it stands, and `own` are the states of components
    in the row. It is the row number `index`, from 0, of `rows`, and its item is at `place` of their container.
    """

    __slots__ = ("_loop", "_readers", "_told", "_values", "around", "index", "loop", "own", "place", "rows")

    def __init__(
        self,
        around: Scope,
        values: dict[str, Any],
        tracker: Tracker,
        rows: Rows,
        index: int,
        place: Hashable,
        loop: str = "loop",
    ) -> None:
        self.around = around
        self.rows = rows
        self.index = index
        self.place = place
        self.loop = loop
        self.own: tuple[StateRoot, ...] = ()
        self._values = values
        self._readers = Readers(tracker)
        self._loop: StateMap | None = None
        self._told = (-1, -1)

    def __call__(self, name: str) -> object:
        if name in self._values:
            self._readers.read(name)
            return self._values[name]
        if name == self.loop:
            return self._loop_values()
        home = next((root for root in self.own if name in root), None)
        return self.around(name) if home is None else home[name]

    def _loop_values(self) -> StateMap:
        if self._loop is None:
            self._told = self.index, self.rows.length
            self._loop = StateMap(loop_values(*self._told), self._readers.tracker)
            self.rows.numbered[self] = None
        return self._loop

    def number(self) -> None:
        """It may stand elsewhere, or among more rows or fewer."""
        stands = self.index, self.rows.length
        if self._loop is not None and stands != self._told:
            self._told = stands
            self._loop.update(loop_values(*stands))

    def change(self, name: str, value: Any) -> None:
        """A name stands for something else."""
        former = self._values[name]
        if former is value or (isinstance(value, SIMPLE) and type(former) is type(value) and former == value):
            return
        self._values[name] = value
        self._readers.changed(name)

    def assign(self, name: str, value: Any) -> None:
        """Write another value in the place of the row's item. Raises StateError where that can't be."""
        if name not in self._values:
            home = next((root for root in self.own if name in root), None)
            if home is None:
                self.around.assign(name, value)
            else:
                home[name] = value
        elif self.rows.container is None or name != list(self._values)[-1]:
            raise StateError(f'"{name}" is not a place in state, so it can\'t be set')
        else:
            self.rows.container[self.place] = value

    def home(self, name: str) -> StateRoot | None:
        """The state that declares a name."""
        if name in self._values:
            return None
        return next((root for root in self.own if name in root), None) or self.around.home(name)

    def add(self, root: StateRoot) -> None:
        """A component keeps state for itself."""
        self.own += (root,)

    def drop(self, root: StateRoot) -> None:
        """A component is gone."""
        self.own = tuple(each for each in self.own if each is not root)


class EventScope:
    """What an event adds to the names where it happens."""

    __slots__ = ("_values", "around")

    def __init__(self, around: Scope, values: Mapping[str, Any]) -> None:
        self.around = around
        self._values = values

    def __call__(self, name: str) -> object:
        return self._values[name] if name in self._values else self.around(name)

    def assign(self, name: str, value: Any) -> None:
        """Have a name of state stand for another value. Raises StateError where there is none."""
        self.around.assign(name, value)

    def home(self, name: str) -> StateRoot | None:
        """The state that declares a name."""
        return None if name in self._values else self.around.home(name)


Scope = PageScope | RowScope | EventScope


def loop_values(index: int, length: int) -> dict[str, Any]:
    """What `loop` holds in the row number `index`, from 0, of `length`."""
    return {
        "index": index + 1,
        "index0": index,
        "first": index == 0,
        "last": index == length - 1,
        "length": length,
    }
