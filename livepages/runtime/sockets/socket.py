"""The WebSockets of a site: who is let in, and how messages come and go."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from starlette.websockets import WebSocket

from livepages.runtime.rooms.tab import Connection
from livepages.runtime.sockets.connection import DirectConnection, Listener, QueueConnection
from livepages.runtime.sockets.conversation import BROKEN
from livepages.runtime.sockets.direct_protocol import EXTENSION, DirectProtocol, payload
from livepages.schema.site.limits import Limits

log = logging.getLogger(__name__)

TOO_MANY = 4430
"""The close code for a tab beyond the limits."""


class Talk(Listener, Protocol):
    """What is said over one socket. The connection is set before it begins."""

    connection: Connection

    @property
    def longest(self) -> int | None:
        """How many bytes a message can have, if that is not what holds for all sockets."""

    def begin(self) -> None:
        """The socket is open."""

    def ended(self, code: int = BROKEN) -> None:
        """The socket is closed."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Sockets for one purpose: how many there can be for each tab, and what one too many hears as it is closed.

    `message` is for protocols that have one for that; `called` is how the log calls what has such a socket.
    """

    called: str
    code: int
    reason: str
    each: int = 1
    message: bytes | None = None


TABS = Kind("tab", TOO_MANY, "too many tabs")


class Socket:
    """Serves the sockets of one kind."""

    def __init__(self, limits: Callable[[], Limits], kind: Kind = TABS) -> None:
        self._limits = limits
        self._kind = kind
        self._addresses: Counter[str] = Counter()
        self._open = 0

    async def serve(self, socket: WebSocket, talk: Callable[[], Talk]) -> None:
        """One socket, from its handshake to its end; `talk` makes what is said over it once it is let in."""
        if not same_origin(socket):
            log.warning("A socket from another site was refused: %s.", socket.headers.get("origin", "")[:200])
            await socket.close()
            return
        await socket.accept()
        address = socket.client.host if socket.client else ""
        if not self._has_room(address):
            await self._send_away(socket)
            return
        self._addresses[address] += 1
        self._open += 1
        try:
            await _converse(socket, talk())
        finally:
            self._open -= 1
            self._addresses[address] -= 1
            if not self._addresses[address]:
                del self._addresses[address]

    async def _send_away(self, socket: WebSocket) -> None:
        if self._kind.message is not None:
            await socket.send_bytes(self._kind.message)
        await socket.close(self._kind.code, self._kind.reason)

    def _has_room(self, address: str) -> bool:
        limits, kind = self._limits(), self._kind
        if self._open >= (most := limits.tabs * kind.each):
            log.warning("A %s was refused: there are %d already.", kind.called, most)
            return False
        if self._addresses[address] >= (most := limits.tabs_per_address * kind.each):
            log.warning("A %s was refused: %s has %d already.", kind.called, address, most)
            return False
        return True


async def _converse(socket: WebSocket, talk: Talk) -> None:
    direct = socket.scope.get("extensions", {}).get(EXTENSION)
    code = BROKEN
    try:
        if direct is not None:
            code = await _converse_directly(socket, talk, direct["protocol"])
        else:
            code = await _converse_by_queue(socket, talk)
    finally:
        talk.ended(code)


async def _converse_directly(socket: WebSocket, talk: Talk, protocol: DirectProtocol) -> int:
    """Over the transport; here only the end is waited for, whose close code it gives."""
    talk.connection = connection = DirectConnection(protocol, talk)
    talk.begin()
    protocol.take_over(connection, talk.longest)
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        pass
    return _code_of(message)


async def _converse_by_queue(socket: WebSocket, talk: Talk) -> int:
    """Through the server's own `receive` and `send`: a reader and a writer; the first of them to end ends both.

    Gives the close code of the reader.
    """
    talk.connection = connection = QueueConnection(socket, talk)
    talk.begin()
    reader = asyncio.ensure_future(_read(socket, connection))
    tasks = [reader, *map(asyncio.ensure_future, (connection.write(), connection.is_cut.wait()))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return BROKEN if reader.cancelled() or reader.exception() else reader.result()


async def _read(socket: WebSocket, connection: QueueConnection) -> int:
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        connection.received(payload(message))
        await connection.may_read.wait()
    return _code_of(message)


def _code_of(message: Mapping[str, Any]) -> int:
    """The close code of an ASGI message, which need not have one."""
    return int(message.get("code") or BROKEN)


def same_origin(socket: WebSocket) -> bool:
    """Whether a socket comes from a page of this server, or from a program that has no origin.

    Browsers send `Origin` with every WebSocket handshake (RFC 6455, 10.2); programs need not.
    """
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host", "")
