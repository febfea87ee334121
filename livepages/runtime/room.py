"""A live page with those who use it: its tabs and its timers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from livepages.runtime.handles import Page, Params, Session, SharedElements
from livepages.runtime.live_page import LivePage
from livepages.runtime.tab import Connection, Tab
from livepages.runtime.tasks import Tasks
from livepages.runtime.wire import Hello, Ready, Snapshot, encode
from livepages.schema.site import Page as PageDefinition

PAGE_STREAM: Final = "page"
"""The name of a page's own stream."""


class Room:
    """A live page, the shared elements on it, its tabs, and the tasks that end with it.

    `session` is the one that a page of scope session belongs to. `used` is when it was last opened or left, in the
    event loop's seconds.
    """

    __slots__ = ("key", "live", "page", "session", "shared", "streams", "tabs", "tasks", "used")

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

    def connect(self, tab: Tab, connection: Connection, hello: Hello) -> None:
        """Give a tab its connection and all that it misses, and have it follow the page's streams from there on.

        Nothing waits in between, so no patch falls between what it gets here and what follows.
        """
        previous, tab.connection = tab.connection, connection
        if previous is not None and previous is not connection:
            previous.close(4000, "another connection of the same tab")
        self.tabs[tab.id] = tab
        for name, live in self.streams.items():
            if name in hello.streams:
                for frame in _missing(live, *hello.streams[name]):
                    connection.send(frame)
            live.stream.followers[tab] = None
        connection.send(encode(Ready()))
        tab.flush()

    def disconnect(self, tab: Tab, connection: Connection, now: float) -> None:
        """The connection of a tab is gone; the tab may come back."""
        if tab.connection is connection:
            tab.connection = None
            self.used = now
            for live in self.streams.values():
                live.stream.followers.pop(tab, None)

    def close(self) -> None:
        """End the timers and close the tabs' connections."""
        self.tasks.cancel()
        for live in self.streams.values():
            for tab in self.tabs.values():
                live.stream.followers.pop(tab, None)
        for tab in self.tabs.values():
            if tab.connection is not None:
                tab.connection.close(1012, "the page has ended")


def _with_mounts(live: LivePage) -> Iterator[LivePage]:
    yield live
    for mounted in live.mounts.values():
        yield from _with_mounts(mounted)


def _missing(live: LivePage, epoch: str, pos: int) -> list[bytes]:
    """The frames that bring a tab from a position to now: the missing patches, or else a snapshot."""
    frames = live.stream.since(epoch, pos)
    if frames is not None:
        return frames
    html = live.inner_html()
    css = (live.kit.styles.version, live.kit.styles.growing)
    return [encode(Snapshot(live.stream.name, live.stream.epoch, live.stream.pos, html, css))]
