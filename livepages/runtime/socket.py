"""The WebSockets of a site: who is let in, and how messages come and go."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.websockets import WebSocket

from livepages.runtime.connection import DirectConnection, QueueConnection
from livepages.runtime.conversation import BROKEN, Conversation, Desk
from livepages.runtime.direct_protocol import EXTENSION, DirectProtocol, payload
from livepages.runtime.handles import Session

log = logging.getLogger(__name__)

TOO_MANY = 4430
"""The close code for a tab beyond the limits."""


class Socket:
    """Serves the sockets of a site's tabs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._addresses: Counter[str] = Counter()
        self._tabs = 0

    async def serve(self, socket: WebSocket, session: Session | None) -> None:
        """One socket, from its handshake to its end."""
        if not same_origin(socket):
            log.warning("A socket from another site was refused: %s.", socket.headers.get("origin", "")[:200])
            await socket.close()
            return
        await socket.accept()
        address = socket.client.host if socket.client else ""
        if not self._has_room(address):
            await socket.close(TOO_MANY, "too many tabs")
            return
        self._addresses[address] += 1
        self._tabs += 1
        try:
            await self._converse(socket, Conversation(self._desk, session))
        finally:
            self._tabs -= 1
            self._addresses[address] -= 1
            if not self._addresses[address]:
                del self._addresses[address]

    def _has_room(self, address: str) -> bool:
        limits = self._desk.hub.site.limits
        if self._tabs >= limits.tabs:
            log.warning("A tab was refused: there are %d already.", limits.tabs)
            return False
        if self._addresses[address] >= limits.tabs_per_address:
            log.warning("A tab was refused: %s has %d already.", address, limits.tabs_per_address)
            return False
        return True

    async def _converse(self, socket: WebSocket, conversation: Conversation) -> None:
        direct = socket.scope.get("extensions", {}).get(EXTENSION)
        code = BROKEN
        try:
            if direct is not None:
                code = await _converse_directly(socket, conversation, direct["protocol"])
            else:
                code = await _converse_by_queue(socket, conversation)
        finally:
            conversation.ended(code)


async def _converse_directly(socket: WebSocket, conversation: Conversation, protocol: DirectProtocol) -> int:
    """Over the transport; here only the end is waited for, whose close code it gives."""
    conversation.connection = connection = DirectConnection(protocol, conversation)
    protocol.take_over(connection)
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        pass
    return _code_of(message)


async def _converse_by_queue(socket: WebSocket, conversation: Conversation) -> int:
    """Through the server's own `receive` and `send`: a reader and a writer; the first of them to end ends both.

    Gives the close code of the reader.
    """
    conversation.connection = connection = QueueConnection(socket, conversation)
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
