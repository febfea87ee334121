"""A WebSocket written byte by byte, so that it can do what a proper client would not."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
from dataclasses import dataclass
from typing import Any

CONT, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
PATIENCE = 30.0
"""Seconds in which something has to come, however busy the machine is."""
SOCKET_PATH = "/_livepages/socket"


def frame(
    opcode: int, payload: bytes = b"", *, fin: bool = True, reserved: int = 0, mask: bytes | None = b"\x11\x22\x33\x44"
) -> bytes:
    """A frame of a client (RFC 6455, 5.2). `reserved` are the three reserved bits."""
    first = (0x80 if fin else 0) | reserved << 4 | opcode
    flag = 0x80 if mask is not None else 0
    if len(payload) < 126:
        header = bytes((first, flag | len(payload)))
    elif len(payload) < 65_536:
        header = bytes((first, flag | 126)) + len(payload).to_bytes(2)
    else:
        header = bytes((first, flag | 127)) + len(payload).to_bytes(8)
    if mask is None:
        return header + payload
    key = (mask * (len(payload) // 4 + 1))[: len(payload)]
    masked = int.from_bytes(payload) ^ int.from_bytes(key)
    return header + mask + masked.to_bytes(len(payload))


def text_frame(message: object) -> bytes:
    """A message as a client sends it."""
    return frame(TEXT, json.dumps(message).encode())


def close_frame(code: int, reason: bytes = b"") -> bytes:
    """A close frame with a code and a reason."""
    return frame(CLOSE, code.to_bytes(2) + reason)


def handshake(port: int, *headers: str) -> bytes:
    """The request that opens a WebSocket."""
    lines = (
        f"GET {SOCKET_PATH} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        *headers,
    )
    return "\r\n".join((*lines, "", "")).encode()


class Ended(EOFError):
    """The other side has closed the connection, or cut it."""


@dataclass(frozen=True)
class Received:
    """A frame of the server."""

    opcode: int
    payload: bytes

    @property
    def message(self) -> dict[str, Any]:
        """The message in it."""
        found: dict[str, Any] = json.loads(self.payload)
        return found

    @property
    def code(self) -> int:
        """The code of a close frame, 1005 where it has none."""
        return int.from_bytes(self.payload[:2]) if self.payload else 1005


class RawSocket:
    """A connection that reads only what it is asked to."""

    def __init__(self, inner: socket.socket) -> None:
        self._socket = inner
        self._buffer = bytearray()

    @classmethod
    async def dial(cls, port: int, *, receive_buffer: int = 0) -> RawSocket:
        """A bare TCP connection; `receive_buffer` bounds what the kernel takes for it, in bytes."""
        inner = socket.socket()
        if receive_buffer:
            inner.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        inner.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(inner, ("127.0.0.1", port))
        except BaseException as error:
            inner.close()
            if isinstance(error, OSError):
                raise Ended(str(error)) from None
            raise
        return cls(inner)

    @classmethod
    async def open(cls, port: int, *, early: bytes = b"", receive_buffer: int = 0) -> RawSocket:
        """A WebSocket; `early` is sent in the same packet as the handshake."""
        opened = await cls.dial(port, receive_buffer=receive_buffer)
        try:
            await opened.send(handshake(port) + early)
            head = await opened.until(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 101 "):
                raise Ended(head.decode())
        except BaseException:
            opened.abort()
            raise
        return opened

    async def send(self, data: bytes) -> None:
        """Send bytes as they are. Raises Ended when nobody takes them."""
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.get_running_loop().sock_sendall(self._socket, data)
        except OSError as error:
            raise Ended(str(error)) from None

    async def _more(self) -> None:
        try:
            data = await asyncio.get_running_loop().sock_recv(self._socket, 65_536)
        except OSError as error:
            raise Ended(str(error)) from None
        if not data:
            raise Ended("the connection is closed")
        self._buffer += data

    async def until(self, end: bytes) -> bytes:
        """All bytes to the end of some that must come."""
        async with asyncio.timeout(PATIENCE):
            while (found := self._buffer.find(end)) < 0:
                await self._more()
        return self._take(found + len(end))

    def _take(self, count: int) -> bytes:
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    async def _read(self, count: int) -> bytes:
        while len(self._buffer) < count:
            await self._more()
        return self._take(count)

    async def forever(self) -> Received:
        """The next frame, whenever it comes. Raises Ended."""
        first, second = await self._read(2)
        assert first & 0xF0 == 0x80, "the server sends whole messages without reserved bits"
        assert second < 128, "a server does not mask"
        extra = {126: 2, 127: 8}.get(second, 0)
        size = int.from_bytes(await self._read(extra)) if extra else second
        return Received(first & 0x0F, await self._read(size))

    async def receive(self) -> Received:
        """The next frame, which has to come soon. Raises Ended, TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            return await self.forever()

    async def message(self, kind: str) -> dict[str, Any]:
        """The next message of a type; others before it are skipped."""
        while True:
            received = await self.receive()
            if received.opcode == TEXT and received.message["type"] == kind:
                return received.message

    async def closing(self) -> int | None:
        """The code with which the server closes, None when it only cuts the connection. Messages are skipped."""
        try:
            while (received := await self.receive()).opcode != CLOSE:
                pass
        except Ended:
            return None
        return received.code

    async def ended(self) -> None:
        """Wait until the connection is gone."""
        try:
            while True:
                await self.receive()
        except Ended:
            pass

    def abort(self) -> None:
        """Cut the connection without a word, if there still is one."""
        if self._socket.fileno() < 0:
            return
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self._socket.close()
