"""A site at work: its shared elements, its live pages, its sessions, its timers and tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from secrets import token_urlsafe
from time import time
from typing import Any

from livepages.coediting.stores.store import Store
from livepages.runtime.blueprints.blueprints import Blueprints, compile_site
from livepages.runtime.blueprints.site_styles import program_css, site_classes
from livepages.runtime.documents.document_element import element_at
from livepages.runtime.documents.document_uses import prefix_of
from livepages.runtime.documents.site_documents import SiteDocuments
from livepages.runtime.events.actions import ActionFailed
from livepages.runtime.events.happenings import HandlerFailed, Happenings
from livepages.runtime.events.stage import Stage
from livepages.runtime.pages.addresses import Addresses
from livepages.runtime.pages.handles import Session, SharedElements
from livepages.runtime.pages.kit import Kit
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.pages.sessions import Sessions
from livepages.runtime.rooms.heartbeat import beat
from livepages.runtime.rooms.presence import Presence
from livepages.runtime.rooms.room import PAGE_STREAM, Room
from livepages.runtime.rooms.rooms import Rooms
from livepages.runtime.rooms.site_handle import SiteHandle
from livepages.runtime.rooms.tab import Connection, Tab
from livepages.runtime.state.scopes import PageScope
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.tasks.calls import Calls
from livepages.runtime.tasks.services import Services
from livepages.runtime.tasks.tasks import Tasks
from livepages.runtime.tasks.timers import Timers
from livepages.runtime.wire.parcels import Parcels
from livepages.runtime.wire.wire import Hello
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.errors import SiteError
from livepages.schema.site.site import Page as PageDefinition
from livepages.schema.site.site import Site, Timer
from livepages.schema.values.clock import Clock, Wall
from livepages.styles.stylesheet import Stylesheet

SWEEP_EVERY = 5.0
"""Seconds between two looks for live pages whose time is over."""


class StartupFailed(RuntimeError):
    """What is to happen at startup failed."""


class Hub:
    """Everything that runs for one site. It knows no socket: connections are handed in.

    `wall` tells the time. Raises SiteError when the compiled site shows mistakes.
    """

    def __init__(self, site: Site, wall: Wall = time) -> None:
        self.site = site
        diagnostics = Diagnostics()
        self.blueprints = compile_site(site, diagnostics)
        if diagnostics.has_errors:
            raise SiteError(diagnostics)
        styles = Stylesheet(
            site_classes(site, self.blueprints),
            base=site.theme == "default",
            own_css=program_css() + site.css,
        )
        self.documents = SiteDocuments(self)
        self.kit = Kit(
            site.components,
            site.vocabulary,
            styles,
            site.limits,
            wall=wall,
            element=element_at,
            document=self.documents.of,
            document_listener=self.documents.follow_page,
        )
        self.state = StateRoot("site.state", site.state, self.kit.tracker)
        self.shared_pages: dict[str, LivePage] = {}
        for name in self.blueprints.shared:
            self.make_shared(name)
        self.shared = SharedElements(self.shared_pages)
        self.rooms = Rooms(site.limits, self.documents.forget)
        self.sessions = Sessions(
            site.limits.sessions, lambda: StateRoot("session.state", self.site.session_state, self.kit.tracker)
        )
        self.parcels = Parcels()
        self.tasks = Tasks()
        self.services = Services(self.tasks, site.handlers)
        self.calls = Calls(self.tasks, site.folder)
        self.happenings = Happenings(self.calls, site.handlers)
        self.handle = SiteHandle(self)
        self._presence = Presence(site.limits.tab_time / 1000, self._happens)
        self._addresses = Addresses(site)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The event loop that everything of the site runs in."""
        return self._loop

    def become(self, site: Site, blueprints: Blueprints) -> None:
        """Be another version of the site for all that comes from now on. Raises nothing."""
        self.site, self.blueprints = site, blueprints
        self.kit = replace(self.kit, components=site.components, vocabulary=site.vocabulary, limits=site.limits)
        self.rooms.limits, self.sessions.most = site.limits, site.limits.sessions
        self._presence.tab_time = site.limits.tab_time / 1000
        self.happenings.change(site.handlers)
        self._addresses = Addresses(site)

    def make_shared(self, name: str) -> LivePage:
        """The live page of a shared element, made if there is none."""
        if name not in self.shared_pages:
            blueprint = self.blueprints.shared[name]
            mounts = {inner: self.make_shared(inner) for inner in blueprint.mounted_names}
            roots = {"site": self.state}
            self.shared_pages[name] = LivePage(f"shared/{name}", blueprint, self.kit, roots=roots, mounts=mounts)
        return self.shared_pages[name]

    # Life

    async def start(self, open_store: Callable[[], Store] | None = None) -> None:
        """Run the startup handlers, then start the timers. Raises StartupFailed and StoreError.

        `open_store` opens what keeps the documents; without it they are kept in memory.
        """
        self._loop = asyncio.get_running_loop()
        self.documents.start(open_store)
        await self.begin()
        self.shared.update()
        self.open_singletons()
        self.timers = self._start_timers(self.tasks, self.site.every, self._given, self._stage)
        self.tasks.run(self._sweep(), "sweep")
        self.tasks.run(beat(self.rooms), "heartbeat")

    async def close(self) -> None:
        """End all live pages, timers and tasks."""
        self._presence.close()
        for room in self.rooms:
            room.close()
        for live in self.shared_pages.values():
            live.close()
        await self.tasks.close()
        await self.documents.close()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_EVERY)
            self.rooms.sweep(self.loop.time())
            self.documents.sweep()

    def open_singletons(self) -> None:
        """Make the live pages that everyone shares under a fixed address, where they are not there yet."""
        for page in self.site.pages:
            if page.is_singleton:
                self.room(page, {}, None)

    def _given(self) -> dict[str, Any]:
        """What handlers can be given that concern all of the site."""
        return {"site": self.handle, "shared": self.shared}

    async def begin(self) -> None:
        """What happens at startup. Raises StartupFailed."""
        try:
            with self.services.starting():
                await self.happenings.run(self.site.startup, self._stage(), self._given())
        except HandlerFailed as failed:
            message = f"The startup handler {failed.name} failed.\n{failed.failure.trace}"
            raise StartupFailed(message) from None
        except ActionFailed as failed:
            raise StartupFailed(f"What is to happen at startup failed.\n{failed.position}: {failed}") from None

    def _start_timers(
        self, tasks: Tasks, every: tuple[Timer, ...], given: Callable[[], Mapping[str, Any]], stage: Callable[[], Stage]
    ) -> Timers:
        timers = Timers(tasks, lambda actions: self.happenings.run_quietly(actions, stage(), given()))
        timers.change(every)
        return timers

    def _stage(self) -> Stage:
        """Where something happens that concerns all of the site."""
        scope = PageScope((Clock(self.kit.wall),), {"site": self.state})
        return Stage(scope, self.kit.tracker, self.handle.update)

    # Pages

    def match(self, path: str, query: Mapping[str, str]) -> tuple[PageDefinition, dict[str, Any]]:
        """The page of an address, and its parameters. Raises PageNotFound, BadParameter."""
        return self._addresses.match(path, query)

    def room(self, page: PageDefinition, params: Mapping[str, Any], session: Session | None) -> Room:
        """The room for a visit: the one that its scope says, or a new one."""
        path = page.route.build(params)
        token = token_urlsafe(18)
        key = self.key_of(page, path, session, token)
        room = self.rooms.by_key(key)
        if room is None:
            room = self._new_room(page, path, params, session, key, token)
        room.used = self.loop.time()
        return room

    def key_of(self, page: PageDefinition, path: str, session: Session | None, token: str) -> tuple[str, ...]:
        """What the room of a visit is known by, as the scope of its page says."""
        shared, own = ("shared", path), ("session", session.id if session else "", path)
        return {"shared": shared, "session": own}.get(page.scope, ("tab", token))

    def _new_room(
        self,
        page: PageDefinition,
        path: str,
        params: Mapping[str, Any],
        session: Session | None,
        key: tuple[str, ...],
        token: str,
    ) -> Room:
        blueprint = self.blueprints.pages[page.route.path]
        mounts = {name: self.shared_pages[name] for name in blueprint.mounted_names}
        own = session if page.scope != "shared" else None
        roots = {"site": self.state} | ({"session": own.state} if own is not None else {})
        live = LivePage(
            PAGE_STREAM,
            blueprint,
            self.kit,
            token=token,
            path=path,
            document_prefix=prefix_of(page, params, token),
            params=params,
            declared=page.state,
            roots=roots,
            mounts=mounts,
        )
        room = Room(page, live, self.shared, session if page.scope == "session" else None, key, self.loop.time())
        self.rooms.add(room)
        self.begin_page(room)
        room.timers = self._start_timers(
            room.tasks, page.every, lambda: self._given_to(room), lambda: self.stage_of(room, *room.connected)
        )
        return room

    def _given_to(self, room: Room) -> dict[str, Any]:
        """What handlers can be given that concern a page."""
        return {**room.timer_arguments(), "site": self.handle}

    def begin_page(self, room: Room) -> None:
        """What happens when a live page is made."""
        if room.page.startup:
            self.happenings.start(room.page.startup, self.stage_of(room), self._given_to(room))

    def stage_of(self, room: Room, *tabs: Tab) -> Stage:
        """Where something happens that concerns a whole page."""
        live = room.live
        return Stage(live.reactions.scope, self.kit.tracker, lambda: self.show(room), live=live, tabs=tabs)

    def show(self, room: Room) -> None:
        """Show what has changed on a page and in the shared elements."""
        for live in self.shared_pages.values():
            live.commit()
        room.live.commit()
        self.show_stale()

    def show_stale(self) -> None:
        """Show what state has changed on other pages."""
        while self.kit.stale:
            next(iter(self.kit.stale)).commit()

    # Tabs

    def join(self, hello: Hello, session: Session | None, connection: Connection) -> tuple[Room, Tab] | None:
        """Connect a tab to the page that it shows; None when that page is not there any more, or not for it."""
        room = self.rooms.by_token(hello.page)
        if room is None or (room.session is not None and room.session is not session):
            return None
        tab = room.tabs.get(hello.tab)
        if tab is None:
            if room.page.scope == "tab" and room.tabs:
                return None
            tab = Tab(hello.tab, hello.secret, session or self.sessions.nameless(), self.parcels)
        elif not tab.has_secret(hello.secret):
            return None
        room.connect(tab, connection, hello.streams)
        self._presence.came(room, tab)
        return room, tab

    def leave(self, room: Room, tab: Tab, connection: Connection, code: int) -> None:
        """A connection of a tab has ended, with a close code."""
        if tab.connection is connection:
            room.disconnect(tab, connection, self.loop.time())
            self._presence.left(room, tab, code)

    def _happens(self, room: Room, tab: Tab, event: str) -> None:
        """A tab opens or closes a page."""
        spec = room.page.events.get(event)
        if spec is not None:
            stage = self.stage_of(room, tab)
            if room.page.scope == "shared":
                stage = replace(stage, said={"session": tab.session.state})
            given = {**self._given_to(room), "session": tab.session, "tab": tab.handle}
            self.happenings.start(spec.steps, stage, given)
