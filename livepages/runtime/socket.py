"""The WebSockets of a site: who is let in, and how messages come and go."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

from starlette.websockets import WebSocket

from livepages.runtime.connection import DirectConnection, Listener, QueueConnection
from livepages.runtime.conversation import BROKEN
from livepages.runtime.direct_protocol import EXTENSION, DirectProtocol, payload
from livepages.runtime.tab import Connection
from livepages.schema.limits import Limits

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


class Socket:
    """Serves sockets of a site. `each` says how many of them a tab can have, `too_many` is the code of their end."""

    def __init__(self, limits: Callable[[], Limits], *, each: int = 1, too_many: int = TOO_MANY) -> None:
        self._limits = limits
        self._each = each
        self._too_many = too_many
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
            await socket.close(self._too_many, "too many tabs")
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

    def _has_room(self, address: str) -> bool:
        limits = self._limits()
        if self._open >= limits.tabs * self._each:
            log.warning("A tab was refused: there are %d already.", limits.tabs)
            return False
        if self._addresses[address] >= limits.tabs_per_address * self._each:
            log.warning("A tab was refused: %s has %d already.", address, limits.tabs_per_address)
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
