"""The y-websocket package of npm, under Node, and pycrdt against a server: text and cursors, both ways."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from pycrdt import (
    Awareness,
    Doc,
    Text,
    YMessageType,
    YSyncMessageType,
    create_awareness_message,
    create_sync_message,
    create_update_message,
    handle_sync_message,
    read_message,
)
from websockets.asyncio.client import ClientConnection, connect

from tests.cli.program import Program, program, write_site

NODE = Path(__file__).parent / "node"
PATIENCE = 20.0
"""Seconds that a client waits for what it expects."""
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


class Client(ABC):
    """One who follows a document. It takes in what it is told while it waits for something."""

    def __init__(self) -> None:
        self.is_synced = False

    @property
    @abstractmethod
    def delta(self) -> list[dict[str, Any]]:
        """The text, with its formats."""

    @property
    @abstractmethod
    def others(self) -> list[dict[str, Any]]:
        """What the others tell of themselves, in the order of their names."""

    @abstractmethod
    async def hear(self) -> None:
        """Take in the next that comes."""

    @property
    def text(self) -> str:
        """The text, without the line break at its end."""
        return "".join(op["insert"] for op in self.delta).removesuffix("\n")

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    await self.hear()
        except TimeoutError:
            raise AssertionError(f"it has not come to this; there is {vars(self)}") from None

    async def until_text(self, text: str) -> None:
        """Wait until the text is this."""
        await self.until(lambda: self.text == text)

    async def until_others(self, *names: str) -> None:
        """Wait until these are all the others."""
        await self.until(lambda: [state["user"]["name"] for state in self.others] == [*names])

    async def until_cursor(self, cursor: dict[str, Any]) -> None:
        """Wait until somebody else is there."""
        await self.until(lambda: cursor in [state.get("cursor") for state in self.others])


class NodeClient(Client):
    """The y-websocket package in a process of its own. `closed` is the code and reason of a close that is final."""

    def __init__(self, process: Process) -> None:
        super().__init__()
        self.process = process
        self.status = ""
        self.closed: tuple[int, str] | None = None
        self._delta: list[dict[str, Any]] = []
        self._others: list[dict[str, Any]] = []

    @property
    def delta(self) -> list[dict[str, Any]]:
        return self._delta

    @property
    def others(self) -> list[dict[str, Any]]:
        return by_name(self._others)

    async def hear(self) -> None:
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        assert line, "the client has ended"
        match json.loads(line):
            case {"delta": delta}:
                self._delta = delta
            case {"others": others}:
                self._others = others
            case {"synced": synced}:
                self.is_synced = synced
            case {"status": status}:
                self.status = status
            case {"closed": [code, reason]}:
                self.closed = code, reason

    def do(self, name: str, **given: Any) -> None:
        """Tell it to do something."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": name, **given}).encode() + b"\n")

    async def until_back(self) -> None:
        """Wait until it has lost its server and has come to one again."""
        await self.until(lambda: self.status == "disconnected")
        await self.until(lambda: self.is_synced)

    async def kill(self) -> None:
        """End it as a crash does: it has no time to say anything."""
        self.process.kill()
        await self.process.wait()


class PythonClient(Client):
    """pycrdt, with its own reading and writing of the protocol."""

    def __init__(self, socket: ClientConnection) -> None:
        super().__init__()
        self._socket = socket
        self._doc: Doc[Text] = Doc()
        self._text: Text = self._doc.get("text", type=Text)
        self._awareness = Awareness(self._doc)

    @property
    def delta(self) -> list[dict[str, Any]]:
        found = self._text.diff()
        return [{"insert": value} | ({"attributes": formats} if formats else {}) for value, formats in found]

    @property
    def others(self) -> list[dict[str, Any]]:
        own = self._awareness.client_id
        return by_name([state for client, state in self._awareness.states.items() if client != own])

    async def hear(self) -> None:
        message = await self._socket.recv()
        assert isinstance(message, bytes)
        if message[0] == YMessageType.SYNC:
            answer = handle_sync_message(message[1:], self._doc)
            if answer is not None:
                await self._socket.send(answer)
            self.is_synced = self.is_synced or message[1] == YSyncMessageType.SYNC_STEP2
        elif message[0] == YMessageType.AWARENESS:
            self._awareness.apply_awareness_update(read_message(message[1:]), "server")

    async def ask(self) -> None:
        """Ask for the document."""
        await self._socket.send(create_sync_message(self._doc))

    async def write(self, change: Callable[[Text], None]) -> None:
        """Change the text; places in it are counted in bytes of UTF-8."""
        before = self._doc.get_state()
        change(self._text)
        await self._socket.send(create_update_message(self._doc.get_update(before)))

    async def tell(self, state: dict[str, Any]) -> None:
        """Tell the others of itself."""
        self._awareness.set_local_state(state)
        update = self._awareness.encode_awareness_update([self._awareness.client_id])
        await self._socket.send(create_awareness_message(update))


class Documents:
    """The documents of a server, for clients that end with the test."""

    def __init__(self, url: str, stack: AsyncExitStack) -> None:
        self._server = url.replace("http", "ws", 1) + "_livepages/documents"
        self._stack = stack

    async def node(self, key: str, *, syncs: bool = True) -> NodeClient:
        """The client of y-websocket, once it has the document if it is to get that at all."""
        client = await self._stack.enter_async_context(running_node())
        client.do("connect", server=self._server, key=key)
        if syncs:
            await client.until(lambda: client.is_synced)
        return client

    async def two(self, key: str) -> tuple[NodeClient, NodeClient]:
        """Two of them, which start at the same time."""
        one, other = await asyncio.gather(self.node(key), self.node(key))
        return one, other

    async def python(self, key: str) -> PythonClient:
        """The client of pycrdt, once it has the document."""
        client = PythonClient(await self._stack.enter_async_context(connect(f"{self._server}/{key}")))
        await client.ask()
        await client.until(lambda: client.is_synced)
        return client


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


@asynccontextmanager
async def running_node() -> AsyncIterator[NodeClient]:
    """A client of y-websocket that has not connected yet."""
    process = await asyncio.create_subprocess_exec("node", NODE / "client.mjs", stdin=PIPE, stdout=PIPE)
    try:
        yield NodeClient(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def documents(url: str) -> AsyncIterator[Documents]:
    """The documents of a server."""
    async with AsyncExitStack() as stack:
        yield Documents(url, stack)


def by_name(states: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted((state for state in states if "user" in state), key=lambda state: state["user"]["name"])


def person(name: str) -> dict[str, Any]:
    return {"user": {"name": name, "color": "#123456"}}


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
