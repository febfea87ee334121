"""A live page with those who use it: its tabs and its timers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from livepages.runtime.frame import Frame
from livepages.runtime.handles import Page, Params, Session, SharedElements
from livepages.runtime.live_page import LivePage
from livepages.runtime.tab import Connection, Tab
from livepages.runtime.tasks import Tasks
from livepages.runtime.wire import Ready, Snapshot, encode
from livepages.schema.site import Page as PageDefinition

PAGE_STREAM: Final = "page"
"""The name of a page's own stream."""

REPLACED, RESTART = 4409, 1012
"""Close codes: the tab has another connection; the server, or the page, ends (RFC 6455, 7.4; IANA's registry)."""

Positions = Mapping[str, tuple[str, int]]
"""The epoch and position of streams by their names."""


class Room:
    """A live page, the shared elements on it, its tabs, and the tasks that end with it.

    `document` is the page's HTML as it was when something last changed, with what that depends on. `session` is the one
    that a page of scope session belongs to. `used` is when it was last opened or left, in the
    event loop's seconds.
    """

    __slots__ = ("document", "key", "live", "page", "session", "shared", "streams", "tabs", "tasks", "used")

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
        self.document: tuple[object, bytes] | None = None
        self.tabs: dict[str, Tab] = {}
        self.tasks = Tasks()
        self.streams = {each.stream.name: each for each in _with_mounts(live)}

    @property
    def is_idle(self) -> bool:
        """Whether no tab is connected."""
        return all(tab.connection is None for tab in self.tabs.values())

    def timer_arguments(self) -> dict[str, object]:
        """What the handlers of the page's timers can be given."""
        return {"page": Page(self.live), "shared": self.shared, "params": Params(self.live.params)}

    def connect(self, tab: Tab, connection: Connection, positions: Positions) -> None:
        """Give a tab its connection and all that it misses, and have it follow the page's streams from there on.

        Nothing waits in between, so no patch falls between what it gets here and what follows.
        """
        previous, tab.connection = tab.connection, connection
        if previous is not None and previous is not connection:
            previous.close(REPLACED, "another connection of the same tab")
        self.tabs[tab.id] = tab
        self._follow(tab, connection, positions)
        connection.send(encode(Ready()))
        tab.flush()

    def _follow(self, tab: Tab, connection: Connection, positions: Positions) -> None:
        for name, live in self.streams.items():
            if name in positions:
                for frame in _missing(live, *positions[name]):
                    connection.send(frame)
            live.stream.followers[tab] = None

    def _unfollow(self, tab: Tab) -> None:
        for live in self.streams.values():
            live.stream.followers.pop(tab, None)

    def pause(self, tab: Tab) -> Positions:
        """The tab does not read: nothing more is written for it. Returns where it stands in each stream."""
        self._unfollow(tab)
        return {name: (live.stream.epoch, live.stream.pos) for name, live in self.streams.items()}

    def resume(self, tab: Tab, connection: Connection, positions: Positions) -> None:
        """The tab reads again: it gets what it misses since it stood there, which may be a snapshot."""
        if tab.connection is connection:
            self._follow(tab, connection, positions)
            tab.flush()

    def disconnect(self, tab: Tab, connection: Connection, now: float) -> None:
        """The connection of a tab is gone; the tab may come back."""
        if tab.connection is connection:
            tab.connection = None
            self.used = now
            self._unfollow(tab)

    def close(self) -> None:
        """End the timers and close the tabs' connections."""
        self.tasks.cancel()
        for tab in self.tabs.values():
            self._unfollow(tab)
            if tab.connection is not None:
                tab.connection.close(RESTART, "the page has ended")


def _with_mounts(live: LivePage) -> Iterator[LivePage]:
    yield live
    for mounted in live.mounts.values():
        yield from _with_mounts(mounted)


def _missing(live: LivePage, epoch: str, pos: int) -> list[Frame]:
    """The frames that bring a tab from a position to now: the missing patches, or else a snapshot."""
    frames = live.stream.since(epoch, pos)
    if frames is not None:
        return frames
    html = live.inner_html()
    css = (live.kit.styles.version, live.kit.styles.growing)
    return [encode(Snapshot(live.stream.name, live.stream.epoch, live.stream.pos, html, css))]
