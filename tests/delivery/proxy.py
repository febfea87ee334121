"""A network that fails: a TCP proxy that cuts, delays, holds back and swallows what goes through it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Passage:
    """One connection through the proxy. What is set here concerns the bytes that come next, in both directions.

    `left` are the bytes until it is cut, None for no end; `delay` is in seconds; while `flows` is cleared everything is
    held back; with `is_swallowing` nothing arrives and nobody is told.
    """

    def __init__(self) -> None:
        self.left: int | None = None
        self.delay = 0.0
        self.is_swallowing = False
        self.flows = asyncio.Event()
        self.flows.set()
        self._writers: list[asyncio.StreamWriter] = []

    async def run(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
        """Pass on what comes, until one side ends or the connection is cut."""
        self._writers.append(writer)
        try:
            upstream, server = await asyncio.open_connection("127.0.0.1", port)
            self._writers.append(server)
            # What a tab has sent still arrives when the tab is gone; what it can't read any more ends with it.
            await asyncio.gather(self._pump(reader, server), self._pump(upstream, writer), return_exceptions=True)
        finally:
            self.cut()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            if self.delay:
                await asyncio.sleep(self.delay)
            await self.flows.wait()
            if self.left is not None:
                data = data[: self.left]
                self.left -= len(data)
            if not self.is_swallowing:
                writer.write(data)
                await writer.drain()
            if self.left == 0:
                self.cut()
        await self.flows.wait()
        if not self.is_swallowing:
            self.cut()

    def cut(self) -> None:
        """End both sides at once."""
        for writer in self._writers:
            writer.transport.abort()


class Proxy:
    """The proxy, with the connections that go through it. `refuses` ends each new one."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._tasks: dict[asyncio.Task[None], Passage] = {}
        self.port = 0
        self.refuses = False
        self.accepted = 0

    @property
    def passages(self) -> list[Passage]:
        """The connections that are open."""
        return list(self._tasks.values())

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A new connection."""
        self.accepted += 1
        if self.refuses:
            writer.transport.abort()
            return
        passage = Passage()
        task = asyncio.current_task()
        assert task is not None
        self._tasks[task] = passage
        try:
            await passage.run(reader, writer, self._server_port)
        finally:
            del self._tasks[task]

    def cut(self) -> None:
        """Cut all connections."""
        for passage in self.passages:
            passage.cut()

    def calm(self) -> None:
        """Nothing fails any more; what has been swallowed stays lost, so those connections are cut."""
        for passage in self.passages:
            passage.delay, passage.left = 0.0, None
            passage.flows.set()
            if passage.is_swallowing:
                passage.cut()

    def disturb(self, chance: random.Random) -> None:
        """Do something bad to one of the connections."""
        if not self.passages:
            return
        passage = chance.choice(self.passages)
        match chance.randrange(6):
            case 0:
                passage.cut()
            case 1 | 2:
                passage.left = chance.randrange(1, 400)
            case 3:
                passage.delay = chance.uniform(0, 0.03)
            case 4:
                passage.flows.clear()
                asyncio.get_running_loop().call_later(chance.uniform(0.02, 0.4), passage.flows.set)
            case _:
                passage.is_swallowing = True

    async def close(self) -> None:
        """Cut everything and end."""
        for passage in self.passages:
            passage.flows.set()
            passage.cut()
        await asyncio.gather(*self._tasks)


@asynccontextmanager
async def through_proxy(server_port: int) -> AsyncIterator[Proxy]:
    """A proxy in front of a server."""
    proxy = Proxy(server_port)
    server = await asyncio.start_server(proxy.accept, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.close()
        await server.wait_closed()
