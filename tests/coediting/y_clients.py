"""Clients of documents that are not ours: the y-websocket package of npm under Node, and pycrdt."""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

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

NODE = Path(__file__).parent / "node"
PATIENCE = 20.0
"""Seconds that a client waits for what it expects."""


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
    """The states of those who say who they are, in the order of their names."""
    return sorted((state for state in states if "user" in state), key=lambda state: state["user"]["name"])


def person(name: str) -> dict[str, Any]:
    """What one tells of itself."""
    return {"user": {"name": name, "color": "#123456"}}
