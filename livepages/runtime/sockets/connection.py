"""How a tab is reached: directly, over uvicorn's transport, or through the `send` of any ASGI server."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from starlette.websockets import WebSocket

from livepages.runtime.sockets.direct_protocol import HIGH_WATER, DirectProtocol
from livepages.runtime.wire.frame import Frame, message_of

LOW_WATER = HIGH_WATER // 4
"""Bytes that may still wait when a tab counts as reading again."""
CLOSE_TIME = 10.0
"""Seconds in which a connection that is closed has to take what was sent before; then it is cut."""


Send = Callable[[Frame], None]
"""Takes a frame, at once and without waiting."""


class Listener(Protocol):
    """Who is told what comes over a connection, and whether the other side reads."""

    def received(self, frame: str | bytes) -> None:
        """A message has come."""

    def paused(self) -> None:
        """The other side does not read."""

    def resumed(self) -> None:
        """The other side reads again."""


class DirectConnection:
    """Writes frames to the transport as they are, and receives what the protocol does. `send` is the transport's own.

    What is sent while a message is being received, such as a patch and the acknowledgement, is written together in the
    event loop's next turn, when all that has come from others has been received too: a write that wakes the other side
    costs more than all the rest.
    """

    __slots__ = ("_held", "_listener", "_protocol", "_write", "is_paused", "send")

    def __init__(self, protocol: DirectProtocol, listener: Listener) -> None:
        self._protocol = protocol
        self._listener = listener
        self._held = bytearray()
        self._write: Send = protocol.transport.write
        self.send: Send = self._write
        self.is_paused = False

    def received(self, message: str | bytes) -> None:
        """A message has come."""
        if self.send is self._write:
            self.send = self._hold
            self._protocol.loop.call_soon(self._release)
        self._listener.received(message)

    def _hold(self, frame: Frame) -> None:
        self._held += frame
        if len(self._held) > LOW_WATER:
            self._release()

    def _release(self) -> None:
        self.send = self._write
        if self._held:
            self._write(Frame(bytes(self._held)))
            self._held.clear()

    def stop_reading(self) -> None:
        """Have nothing more come for now than what has been read."""
        self._protocol.stop_reading()

    def read_on(self) -> None:
        """Have more come again."""
        self._protocol.read_on()

    def close(self, code: int, reason: str) -> None:
        """End the connection."""
        self.ending()
        self._protocol.end(code, reason)

    def ending(self) -> None:
        """Nothing may be sent any more but what was sent before."""
        self._release()
        self._write = self.send = _nowhere

    def paused(self) -> None:
        """The transport is full."""
        self.is_paused = True
        self._listener.paused()

    def resumed(self) -> None:
        """The transport has room again."""
        self.is_paused = False
        self._listener.resumed()


def _nowhere(frame: Frame) -> None:
    """Takes what nobody will read."""


class QueueConnection:
    """Frames wait in a queue of their own, so that no tab waits for another.

    `waiting` counts their bytes. `is_cut` is set when a connection that was closed has not taken in time what was sent
    before, and `may_read` while more may come.
    """

    def __init__(self, socket: WebSocket, listener: Listener) -> None:
        self._socket = socket
        self._listener = listener
        self._frames: deque[Frame] = deque()
        self.waiting = 0
        self._wake = asyncio.Event()
        self._closing: tuple[int, str] | None = None
        self.is_paused = False
        self.is_cut = asyncio.Event()
        self.may_read = asyncio.Event()
        self.may_read.set()

    def received(self, message: str | bytes) -> None:
        """A message has come; one that comes after the connection was closed is too late."""
        if self._closing is None:
            self._listener.received(message)

    def send(self, frame: Frame) -> None:
        """Queue a frame."""
        if self._closing is None:
            self._frames.append(frame)
            self.waiting += len(frame)
            self._wake.set()
            if self.waiting > HIGH_WATER and not self.is_paused:
                self.is_paused = True
                self._listener.paused()

    def stop_reading(self) -> None:
        """Have nothing more come for now than what has been read."""
        self.may_read.clear()

    def read_on(self) -> None:
        """Have more come again."""
        self.may_read.set()

    def close(self, code: int, reason: str) -> None:
        """End the connection once what was queued before is sent; one that does not read is cut off."""
        if self._closing is None:
            self._closing = (code, reason)
            if self.is_paused:
                self._frames.clear()
            self._wake.set()
            asyncio.get_running_loop().call_later(CLOSE_TIME, self.is_cut.set)

    async def write(self) -> None:
        """Send what is queued until the connection is closed from this side."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._frames:
                frame = self._frames.popleft()
                await self._socket.send(message_of(frame))
                self._sent(frame)
            if self._closing is not None:
                await self._socket.close(*self._closing)
                return

    def _sent(self, frame: Frame) -> None:
        self.waiting -= len(frame)
        if self.is_paused and self.waiting < LOW_WATER:
            self.is_paused = False
            self._listener.resumed()
