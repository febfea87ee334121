"""Tells the tabs which static files have changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from livepages.runtime.rooms.room import Room
from livepages.runtime.wire.wire import StaticChanged


def tell_static(rooms: Iterable[Room], paths: Sequence[str]) -> int:
    """Have all tabs load files anew that they show, by the paths of their addresses. Returns how many tabs are told.

    Tabs that are away are told when they come back.
    """
    message = StaticChanged(list(paths))
    told = 0
    for room in rooms:
        for tab in room.tabs.values():
            tab.send(message)
            told += tab.connection is not None
    return told
