"""The connection of a tab: hello, events that wait for their acknowledgement, and what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec

from livepages.runtime.wire.wire import ClientMessage, Event, EventData
from livepages.testing.asgi import Socket

PATIENCE = 5.0
"""Seconds in which the server has to answer."""

Frame = dict[str, Any]
Opener = Callable[[Callable[[str], None], Callable[[int, str], None]], Socket]
"""Opens a socket whose frames, and whose end, go to two functions."""


class Channel:
    """What a tab sends and gets. `apply` takes each frame; what it raises is raised where the test waits next."""

    def __init__(self, opener: Opener, hello: Callable[[], ClientMessage], apply: Callable[[Frame], None]) -> None:
        self.frames: list[Frame] = []
        self.sent: list[Event] = []
        self.acknowledged = 0
        self.is_ready = False
        self.closed: tuple[int, str] | None = None
        self._opener = opener
        self._hello = hello
        self._apply = apply
        self._socket: Socket | None = None
        self._latest = 0
        self._failure: Exception | None = None
        self._news = asyncio.Event()

    async def connect(self) -> None:
        """Open a connection, wait until the server has taken the tab in, and send what it has not acknowledged."""
        self.is_ready, self.closed = False, None
        self._latest += 1
        latest = self._latest
        self._socket = self._opener(
            lambda text: self._receive(text) if latest == self._latest else None,
            lambda code, reason: self._end(code, reason) if latest == self._latest else None,
        )
        self.ask()
        await self.until(lambda: self.is_ready or self.closed is not None, PATIENCE)
        if self.is_ready:
            for event in self.sent[self.acknowledged :]:
                self.send(event)

    async def disconnect(self, code: int) -> None:
        """Lose the connection."""
        if self._socket is not None and self._socket.is_open:
            self._end(code, "")
            await self._socket.drop(code)

    def ask(self) -> None:
        """Say hello."""
        self.send(self._hello())

    def send(self, message: object) -> None:
        """Send a text or bytes as they are, all else as JSON."""
        if self._socket is not None and self._socket.is_open:
            frame = message if isinstance(message, str | bytes) else msgspec.json.encode(message).decode()
            self._socket.send(frame)

    def post(self, stream: str, node: int, on: str, data: EventData) -> None:
        """Number an event and send it; without a connection it waits for the next."""
        event = Event(len(self.sent) + 1, stream, node, on, data)
        self.sent.append(event)
        if self.is_ready:
            self.send(event)

    def _receive(self, text: str) -> None:
        frame: Frame = msgspec.json.decode(text)
        self.frames.append(frame)
        self._news.set()
        if frame["type"] == "ready":
            self.is_ready = True
        elif frame["type"] == "ack":
            self.acknowledged = max(self.acknowledged, frame["event"])
        else:
            try:
                self._apply(frame)
            except Exception as error:
                self._failure = error

    def _end(self, code: int, reason: str) -> None:
        self.is_ready, self.closed = False, (code, reason)
        self._news.set()

    async def answered(self) -> None:
        """Wait until all events are acknowledged, or the connection is lost."""
        await self.until(lambda: self.acknowledged >= len(self.sent) or not self.is_ready, PATIENCE)

    async def until(self, condition: Callable[[], object], patience: float) -> None:
        """Wait until a condition holds; it is asked anew with each frame. Raises TimeoutError after so many seconds."""
        async with asyncio.timeout(patience):
            while not condition():
                self.check()
                self._news.clear()
                await self._news.wait()
        self.check()

    def check(self) -> None:
        """Raise what went wrong when a frame came, or in the server."""
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure
        if self._socket is not None:
            self._socket.check()
