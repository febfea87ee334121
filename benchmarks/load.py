"""The load on one server: tabs that open its page and connect, from several addresses of this machine."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import picows

from benchmarks.tab import Deliveries, Tab
from benchmarks.web import Web

T = TypeVar("T")
SOURCES = tuple(f"127.0.0.{last}" for last in range(2, 18))
"""Addresses that tabs connect from: one has no more than 28,000 ports."""
HANDSHAKE = 60.0
"""Seconds that a socket may take to open."""
AT_ONCE = 32
"""Tabs that are opened at the same time."""


class Load:
    """All that asks one server: `web` for its pages, `tabs` for its sockets."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.web = Web(port)
        self.deliveries = Deliveries()
        self.tabs: list[Tab] = []
        self._sources = itertools.cycle(SOURCES)

    async def connect(self, tab: Tab, path: str, *, receive_buffer: int = 0) -> None:
        """Open the socket of a tab and wait until it is live. `receive_buffer` is its size in the kernel, in bytes."""

        def make_socket(_url: object) -> socket.socket:
            made = socket.socket()
            made.setblocking(False)
            if receive_buffer:
                made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            made.bind((next(self._sources), 0))
            return made

        await picows.ws_connect(
            lambda: tab,
            f"ws://127.0.0.1:{self.port}{path}",
            socket_factory=make_socket,
            websocket_handshake_timeout=HANDSHAKE,
            read_buffer_init_size=2048,
        )
        await asyncio.wait_for(asyncio.shield(tab.live), HANDSHAKE)

    async def open(self, count: int, opener: Callable[[Load], Awaitable[Tab]]) -> list[Tab]:
        """Open tabs, a few at a time."""
        opened = await some_at_once(AT_ONCE, (lambda: opener(self) for _ in range(count)))
        self.tabs += opened
        return opened

    def close(self) -> None:
        """Cut all sockets."""
        for tab in self.tabs:
            tab.cut()
        self.web.close()


@contextmanager
def load_on(port: int) -> Iterator[Load]:
    """The load on a server, cut off in the end."""
    load = Load(port)
    try:
        yield load
    finally:
        load.close()


async def some_at_once(width: int, jobs: Iterator[Callable[[], Awaitable[T]]]) -> list[T]:
    """Do jobs, `width` of them at a time; what they gave."""
    done: list[T] = []

    async def work() -> None:
        for job in jobs:
            done.append(await job())

    async with asyncio.TaskGroup() as group:
        for _ in range(width):
            group.create_task(work())
    return done
