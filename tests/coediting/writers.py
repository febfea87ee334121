"""A Yjs client for tests, over a real socket, that shares no code with the server.

Its messages are y-protocols' as their own description has them: numbers of lib0 (seven bits a byte, the lowest first),
blocks of bytes after their length, and the types of messages below.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pycrdt import Doc, Text, TransactionEvent
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

SYNC, AWARENESS, AUTH, QUERY_AWARENESS = 0, 1, 2, 3
STEP_1, STEP_2, UPDATE = 0, 1, 2
PATIENCE = 30.0
"""Seconds in which something has to come, however busy the machine is."""


# Messages


def number(value: int) -> bytes:
    """A number, as lib0 writes it."""
    encoded = bytearray()
    while value >= 0x80:
        encoded.append(value % 0x80 + 0x80)
        value //= 0x80
    return bytes((*encoded, value))


def block(data: bytes) -> bytes:
    """Bytes after their length."""
    return number(len(data)) + data


def take_number(data: bytes, at: int) -> tuple[int, int]:
    """The number at a place, and the place after it."""
    value = 0
    for shift in range(0, 64, 7):
        value += (data[at] % 0x80) << shift
        at += 1
        if data[at - 1] < 0x80:
            return value, at
    raise ValueError("the number does not end")


def take_block(data: bytes, at: int) -> tuple[bytes, int]:
    """The block at a place, and the place after it."""
    size, at = take_number(data, at)
    assert at + size <= len(data), "a block is whole"
    return data[at : at + size], at + size


def step_1(state: bytes) -> bytes:
    """The question for what is lacking to a state vector."""
    return bytes((SYNC, STEP_1)) + block(state)


def step_2(update: bytes) -> bytes:
    """The answer to that question."""
    return bytes((SYNC, STEP_2)) + block(update)


def update_message(update: bytes) -> bytes:
    """A change."""
    return bytes((SYNC, UPDATE)) + block(update)


def awareness_message(*states: tuple[int, int, str]) -> bytes:
    """What clients tell of themselves: their ids, clocks, and states as JSON."""
    told = b"".join(number(client) + number(clock) + block(text.encode()) for client, clock, text in states)
    return bytes((AWARENESS,)) + block(number(len(states)) + told)


# The client


class Writer:
    """One client of a document, which keeps what it writes while it is away and brings it when it comes back.

    Indices count characters. `received` are the updates that the server has sent, in order: what this client has seen.
    """

    def __init__(self, url: str, **options: Any) -> None:
        self.url = url
        self.doc: Doc[Text] = Doc()
        self.received: list[bytes] = []
        self.states: dict[int, Any] = {}
        self.denials: list[str] = []
        self.close_code: int | None = None
        self.is_synced = False
        self._options = options
        self._text = self.doc.get("text", type=Text)
        self._read_text: str | None = None
        self._watching = self.doc.observe(self._changed)
        self._is_taking = self._is_heard = False
        self._own: tuple[int, str] | None = None
        self._socket: ClientConnection | None = None
        self._outbox: asyncio.Queue[bytes] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._news = asyncio.Event()

    @classmethod
    async def connect(cls, url: str, **options: Any) -> Writer:
        """A client that has all of a document; `options` are those of websockets' `connect`."""
        writer = cls(url, **options)
        await writer.open()
        await writer.synced()
        return writer

    async def open(self) -> None:
        """Connect, anew or for the first time, and say what is here. Raises OSError and websockets' errors."""
        assert self._socket is None, "it is connected"
        options = {"max_size": None, "compression": None, "ping_interval": None, "proxy": None, **self._options}
        self._socket = await connect(self.url, **options)
        self._outbox = asyncio.Queue()
        self.is_synced, self.close_code = False, None
        self.send(step_1(self.doc.get_state()))
        if self._own is not None:
            self.tell(json.loads(self._own[1]))
        self._tasks = [asyncio.create_task(self._read(self._socket)), asyncio.create_task(self._write(self._socket))]

    async def synced(self) -> None:
        """Wait until what the server had is here. Raises ConnectionError when it closes instead."""
        await self.until(lambda: self.is_synced or not self.is_connected)
        if not self.is_synced:
            raise ConnectionError(f"closed with {self.close_code}: {self.denials}")

    @property
    def is_connected(self) -> bool:
        """Whether there is a socket."""
        return self._socket is not None

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds, which can only change when news come from the server."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def closed(self) -> int | None:
        """Wait until the server has ended the connection. Returns the code."""
        await self.until(lambda: not self.is_connected)
        return self.close_code

    async def flushed(self) -> None:
        """Wait until the server has taken in and kept all that was sent: it has answered after it."""
        await self.settled()
        if not self.is_connected:
            raise ConnectionError(f"closed with {self.close_code}: {self.denials}")

    async def settled(self) -> None:
        """Wait until the server has taken in all that was sent, or has ended the connection."""
        self.is_synced = False
        self.send(step_1(self.doc.get_state()))
        await self.until(lambda: self.is_synced or not self.is_connected)

    async def sent(self) -> None:
        """Wait until all is sent, whether the server reads it or not."""
        await self._outbox.join()

    async def heard(self) -> None:
        """Wait until the server has read all that was sent, without asking for what is lacking here."""
        self._is_heard = False
        self.send(bytes((QUERY_AWARENESS,)))
        await self.until(lambda: self._is_heard or not self.is_connected)

    # Writing

    @property
    def text(self) -> str:
        """The text as it is here."""
        if self._read_text is None:
            self._read_text = str(self._text)
        return self._read_text

    def _place(self, index: int) -> int:
        """Where pycrdt has a character: it counts bytes."""
        return len(self.text[:index].encode())

    def insert(self, index: int, text: str, attrs: dict[str, Any] | None = None) -> None:
        """Insert a text, with formats if there are any."""
        self._text.insert(self._place(index), text, attrs)

    def delete(self, start: int, end: int) -> None:
        """Take out the characters from a start to an end."""
        del self._text[self._place(start) : self._place(end)]

    def format(self, start: int, end: int, attrs: dict[str, Any]) -> None:
        """Give characters formats; None takes one away."""
        self._text.format(self._place(start), self._place(end), attrs)

    def formats_of(self, part: str) -> dict[str, Any]:
        """The formats of the run that a part of the text stands in."""
        return next(formats or {} for run, formats in self._text.diff() if isinstance(run, str) and part in run)

    def tell(self, state: dict[str, Any] | None) -> None:
        """Say something of this client to the others; None says that it goes."""
        clock = self._own[0] + 1 if self._own is not None else 1
        self._own = (clock, json.dumps(state))
        self.send(awareness_message((self.doc.client_id, *self._own)))

    def _changed(self, event: TransactionEvent) -> None:
        self._read_text = None
        if not self._is_taking:
            self.send(update_message(event.update))

    def send(self, message: bytes | str) -> None:
        """Send a message as it is, if there is a connection."""
        if self._socket is not None:
            self._outbox.put_nowait(message)  # type: ignore[arg-type]

    async def _write(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            while True:
                await socket.send(await self._outbox.get())
                self._outbox.task_done()

    # Reading

    async def _read(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            while True:
                frame = await socket.recv()
                assert isinstance(frame, bytes)
                self._take(frame)
                self._news.set()
        if self._socket is socket:
            self.close_code = socket.close_code
            self._lose()

    def _take(self, frame: bytes) -> None:
        kind, at = take_number(frame, 0)
        if kind == SYNC:
            step, at = take_number(frame, at)
            content, _ = take_block(frame, at)
            if step == STEP_1:
                self.send(step_2(self.doc.get_update(content)))
            else:
                self._apply(content)
                self.is_synced = self.is_synced or step == STEP_2
        elif kind == AWARENESS:
            self._hear(take_block(frame, at)[0])
            self._is_heard = True
        elif kind == AUTH:
            _, at = take_number(frame, at)
            self.denials.append(take_block(frame, at)[0].decode())
        else:
            raise AssertionError(f"there is no message of type {kind}")

    def _apply(self, update: bytes) -> None:
        self.received.append(update)
        self._is_taking = True
        try:
            self.doc.apply_update(update)
        finally:
            self._is_taking = False

    def _hear(self, data: bytes) -> None:
        count, at = take_number(data, 0)
        for _ in range(count):
            client, at = take_number(data, at)
            _, at = take_number(data, at)
            text, at = take_block(data, at)
            self.states[client] = json.loads(text)
            if self.states[client] is None:
                del self.states[client]

    # The end

    def drop(self, *, within: bytes = b"") -> None:
        """Cut the connection without a word, or in the middle of a message if one is given."""
        socket = self._socket
        if socket is None:
            return
        self._lose()
        if within and socket.state is State.OPEN:
            half = within[: len(within) // 2]
            socket.transport.write(bytes((0x82, 0xFE)) + len(within).to_bytes(2) + bytes(4) + half)
            socket.transport.close()
        else:
            socket.transport.abort()

    def _lose(self) -> None:
        self._socket = None
        self.states.clear()
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()
        self._news.set()

    async def close(self) -> None:
        """Send what waits, and end the connection as a client does that leaves."""
        socket, tasks = self._socket, self._tasks
        if socket is not None:
            sent = asyncio.create_task(self._outbox.join())
            await asyncio.wait((sent, *tasks), timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
            sent.cancel()
            await socket.close()
        self._lose()
        self.doc.unobserve(self._watching)  # what is observed stays in memory
        await asyncio.gather(*tasks, return_exceptions=True)
