"""All documents of a site: found by their keys, in memory while somebody uses them, in the store for good."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic
from typing import Final

from livepages.coediting.document import Document
from livepages.coediting.reader import GONE, UNSAVED, Refused
from livepages.coediting.stores.store import MemoryStore, Store, StoreError
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.limits import Limits

log = logging.getLogger(__name__)

PASSING: Final = "~"
"""What the keys begin with of documents that end with their live page."""
RETRY: Final = 30.0
"""Seconds after which a store that could not be opened is tried again: trying takes time in which all wait."""
REST: Final = 60.0
"""Seconds that a document stays in memory which nobody uses."""


class Library:
    """The documents of one site. `open_store` is called when the first one is wanted that is to outlive the process.

    `limits` are those of the site as it is now. `changed` is called with a document that a reader has changed.
    """

    def __init__(self, limits: Callable[[], Limits]) -> None:
        self.open_store: Callable[[], Store] = MemoryStore
        self.changed: Callable[[Document], None] = _ignore
        self._limits = limits
        self._lasting: Store | None = None
        self._failed: tuple[float, StoreError] | None = None
        self._passing = MemoryStore()
        self._documents: dict[str, Document] = {}
        self._used: dict[str, float] = {}

    def open(self, key: str, use: DocumentUse, now: float) -> Document:
        """The document of a key, loaded or made if it is not in memory. Raises Refused."""
        document = self._documents.get(key)
        if document is not None and document.is_lost:
            document.close()
            document = None
        if document is None:
            document = self._documents[key] = self._load(key, use)
        self._used[key] = now
        document.follow(use)
        return document

    def _load(self, key: str, use: DocumentUse) -> Document:
        try:
            return Document(key, use, self._store_of(key), self._limits, lambda document: self.changed(document))
        except StoreError as error:
            log.error("The document %s can't be loaded: %s", key, error)
            raise Refused(UNSAVED, "The server can't load this document at the moment.") from None

    def _store_of(self, key: str) -> Store:
        return self._passing if key.startswith(PASSING) else self.store

    @property
    def store(self) -> Store:
        """What keeps documents for good; opened when it is first asked for. Raises StoreError."""
        if self._lasting is None:
            if self._failed is not None and monotonic() - self._failed[0] < RETRY:
                raise self._failed[1]
            try:
                self._lasting = self.open_store()
            except StoreError as error:
                self._failed = (monotonic(), error)
                raise
        return self._lasting

    def open_ones(self) -> list[tuple[str, Document]]:
        """The documents in memory, with their keys."""
        return list(self._documents.items())

    def forget(self, prefix: str) -> None:
        """The passing documents whose keys begin so are not wanted any more, whether they are in memory or not."""
        for key in [key for key in self._documents if key.startswith(prefix)]:
            for reader in list(self._documents[key].readers):
                reader.refuse(GONE, "The page of this document has ended.")
            self._let_go(key)
        for key in self._passing.keys(prefix):
            self._passing.forget(key)

    def sweep(self, now: float) -> None:
        """Take the cursors away that are outdated, and those documents out of memory that nobody uses."""
        for key, document in list(self._documents.items()):
            document.forget_outdated(now)
            if document.is_idle and now - self._used[key] > REST:
                document.compact_if_needed()
                self._let_go(key)

    def _let_go(self, key: str) -> None:
        """Have a document in memory no more."""
        self._documents.pop(key).close()
        del self._used[key]

    async def close(self) -> None:
        """Keep what is not kept yet, and close the store."""
        for key, document in list(self._documents.items()):
            document.compact_if_needed()
            self._let_go(key)
        if self._lasting is not None:
            await self._lasting.close()


def _ignore(document: Document) -> None:
    """Nobody wants to know."""
