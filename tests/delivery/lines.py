"""The line between a tab and the server: a real socket, which can be dropped and need not be read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tests.delivery.raw import CLOSE, PATIENCE, PING, PONG, TEXT, Ended, RawSocket, frame, text_frame
from tests.delivery.tabs import Tab


async def fetch(port: int, path: str = "/") -> Tab:
    """A tab that has loaded a page over HTTP."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    assert head.startswith(b"HTTP/1.1 200 "), head
    return Tab(body.decode())


class Line:
    """A tab's connections, one at a time.

    `closed` is the code with which the last one ended, 1006 if it was cut. While `reads` is cleared, nothing is read.
    """

    def __init__(self, tab: Tab, port: int) -> None:
        self.tab = tab
        self.closed: int | None = None
        self.patience = PATIENCE
        self._port = port
        self._news = asyncio.Event()
        self._outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._failure: BaseException | None = None
        self.socket: RawSocket | None = None
        self.reads = asyncio.Event()
        self.reads.set()
        tab.heard = self._news.set

    async def connect(self) -> None:
        """Connect and wait until the tab is live. Raises Ended when the server does not take it."""
        await self.dial()
        await self.until(lambda: self.tab.is_live or self.closed is not None)
        if self.closed is not None:
            raise Ended(f"the server has closed the connection with {self.closed}")

    async def dial(self, *, receive_buffer: int = 0) -> None:
        """Connect and say hello."""
        await self.drop()
        self.closed = None
        self.socket = await RawSocket.open(self._port, receive_buffer=receive_buffer)
        self._outgoing = asyncio.Queue()
        self.tab.opened(self._outgoing.put_nowait)
        self._tasks = [asyncio.create_task(self._read(self.socket)), asyncio.create_task(self._write(self.socket))]

    async def drop(self) -> None:
        """Cut the connection without a word."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        if self.socket is not None:
            self.socket.abort()
            self.socket = None
            self.tab.lost()

    async def _read(self, socket: RawSocket) -> None:
        """Take what comes, while the line reads."""
        try:
            while await self.reads.wait() and (received := await socket.forever()).opcode != CLOSE:
                if received.opcode == TEXT:
                    self.tab.received(received.payload)
                elif received.opcode == PING:
                    await socket.send(frame(PONG, received.payload))
            self.closed = received.code
            await socket.send(frame(CLOSE, received.payload))
        except Ended:
            self.closed = 1006 if self.closed is None else self.closed
        except Exception as error:
            self._failure = error
        self.tab.lost()

    async def _write(self, socket: RawSocket) -> None:
        try:
            while True:
                await socket.send(text_frame(await self._outgoing.get()))
        except (Ended, TimeoutError):
            pass  # the reader says how it ended

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds; it is asked anew with each message. Raises what the tab could not take."""
        try:
            async with asyncio.timeout(self.patience):
                while not condition():
                    self.check()
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            seen = [message["type"] for message in self.tab.messages[-5:]]
            raise TimeoutError(f"not in {self.patience} s; closed: {self.closed}, last messages: {seen}") from None
        self.check()

    def check(self) -> None:
        """Raise what the tab could not take."""
        if self._failure is not None:
            raise self._failure

    @property
    def is_sent(self) -> bool:
        """Whether all that the tab had to say is on its way."""
        return self._outgoing.empty()

    async def settled(self) -> None:
        """Wait until the server has applied all events."""
        await self.until(lambda: not self.tab.outbox)

    async def ended(self) -> int:
        """Wait for the end of the connection. Returns its code."""
        await self.until(lambda: self.closed is not None)
        assert self.closed is not None
        return self.closed
