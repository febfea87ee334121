"""A site at work: its shared elements, its live pages, its sessions, its timers and tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import Future
from secrets import token_urlsafe
from typing import Any

from livepages.runtime.blueprints import compile_site
from livepages.runtime.calls import Calls, Failure
from livepages.runtime.element import Update
from livepages.runtime.handles import Page, Session, SharedElements
from livepages.runtime.heartbeat import beat
from livepages.runtime.kit import Kit
from livepages.runtime.live_page import LivePage
from livepages.runtime.parcels import Parcels
from livepages.runtime.room import PAGE_STREAM, Room
from livepages.runtime.rooms import Rooms
from livepages.runtime.sessions import Sessions
from livepages.runtime.site_styles import program_css, site_classes
from livepages.runtime.tab import Connection, Tab
from livepages.runtime.tasks import Tasks
from livepages.runtime.timers import run_timer
from livepages.runtime.wire import Hello
from livepages.schema.diagnostics import Diagnostics
from livepages.schema.errors import SiteError
from livepages.schema.site import Page as PageDefinition
from livepages.schema.site import Site, Timer
from livepages.styles.stylesheet import Stylesheet

SWEEP_EVERY = 5.0
"""Seconds between two looks for live pages whose time is over."""


class PageNotFound(LookupError):
    """No page has this address."""


class BadParameter(ValueError):
    """A parameter of the address is not of its type or within its bounds. Its text names it and its limits."""


class StartupFailed(RuntimeError):
    """A startup handler raised."""

    def __init__(self, name: str, failure: Failure) -> None:
        super().__init__(f"The startup handler {name} failed.\n{failure.trace}")


class SiteHandle:
    """The site, as its handlers see it. `data` is what they keep for all of it; never shown."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.data: dict[Any, Any] = {}

    def run_task(self, coroutine: Coroutine[Any, Any, Any], name: str = "") -> asyncio.Task[Any]:
        """Run a coroutine beside everything else; its errors are logged, and it is cancelled with the site."""
        return self._hub.tasks.run(coroutine, name or getattr(coroutine, "__qualname__", "task"))

    def from_thread(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Call a function, from a thread of its own, where pages may be changed. What it has changed is shown.

        Returns a future of what the function returns; a coroutine function is awaited.
        """
        return asyncio.run_coroutine_threadsafe(self._call(function, arguments), self._hub.loop)

    async def _call(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        result = function(*arguments)
        if isinstance(result, Awaitable):
            result = await result
        self.update()
        return result

    def page(self, path: str) -> Page:
        """The live page of an address that everyone shares. Raises LookupError when there is none."""
        page, params = self._hub.match(path, {})
        if page.scope != "shared":
            raise LookupError(f"The page {path} is not shared: each {page.scope} has its own.")
        return Page(self._hub.room(page, params, None).live)

    def update(self) -> Update:
        """Show all tabs what has changed in the shared elements and on the pages that everyone shares."""
        self._hub.shared.update()
        for room in self._hub.rooms:
            if room.page.scope == "shared":
                room.live.commit()
        return Update()


class Hub:
    """Everything that runs for one site. It knows no socket: connections are handed in.

    Raises SiteError when the compiled site shows mistakes.
    """

    def __init__(self, site: Site) -> None:
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
        self.kit = Kit(site.components, site.vocabulary, styles, site.limits)
        self.shared_pages: dict[str, LivePage] = {}
        for name in self.blueprints.shared:
            self._make_shared(name)
        self.shared = SharedElements(self.shared_pages)
        self.rooms = Rooms(site.limits)
        self.sessions = Sessions(site.limits.sessions)
        self.parcels = Parcels()
        self.tasks = Tasks()
        self.calls = Calls(self.tasks, site.folder)
        self.handle = SiteHandle(self)
        self._routes = sorted(site.pages, key=lambda page: page.route.specificity)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The event loop that everything of the site runs in."""
        return self._loop

    def _make_shared(self, name: str) -> LivePage:
        if name not in self.shared_pages:
            blueprint = self.blueprints.shared[name]
            mounts = {inner: self._make_shared(inner) for inner in blueprint.mounted_names}
            self.shared_pages[name] = LivePage(f"shared/{name}", blueprint, self.kit, mounts=mounts)
        return self.shared_pages[name]

    # Life

    async def start(self) -> None:
        """Run the startup handlers, then start the timers. Raises StartupFailed."""
        self._loop = asyncio.get_running_loop()
        given = {"site": self.handle, "shared": self.shared}
        for handler in self.site.startup:
            outcome = await self.calls.call(handler, {name: given[name] for name in handler.asks if name in given})
            if outcome.failure is not None:
                raise StartupFailed(handler.name, outcome.failure)
        self.shared.update()
        for page in self.site.pages:
            if page.is_singleton:
                self.room(page, {}, None)
        for timer in self.site.every:
            self._start_timer(self.tasks, timer, given, self.handle.update)
        self.tasks.run(self._sweep(), "sweep")
        self.tasks.run(beat(self.rooms), "heartbeat")

    async def close(self) -> None:
        """End all live pages, timers and tasks."""
        for room in self.rooms:
            room.close()
        await self.tasks.close()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_EVERY)
            self.rooms.sweep(self.loop.time())

    def _start_timer(self, tasks: Tasks, timer: Timer, given: Mapping[str, Any], show: Callable[[], object]) -> None:
        arguments = {name: given[name] for name in timer.handler.asks if name in given}

        async def call() -> None:
            outcome = await self.calls.call(timer.handler, arguments)
            if outcome.value is None:
                show()

        tasks.run(run_timer(timer.interval / 1000, call), f"every {timer.interval}ms: {timer.handler.name}")

    # Pages

    def match(self, path: str, query: Mapping[str, str]) -> tuple[PageDefinition, dict[str, Any]]:
        """The page of an address, and its parameters. Raises PageNotFound, BadParameter."""
        for page in self._routes:
            given = page.route.match(path)
            if given is not None:
                return page, _read_params(page, {**query, **given})
        raise PageNotFound(path)

    def room(self, page: PageDefinition, params: Mapping[str, Any], session: Session | None) -> Room:
        """The room for a visit: the one that its scope says, or a new one."""
        path = page.route.build(params)
        token = token_urlsafe(18)
        key = {"shared": ("shared", path), "session": ("session", session.id if session else "", path)}.get(
            page.scope, ("tab", token)
        )
        room = self.rooms.by_key(key)
        if room is None:
            room = self._new_room(page, path, params, session, key, token)
        room.used = self.loop.time()
        return room

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
        live = LivePage(PAGE_STREAM, blueprint, self.kit, token=token, path=path, params=params, mounts=mounts)
        room = Room(page, live, self.shared, session if page.scope == "session" else None, key, self.loop.time())
        self.rooms.add(room)
        given = {**room.timer_arguments(), "site": self.handle}
        for timer in page.every:
            self._start_timer(room.tasks, timer, given, lambda: self.show(room))
        return room

    def show(self, room: Room) -> None:
        """Show what has changed on a page and in the shared elements."""
        for live in self.shared_pages.values():
            live.commit()
        room.live.commit()

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
            tab = Tab(hello.tab, hello.secret, session or Session(""), self.parcels)
        elif not tab.has_secret(hello.secret):
            return None
        room.connect(tab, connection, hello.streams)
        return room, tab


def _read_params(page: PageDefinition, given: Mapping[str, str]) -> dict[str, Any]:
    params = {}
    for name, param in page.params.items():
        if name in given:
            try:
                params[name] = param.read(given[name])
            except ValueError as error:
                raise BadParameter(f"The parameter {name}: {error}.") from None
        elif param.required:
            raise BadParameter(f"The parameter {name} is missing: expected {param.describe()}.")
        else:
            params[name] = param.default
    return params
