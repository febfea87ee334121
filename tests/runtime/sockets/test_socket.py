"""A real server, and WebSockets over a real connection."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.app import make_app
from livepages.runtime.sockets.server import PortInUse, Server, configure, listen
from livepages.schema.loader import load_site
from tests.runtime.support import write_site

pytestmark = pytest.mark.real_time

SITE = """
scope: shared
body:
  - button: Add
    on: {click: add}
  - p: "0"
    id: n
"""
HANDLERS = """
def add(page):
    page["n"].text = int(page["n"].text) + 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_site(tmp_path, SITE, HANDLERS)


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[str]:
    """The address of a server of the site."""
    listener = listen("127.0.0.1", 0)
    started = asyncio.Event()
    server = Server(configure(make_app(load_site(folder, ELEMENT_TYPES)), log_level="warning"), started.set)
    task = asyncio.ensure_future(server.serve([listener]))
    await started.wait()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


async def page_of(address: str) -> dict[str, str]:
    """The attributes of a page's document that a hello repeats."""
    response = await asyncio.to_thread(urllib.request.urlopen, f"http://{address}/")
    with response:
        html = response.read().decode()
    return dict(re.findall(r'data-(page|build|at)="([^"]+)"', html))


@asynccontextmanager
async def tab_of(address: str, **options: Any) -> AsyncIterator[ClientConnection]:
    """A connection that is past its hello."""
    page = await page_of(address)
    epoch, _, pos = page["at"].rpartition(":")
    async with connect(f"ws://{address}/_livepages/socket", **options) as socket:
        hello = {
            "type": "hello",
            "page": page["page"],
            "tab": "tab-" + page["page"][:8] + str(id(socket)),
            "secret": "secret-secret",
            "build": page["build"],
            "streams": {"page": [epoch, int(pos)]},
        }
        await socket.send(json.dumps(hello))
        assert json.loads(await socket.recv()) == {"type": "ready"}
        yield socket


async def next_of(socket: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of a type."""
    async with asyncio.timeout(30):
        while (message := json.loads(await socket.recv()))["type"] != kind:
            pass
    return dict(message)


def click(number: int = 1) -> str:
    return json.dumps({"type": "event", "id": number, "stream": "page", "node": 1, "on": "click"})


async def test_a_click_in_one_tab_reaches_all(folder: Path) -> None:
    async with serving(folder) as address, tab_of(address) as one, tab_of(address) as two:
        await one.send(click())
        for socket in (one, two):
            patch = await next_of(socket, "patch")
            assert (patch["prev"], patch["pos"], patch["ops"]) == (0, 1, [["text", 2, "1"]])
        assert await next_of(one, "ack") == {"type": "ack", "event": 1}


async def test_frames_that_are_not_of_the_protocol(folder: Path) -> None:
    async with serving(folder) as address, tab_of(address) as tab:
        for frame in ("x", json.dumps({"type": "event"})):
            await tab.send(frame)
            error = await next_of(tab, "error")
            assert (error["code"], error["event"]) == ("bad-frame", None)
        await tab.send(click())
        assert (await next_of(tab, "patch"))["ops"] == [["text", 2, "1"]]


@pytest.mark.parametrize(("frame", "code"), [("x" * (1024 * 1024 + 1), 1009), (b"{}", 1003)])
async def test_what_is_too_long_or_no_text_ends_the_connection(folder: Path, frame: str | bytes, code: int) -> None:
    async with serving(folder) as address, tab_of(address) as tab:
        await tab.send(frame)
        with pytest.raises(ConnectionClosed) as caught:
            await next_of(tab, "error")
        assert caught.value.rcvd is not None and caught.value.rcvd.code == code


async def test_a_socket_from_another_site_is_refused(folder: Path) -> None:
    async with serving(folder) as address:
        for origin in ("http://evil.example", "null", f"http://{address}.evil.example"):
            with pytest.raises(InvalidStatus) as caught:
                await connect(f"ws://{address}/_livepages/socket", origin=origin)  # type: ignore[arg-type]
            assert caught.value.response.status_code == 403
        async with tab_of(address, origin=f"http://{address}") as tab:
            await tab.send(click())
            await next_of(tab, "patch")


async def test_a_tab_that_breaks_off_leaves_nothing_behind(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(folder) as address, tab_of(address) as stays:
        for _ in range(5):
            async with tab_of(address) as tab:
                tab.transport.abort()
        await stays.send(click())
        assert (await next_of(stays, "patch"))["ops"] == [["text", 2, "1"]]
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


async def test_the_server_ends_with_tabs_open(folder: Path) -> None:
    async with serving(folder) as address:
        page = tab_of(address)
        tab = await page.__aenter__()
    with pytest.raises(ConnectionClosed) as caught:
        await next_of(tab, "patch")
    assert caught.value.rcvd is None or caught.value.rcvd.code in (1001, 1012)


def test_a_port_in_use() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse, match=f"Port {port} of 127.0.0.1 is in use; choose another with --port"):
            listen("127.0.0.1", port)
