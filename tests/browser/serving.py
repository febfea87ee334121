"""A site on a real server in a thread, and tabs of Chromium that look at it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Page, Request, WebSocket
from starlette.applications import Starlette

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.app import make_app
from livepages.runtime.sockets.server import Server, configure, listen
from livepages.schema.loader import load_site

SITES = Path(__file__).parents[2] / "sites"
WATCH = "addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective + e.blockedURI))"


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """Serve a site on a free port; gives its address without the slash at the end."""
    with running(make_app(load_site(path, ELEMENT_TYPES), development=True)) as url:
        yield url


@contextmanager
def running(app: Starlette) -> Iterator[str]:
    """Serve the application of a site on a free port; gives its address without the slash at the end."""
    listener = listen("127.0.0.1", 0)
    ready = threading.Event()
    config: uvicorn.Config = configure(app, log_level="warning")
    server = Server(config, ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        assert ready.wait(10)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class Watched:
    """A tab, with all that it asked for, received and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    frames: list[dict[str, Any]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def take(self, data: str | bytes) -> None:
        """A frame has come; those of documents are bytes, and not kept."""
        if isinstance(data, str):
            self.frames.append(json.loads(data))

    def patches(self) -> list[dict[str, Any]]:
        """The patches received so far."""
        return [frame for frame in self.frames if frame["type"] == "patch"]

    def is_live(self) -> bool:
        """Whether the server has said that the tab is."""
        return any(frame["type"] == "ready" for frame in self.frames)


@contextmanager
def tab(browser: Browser, url: str, **options: Any) -> Iterator[Watched]:
    """A tab in a browser of its own. Any complaint of the page, a violated policy among them, fails the test."""
    context = browser.new_context(**options)
    context.add_init_script(WATCH)
    page = context.new_page()
    watched = Watched(page)

    def socket_opened(socket: WebSocket) -> None:
        watched.requests.append(socket.url)
        socket.on("framereceived", lambda data: watched.take(data))

    def requested(request: Request) -> None:
        watched.requests.append(request.url)

    page.on("request", requested)
    page.on("websocket", socket_opened)
    page.on("console", lambda message: watched.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.goto(url)
    yield watched
    context.close()
    assert watched.complaints == []


@contextmanager
def live_tab(browser: Browser, url: str) -> Iterator[Watched]:
    """A tab that is live: what happens on the server from now on, it is told."""
    with tab(browser, url) as watched:
        until(watched, watched.is_live)
        yield watched


def until(watched: Watched, condition: Any) -> None:
    """Let the tab go on until a condition of what it has received holds."""
    with_timeout = watched.page.context.new_cdp_session(watched.page)
    for _ in range(3_000):
        if condition():
            with_timeout.detach()
            return
        watched.page.wait_for_timeout(10)
    raise AssertionError("the tab has not received what was expected")
