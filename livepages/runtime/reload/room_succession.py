"""The live pages of a running site, when its file has other definitions of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.runtime.blueprints.session_use import page_uses_sessions, site_uses_sessions
from livepages.runtime.hub.hub import Hub
from livepages.runtime.reload.moving_room import Leaves, move_room
from livepages.runtime.reload.prepared import Prepared
from livepages.runtime.rooms.room import Room
from livepages.runtime.rooms.tab import Tab
from livepages.runtime.wire.wire import Reload
from livepages.schema.site.sameness import page_startup_changed
from livepages.schema.site.site import Page

log = logging.getLogger(__name__)


class RoomSuccession:
    """Has live pages follow; tabs load their page anew where it can't. It is made before the site is another one.

    `live_pages` and `tabs` count those on which anything has changed, `reloaded` the tabs that load their page anew.
    `notes` are sentences about what could not be kept.
    """

    def __init__(self, hub: Hub, prepared: Prepared) -> None:
        self._hub = hub
        self._prepared = prepared
        self._former = hub.site
        brings_sessions = site_uses_sessions(prepared.site, prepared.blueprints)
        self._brings_sessions = brings_sessions and not site_uses_sessions(hub.site, hub.blueprints)
        self._positions = {id(live): live.stream.pos for live in hub.shared_pages.values()}
        self.live_pages = 0
        self.tabs = 0
        self.reloaded = 0
        self.notes: dict[str, None] = {}

    def renew_all(self) -> None:
        """Have all of them follow, or end."""
        for room in self._hub.rooms:
            self._renew(room)

    def _renew(self, room: Room) -> None:
        before, position = room.page, room.live.stream.pos
        try:
            blueprint = self._move(room)
        except Leaves as leaves:
            self._let_go(room, str(leaves))
        except Exception:
            log.exception("The live page %s can't follow the change of the site.", room.live.path)
            self._let_go(room, "it can't follow the change of the site")
        else:
            if self._is_concerned(room, blueprint, position):
                self.live_pages += 1
                self.tabs += len(room.connected)
            if page_startup_changed(self._former, before, self._prepared.site, room.page):
                self._hub.begin_page(room)

    def _move(self, room: Room) -> Blueprint:
        """Have one live page follow. Raises Leaves."""
        prepared = self._prepared
        page = prepared.pages.get(room.page.route.path)
        if page is None:
            raise Leaves(self._why_gone(room.page))
        blueprint = prepared.blueprints.pages[page.route.path]
        needs_session = self._brings_sessions and self._uses_sessions(page, blueprint)
        if needs_session and page.scope == "tab":
            raise Leaves("it uses sessions now")
        self.notes |= dict.fromkeys(move_room(self._hub, room, page, blueprint, prepared.differing[blueprint]))
        if needs_session:
            self._reload(room.tabs.values(), "The page uses sessions now.")
        return blueprint

    def _uses_sessions(self, page: Page, blueprint: Blueprint) -> bool:
        """Whether tabs need a session, which they only get with the page, as cookies come with that."""
        return page_uses_sessions(page, [*self._prepared.shown_on(blueprint)], self._prepared.site.handlers)

    def _is_concerned(self, room: Room, blueprint: Blueprint, position: int) -> bool:
        """Whether the change is one of this page, or of a shared element on it."""
        prepared = self._prepared
        if prepared.site.handlers is not self._former.handlers:
            return True
        if not prepared.edited.isdisjoint(prepared.shown_on(blueprint)):
            return True
        return any(live.stream.pos != self._positions.get(id(live), position) for live in room.streams.values())

    # Tabs that load the page anew

    def _why_gone(self, page: Page) -> str:
        known = any(each.route.path == page.route.path for each in self._prepared.site.pages)
        return "its scope has changed" if known else "the site has no such page any more"

    def _let_go(self, room: Room, reason: str) -> None:
        """End a live page."""
        self._reload(room.connected, f"The page has ended: {reason}.")
        try:
            self._hub.rooms.drop(room, reason)
        except Exception:
            log.exception("The live page %s could not be closed.", room.live.path)

    def _reload(self, tabs: Iterable[Tab], reason: str) -> None:
        for tab in tabs:
            tab.send(Reload(reason))
            self.reloaded += tab.connection is not None
