"""The rooms of a site: found by their key or token, bounded in number, dropped when nobody has used them for long."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.rooms.room import Room
from livepages.runtime.rooms.tab import Tab
from livepages.schema.site.limits import Limits

log = logging.getLogger(__name__)


class Rooms:
    """All rooms. Pages that everyone shares under a fixed address stay for good; others go when they are not used.

    `ended` is called with the live page of each that goes.
    """

    def __init__(self, limits: Limits, ended: Callable[[LivePage], None]) -> None:
        self.limits = limits
        self._ended = ended
        self._by_key: dict[tuple[str, ...], Room] = {}
        self._by_token: dict[str, Room] = {}

    def __len__(self) -> int:
        return len(self._by_token)

    def __iter__(self) -> Iterator[Room]:
        return iter(list(self._by_token.values()))

    @property
    def tabs(self) -> list[Tab]:
        """All tabs that are connected."""
        return [tab for room in self for tab in room.connected]

    def refused_in(self, stream: str) -> set[int]:
        """The numbers of the fields of a stream in which some tab shows a value that was refused."""
        tabs = (tab for room in self for tab in room.tabs.values())
        return {number for tab in tabs for name, number in tab.refused if name == stream}

    def by_key(self, key: tuple[str, ...]) -> Room | None:
        """The room of a scope's key."""
        return self._by_key.get(key)

    def by_token(self, token: str) -> Room | None:
        """The room of a page's token."""
        return self._by_token.get(token)

    def add(self, room: Room) -> None:
        """Take a room in; the one that was not used for longest goes if there are too many."""
        if len(self._by_token) >= self.limits.live_pages:
            self._make_space()
        self._by_key[room.key] = room
        self._by_token[room.live.token] = room

    def rename(self, room: Room, key: tuple[str, ...]) -> None:
        """Know a room by another key; one that is about to end may still have that."""
        self._forget_key(room)
        room.key = key
        self._by_key[key] = room

    def _make_space(self) -> None:
        idle = [room for room in self if room.is_idle and not room.page.is_singleton]
        for room in sorted(idle, key=lambda room: room.used)[: max(1, len(idle) // 100)]:
            self.drop(room, "there are too many live pages")

    def drop(self, room: Room, reason: str) -> None:
        """End a room."""
        log.info("The live page %s ends: %s.", room.live.path, reason)
        self._forget_key(room)
        del self._by_token[room.live.token]
        room.close()
        self._ended(room.live)

    def _forget_key(self, room: Room) -> None:
        if self._by_key.get(room.key) is room:
            del self._by_key[room.key]

    def sweep(self, now: float) -> None:
        """Drop the rooms whose time is over, and what the others keep for tabs that have been away for too long."""
        for room in self:
            if not room.page.is_singleton and room.is_idle and now - room.used > self._lifetime(room):
                self.drop(room, "nobody uses it any more")
            else:
                room.forget(now - self.limits.tab_time / 1000)

    def _lifetime(self, room: Room) -> float:
        """Seconds that a room outlives its last use."""
        if not room.tabs and room.page.scope == "tab":
            return self.limits.unopened_time / 1000
        return (self.limits.room_time if room.page.scope == "shared" else self.limits.tab_time) / 1000
