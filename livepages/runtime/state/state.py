"""State as handlers and expressions use it: dicts and lists that know who reads them."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from math import isfinite
from operator import index as whole
from typing import Any, SupportsIndex

from livepages.runtime.state.container import (
    Container,
    Guard,
    StateError,
    checked_key,
    checked_text,
    checked_whole,
    is_same,
    measure,
    plain,
    plain_list,
    plain_map,
)
from livepages.runtime.state.tracking import ITEMS, STRUCTURE, Readers, Tracker

# The views of a dict, and what += and |= give, are typed more narrowly by typeshed than a subclass can be.


class StateMap(dict[str, Any], Container):
    """A mapping of state. Its keys are texts; its values plain ones, lists and mappings, of which it keeps copies."""

    __slots__ = ("_guard", "_readers")

    def __init__(self, values: Mapping[str, Any], tracker: Tracker, guard: Guard | None = None, depth: int = 0) -> None:
        self._readers = Readers(tracker)
        self._guard = guard
        inner = self._inner
        super().__init__({checked_key(key): keep(each, tracker, inner, depth + 1) for key, each in values.items()})

    # Reading

    def __getitem__(self, key: str) -> Any:
        self._read(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._read(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._read(key)
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self._read(STRUCTURE)
        return super().__iter__()

    def __len__(self) -> int:
        self._read(STRUCTURE)
        return super().__len__()

    def __bool__(self) -> bool:
        return len(self) > 0

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        self._read(STRUCTURE)
        return super().keys()

    def values(self) -> ValuesView[Any]:  # type: ignore[override]
        self._read(STRUCTURE, ITEMS)
        return super().values()

    def items(self) -> ItemsView[str, Any]:  # type: ignore[override]
        self._read(STRUCTURE, ITEMS)
        return super().items()

    def __eq__(self, other: object) -> bool:
        self._read(STRUCTURE, ITEMS)
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return dict, (plain_map(self),)

    def copy(self) -> dict[str, Any]:
        """A plain copy."""
        return plain_map(self)

    # Writing

    def __setitem__(self, key: str, value: Any) -> None:
        self._write({key: value})

    def __delitem__(self, key: str) -> None:
        if super().__contains__(key):
            self._admit(super().__len__() - 1)
        super().__delitem__(key)
        self._rearranged(key)

    def setdefault(self, key: str, default: Any = None) -> Any:
        if not super().__contains__(key):
            self[key] = default
        return self[key]

    def update(self, *others: Any, **values: Any) -> None:
        self._write(dict(*others, **values))

    def _write(self, given: Mapping[str, Any]) -> None:
        """Put in entries: all of them, or none where one is refused."""
        has, held = super().__contains__, super().__getitem__
        kept = {
            key: self._kept(key, value)
            for key, value in given.items()
            if not has(checked_key(key)) or not is_same(held(key), value)
        }
        new = frozenset(key for key in kept if not has(key))
        if new:
            self._admit(super().__len__() + len(new))
        super().update(kept)
        for key in given:
            if key in new:
                self._rearranged(key)
            elif key in kept:
                self._changed(key)
                self._changed(ITEMS, told=key)
            else:
                self._readers.rewritten(key)

    def _kept(self, key: str, value: Any) -> Any:
        return keep(self._allowed(key, value), self._readers.tracker, self._inner)

    def __ior__(self, other: Any) -> StateMap:  # type: ignore[override,misc]
        self.update(other)
        return self

    def pop(self, key: str, *default: Any) -> Any:
        if not super().__contains__(key) and default:
            return default[0]
        value = plain(super().__getitem__(key))
        del self[key]
        return value

    def popitem(self) -> tuple[str, Any]:
        key = next(reversed(super().keys()), None)
        if key is None:
            raise KeyError("the mapping is empty")
        return key, self.pop(key)

    def clear(self) -> None:
        self._admit(0)
        keys = list(super().keys())
        super().clear()
        self._rearranged(*keys)


class StateList(list[Any], Container):
    """A list of state. Its items are plain values, lists and mappings, of which it keeps copies."""

    __slots__ = ("_guard", "_readers")

    def __init__(self, items: Iterable[Any], tracker: Tracker, guard: Guard | None = None, depth: int = 0) -> None:
        self._readers = Readers(tracker)
        self._guard = guard
        inner = self._inner
        super().__init__([keep(item, tracker, inner, depth + 1) for item in items])

    # Reading

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            self._read(STRUCTURE, ITEMS)
        else:
            self._read(
                range(super().__len__())[index] if -super().__len__() <= index < super().__len__() else STRUCTURE
            )
        return super().__getitem__(index)

    def __iter__(self) -> Iterator[Any]:
        self._read(STRUCTURE, ITEMS)
        return super().__iter__()

    def __reversed__(self) -> Iterator[Any]:
        self._read(STRUCTURE, ITEMS)
        return super().__reversed__()

    def __len__(self) -> int:
        self._read(STRUCTURE)
        return super().__len__()

    def __bool__(self) -> bool:
        return len(self) > 0

    def __contains__(self, item: object) -> bool:
        self._read(STRUCTURE, ITEMS)
        return super().__contains__(item)

    def __eq__(self, other: object) -> bool:
        self._read(STRUCTURE, ITEMS)
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def index(self, *arguments: Any) -> int:
        self._read(STRUCTURE, ITEMS)
        return super().index(*arguments)

    def count(self, item: Any) -> int:
        self._read(STRUCTURE, ITEMS)
        return super().count(item)

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return list, (plain_list(self),)

    def copy(self) -> list[Any]:
        """A plain copy."""
        return plain_list(self)

    # Writing

    def __setitem__(self, index: Any, value: Any) -> None:
        if isinstance(index, slice):
            self._replace_all(index, value)
            return
        place = range(super().__len__())[index]
        if is_same(super().__getitem__(place), value):
            self._readers.rewritten(place)
            return
        super().__setitem__(place, self._kept([value], place)[0])
        self._changed(place)
        self._changed(ITEMS, told=place)

    def _replace_all(self, part: slice, values: Iterable[Any]) -> None:
        kept = self._kept(values, range(super().__len__())[part].start)
        after = [*super().__iter__()]
        after[part] = kept
        self._admit(len(after))
        super().__setitem__(part, kept)
        self._moved()

    def _kept(self, items: Iterable[Any], start: int) -> list[Any]:
        """Items as they are kept from a place on."""
        inner, tracker = self._inner, self._readers.tracker
        return [keep(self._allowed(start + index, item), tracker, inner) for index, item in enumerate(items)]

    def _moved(self) -> None:
        self._rearranged(*self._readers.places())

    def __delitem__(self, index: SupportsIndex | slice) -> None:
        gone = len(range(super().__len__())[index]) if isinstance(index, slice) else 1
        self._admit(super().__len__() - gone)
        super().__delitem__(index)
        self._moved()

    def insert(self, index: SupportsIndex, item: Any) -> None:
        self._admit(super().__len__() + 1)
        super().insert(index, self._kept([item], whole(index))[0])
        self._moved()

    def append(self, item: Any) -> None:
        place = super().__len__()
        self._admit(place + 1)
        super().append(self._kept([item], place)[0])
        self._rearranged(place)

    def extend(self, items: Iterable[Any]) -> None:
        kept = self._kept(items, super().__len__())
        self._admit(super().__len__() + len(kept))
        super().extend(kept)
        self._moved()

    def __iadd__(self, items: Iterable[Any]) -> StateList:  # type: ignore[misc]
        self.extend(items)
        return self

    def __imul__(self, times: SupportsIndex) -> StateList:
        self[:] = plain_list(self) * int(times)
        return self

    def pop(self, index: SupportsIndex = -1) -> Any:
        item = super().__getitem__(index)
        del self[index]
        return plain(item)

    def remove(self, item: Any) -> None:
        del self[super().index(item)]

    def clear(self) -> None:
        del self[:]

    def sort(self, *, key: Callable[[Any], Any] | None = None, reverse: bool = False) -> None:
        super().__setitem__(slice(None), sorted(super().__iter__(), key=key, reverse=reverse))
        self._moved()

    def reverse(self) -> None:
        super().reverse()
        self._moved()


def keep(value: Any, tracker: Tracker, guard: Guard | None = None, depth: int = 0) -> Any:
    """A value as state keeps it: a copy that knows who reads it. Raises StateError for what can't be state."""
    if value is None or isinstance(value, bool | str):
        return checked_text(str(value)) if isinstance(value, str) else value  # markup is kept as any other text
    if isinstance(value, int):
        return checked_whole(value)
    if isinstance(value, float):
        if not isfinite(value):
            raise StateError("a number of state must be finite")
        return value
    if isinstance(value, Mapping | Sequence | set | frozenset) and not isinstance(value, bytes):
        if not depth:
            measure(value)
        if isinstance(value, Mapping):
            return StateMap(value, tracker, guard, depth)
        return StateList(value, tracker, guard, depth)
    kind = type(value).__name__
    raise StateError(
        f"a value of the type {kind} can't be state: use texts, numbers, true and false, lists and mappings"
    )
