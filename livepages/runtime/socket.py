"""The WebSocket of a tab: frames in and out, with limits."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from urllib.parse import urlsplit

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from livepages.runtime.assets import Assets
from livepages.runtime.dispatch import Dispatcher
from livepages.runtime.handles import Session
from livepages.runtime.hub import Hub
from livepages.runtime.room import Room
from livepages.runtime.tab import Tab
from livepages.runtime.wire import Ack, Error, Event, Hello, Reload, decode, encode

log = logging.getLogger(__name__)

HELLO_TIMEOUT = 10.0
"""Seconds that a connection has to say who it is."""
MAX_QUEUED = 4 * 1024 * 1024
"""Bytes that wait for a tab that does not read, at the most."""
TAB_NAME = (8, 64)
"""Characters that a tab's id and secret have, at least and at most."""

BAD_HELLO, PAGE_GONE, TOO_SLOW = 4400, 4404, 4408


class SocketConnection:
    """A tab's connection over an ASGI socket: frames wait in a queue of their own, so that none waits for another."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._wake = asyncio.Event()
        self._closing: tuple[int, str] | None = None

    def send(self, frame: bytes) -> None:
        """Queue a frame; a tab that lets too much wait is cut off, and gets a snapshot when it comes back."""
        if self._closing is not None:
            return
        self._frames.append(frame)
        self._bytes += len(frame)
        self._wake.set()
        if self._bytes > MAX_QUEUED:
            self.close(TOO_SLOW, "the tab does not read")

    def close(self, code: int, reason: str) -> None:
        """End the connection once what was queued before is sent; a slow tab's queue is dropped."""
        if self._closing is None:
            self._closing = (code, reason)
            if code == TOO_SLOW:
                self._frames.clear()
            self._wake.set()

    async def write(self) -> None:
        """Send what is queued until the connection ends."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._frames:
                frame = self._frames.popleft()
                self._bytes -= len(frame)
                await self._socket.send({"type": "websocket.send", "text": frame.decode()})
            if self._closing is not None:
                await self._socket.close(*self._closing)
                return


class Socket:
    """Serves the sockets of a site's tabs."""

    def __init__(self, hub: Hub, dispatcher: Dispatcher, assets: Assets) -> None:
        self.hub = hub
        self.dispatcher = dispatcher
        self.assets = assets

    async def serve(self, socket: WebSocket, session: Session | None) -> None:
        """One connection, from its handshake to its end."""
        if not same_origin(socket):
            log.warning("A socket from another site was refused: %s.", socket.headers.get("origin", "")[:200])
            await socket.close()
            return
        await socket.accept()
        connection = SocketConnection(socket)
        writer = asyncio.ensure_future(connection.write())
        reader = asyncio.ensure_future(self._read(socket, connection, session))
        try:
            await asyncio.wait((writer, reader), return_when=asyncio.FIRST_COMPLETED)
        finally:
            reader.cancel()
            if reader.done() and not reader.cancelled() and not writer.done():
                connection.close(1000, "")
                await asyncio.wait((writer,), timeout=1)
            writer.cancel()
            await asyncio.gather(reader, writer, return_exceptions=True)

    async def _read(self, socket: WebSocket, connection: SocketConnection, session: Session | None) -> None:
        joined: tuple[Room, Tab] | None = None
        try:
            joined = await self._hello(socket, connection, session)
            while joined is not None:
                self._message(await _receive(socket), *joined, connection)
        except (WebSocketDisconnect, TimeoutError):
            pass
        finally:
            if joined is not None:
                joined[0].disconnect(joined[1], connection, self.hub.loop.time())

    async def _hello(
        self, socket: WebSocket, connection: SocketConnection, session: Session | None
    ) -> tuple[Room, Tab] | None:
        """The first message, and the tab that it makes or finds."""
        async with asyncio.timeout(HELLO_TIMEOUT):
            frame = await _receive(socket)
        try:
            hello = decode(frame)
        except (msgspec.DecodeError, UnicodeDecodeError):
            hello = None
        if not isinstance(hello, Hello) or not _is_named(hello):
            log.warning("A socket did not begin with a hello of the protocol.")
            connection.send(encode(Error("bad-frame", "The first message must be a hello.")))
            connection.close(BAD_HELLO, "the first message must be a hello")
            return None
        joined = None
        if hello.build in ("", self.assets.client.digest):
            joined = self.hub.join(hello, session, connection)
        if joined is None:
            connection.send(encode(Reload("The server does not know this page any more.")))
            connection.close(PAGE_GONE, "the page is gone")
        return joined

    def _message(self, frame: str | bytes, room: Room, tab: Tab, connection: SocketConnection) -> None:
        try:
            message = decode(frame)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            log.warning("Tab %s: bad-frame: %s", tab.id, error)
            tab.send(Error("bad-frame", f"This is not a message of the protocol: {error}"))
            return
        if isinstance(message, Event):
            self.dispatcher.receive(room, tab, message)
        elif isinstance(message, Hello):
            room.connect(tab, connection, message)
        else:
            assert isinstance(message, Ack), "there is no other message"


async def _receive(socket: WebSocket) -> str | bytes:
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    frame: str | bytes = message["bytes"] if message.get("text") is None else message["text"]
    return frame


def _is_named(hello: Hello) -> bool:
    least, most = TAB_NAME
    return least <= len(hello.tab) <= most and least <= len(hello.secret) <= most


def same_origin(socket: WebSocket) -> bool:
    """Whether a socket comes from a page of this server, or from a program that has no origin.

    Browsers send `Origin` with every WebSocket handshake (RFC 6455, 10.2); programs need not.
    """
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host", "")
