"""Who has read what: an effect is run anew when something that it has read is written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")

STRUCTURE: Final = object()
"""Stands for which entries a container has, and in which order."""
ITEMS: Final = object()
"""Stands for the values of all entries of a container."""


class Effect(ABC):
    """Something that is done anew when what it has read changes. Subclasses say what, and where it waits until then."""

    __slots__ = ("_sources",)

    def __init__(self) -> None:
        self._sources: dict[tuple[Readers, Hashable], None] = {}

    @abstractmethod
    def invalidate(self, readers: Readers, key: Hashable) -> None:
        """Something that it has read was written: `key` of the source that has these readers."""

    def rewritten(self, readers: Readers, key: Hashable) -> None:  # noqa: B027 # most take no notice
        """Something that it has read was written, and is what it was before."""

    @property
    def reads_anything(self) -> bool:
        """Whether there is anything whose change it would notice."""
        return bool(self._sources)

    def has_read_from(self, readers: Readers) -> bool:
        """Whether it has read anything of a source."""
        return any(each is readers for each, _ in self._sources)

    def has_read(self, readers: Readers, key: Hashable) -> None:
        """Note a read, so that it can be forgotten."""
        self._sources[readers, key] = None

    def forget(self) -> None:
        """Read nothing any more."""
        for readers, key in self._sources:
            readers.leave(key, self)
        self._sources.clear()


class Tracker:
    """Which effect is being run in one site, and so reads what is read now."""

    __slots__ = ("current",)

    def __init__(self) -> None:
        self.current: Effect | None = None

    @contextmanager
    def running(self, effect: Effect | None) -> Iterator[None]:
        """What is read meanwhile, this effect reads; nobody where it is None."""
        former, self.current = self.current, effect
        try:
            yield
        finally:
            self.current = former

    def watch(self, effect: Effect, work: Callable[[Argument], Result], argument: Argument) -> Result:
        """What a function makes of an argument; what it reads, this effect reads. As `running`, and quicker."""
        former, self.current = self.current, effect
        try:
            return work(argument)
        finally:
            self.current = former


class Readers:
    """Who has read which keys of one source: a container of state, or a scope."""

    __slots__ = ("_by_key", "tracker")

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self._by_key: dict[Hashable, dict[Effect, None]] | None = None

    def read(self, *keys: Hashable) -> None:
        """Keys are read, by the effect that is run now if there is one."""
        effect = self.tracker.current
        if effect is None:
            return
        if self._by_key is None:
            self._by_key = {}
        for key in keys:
            readers = self._by_key.get(key)
            if readers is None:
                readers = self._by_key[key] = {}
            if effect not in readers:
                readers[effect] = None
                effect.has_read(self, key)

    def leave(self, key: Hashable, effect: Effect) -> None:
        """An effect does not read a key any more."""
        if self._by_key is not None and (readers := self._by_key.get(key)) is not None:
            readers.pop(effect, None)
            if not readers:
                del self._by_key[key]

    def changed(self, *keys: Hashable, told: Hashable = None) -> None:
        """Keys were written. Readers are told the key, or another that `told` says."""
        for key in keys if self._by_key else ():
            for effect in tuple(self._by_key.get(key, ())) if self._by_key else ():
                effect.invalidate(self, key if told is None else told)

    def rewritten(self, key: Hashable) -> None:
        """A key was written, and its value is what it was before."""
        for effect in tuple(self._by_key.get(key, ())) if self._by_key else ():
            effect.rewritten(self, key)

    def places(self) -> list[Hashable]:
        """The keys of entries that somebody has read one by one."""
        return [key for key in self._by_key or () if key is not STRUCTURE and key is not ITEMS]
