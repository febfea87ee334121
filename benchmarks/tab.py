"""A tab of the load: a WebSocket that counts what it is told, reads when that was sent, and clicks."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any

from picows import WSCloseCode, WSFrame, WSListener, WSMsgType, WSTransport

STAMP = re.compile(rb"@(\d+)@")
"""How a push says when it was sent: the nanoseconds of the machine's monotonic clock."""


class Deliveries:
    """The pushes that tabs of one server were told, while they are recorded."""

    def __init__(self) -> None:
        self.is_recording = False
        self.latencies: list[int] = []
        self._wanted = 0
        self._arrived = asyncio.Event()

    def record(self) -> None:
        """Begin anew."""
        self.latencies = []
        self.is_recording = True

    def stop(self) -> list[int]:
        """The nanoseconds from sending to arrival of all that arrived since."""
        self.is_recording = False
        return self.latencies

    async def gather(self, count: int) -> list[int]:
        """Wait until so many have arrived since the recording began; as `stop`."""
        self._wanted = count
        if len(self.latencies) < count:
            self._arrived.clear()
            await self._arrived.wait()
        return self.stop()

    def arrived(self, latency: int) -> None:
        """Count one, if they are recorded."""
        if self.is_recording:
            self.latencies.append(latency)
            if len(self.latencies) == self._wanted:
                self._arrived.set()


class Tab(WSListener):
    """One tab. Subclasses know a contender's protocol: `greet` begins it, `told` reads a message of it.

    `live` is done when the server has taken the tab in, `ended` when its socket is gone. `stamp` is the last push
    that it was told.
    """

    def __init__(self, deliveries: Deliveries) -> None:
        self.loop = asyncio.get_running_loop()
        self.deliveries = deliveries
        self.transport: WSTransport | None = None
        self.live: asyncio.Future[None] = self.loop.create_future()
        self.ended: asyncio.Future[None] = self.loop.create_future()
        self.answer: asyncio.Future[None] | None = None
        self.stamp = 0
        self.reason = "the server has ended the socket of a tab"

    # What a protocol says

    def greet(self) -> None:
        """The socket is open: say who this is, and what is shown."""
        self.is_live()

    def told(self, message: bytes) -> None:
        """A message came."""

    def click_message(self) -> str | bytes:
        """What a click on the page's button sends."""
        raise NotImplementedError

    # What tabs do

    def say(self, message: str | bytes) -> None:
        """Send a text."""
        assert self.transport is not None, "the socket is open"
        self.transport.send(WSMsgType.TEXT, message)

    async def click(self) -> None:
        """Click, and wait until the server has shown what came of it."""
        self.answer = self.loop.create_future()
        self.say(self.click_message())
        await self.answer

    def is_live(self) -> None:
        """The server has taken the tab in."""
        if not self.live.done():
            self.live.set_result(None)

    def is_answered(self) -> None:
        """The server has shown what came of the click."""
        if self.answer is not None and not self.answer.done():
            self.answer.set_result(None)

    def refuse(self, message: bytes) -> None:
        """The server said what it should not have: end the socket, and have whoever waits told of it."""
        self.reason = f"the server said {message[:300]!r}"
        self.cut()

    def cut(self) -> None:
        """End the socket at once, as a network does that is gone."""
        if self.transport is not None:
            self.transport.disconnect(graceful=False)

    # What the socket calls

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        self.greet()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        arrived = time.monotonic_ns()
        if frame.msg_type == WSMsgType.TEXT:
            message = frame.get_payload_as_bytes()
            stamp = STAMP.search(message)
            if stamp is not None:
                self.stamp = int(stamp[1])
                self.deliveries.arrived(arrived - self.stamp)
            self.told(message)
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(WSCloseCode.OK)
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        for waiting in (self.live, self.answer):
            if waiting is not None and not waiting.done():
                waiting.set_exception(ConnectionError(self.reason))
        if not self.ended.done():
            self.ended.set_result(None)


def percentile(values: list[int], share: float) -> float:
    """The value below which this share of the values are; not a number where there are none."""
    ordered: list[Any] = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")
