"""A live page with those who use it: its tabs and its timers."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import UNSET, UnsetType

from livepages.runtime.pages.handles import Page, Params, Session, SharedElements
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.rooms.tab import Connection, Tab, Whereabouts
from livepages.runtime.tasks.tasks import Tasks
from livepages.runtime.tasks.timers import Timers
from livepages.runtime.wire.compression import Compressible
from livepages.runtime.wire.frame import Frame
from livepages.runtime.wire.wire import Address, Ready, Snapshot, Title, encode
from livepages.schema.site.bindings import Binding
from livepages.schema.site.site import Page as PageDefinition

log = logging.getLogger(__name__)

PAGE_STREAM: Final = "page"
"""The name of a page's own stream."""

REPLACED, RESTART = 4409, 1012
"""Close codes: the tab has another connection; the server, or the page, ends (RFC 6455, 7.4; IANA's registry)."""

UNKNOWN: Final = ("", 0)
"""An epoch and position that no stream has: who stands there gets a snapshot."""

Positions = Mapping[str, tuple[str, int]]
"""The epoch and position of streams by their names."""


class Room:
    """A live page, the shared elements on it, its tabs, and the tasks that end with it.

    `document` is the page's HTML as it was when something last changed, with what that depends on. `session` is the one
    that a page of scope session belongs to. `used` is when it was last opened or left, in the
    event loop's seconds, `headings` the title and the address that it has come to have since it was made.
    """

    __slots__ = (
        "document",
        "headings",
        "key",
        "live",
        "page",
        "session",
        "shared",
        "streams",
        "tabs",
        "tasks",
        "timers",
        "used",
    )

    def __init__(
        self,
        page: PageDefinition,
        live: LivePage,
        shared: SharedElements,
        session: Session | None,
        key: tuple[str, ...],
        now: float,
    ) -> None:
        self.page = page
        self.live = live
        self.shared = shared
        self.session = session
        self.key = key
        self.used = now
        self.document: tuple[object, Compressible] | None = None
        self.headings: tuple[Title | Address, ...] = ()
        self.tabs: dict[str, Tab] = {}
        self.tasks = Tasks()
        self.timers: Timers | None = None
        self.streams = {each.stream.name: each for each in _with_mounts(live)}
        self._follow_title()

    def _follow_title(self) -> None:
        """Have the tabs told of the title where it depends on more than the address."""
        title, params = self.page.title, self.live.params
        if isinstance(title, Binding) and any(read.dotted.partition(".")[0] not in params for read in title.reads):
            self.live.reactions.follow_title(title, self._tell_title)

    def become(self, page: PageDefinition) -> None:
        """Go on as another definition of the page, which the live page follows already.

        Tabs stand at the beginning of the streams of shared elements that have come to it: they were told of them as
        they are now.
        """
        self.page, self.document = page, None
        self._follow_title()
        former, self.streams = self.streams, {each.stream.name: each for each in _with_mounts(self.live)}
        for name, live in former.items():
            if self.streams.get(name) is not live:
                for tab in self.tabs.values():
                    live.unfollow(tab)
                    tab.behind.pop(name, None)
        for name, live in self.streams.items():
            if former.get(name) is not live:
                self._follow_new(live, is_told=name not in former)

    def _follow_new(self, live: LivePage, *, is_told: bool) -> None:
        """Have the tabs follow a stream that has come; where they were not told how it is, they get a snapshot."""
        for tab in self.connected:
            if tab.connection is not None and is_told and not tab.behind:
                live.follow(tab, tab.connection)
            elif tab.connection is not None:
                tab.behind[live.stream.name] = UNKNOWN
                self._catch_up(tab, tab.connection)

    def _tell_title(self, text: str) -> None:
        self.announce(Title(text))

    def announce(self, heading: Title | Address) -> None:
        """Tell the tabs the page's title or address; those that are away are told when they come back."""
        self.headings = (*(each for each in self.headings if type(each) is not type(heading)), heading)
        for tab in self.connected:
            self._tell_headings(tab)

    def _tell_headings(self, tab: Tab) -> None:
        """Tell a tab those that it was not told. It may be told what its document says already."""
        for heading in self.headings:
            if not any(heading is each for each in tab.headings):
                tab.send(heading)
        tab.headings = self.headings

    @property
    def is_idle(self) -> bool:
        """Whether no tab is connected."""
        return all(tab.connection is None for tab in self.tabs.values())

    @property
    def connected(self) -> list[Tab]:
        """The tabs that show the page now."""
        return [tab for tab in self.tabs.values() if tab.connection is not None]

    def timer_arguments(self) -> dict[str, object]:
        """What the handlers of the page's timers can be given."""
        return {"page": Page(self.live), "shared": self.shared, "params": Params(self.live.params)}

    def connect(self, tab: Tab, connection: Connection, positions: Positions) -> None:
        """Give a tab its connection and what it misses since it stood at `positions`."""
        previous, tab.connection = tab.connection, connection
        if previous is not None and previous is not connection:
            log.info("Tab %s has another connection now; the former one is closed.", tab.id)
            previous.close(REPLACED, "another connection of the same tab")
        self.tabs[tab.id] = tab
        self._unfollow(tab)
        self.live.catch_up()
        tab.behind = self._standing(positions)
        tab.acknowledge(tab.applied)  # first: a field keeps what is not applied yet over what a snapshot says
        self._catch_up(tab, connection)
        self._tell_headings(tab)
        connection.send(encode(Ready()))
        tab.flush()

    def _standing(self, positions: Positions) -> dict[str, tuple[str, int]]:
        """Where a tab stands in each stream.

        A stream that it does not name is not on its page. What it has missed may put it there, as it was then: a
        snapshot brings that up to date.
        """
        now = {name: (live.stream.epoch, live.stream.pos) for name, live in self.streams.items()}
        known = {name: position for name, position in positions.items() if name in now}
        has_missed = any(now[name] != position for name, position in known.items())
        return (dict.fromkeys(now, UNKNOWN) if has_missed else now) | known

    def _catch_up(self, tab: Tab, connection: Connection) -> None:
        """Send a tab what it misses, as far as its connection takes it; it follows the streams in which it is done.

        Nothing waits in between, so no patch falls between what it gets here and what follows.
        """
        for name, live in self.streams.items():
            if name in tab.behind and self._send_missing(tab, connection, live):
                del tab.behind[name]
                live.follow(tab, connection)
        if connection.is_paused:
            self.pause(tab, connection)

    def _send_missing(self, tab: Tab, connection: Connection, live: LivePage) -> bool:
        """Bring a tab from where it stands in a stream to now, as far as its connection takes it; whether it is there.

        It gets the missing patches where they are still known, else a snapshot.
        """
        if connection.is_paused:
            return False
        epoch, pos = tab.behind[live.stream.name]
        frames = live.stream.since(epoch, pos)
        if frames is None:
            connection.send(_snapshot(live, self.page.classes if live is self.live else UNSET))
            return True
        for frame in frames:
            if connection.is_paused:
                return False
            connection.send(frame)
            pos += 1
            tab.behind[live.stream.name] = (epoch, pos)
        return True

    def _unfollow(self, tab: Tab) -> None:
        for live in self.streams.values():
            live.unfollow(tab)

    def pause(self, tab: Tab, connection: Connection) -> None:
        """The tab does not read: nothing more is written for it, and where it stands in each stream is kept."""
        if tab.connection is connection:
            for name, live in self.streams.items():
                if tab in live.stream.followers:
                    tab.behind[name] = (live.stream.epoch, live.stream.pos)
            self._unfollow(tab)

    def resume(self, tab: Tab, connection: Connection) -> None:
        """The tab reads again: it gets what it misses, which may be snapshots."""
        if tab.connection is connection:
            tab.acknowledge(tab.applied)
            self.live.catch_up()
            self._catch_up(tab, connection)
            tab.flush()

    def disconnect(self, tab: Tab, connection: Connection, now: float) -> None:
        """The connection of a tab is gone; the tab may come back."""
        if tab.connection is connection:
            tab.connection = None
            tab.left = self.used = now
            self._unfollow(tab)

    def count(self) -> None:
        """Say on the page how many have it open, where it shows that: a tab without a session counts as a person."""
        if self.live.presence is not None:
            tabs = [tab for tab in self.tabs.values() if tab.whereabouts is Whereabouts.HERE]
            self.live.presence.update(tabs=len(tabs), people=len({tab.session.id or tab.id for tab in tabs}))

    def forget(self, before: float) -> None:
        """Forget the tabs that left before a moment, and the patches that are too old to be asked for."""
        for tab in list(self.tabs.values()):
            if tab.connection is None and tab.left < before:
                tab.forget_refused(tab.refused)
                del self.tabs[tab.id]
        for live in self.streams.values():
            live.stream.forget_old()

    def close(self) -> None:
        """End the timers and close the tabs' connections."""
        self.tasks.cancel()
        self.live.close()
        for tab in self.tabs.values():
            self._unfollow(tab)
            tab.forget_refused(tab.refused)
            if tab.connection is not None:
                tab.connection.close(RESTART, "the page has ended")


def _with_mounts(live: LivePage) -> Iterator[LivePage]:
    yield live
    for mounted in live.mounts.values():
        yield from _with_mounts(mounted)


def _snapshot(live: LivePage, classes: str | UnsetType) -> Frame:
    html = live.inner_html()
    css = live.kit.css(whole=live.kit.styles.is_renewed)  # who missed much may have missed that
    told = (css.version, css.text, css.whole)
    return encode(Snapshot(live.stream.name, live.stream.epoch, live.stream.pos, html, told, classes))
