"""The documents of a site at work: opened for those who may, with what its pages say of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from livepages.coediting.document import Document
from livepages.coediting.library import PASSING, Library
from livepages.coediting.stores.store import Store, StoreError
from livepages.runtime.documents.document_events import DocumentEvents
from livepages.runtime.documents.document_finder import DocumentFinder, UnknownDocument, split
from livepages.runtime.documents.document_uses import has_documents, key_of
from livepages.runtime.pages.handles import Session
from livepages.runtime.pages.live_page import LivePage

log = logging.getLogger(__name__)


class SiteDocuments:
    """Opens the documents of the site `hub`. They are kept in memory unless `open_store` says where else."""

    def __init__(self, hub: Any) -> None:
        self._hub = hub
        self._finder = DocumentFinder(hub)
        self._events = DocumentEvents(hub, self._finder)
        self._library = Library(lambda: hub.site.limits)
        self._library.changed = self._events.changed

    def start(self, open_store: Callable[[], Store] | None) -> None:
        """Begin: what keeps the documents is opened at once where the site has any. Raises StoreError."""
        if open_store is not None:
            self._library.open_store = open_store
        if has_documents(self._hub.site):
            _ = self._library.store

    def open(self, key: str, session: Session | None) -> Document:
        """The document of a key, for a browser. Raises UnknownDocument and Refused."""
        if not self._finder.is_open_to(session, key):
            raise UnknownDocument(key)
        return self._open(key)

    def of(self, live: LivePage, name: str) -> Document:
        """The document of a name on a live page. Raises UnknownDocument and Refused."""
        return self._open(key_of(live.document_prefix, name))

    def _open(self, key: str) -> Document:
        use = self._finder.use_of(key)
        if use is None:
            raise UnknownDocument(f"No page shows the document {key!r}.")
        return self._library.open(key, use, monotonic())

    def follow(self) -> None:
        """The pages say something else of their documents, or have others."""
        for key, document in self._library.open_ones():
            use = self._finder.use_of(key)
            if use is not None:
                document.follow(use)
        if has_documents(self._hub.site):
            try:
                _ = self._library.store
            except StoreError as error:
                log.error("%s", error)

    def follow_page(self, live: LivePage) -> None:
        """A live page says something else of its documents, or shows others."""
        prefix = live.document_prefix
        for key, document in self._library.open_ones():
            if key.startswith(prefix) and split(key)[0] == prefix and (use := self._finder.use_of(key)) is not None:
                document.follow(use)

    def forget(self, live: LivePage) -> None:
        """A live page has ended, and with it the documents that were its own."""
        if live.document_prefix.startswith(PASSING):
            self._library.forget(live.document_prefix)

    def sweep(self) -> None:
        """Let go of what nobody uses."""
        self._library.sweep(monotonic())

    async def close(self) -> None:
        """Keep all that is not kept yet."""
        self._events.close()
        await self._library.close()
