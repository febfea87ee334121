"""The site on a real server, in the test's own event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from livepages.runtime.app import make_app
from livepages.runtime.hub.hub import Hub
from livepages.runtime.pages.handles import Page
from livepages.runtime.rooms.room import Room
from livepages.runtime.sockets.connection import QueueConnection
from livepages.runtime.sockets.server import Server, configure, listen
from livepages.schema.site.site import Site
from livepages.testing.asgi import request
from tests.delivery.lines import Line
from tests.delivery.raw import PATIENCE, RawSocket
from tests.delivery.tabs import Tab

TRANSPORTS = ("direct", "fallback")
"""Straight to uvicorn's transport, and through the `send` of any ASGI server."""


@dataclass
class Served:
    """A site that is being served, and the tabs that look at it."""

    app: Starlette
    hub: Hub
    port: int
    server: Server
    lines: list[Line] = field(default_factory=list)
    sockets: list[RawSocket] = field(default_factory=list)

    async def tab(self, path: str = "/") -> Tab:
        """A tab that has loaded a page and is not connected yet."""
        response = await request(self.app, path, {})
        assert response.status == 200, response.text
        return Tab(response.text)

    async def open(self, path: str = "/") -> Line:
        """A tab that is live."""
        return await self.connect(await self.tab(path))

    async def connect(self, tab: Tab) -> Line:
        """A new connection of a tab, which is live."""
        line = self.line(tab)
        await line.connect()
        return line

    def line(self, tab: Tab) -> Line:
        """A line of a tab that has not been connected."""
        self.lines.append(Line(tab, self.port))
        return self.lines[-1]

    async def socket(self, *, early: bytes = b"", receive_buffer: int = 0) -> RawSocket:
        """A WebSocket that has said nothing yet; `early` is sent together with the handshake."""
        self.sockets.append(await RawSocket.open(self.port, early=early, receive_buffer=receive_buffer))
        return self.sockets[-1]

    async def raw(self, tab: Tab, *, receive_buffer: int = 0) -> RawSocket:
        """A live connection that does nothing of itself."""
        opened = await self.socket(receive_buffer=receive_buffer)
        await opened.send(tab.hello_frame())
        await opened.message("ready")
        return opened

    def held(self) -> int:
        """Bytes that wait in the server for tabs to read them."""
        transports = [connection.transport for connection in self.server.server_state.connections]
        tabs = [tab for room in self.hub.rooms for tab in room.tabs.values()]
        queues = [tab.connection for tab in tabs if isinstance(tab.connection, QueueConnection)]
        return sum(each.get_write_buffer_size() for each in transports) + sum(each.waiting for each in queues)

    @property
    def page(self) -> Page:
        """The page that everyone shares, as handlers have it."""
        return self.hub.handle.page("/")

    def room(self, tab: Tab) -> Room:
        """The room of the page that a tab shows. Raises KeyError when it is gone."""
        room = self.hub.rooms.by_token(tab.page)
        if room is None:
            raise KeyError(tab.page)
        return room

    def show(self, text: str) -> None:
        """Push a text to all that look at the shared page."""
        self.page["count"].text = text
        self.page.update()


async def eventually(condition: Callable[[], object]) -> None:
    """Wait until something holds in the server, of which no tab is told."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


class QuickServer(Server):
    """A server that ends as soon as it is told to; uvicorn looks only ten times a second."""

    over: asyncio.Event

    async def main_loop(self) -> None:
        """Wait for the end."""
        self.over = asyncio.Event()
        await self.over.wait()


@asynccontextmanager
async def serving(
    site: Site, transport: str = "direct", *, data: Path | None = None, **options: Any
) -> AsyncIterator[Served]:
    """Serve a site on a free port, its documents from the folder `data` or from memory; `options` are uvicorn's."""
    app = make_app(site, data=data)
    config = configure(app, log_level="warning")
    if transport == "fallback":
        config.ws = "websockets-sansio"
    for name, value in options.items():
        assert hasattr(config, name), name
        setattr(config, name, value)
    listening = asyncio.Event()
    listener = listen("127.0.0.1", 0)
    server = QuickServer(config, listening.set)
    task = asyncio.create_task(server.serve([listener]))
    ready = asyncio.create_task(listening.wait())
    await asyncio.wait((task, ready), return_when=asyncio.FIRST_COMPLETED)
    assert not task.done(), task.result()
    served = Served(app, app.state.hub, listener.getsockname()[1], server)
    try:
        yield served
    finally:
        for line in served.lines:
            await line.drop()
        for socket in served.sockets:
            socket.abort()
        server.over.set()
        await task
