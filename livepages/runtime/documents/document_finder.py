"""Finds what the pages of a site say of a document, and the live pages that show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import unquote

from livepages.coediting.library import PASSING
from livepages.runtime.blueprints.blueprints import Blueprints
from livepages.runtime.documents.document_uses import (
    END,
    documents_in,
    documents_on,
    joined,
    key_of,
    params_of,
    prefix_of,
)
from livepages.runtime.pages.addresses import BadParameter, PageNotFound
from livepages.runtime.pages.handles import Session
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.rooms.rooms import Rooms
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.site import Page, Site


class UnknownDocument(LookupError):
    """No page shows a document of this key, or not to who asks."""


class Pages(Protocol):
    """The pages of a site at work."""

    site: Site
    blueprints: Blueprints
    rooms: Rooms
    shared_pages: dict[str, LivePage]

    def match(self, path: str, query: Mapping[str, str]) -> tuple[Page, dict[str, Any]]:
        """The page of an address, and its parameters."""


class DocumentFinder:
    """Finds by the key of a document. Only what a page shows is a document: there are no others."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def use_of(self, key: str) -> DocumentUse | None:
        """What all pages that show a document say of it; None where no page shows one of this key."""
        prefix, name = split(key)
        if key_of(prefix, name) != key:
            return None
        found = [use for live in self.lives_of(prefix) for _, use in documents_on(live)]
        found += [use for page in self._unopened(prefix) for use in documents_in(self._blueprint(page))]
        return joined(use for use in found if use.name == name)

    def is_open_to(self, session: Session | None, key: str) -> bool:
        """Whether those of a session can have a document: those of a page that is theirs are for them alone."""
        prefix, _ = split(key)
        rooms = self._pages.rooms
        room = rooms.by_token(prefix[len(PASSING) :].removesuffix(END)) if prefix.startswith(PASSING) else None
        return room is None or room.session is None or room.session is session

    def lives_of(self, prefix: str) -> Iterator[LivePage]:
        """The live pages and shared elements whose documents have keys that begin so."""
        rooms = self._pages.rooms
        if prefix.startswith(PASSING):
            room = rooms.by_token(prefix[len(PASSING) :].removesuffix(END))
            if room is not None:
                yield room.live
            return
        if not prefix:
            yield from self._pages.shared_pages.values()
        for _, path in self._pages_of(prefix):
            room = rooms.by_key(("shared", path))
            if room is not None and room.live.document_prefix == prefix:
                yield room.live

    def _unopened(self, prefix: str) -> Iterator[Page]:
        """The pages of a prefix that nobody has opened."""
        if not prefix.startswith(PASSING):
            for page, path in self._pages_of(prefix):
                if self._pages.rooms.by_key(("shared", path)) is None:
                    yield page

    def _pages_of(self, prefix: str) -> Iterator[tuple[Page, str]]:
        """The shared pages whose documents have keys that begin so, with their addresses."""
        params = params_of(prefix)
        for page in self._pages.site.pages:
            if page.scope == "shared" and set(page.route.parameters) == set(params) and all(params.values()):
                path = page.route.build(params)
                if self._leads_to(page, path, prefix):
                    yield page, path

    def _leads_to(self, page: Page, path: str, prefix: str) -> bool:
        try:
            found, params = self._pages.match(path, {})
        except (PageNotFound, BadParameter):
            return False
        return found is page and prefix_of(page, params, "") == prefix

    def _blueprint(self, page: Page) -> Any:
        return self._pages.blueprints.pages[page.route.path]


def split(key: str) -> tuple[str, str]:
    """The prefix of a key, and the name of the document."""
    prefix, end, name = key.rpartition(END)
    return prefix + end, unquote(name)
