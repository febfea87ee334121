"""What containers of state have in common, and what values of state are."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from livepages.runtime.state.tracking import ITEMS, STRUCTURE, Readers
from livepages.schema.expressions.mistakes import Mistake, in_words
from livepages.schema.site.params import CONTAINERS, Param

MOST_ENTRIES: Final = 100_000
"""Entries that a list or a mapping can have."""
LARGEST_WHOLE: Final = 2**63
MAX_DEPTH: Final = 50
MANY: Final = (Mapping, list, tuple, set, frozenset)
"""What has entries."""
LONGEST_TEXT: Final = 1_000_000
"""Characters that a text can have."""


class StateError(ValueError):
    """A value that can't be kept. Its text says what was expected, and where; `reason` is that without the place."""

    def __init__(self, text: str, reason: str = "") -> None:
        super().__init__(text)
        self.reason = reason or text


@dataclass(frozen=True, slots=True)
class Guard:
    """Keeps a list or mapping to its declaration. `what` is what a message calls it, such as `page.state.votes`."""

    what: str
    param: Param

    def admit(self, size: int) -> None:
        """Raise StateError where there may not be so many entries."""
        least, most = self.param.min_length or 0, self.param.max_length
        if size < least or (most is not None and size > most):
            reason = f"expected {self.param.describe()}, not {size} entries"
            raise StateError(f"{self.what}: {reason}.", reason)

    def checked(self, key: Hashable, value: Any) -> Any:
        """An entry as it may be kept under a key. Raises StateError."""
        if self.param.items is None:
            return value
        try:
            return self.param.items.check_exactly(bounded(value))
        except Mistake as mistake:
            raise StateError(f"{placed(self.what, (key, *mistake.path))}: {mistake}.", str(mistake)) from None

    @property
    def inner(self) -> Guard | None:
        """What keeps the entries that are lists or mappings to what is declared of them."""
        return guard_of(f"an entry of {self.what}", self.param.items)


def guard_of(what: str, param: Param | None) -> Guard | None:
    """What keeps values to a declaration, where there is one of a list or mapping that says more than its type."""
    if param is None or param.type not in CONTAINERS:
        return None
    says_more = param.items is not None or param.max_length is not None or param.min_length
    return Guard(what, param) if says_more else None


def placed(what: str, path: Iterable[Hashable]) -> str:
    """A place as Python would write it: `page.state.votes["tea"]`."""
    return what + "".join(f"[{in_words(key)}]" for key in path)


class Container:
    """What mappings and lists have in common. `guard` says what they may hold."""

    __slots__ = ()
    _guard: Guard | None
    _readers: Readers

    @property
    def readers(self) -> Readers:
        """Who has read which entries."""
        return self._readers

    @property
    def _inner(self) -> Guard | None:
        """What keeps entries that are lists or mappings to what is declared of them."""
        return None if self._guard is None else self._guard.inner

    @property
    def declared_entries(self) -> Param | None:
        """What the file says of each entry, if anything."""
        return None if self._guard is None else self._guard.param.items

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
            self._guard.admit(size)

    def _allowed(self, key: Hashable, value: Any) -> Any:
        """A value as it may stand under a key. Raises StateError."""
        return value if self._guard is None else self._guard.checked(key, value)


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
    return {key: plain(values[key]) for key in values}


def plain_list(items: Iterable[Any]) -> list[Any]:
    """A plain copy of a list."""
    return [plain(item) for item in items]


def bounded(value: Any) -> Any:
    """A plain value that is not too large to be looked at. Raises StateError."""
    if isinstance(value, MANY):
        measure(value)
    return plain(value)


def is_unicode(text: str) -> bool:
    """Whether a text can be sent: it has no half of a character that UTF-16 writes as two (RFC 3629, 3)."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def sendable(value: Any) -> Any:
    """A value that can be sent as it is. Raises ValueError for a text that can't."""
    if isinstance(value, str) and not is_unicode(value):
        raise ValueError("expected valid Unicode, without lone surrogates")
    return value


def checked_text(value: str) -> str:
    """A text that can be kept. Raises StateError."""
    if len(value) > LONGEST_TEXT:
        raise StateError(f"there can't be more than {LONGEST_TEXT:,} characters in a text")
    if not is_unicode(value):
        raise StateError("a text of state must be valid Unicode, without lone surrogates")
    return value


def checked_whole(value: int) -> int:
    """A whole number that can be kept. Raises StateError."""
    if abs(value) > LARGEST_WHOLE:
        raise StateError("a whole number of state must be within 2 to the power of 63")
    return int(value)


def measure(value: Any) -> None:
    """Raise StateError for a value with too many entries in all, or nested too deep."""
    count, level, depth = 0, [value], 0
    while level:
        depth += 1
        count += sum(map(len, level))
        if count > MOST_ENTRIES:
            raise StateError(f"there can't be more than {MOST_ENTRIES:,} entries")
        if depth > MAX_DEPTH:
            raise StateError(f"state can't be nested more than {MAX_DEPTH} deep")
        inner = (item for each in level for item in (each.values() if isinstance(each, Mapping) else each))
        level = [item for item in inner if isinstance(item, MANY)]


def checked_key(key: object) -> str:
    """The key of a mapping. Raises StateError."""
    if not isinstance(key, str):
        raise StateError(f"the keys of a mapping of state are texts, not {key!r}")
    return checked_text(key)
