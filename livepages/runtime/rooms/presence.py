"""Who has a page open: tabs come, may lose their connection for a while, and go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final

from livepages.runtime.rooms.room import Room
from livepages.runtime.rooms.tab import Tab, Whereabouts

RELOAD_TIME: Final = 1.5
"""Seconds that a tab which its browser has closed is waited for: it may only be loading its page anew."""
AWAY_TIME: Final = 10.0
"""Seconds that a tab whose connection broke still counts as one that has the page open."""
COUNT_DELAY: Final = 0.1
"""Seconds in which tabs that come and go are counted together."""

CLOSED_BY_BROWSER: Final = frozenset((1000, 1001))
"""Close codes of a tab that is closed or goes to another page (RFC 6455, 7.4.1)."""


class Presence:
    """Knows of each tab whether it is there. `happens` is told when one opens its page, and when it has closed it.

    A tab that comes back in time has never left. One that its browser has closed has a moment for that; one whose
    connection broke stays counted for some seconds, and has `tab_time` (in seconds) to come back as the same tab.
    """

    def __init__(self, tab_time: float, happens: Callable[[Room, Tab, str], None]) -> None:
        self.tab_time = tab_time
        self._happens = happens
        self._leaving: dict[Tab, asyncio.TimerHandle] = {}
        self._counted: dict[Room, asyncio.TimerHandle] = {}

    def came(self, room: Room, tab: Tab) -> None:
        """A tab is connected."""
        if (timer := self._leaving.pop(tab, None)) is not None:
            timer.cancel()
        former, tab.whereabouts = tab.whereabouts, Whereabouts.HERE
        if former is not Whereabouts.HERE:
            self._count(room)
        if former is Whereabouts.GONE:
            self._happens(room, tab, "open")

    def left(self, room: Room, tab: Tab, code: int) -> None:
        """A tab has no connection any more; it ended with a close code."""
        if code in CLOSED_BY_BROWSER:
            self._later(RELOAD_TIME, self._gone, room, tab)
        else:
            patience = min(AWAY_TIME, self.tab_time)
            self._later(patience, partial(self._away, self.tab_time - patience), room, tab)

    def _later(self, delay: float, step: Callable[[Room, Tab], None], room: Room, tab: Tab) -> None:
        self._leaving[tab] = asyncio.get_running_loop().call_later(delay, step, room, tab)

    def _away(self, rest: float, room: Room, tab: Tab) -> None:
        tab.whereabouts = Whereabouts.AWAY
        self._count(room)
        self._later(rest, self._gone, room, tab)

    def _gone(self, room: Room, tab: Tab) -> None:
        del self._leaving[tab]
        former, tab.whereabouts = tab.whereabouts, Whereabouts.GONE
        if former is Whereabouts.HERE:
            self._count(room)
        self._happens(room, tab, "close")

    def _count(self, room: Room) -> None:
        """How many have a page open is told at once, and then once for all who follow."""
        room.count()
        if room.live.presence is not None and room not in self._counted:
            room.live.commit()
            self._counted[room] = asyncio.get_running_loop().call_later(COUNT_DELAY, self._count_again, room)

    def _count_again(self, room: Room) -> None:
        del self._counted[room]
        room.live.commit()

    def close(self) -> None:
        """Wait for nobody any more."""
        for timer in (*self._leaving.values(), *self._counted.values()):
            timer.cancel()
        self._leaving.clear()
        self._counted.clear()
