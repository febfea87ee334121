"""A page written by hand, the client modules, and a server that says what the test wants it to say."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from livepages.runtime.web.assets import read_client

CLIENT = Path(__file__).parents[3] / "livepages" / "client"
PATIENCE = 30.0
"""Seconds to wait for a message of the client."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; media-src 'self' data:; base-uri 'none'; form-action 'self'"
)
WATCH_POLICY = "addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective))"
TYPES = {".js": "text/javascript", ".css": "text/css"}
SITE_CSS = ".red { color: rgb(255, 0, 0) } .tall { height: 2000px } .box { height: 100px; overflow: auto }"

Message = dict[str, Any]


@cache
def joined_client() -> str:
    """All modules in one file, as the server joins them."""
    return read_client().content.decode()


class Server:
    """Serves the page and the modules over HTTP, and keeps the sockets for the test to speak through."""

    def __init__(self) -> None:
        self.html = ""
        self.files: dict[str, str] = {"/site.css": SITE_CSS, "/joined.js": joined_client()}
        self.refusing = False
        self.attempts: queue.Queue[str] = queue.Queue()
        self._sockets: queue.Queue[tuple[ServerConnection, queue.Queue[Message | None]]] = queue.Queue()
        self._server = serve(self._listen, "127.0.0.1", 0, process_request=self._answer, compression=None)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.socket.getsockname()[1]}"

    def accept(self) -> Socket:
        """The next connection a tab makes."""
        return Socket(*self._sockets.get(timeout=PATIENCE))

    def close(self) -> None:
        self._server.shutdown()

    def _listen(self, connection: ServerConnection) -> None:
        messages: queue.Queue[Message | None] = queue.Queue()
        self._sockets.put((connection, messages))
        try:
            for text in connection:
                messages.put(json.loads(text))
        except ConnectionClosed:
            pass
        messages.put(None)

    def _answer(self, _: ServerConnection, request: Request) -> Response | None:
        path = request.path.partition("?")[0]
        if path == "/_livepages/socket":
            self.attempts.put(path)
            return self._response("refused", status=HTTPStatus.SERVICE_UNAVAILABLE) if self.refusing else None
        if path in self.files:
            return self._response(self.files[path], TYPES[Path(path).suffix])
        if path.startswith("/client/") and (CLIENT / path[8:]).is_file():
            return self._response((CLIENT / path[8:]).read_text("utf-8"), TYPES[Path(path).suffix])
        if path.startswith("/page"):
            return self._response(self.html, "text/html; charset=utf-8")
        return self._response("not found", status=HTTPStatus.NOT_FOUND)

    @staticmethod
    def _response(text: str, kind: str = "text/plain", status: HTTPStatus = HTTPStatus.OK) -> Response:
        body = text.encode()
        headers = Headers({"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"})
        headers["Content-Security-Policy"] = POLICY
        headers["Cache-Control"] = "no-store"
        return Response(status.value, status.phrase, headers, body)


class Socket:
    """The server's end of one connection of a tab."""

    def __init__(self, connection: ServerConnection, messages: queue.Queue[Message | None]) -> None:
        self._connection = connection
        self._messages = messages
        self.positions: dict[str, int] = {}

    def send(self, kind: str, /, **message: Any) -> None:
        self._connection.send(json.dumps({"type": kind, **message}))

    def receive(self) -> Message:
        """The next message of the tab. Fails if there is none, or the connection has ended."""
        message = self._messages.get(timeout=PATIENCE)
        assert message is not None, "the tab has closed the connection"
        return message

    def hello(self) -> Message:
        message = self.receive()
        assert message["type"] == "hello"
        self.positions = {name: pos for name, (_, pos) in message["streams"].items()}
        return message

    def ready(self) -> Message:
        """Takes the tab in."""
        message = self.hello()
        self.send("ready")
        return message

    def event(self, *, ack: bool = True) -> Message:
        message = self.receive()
        assert message["type"] == "event"
        if ack:
            self.send("ack", event=message["id"])
        return message

    def patch(self, *ops: list[Any], stream: str = "page") -> None:
        prev = self.positions[stream]
        self.positions[stream] += 1
        self.send("patch", stream=stream, prev=prev, pos=prev + 1, ops=list(ops))

    def drop(self) -> None:
        """Ends the connection without a word, as a cut cable would."""
        self._connection.socket.close()

    def ended(self) -> bool:
        """Waits until the tab has closed the connection."""
        return self._messages.get(timeout=PATIENCE) is None


class Live:
    """One tab on a page of the scripted server."""

    def __init__(self, server: Server, page: Page, complaints: list[str]) -> None:
        self.server = server
        self.page = page
        self.complaints = complaints
        self.socket: Socket
        self._marks = 0

    def write(self, body: str, *, at: str = "e:10", script: str = "/joined.js", page: str = "PAGE") -> None:
        """Writes the page: `body` is the inner HTML of the page's stream."""
        self.server.html = (
            f'<!doctype html><html lang="en" data-page="{page}" data-build="BUILD"><head><title>Test</title>'
            '<link rel="stylesheet" href="/client/livepages.css"><link rel="stylesheet" href="/site.css" data-css="3">'
            f'<link rel="icon" href="data:,"><script type="module" src="{script}"></script></head>'
            f'<body><div data-stream="page" data-at="{at}">{body}</div></body></html>'
        )

    def open(self, body: str, **options: Any) -> Message:
        """Opens a page and takes its tab in. Returns its hello."""
        self.write(body, **options)
        self.page.goto(f"{self.server.url}/page")
        return self.connect()

    def stop_time(self) -> None:
        """The page's timers run only by `pass_time` from now on."""
        self.page.clock.install(time=0)
        self.page.clock.pause_at(1000)

    def pass_time(self, milliseconds: int) -> None:
        self.page.clock.run_for(milliseconds)

    def connect(self) -> Message:
        self.socket = self.server.accept()
        return self.socket.ready()

    def patch(self, *ops: list[Any], stream: str = "page") -> None:
        """Sends a patch, and waits until the tab has applied it."""
        self.socket.patch(*ops, stream=stream)
        self.settle()

    def snapshot(
        self, html: str, *, stream: str = "page", epoch: str = "e", pos: int | None = None, **more: str
    ) -> None:
        position = self.socket.positions[stream] + 5 if pos is None else pos
        self.socket.positions[stream] = position
        self.socket.send("snapshot", stream=stream, epoch=epoch, pos=position, html=html, **more)
        self.settle()

    def settle(self) -> None:
        """Waits until the tab has taken in all that was sent."""
        self._marks += 1
        self.socket.send("title", text=f"mark {self._marks}")
        self.page.wait_for_function("mark => document.title === mark", arg=f"mark {self._marks}")

    def event(self, *, ack: bool = True) -> Message:
        return self.socket.event(ack=ack)

    def event_of(self, node: int) -> tuple[str, dict[str, Any]]:
        """The next event, which has to be of this node of the page: its name and data."""
        message = self.event()
        assert (message["stream"], message["node"]) == ("page", node)
        return message["on"], message["data"]

    def js(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def text(self, number: int) -> str | None:
        return self.page.locator(f"[data-n='{number}']").text_content()

    def focused(self) -> str | None:
        """The number of the focused element."""
        number: str | None = self.js("document.activeElement.getAttribute('data-n')")
        return number

    def caret(self) -> list[int]:
        places: list[int] = self.js("[document.activeElement.selectionStart, document.activeElement.selectionEnd]")
        return places


@pytest.fixture(scope="session")
def joined() -> str:
    """The client as the server sends it: one module."""
    return joined_client()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def used_page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page that one test after the other opens its own server in, as that is faster by far."""
    with browser.new_context() as context:
        yield new_page(context)


@pytest.fixture
def live(server: Server, used_page: tuple[Page, list[str]]) -> Iterator[Live]:
    """A tab. A script error or a breach of the Content-Security-Policy fails the test."""
    yield from tab_of(server, *used_page)


@pytest.fixture
def fresh(server: Server, browser: Browser) -> Iterator[Live]:
    """A tab in a browser of its own, for tests that change its clock or what it runs before the page."""
    with browser.new_context() as context:
        yield from tab_of(server, *new_page(context))


def new_page(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and the list in which it complains."""
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    complaints: list[str] = []
    page.add_init_script(WATCH_POLICY)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    return page, complaints


def tab_of(server: Server, page: Page, complaints: list[str]) -> Iterator[Live]:
    complaints.clear()
    yield Live(server, page, complaints)
    expected = ("WebSocket connection", "asking for a snapshot")
    assert [line for line in complaints if not any(words in line for words in expected)] == []
