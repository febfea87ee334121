"""The `change` of documents: what pages want to happen when somebody has written in one."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from livepages.coediting.document import Document
from livepages.components.shared_document import CHANGE
from livepages.runtime.documents.document_element import element_at
from livepages.runtime.documents.document_finder import DocumentFinder, split
from livepages.runtime.documents.document_uses import documents_on
from livepages.runtime.events.happenings import Happenings
from livepages.runtime.events.stage import Stage
from livepages.runtime.pages.handles import Page, Params, SharedElements
from livepages.runtime.pages.kit import Kit
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.rooms.room import Room
from livepages.runtime.rooms.rooms import Rooms
from livepages.runtime.rooms.site_handle import SiteHandle
from livepages.schema.site.events import EventSpec

PAUSE = 250
"""Milliseconds in which nobody may write before a change is told of, unless the event says otherwise."""

Key = tuple[LivePage, int, str]


class Running(Protocol):
    """A site at work."""

    kit: Kit
    rooms: Rooms
    shared: SharedElements
    handle: SiteHandle
    happenings: Happenings

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The event loop that everything of the site runs in."""

    def show(self, room: Room) -> None:
        """Show what has changed on a page and in the shared elements."""

    def show_stale(self) -> None:
        """Show what state has changed on other pages."""


class DocumentEvents:
    """Has happen what the elements declare that show a document, once for each live page they are on."""

    def __init__(self, site: Running, finder: DocumentFinder) -> None:
        self._site = site
        self._finder = finder
        self._timers: dict[Key, asyncio.TimerHandle] = {}

    def changed(self, document: Document) -> None:
        """Somebody has written in a document."""
        prefix, name = split(document.key)
        for live in self._finder.lives_of(prefix):
            for node, use in documents_on(live):
                for spec in node.events.values() if use.name == name else ():
                    if spec.type in CHANGE and not node.hears(spec):
                        self._later((live, node.number, spec.key), spec, document)

    def _later(self, key: Key, spec: EventSpec, document: Document) -> None:
        """Wait until nobody has written for a while, or, with a throttle, until that time is over."""
        waiting = self._timers.get(key)
        if waiting is not None and spec.throttle is not None:
            return
        if waiting is not None:
            waiting.cancel()
        pause = spec.throttle if spec.throttle is not None else PAUSE if spec.debounce is None else spec.debounce
        self._timers[key] = self._site.loop.call_later(pause / 1000, self._happens, key, document)

    def _happens(self, key: Key, document: Document) -> None:
        del self._timers[key]
        live, number, name = key
        if not live.tree.exists(number):
            return
        spec = live.tree.node(number).events.get(name)
        if spec is not None:
            given = self._given(live, number, str(document.text).removesuffix("\n" if document.is_rich else ""))
            self._site.happenings.start(spec.steps, self._stage(live, number, given["value"]), given)

    def _stage(self, live: LivePage, number: int, value: str) -> Stage:
        room = self._site.rooms.by_token(live.token)
        around, said = live.reactions.scope_of(number), {"value": value, "event": {"value": value}}
        tabs = tuple(room.connected) if room is not None else ()
        return Stage(around, self._site.kit.tracker, lambda: self._show(live, room), said, live, number, tabs)

    def _show(self, live: LivePage, room: Room | None) -> None:
        if room is not None:
            self._site.show(room)
        else:
            self._site.shared.update()
            self._site.show_stale()

    def _given(self, live: LivePage, number: int, value: str) -> dict[str, Any]:
        """What handlers can ask for; on a shared element, which is on any number of pages, there is no page."""
        given = {"element": element_at(live, number), "shared": self._site.shared}
        if self._site.rooms.by_token(live.token) is not None:
            given |= {"page": Page(live), "params": Params(live.params)}
        return {**given, "site": self._site.handle, "value": value}

    def close(self) -> None:
        """Nothing happens any more."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
