"""Makes a running site the next version of it: its live pages, its state, its timers and its services follow."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from livepages.runtime.blueprints.site_styles import program_css
from livepages.runtime.hub.hub import Hub, StartupFailed
from livepages.runtime.reload.change import Change
from livepages.runtime.reload.prepared import Prepared, prepare
from livepages.runtime.reload.room_succession import RoomSuccession
from livepages.runtime.reload.shared_succession import SharedSuccession
from livepages.runtime.rooms.rooms import Rooms
from livepages.runtime.state.state_change import redeclare
from livepages.schema.site.sameness import startup_changed
from livepages.schema.site.site import Site

log = logging.getLogger(__name__)

STARTUP_TIME: Final = 5.0
"""Seconds that a change waits for startup; one that takes longer goes on beside what follows."""


class Succession:
    """Prepares the next version of a site, and has a running site become it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._startup: asyncio.Task[bool] | None = None

    @property
    def site(self) -> Site:
        """The site as it is."""
        return self._hub.site

    @property
    def rooms(self) -> Rooms:
        """Its live pages."""
        return self._hub.rooms

    def prepare(self, site: Site) -> Prepared:
        """All that the running site needs to become `site`, in any thread. Raises SiteError."""
        hub = self._hub
        return prepare(hub.site, hub.blueprints, hub.kit.styles, site)

    async def change(self, prepared: Prepared) -> Change:
        """Have the running site become what was prepared.

        Everything that tabs show follows at once, without a step in between; then what runs beside it. An error of
        livepages' own in one part of it is logged, and the others follow all the same.
        """
        hub, former, notes = self._hub, self._hub.site, dict[str, None]()
        rooms = RoomSuccession(hub, prepared)
        hub.become(prepared.site, prepared.blueprints)
        with _apart("the style sheet"):
            self._renew_styles(former)
        with _apart("its state"):
            self._redeclare(notes)
        shared = SharedSuccession(hub, prepared)
        with _apart("its shared elements"):
            shared.renew_all()
        rooms.renew_all()
        with _apart("its pages"):
            hub.open_singletons()
            hub.show_stale()
        with _apart("its documents"):
            hub.documents.follow()
        notes |= shared.notes | rooms.notes
        await self._restart(former, notes)
        return Change(prepared.edits, rooms.live_pages, rooms.tabs, rooms.reloaded, tuple(notes))

    def _renew_styles(self, former: Site) -> None:
        site = self.site
        if (former.css, former.theme) != (site.css, site.theme):
            self._hub.kit.styles.renew(base=site.theme == "default", own_css=program_css() + site.css)

    def _redeclare(self, notes: dict[str, None]) -> None:
        """State of the site and of sessions follows its declaration."""
        hub = self._hub
        sessions = {*hub.sessions, *(tab.session for room in hub.rooms for tab in room.tabs.values())}
        notes |= dict.fromkeys(redeclare(hub.state, self.site.state))
        for session in sessions:
            notes |= dict.fromkeys(redeclare(session.state, self.site.session_state))

    # Beside the pages

    async def _restart(self, former: Site, notes: dict[str, None]) -> None:
        """Timers and services go on as the site has them now; startup happens again if it is another one."""
        hub, site = self._hub, self.site
        with _apart("its timers"):
            hub.timers.change(site.every)
        is_begun_anew = startup_changed(former, site)
        with _apart("its tasks"):
            if is_begun_anew:
                await hub.services.end()
            await hub.services.restart(site.handlers)
        if is_begun_anew:
            with _apart("its startup"):
                await self._begin_anew(notes)

    async def _begin_anew(self, notes: dict[str, None]) -> None:
        """Have startup happen, in place of one that may still be at work."""
        if self._startup is not None:
            self._startup.cancel()
            await asyncio.wait([self._startup], timeout=STARTUP_TIME)
        startup = self._startup = self._hub.tasks.run(self._begin(), "startup")
        await asyncio.wait([startup], timeout=STARTUP_TIME)
        if not startup.done():
            notes[f"startup: it has not ended after {STARTUP_TIME:g} s; the site goes on meanwhile."] = None
        elif not startup.cancelled() and not startup.result():
            notes["startup: it failed; the site goes on without it."] = None

    async def _begin(self) -> bool:
        """What happens at startup; whether it has not failed."""
        try:
            await self._hub.begin()
        except StartupFailed as failed:
            log.error("%s", failed)
            return False
        finally:
            self._hub.handle.update()
        return True


@contextmanager
def _apart(what: str) -> Iterator[None]:
    """Keep an error in one part of the site from the others."""
    try:
        yield
    except Exception:
        log.exception("The site follows its files, but for %s, because of an error in livepages.", what)
