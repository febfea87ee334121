"""The site, as its handlers see it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import Future
from typing import Any, Protocol

from livepages.runtime.pages.element import Update
from livepages.runtime.pages.handles import Page, Session, SharedElements
from livepages.runtime.rooms.room import Room
from livepages.runtime.rooms.rooms import Rooms
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.tasks.services import Services
from livepages.schema.site.site import Page as PageDefinition


class Running(Protocol):
    """A site at work."""

    state: StateRoot
    services: Services
    shared: SharedElements
    rooms: Rooms

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The event loop that everything of the site runs in."""

    def match(self, path: str, query: Mapping[str, str]) -> tuple[PageDefinition, dict[str, Any]]:
        """The page of an address, and its parameters."""

    def room(self, page: PageDefinition, params: Mapping[str, Any], session: Session | None) -> Room:
        """The room for a visit."""

    def show_stale(self) -> None:
        """Show what state has changed on other pages."""


class SiteHandle:
    """The site, as its handlers see it. `data` is what they keep for all of it; never shown."""

    def __init__(self, site: Running) -> None:
        self._site = site
        self.data: dict[Any, Any] = {}

    @property
    def state(self) -> StateRoot:
        """The site's state: the names that it declares, as attributes."""
        return self._site.state

    def run_task(self, coroutine: Coroutine[Any, Any, Any], name: str = "") -> asyncio.Task[Any]:
        """Run a coroutine beside everything else; its errors are logged, and it is cancelled with the site.

        One that begins during the site's startup begins anew when the site's code changes: it is cancelled, and its
        function called again with the same arguments, in the same task.
        """
        return self._site.services.run(coroutine, name or getattr(coroutine, "__qualname__", "task"))

    def from_thread(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Call a function, from a thread of its own, where pages may be changed. What it has changed is shown.

        Returns a future of what the function returns; a coroutine function is awaited.
        """
        return asyncio.run_coroutine_threadsafe(self._call(function, arguments), self._site.loop)

    async def _call(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        result = function(*arguments)
        if isinstance(result, Awaitable):
            result = await result
        self.update()
        return result

    def page(self, path: str) -> Page:
        """The live page of an address that everyone shares. Raises LookupError when there is none."""
        page, params = self._site.match(path, {})
        if page.scope != "shared":
            raise LookupError(f"The page {path} is not shared: each {page.scope} has its own.")
        return Page(self._site.room(page, params, None).live)

    def update(self) -> Update:
        """Show all tabs what has changed in the shared elements and on the pages that everyone shares."""
        self._site.shared.update()
        for room in self._site.rooms:
            if room.page.scope == "shared":
                room.live.commit()
        self._site.show_stale()
        return Update()
