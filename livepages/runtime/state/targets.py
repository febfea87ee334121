"""Places in state that the file names: found, read and written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from livepages.runtime.state.container import StateError, bounded
from livepages.runtime.state.pending import MISSING
from livepages.runtime.state.scopes import Scope
from livepages.runtime.state.state import StateList, StateMap
from livepages.runtime.state.state_root import StateRoot, declared_by, default_of
from livepages.schema.expressions.expressions import as_text
from livepages.schema.expressions.mistakes import Mistake, in_words
from livepages.schema.site.actions import Target
from livepages.schema.site.params import Param


class Place(Protocol):
    """A place in state. What can't be written raises StateError, and changes nothing."""

    @property
    def declaration(self) -> Param | None:
        """What may be there, where the file says so."""

    def read(self) -> Any:
        """What is there; MISSING where nothing is."""

    def write(self, value: Any) -> None:
        """Put a value there."""

    def remove(self) -> None:
        """Take away what is there, and the place itself."""

    def reset(self) -> None:
        """Put there what was there at first."""


class NamePlace:
    """What a name of a scope stands for."""

    __slots__ = ("_name", "_scope")

    def __init__(self, scope: Scope, name: str) -> None:
        self._scope = scope
        self._name = name

    @property
    def declaration(self) -> Param | None:
        """What the state of this name is declared to be."""
        home = self._scope.home(self._name)
        return None if home is None else declared_by(home).get(self._name)

    def read(self) -> Any:
        """What the name stands for."""
        return self._scope(self._name)

    def write(self, value: Any) -> None:
        """Have it stand for another value."""
        self._scope.assign(self._name, value)

    def remove(self) -> None:
        """A name stays."""
        raise StateError(f'"{self._name}" can\'t be taken away: it is the name of a state')

    def reset(self) -> None:
        """Have it stand for what it did at first."""
        home = self._scope.home(self._name)
        if home is None:
            self.write(None)
        else:
            home[self._name] = default_of(home, self._name)


class StatePlace:
    """A state of the site or the session."""

    __slots__ = ("_name", "_root")

    def __init__(self, root: StateRoot, name: str) -> None:
        if name not in root:
            raise StateError(f'there is no state "{name}"')
        self._root = root
        self._name = name

    @property
    def declaration(self) -> Param | None:
        """What it is declared to be."""
        return declared_by(self._root).get(self._name)

    def read(self) -> Any:
        """Its value."""
        return self._root[self._name]

    def write(self, value: Any) -> None:
        """Give it another value."""
        self._root[self._name] = value

    def remove(self) -> None:
        """A declared state stays."""
        raise StateError(f'"{self._name}" can\'t be taken away: it is the name of a state')

    def reset(self) -> None:
        """Give it its default."""
        self._root[self._name] = default_of(self._root, self._name)


class EntryPlace:
    """An entry of a mapping, which need not be there yet."""

    __slots__ = ("_key", "_map")

    def __init__(self, within: StateMap, key: str) -> None:
        self._map = within
        self._key = key

    @property
    def declaration(self) -> Param | None:
        """What the entries of the mapping are declared to be."""
        return self._map.declared_entries

    def read(self) -> Any:
        """The entry, if there is one."""
        return self._map.get(self._key, MISSING)

    def write(self, value: Any) -> None:
        """Put in the entry, or another in its place."""
        self._map[self._key] = value

    def remove(self) -> None:
        """Take the entry out."""
        if self._key not in self._map:
            raise StateError(f"there is no entry {in_words(self._key)}")
        del self._map[self._key]

    def reset(self) -> None:
        """An entry begins as nothing."""
        self.write(None)


class ItemPlace:
    """An item of a list, which is there."""

    __slots__ = ("_index", "_list")

    def __init__(self, within: StateList, index: int) -> None:
        length = len(within)
        if not -length <= index < length:
            items = "1 item" if length == 1 else f"{length:,} items"
            raise StateError(f"there is no item {index}: the list has {items}, counted from 0")
        self._list = within
        self._index = index

    @property
    def declaration(self) -> Param | None:
        """What the items of the list are declared to be."""
        return self._list.declared_entries

    def read(self) -> Any:
        """The item."""
        return self._list[self._index]

    def write(self, value: Any) -> None:
        """Put another in its place."""
        self._list[self._index] = value

    def remove(self) -> None:
        """Take it out; those after it move up."""
        del self._list[self._index]

    def reset(self) -> None:
        """An item begins as nothing."""
        self.write(None)


def as_declared(value: Any, param: Param | None) -> Any:
    """A value from the file or a field in the type that is declared, where it says one of that. Raises StateError."""
    if param is None or value is None:
        return value
    try:
        return param.check_exactly(value) if isinstance(value, bool) else param.check(bounded(value))
    except Mistake as mistake:
        raise StateError(str(mistake)) from None


def find(target: Target, scope: Scope) -> Place:
    """The place that a target names in a scope, where all that leads there exists.

    Raises StateError with a sentence where it does not, and ExpressionFailed.
    """
    place: Place = NamePlace(scope, target.root)
    for number, step in enumerate(target.steps):
        key = step if isinstance(step, str | int) else step.evaluate(scope)
        place = _entry(place.read(), key, number, target)
    return place


def _entry(within: Any, key: Any, number: int, target: Target) -> Place:
    """The place of a key in what the steps before `number` have led to."""
    if isinstance(within, StateMap):
        return EntryPlace(within, as_text(key))
    if isinstance(within, StateList):
        return ItemPlace(within, _index(key))
    if isinstance(within, StateRoot):
        return StatePlace(within, as_text(key))
    reached = str(Target(target.root, target.steps[:number]))
    if within is MISSING:
        raise StateError(f'there is no "{reached}"')
    if number == 0 and isinstance(within, Mapping):
        raise StateError(f'"{reached}" is not state, so it can\'t be changed')
    raise StateError(f'"{reached}" is {in_words(within)}, which has no entries')


def _index(key: Any) -> int:
    """A place in a list. Numbers that come from a browser may be whole only in value."""
    if isinstance(key, float) and key.is_integer():
        return int(key)
    if isinstance(key, bool) or not isinstance(key, int):
        raise StateError(f"expected the number of an item in the list, not {in_words(key)}")
    return key
