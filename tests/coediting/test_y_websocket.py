"""The y-websocket package of npm, under Node, and pycrdt against a server: text and cursors, both ways."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.program import Program, program, write_site
from tests.coediting.y_clients import NODE, documents, person

AT_ONCE = 10.0
"""Seconds that are at once, on a busy machine: far less than the 30 after which Yjs itself gives a client up."""
UNKNOWN = 4404

SITE = """
title: Documents
handlers: handlers.py
pages:
  /:
    scope: shared
    body:
      - editor: notes
      - textarea: ""
        shared_text: question
        on: {change: {call: answer, debounce: 0ms}}
  /room/{name}:
    scope: shared
    params: {name: str}
    body: [{editor: notes}]
"""
HANDLERS = """
def answer(page, value):
    page["notes"].append(f"Read: {value} \\N{WAVING HAND SIGN}", bold=True)
"""


class Server:
    """`livepages serve` with documents on disk, which can be killed and comes back at the same address."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._site = write_site(folder / "site", SITE, handlers=HANDLERS)
        self._data = folder / "data"
        self._stack = stack
        self._start("0")

    def _start(self, port: str) -> None:
        options = ("--data", self._data, "--port", port, "--log-level", "warning")
        self._program: Program = self._stack.enter_context(program("serve", self._site, *options))
        self.url = self._program.url()

    def restart(self) -> None:
        """Kill it, and start another in its place."""
        self._program.end(signal.SIGKILL)
        self._start(self.url.rpartition(":")[2].removesuffix("/"))


@pytest.fixture(scope="session", autouse=True)
def _packages() -> None:
    """What Node needs is there, as the lock file has it."""
    lock, stamp = NODE / "package-lock.json", NODE / "node_modules" / ".made-from.json"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=NODE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shutil.copyfile(lock, stamp)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that keeps documents on disk."""
    with ExitStack() as stack:
        yield Server(tmp_path_factory.mktemp("documents"), stack)


@pytest.fixture
def url(server: Server) -> str:
    """The address of that server."""
    return server.url


@pytest.mark.real_time
async def test_text_with_formats_and_emoji_goes_all_ways(url: str) -> None:
    key = "name=caf%C3%A9%20%26%20co/notes"
    async with documents(url) as of:
        (ann, bob), cat = await of.two(key), await of.python(key)
        assert ann.delta == bob.delta == cat.delta == [{"insert": "\n"}]
        ann.do("insert", at=0, text="Hi 👩‍🚀, world")
        await bob.until_text("Hi 👩‍🚀, world")
        bob.do("format", at=len("Hi 👩‍🚀, ".encode("utf-16-le")) // 2, length=5, formats={"bold": True})
        await cat.until(lambda: {"insert": "world", "attributes": {"bold": True}} in cat.delta)
        await cat.write(lambda text: text.insert(len("Hi 👩‍🚀".encode()), "🎉é", {"color": "#ff0000"}))
        await ann.until_text("Hi 👩‍🚀🎉é, world")
        ann.do("delete", at=0, length=3)
        expected = [
            {"insert": "👩‍🚀"},
            {"insert": "🎉é", "attributes": {"color": "#ff0000"}},
            {"insert": ", "},
            {"insert": "world", "attributes": {"bold": True}},
            {"insert": "\n"},
        ]
        for client in (ann, bob, cat):
            await client.until_text("👩‍🚀🎉é, world")
            assert client.delta == expected


@pytest.mark.real_time
async def test_who_comes_late_has_all(url: str) -> None:
    async with documents(url) as of:
        ann, bob = await of.two("name=late/notes")
        ann.do("insert", at=0, text="One, ")
        await bob.until_text("One, ")
        bob.do("insert", at=5, text="two 🐝", formats={"italic": True})
        await ann.until_text("One, two 🐝")
        late, view = await of.node("name=late/notes"), await of.python("name=late/notes")
        assert late.delta == view.delta == ann.delta
        assert late.delta == [
            {"insert": "One, "},
            {"insert": "two 🐝", "attributes": {"italic": True}},
            {"insert": "\n"},
        ]


@pytest.mark.real_time
async def test_what_is_written_offline_merges(url: str) -> None:
    async with documents(url) as of:
        ann, bob = await of.two("name=offline/notes")
        view = await of.python("name=offline/notes")
        ann.do("insert", at=0, text="middle 🌊")
        await bob.until_text("middle 🌊")
        ann.do("disconnect")
        await ann.until(lambda: ann.status == "disconnected")
        ann.do("insert", at=0, text="begin ")
        bob.do("insert", at=len("middle 🌊".encode("utf-16-le")) // 2, text=" end", formats={"bold": True})
        await view.until_text("middle 🌊 end")
        await ann.until_text("begin middle 🌊")
        ann.do("reconnect")
        for client in (ann, bob, view):
            await client.until_text("begin middle 🌊 end")
        assert ann.delta == bob.delta == view.delta


@pytest.mark.real_time
async def test_what_others_have_seen_outlives_the_server(server: Server) -> None:
    async with documents(server.url) as of:
        ann, bob = await of.two("name=kept/notes")
        ann.do("insert", at=0, text="Kept 🗝")
        await bob.until_text("Kept 🗝")
        await asyncio.to_thread(server.restart)
        await ann.until_back()
        await bob.until_back()
        late = await of.python("name=kept/notes")
        bob.do("insert", at=0, text="Still ")
        for client in (ann, late):
            await client.until_text("Still Kept 🗝")


@pytest.mark.real_time
async def test_everyone_sees_where_the_others_are(url: str) -> None:
    async with documents(url) as of:
        (ann, bob), cat = await of.two("notes"), await of.python("notes")
        ann.do("state", state=person("Ann 🦊"))
        bob.do("state", state=person("Bob"))
        await cat.tell(person("Cat"))
        await ann.until_others("Bob", "Cat")
        await bob.until_others("Ann 🦊", "Cat")
        await cat.until_others("Ann 🦊", "Bob")
        ann.do("state", state={**person("Ann 🦊"), "cursor": {"anchor": 3, "head": 4}})
        for client in (bob, cat):
            await client.until_cursor({"anchor": 3, "head": 4})
        late = await of.node("notes")
        await late.until_others("Ann 🦊", "Bob", "Cat")
        bob.do("state", state=None)
        await ann.until_others("Cat")
        await cat.until_others("Ann 🦊")


@pytest.mark.real_time
async def test_who_is_killed_is_gone_at_once(url: str) -> None:
    async with documents(url) as of:
        ann, bob = await of.two("name=killed/notes")
        view = await of.python("name=killed/notes")
        ann.do("state", state=person("Ann"))
        bob.do("state", state=person("Bob"))
        await ann.until_others("Bob")
        await view.until_others("Ann", "Bob")
        await bob.kill()
        killed = time.monotonic()
        await ann.until_others()
        await view.until_others("Ann")
        assert time.monotonic() - killed < AT_ONCE


@pytest.mark.real_time
async def test_what_a_handler_writes_comes(url: str) -> None:
    await asyncio.to_thread(lambda: urlopen(url).close())  # events happen on pages that somebody has opened
    async with documents(url) as of:
        ann, asking = await asyncio.gather(of.node("notes"), of.node("question"))
        asking.do("insert", at=0, text="What is 1 + 1? 🤔")
        answer = {"insert": "Read: What is 1 + 1? 🤔 👋", "attributes": {"bold": True}}
        await ann.until(lambda: answer in ann.delta)
        assert ann.delta == [answer, {"insert": "\n"}]


@pytest.mark.real_time
async def test_a_document_that_no_page_shows_is_refused_for_good(url: str) -> None:
    async with documents(url) as of:
        ann = await of.node("nothing", syncs=False)
        await ann.until(lambda: ann.closed)
        assert ann.closed == (UNKNOWN, "No page shows a document of this name.")
        assert ann.status == "disconnected"
        assert not ann.is_synced


def test_the_lock_file_names_no_registry() -> None:
    assert "http" not in (NODE / "package-lock.json").read_text(encoding="utf-8")
