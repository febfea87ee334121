"""A sign of life for every tab, so that a browser notices a connection that is gone without a word."""

from __future__ import annotations

import asyncio

from livepages.runtime.rooms.rooms import Rooms
from livepages.runtime.wire.wire import Beat, encode

INTERVAL = 20.0
"""Seconds between two beats; the client doubts a connection after two and a half of them."""
AT_ONCE = 200
"""Tabs that get theirs before others have their turn."""


async def beat(rooms: Rooms) -> None:
    """Send every connected tab a beat, again and again. Sockets themselves are pinged by the server."""
    frame = encode(Beat())
    while True:
        await asyncio.sleep(INTERVAL)
        sent = 0
        for room in rooms:
            for tab in list(room.tabs.values()):
                if tab.connection is not None and not tab.connection.is_paused:
                    tab.connection.send(frame)
                    sent += 1
                    if sent % AT_ONCE == 0:
                        await asyncio.sleep(0)
