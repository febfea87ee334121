"""Makes a running site the next version of it: its live pages, its state, its timers and its services follow."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from livepages.runtime.change import Change
from livepages.runtime.hub import Hub, StartupFailed
from livepages.runtime.live_page import LivePage
from livepages.runtime.moving_room import Leaves, move_room
from livepages.runtime.prepared import Prepared, prepare
from livepages.runtime.room import Room
from livepages.runtime.rooms import Rooms
from livepages.runtime.site_styles import program_css
from livepages.runtime.state_change import redeclare
from livepages.runtime.wire import Reload
from livepages.schema.sameness import page_startup_changed, startup_changed
from livepages.schema.site import Page, Site

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """What has moved so far."""

    live_pages: int = 0
    tabs: int = 0
    reloaded: int = 0
    notes: dict[str, None] = field(default_factory=dict)


class Succession:
    """Prepares the next version of a site, and has a running site become it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

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

        Everything that tabs show follows at once, without a step in between; then what runs beside it.
        """
        hub, former, tally = self._hub, self._hub.site, Tally()
        hub.become(prepared.site, prepared.blueprints)
        self._renew_styles(former)
        self._redeclare(tally)
        self._renew_shared(prepared, tally)
        for room in hub.rooms:
            self._renew_room(room, former, prepared, tally)
        hub.open_singletons()
        hub.show_stale()
        await self._restart(former, tally)
        return Change(prepared.edits, tally.live_pages, tally.tabs, tally.reloaded, tuple(tally.notes))

    def _renew_styles(self, former: Site) -> None:
        site = self.site
        if (former.css, former.theme) != (site.css, site.theme):
            self._hub.kit.styles.renew(base=site.theme == "default", own_css=program_css() + site.css)

    def _redeclare(self, tally: Tally) -> None:
        """State of the site and of sessions follows its declaration."""
        hub = self._hub
        sessions = {*hub.sessions, *(tab.session for room in hub.rooms for tab in room.tabs.values())}
        tally.notes |= dict.fromkeys(redeclare(hub.state, self.site.state))
        for session in sessions:
            tally.notes |= dict.fromkeys(redeclare(session.state, self.site.session_state))

    # Shared elements

    def _renew_shared(self, prepared: Prepared, tally: Tally) -> None:
        hub, blueprints = self._hub, prepared.blueprints.shared
        for name in [name for name in hub.shared_pages if name not in blueprints]:
            hub.shared_pages.pop(name).close()
        done: set[str] = set()

        def renew(name: str) -> LivePage:
            if name not in done:
                done.add(name)
                mounts = {inner: renew(inner) for inner in blueprints[name].mounted_names}
                if name not in hub.shared_pages:
                    return hub.make_shared(name)
                live = hub.shared_pages[name]
                live.mounts = mounts
                renewal = live.become(blueprints[name], hub.kit, prepared.differing[blueprints[name]])
                tally.notes |= renewal.notes
            return hub.shared_pages[name]

        for name in blueprints:
            renew(name)

    # Pages

    def _renew_room(self, room: Room, former: Site, prepared: Prepared, tally: Tally) -> None:
        """A live page follows, or its tabs load the page anew where it can't."""
        hub, page = self._hub, prepared.pages.get(room.page.route.path)
        tabs, before = len(room.connected), room.page
        try:
            if page is None:
                raise Leaves(self._why_gone(before))
            blueprint = prepared.blueprints.pages[page.route.path]
            notes = move_room(hub, room, page, blueprint, prepared.differing[blueprint])
        except Leaves as leaves:
            self._let_go(room, str(leaves))
            tally.reloaded += tabs
        except Exception:
            log.exception("The live page %s can't follow the change of the site.", room.live.path)
            self._let_go(room, "it can't follow the change of the site")
            tally.reloaded += tabs
        else:
            tally.live_pages += 1
            tally.tabs += tabs
            tally.notes |= dict.fromkeys(notes)
            if page_startup_changed(former, before, prepared.site, page):
                hub.begin_page(room)

    def _why_gone(self, page: Page) -> str:
        known = any(each.route.path == page.route.path for each in self.site.pages)
        return "its scope has changed" if known else "the site has no such page any more"

    def _let_go(self, room: Room, reason: str) -> None:
        """End a live page; its tabs load the page anew."""
        for tab in room.connected:
            tab.send(Reload(f"The page has ended: {reason}."))
        self._hub.rooms.drop(room, reason)

    # Beside the pages

    async def _restart(self, former: Site, tally: Tally) -> None:
        """Timers and services go on as the site has them now; startup happens again if it is another one."""
        hub, site = self._hub, self.site
        hub.timers.change(site.every)
        if not startup_changed(former, site):
            await hub.services.restart(site.handlers)
            return
        await hub.services.end()
        await hub.services.restart(site.handlers)
        try:
            await hub.begin()
        except StartupFailed as failed:
            log.error("%s", failed)
            tally.notes["startup: it failed; the site goes on without it."] = None
        hub.handle.update()
