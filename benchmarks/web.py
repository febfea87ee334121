"""A small HTTP client: connections that are kept, and nothing that a measurement does not need."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import NamedTuple


class Response(NamedTuple):
    """What a server answered; the names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Connection:
    """A kept connection to a port of 127.0.0.1; it is opened anew where the server has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, headers: Mapping[str, str]) -> Response:
        """The answer to a GET."""
        try:
            return await self._get(path, headers)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            return await self._get(path, headers)

    async def _get(self, path: str, headers: Mapping[str, str]) -> Response:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=2**24)
        reader, writer = self._streams
        lines = [f"GET {path} HTTP/1.1", f"host: 127.0.0.1:{self._port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        given = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        return Response(int(head[0].split()[1]), given, await reader.readexactly(int(given["content-length"])))

    def close(self) -> None:
        """Close it; the next request opens another."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


class Web:
    """A few connections to one server, each used by one request at a time."""

    def __init__(self, port: int, connections: int = 8) -> None:
        self._connections = [Connection(port) for _ in range(connections)]
        self._free: asyncio.Queue[Connection] = asyncio.Queue()
        for connection in self._connections:
            self._free.put_nowait(connection)

    async def get(self, path: str = "/", headers: Mapping[str, str] | None = None) -> Response:
        """The answer to a GET, once a connection is free."""
        connection = await self._free.get()
        try:
            return await connection.get(path, headers or {})
        finally:
            self._free.put_nowait(connection)

    def close(self) -> None:
        """Close all connections."""
        for connection in self._connections:
            connection.close()
