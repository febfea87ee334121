"""What containers of state have in common, and what values of state are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Final

from livepages.runtime.tracking import ITEMS, STRUCTURE, Readers

MOST_ENTRIES: Final = 100_000
"""Entries that a list or a mapping can have."""
MAX_DEPTH: Final = 50
LONGEST_TEXT: Final = 1_000_000
"""Characters that a text can have."""


class StateError(ValueError):
    """A value that can't be kept. Its text says what was expected, and where; `reason` is that without the place."""

    def __init__(self, text: str, reason: str = "") -> None:
        super().__init__(text)
        self.reason = reason or text


Guard = Callable[[int], None]
"""Takes the number of entries that a container is about to have. Raises StateError where there may not be so many."""


class Container:
    """What mappings and lists have in common. `guard` bounds the number of entries."""

    __slots__ = ()
    _guard: Guard | None
    _readers: Readers

    @property
    def readers(self) -> Readers:
        """Who has read which entries."""
        return self._readers

    def _read(self, *keys: Hashable) -> None:
        if self._readers.tracker.current is not None:
            self._readers.read(*keys)

    def _changed(self, *keys: Hashable, told: Hashable = None) -> None:
        self._readers.changed(*keys, told=told)

    def _rearranged(self, *keys: Hashable) -> None:
        """Entries came, went or moved."""
        self._changed(STRUCTURE, ITEMS, *keys)

    def _admit(self, size: int) -> None:
        """Raise StateError where there may not be so many entries."""
        if size > MOST_ENTRIES:
            raise StateError(f"there can't be more than {MOST_ENTRIES:,} entries")
        if self._guard is not None:
            self._guard(size)


def is_same(former: Any, value: Any) -> bool:
    """Whether writing a value would change nothing."""
    if isinstance(former, Container):
        return former is value
    return type(former) is type(value) and bool(former == value)


def plain(value: Any) -> Any:
    """A value with plain dicts and lists in place of those of state."""
    if isinstance(value, Mapping):
        return plain_map(value)
    return plain_list(value) if isinstance(value, list) else value


def plain_map(values: Mapping[str, Any]) -> dict[str, Any]:
    """A plain copy of a mapping."""
    return {key: plain(value) for key, value in values.items()}


def plain_list(items: Iterable[Any]) -> list[Any]:
    """A plain copy of a list."""
    return [plain(item) for item in items]
