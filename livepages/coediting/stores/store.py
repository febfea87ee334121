"""The store of documents: what the rest asks of it, what can go wrong with it, and the one that is only memory."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from livepages.coediting.stores.sizes import Sizes

log = logging.getLogger(__name__)

Done = Callable[[Exception | None], None]
"""Is called in the event loop, once: with None when something is durable, or with why it is not."""


class StoreError(Exception):
    """Documents can't be opened, read or written. Its text is whole sentences: what, where, and what to do."""


class StoreInUse(StoreError):
    """Another process has the documents of a folder."""


class DocumentDamaged(StoreError):
    """A document can't be read, because the file that it is in is damaged."""


class Store(Protocol):
    """Documents as logs of updates. A document is there from its first update until it is forgotten.

    All is called in the thread of the event loop, and nothing waits for a disk to write. What is asked for is done in
    the order in which it was asked for, and seen at once by `load`, `count` and the sizes.
    """

    def load(self, key: str) -> list[bytes]:
        """The updates of a document in order, also those that are not durable yet; [] for one that isn't there.

        An update that was damaged on disk is set aside and reported, and the others are given. Raises DocumentDamaged
        for a document that can't be read because of damage, StoreError if it can't be read for now.
        """

    def append(self, key: str, update: bytes, done: Done) -> None:
        """Add an update to a document. `done` hears when it is durable, or of a StoreError: then it isn't there."""

    def settled(self, key: str, done: Done) -> None:
        """Have `done` called when all that was appended to a document so far is durable; now if nothing waits.

        It hears of the StoreError if one of the updates that wait fails.
        """

    def compact(self, key: str, whole: bytes) -> None:
        """Replace all that was appended to a document so far by one update that holds all of it.

        If that fails, the log stays as it is, and `needs_compaction` asks again when it has grown.
        """

    def set_aside(self, key: str, reason: str, keep: Sequence[bytes]) -> None:
        """Take all updates of a document out of use but those of `keep`, and report it.

        They are kept for people to look at, where there is a place for that. If `keep` is empty, so is the document.
        """

    def forget(self, key: str) -> None:
        """Delete a document for good."""

    def has(self, key: str) -> bool:
        """Whether a document is there."""

    def count(self) -> int:
        """How many documents there are."""

    def log_size(self, key: str) -> int:
        """Bytes of the updates of a document since its last compaction, with 40 more for each."""

    def compacted_size(self, key: str) -> int:
        """Bytes of the update that the last compaction of a document left, 0 if there was none."""

    def needs_compaction(self, key: str) -> bool:
        """Whether the log of a document is larger than its last compaction left it, and at least 16 KiB."""

    async def close(self) -> None:
        """Make all durable and give everything back. Each `done` that waits has been called then."""


class MemoryStore:
    """Documents that are kept for as long as the process lives, and not on a disk. Nothing fails, nothing waits."""

    def __init__(self) -> None:
        self._updates: dict[str, list[bytes]] = {}
        self._sizes = Sizes()

    def load(self, key: str) -> list[bytes]:
        """The updates of a document in order; [] for one that isn't there."""
        return list(self._updates.get(key, ()))

    def append(self, key: str, update: bytes, done: Done) -> None:
        """Add an update to a document. `done` is called before this returns."""
        self._updates.setdefault(key, []).append(update)
        self._sizes.append(key, len(update))
        done(None)

    def settled(self, key: str, done: Done) -> None:
        """Call `done`: nothing ever waits."""
        done(None)

    def compact(self, key: str, whole: bytes) -> None:
        """Replace all updates of a document by one that holds all of them."""
        self._updates[key] = [whole]
        self._sizes.measure(key, [(True, len(whole))])

    def set_aside(self, key: str, reason: str, keep: Sequence[bytes]) -> None:
        """Drop the updates of a document but those of `keep`, and report it: there is no place to keep the others."""
        log.error("The document %r was damaged: %s. %d of its updates are still in use.", key, reason, len(keep))
        self.forget(key)
        for update in keep:
            self.append(key, update, ignore)

    def keys(self, prefix: str) -> list[str]:
        """The documents whose keys begin so."""
        return [key for key in self._updates if key.startswith(prefix)]

    def forget(self, key: str) -> None:
        """Delete a document for good."""
        self._updates.pop(key, None)
        self._sizes.measure(key, [])

    def has(self, key: str) -> bool:
        """Whether a document is there."""
        return key in self._sizes

    def count(self) -> int:
        """How many documents there are."""
        return len(self._sizes)

    def log_size(self, key: str) -> int:
        """Bytes of the updates of a document since its last compaction, with 40 more for each."""
        return self._sizes.log(key)

    def compacted_size(self, key: str) -> int:
        """Bytes of the update that the last compaction of a document left, 0 if there was none."""
        return self._sizes.compacted(key)

    def needs_compaction(self, key: str) -> bool:
        """Whether the log of a document is larger than its last compaction left it, and at least 16 KiB."""
        return self._sizes.needs_compaction(key)

    async def close(self) -> None:
        """Nothing is to be given back."""


def ignore(error: Exception | None) -> None:
    """Nobody wants to know."""
