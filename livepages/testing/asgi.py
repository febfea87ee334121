"""An ASGI application asked directly: no server and no socket in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from starlette.types import ASGIApp

HOST = "testing.invalid"
ASCII = "".join(map(chr, range(128)))


@dataclass(frozen=True)
class Response:
    """An answer: its status, its headers by their names in lower case, and its content."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode()

    def header(self, name: str) -> str | None:
        """The first header of this name (in lower case)."""
        return next((value for key, value in self.headers if key == name), None)


def scope_of(kind: str, target: str, headers: dict[str, str]) -> dict[str, Any]:
    """What an ASGI server says of a request for `target`, the path with the query."""
    path, _, query = quote(target, safe=ASCII).partition("?")
    given = {"host": HOST, **headers}
    return {
        "type": kind,
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "http" if kind == "http" else "ws",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items() if value],
        "client": ("127.0.0.1", 50_000),
        "server": (HOST, 80),
    }


async def request(app: ASGIApp, target: str, headers: dict[str, str], method: str = "GET") -> Response:
    """What the application answers to a request without a body."""
    messages: list[MutableMapping[str, Any]] = []
    asked = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if asked.is_set():
            await asyncio.Event().wait()
        asked.set()
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        messages.append(message)

    await app({**scope_of("http", target, headers), "method": method}, receive, send)
    start = next(message for message in messages if message["type"] == "http.response.start")
    content = b"".join(message.get("body", b"") for message in messages if message["type"] == "http.response.body")
    return Response(start["status"], tuple((k.decode().lower(), v.decode()) for k, v in start["headers"]), content)


class Socket:
    """A WebSocket to an application. `received` gets each text, `closed` the code and the reason when it ends."""

    def __init__(
        self,
        app: ASGIApp,
        target: str,
        headers: dict[str, str],
        *,
        received: Callable[[str], None],
        closed: Callable[[int, str], None],
    ) -> None:
        self._received = received
        self._closed = closed
        self._incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._incoming.put_nowait({"type": "websocket.connect"})
        self.is_open = True
        scope = {**scope_of("websocket", target, headers), "subprotocols": []}
        self._task = asyncio.get_running_loop().create_task(_served(app, scope, self._incoming.get, self._send))

    def send(self, frame: str | bytes) -> None:
        """Send a text frame, or a binary one."""
        text, data = (frame, None) if isinstance(frame, str) else (None, frame)
        self._incoming.put_nowait({"type": "websocket.receive", "text": text, "bytes": data})

    async def drop(self, code: int = 1006) -> None:
        """The connection is gone. Returns when the application has noticed, and raises what it raised."""
        self.is_open = False
        self._incoming.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        await self._task

    def check(self) -> None:
        """Raise what the application raised, if it did."""
        if self._task.done():
            self._task.result()

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        if not self.is_open:
            return
        if message["type"] == "websocket.send":
            self._received(message.get("text") or message["bytes"].decode())
        elif message["type"] == "websocket.close":
            self.is_open = False
            self._incoming.put_nowait({"type": "websocket.disconnect", "code": message.get("code", 1000), "reason": ""})
            self._closed(message.get("code", 1000), message.get("reason") or "")


async def _served(app: ASGIApp, scope: dict[str, Any], receive: Any, send: Any) -> None:
    await app(scope, receive, send)
