"""Frames that are almost right: `python -m tests.delivery.fuzz --frames 100000`.

Whatever comes, the server serves on, says nothing of errors in its log, keeps its memory, and leaves other tabs alone.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import logging
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn

from tests.delivery.raw import BINARY, CLOSE, CONT, PING, PONG, TEXT, Ended, RawSocket, close_frame, frame
from tests.delivery.servers import Served, serving
from tests.delivery.sites import delivery_site
from tests.delivery.tabs import Tab, server_html

AT_ONCE = 12
"""Frames over one connection, if it holds for so long."""
ODD = (
    None, True, -1, 0, 0.5, 10**18, 10**40, -(2**63), 1e308, "", "page", "\x00", "\ud83d\ude00", "\ud83d", "x" * 5000,
    [], {}, [[]], {"value": {}}, ["a", "b"], {"page": ["x", 1]}, "shared/board", "click", "change",
)  # fmt: skip
"""Values where others are expected."""


@dataclass
class Fuzz:
    """One run of so many frames."""

    served: Served
    frames: int
    chance: random.Random
    sent: int = 0
    codes: Counter[int | None] = field(default_factory=Counter)

    async def run(self) -> None:
        """Send all frames, while another tab looks at the same page."""
        other = await self.served.open()
        while self.sent < self.frames:
            await self._connection()
            if self.sent % 50 < AT_ONCE:
                other.tab.messages.clear()
                other.tab.fire("add")
                self.served.show(f"after {self.sent}")
        await other.settled()
        self.served.show("the end")
        await other.until(lambda: other.tab.text("count") == "the end")
        assert other.closed is None, "the other tab has never lost its connection"
        assert other.tab.html == server_html(self.served.room(other.tab).live)
        await other.drop()

    async def _connection(self) -> None:
        """One connection, which the server may well end."""
        tab = await self.served.tab(self.chance.choice(("/", "/own")))
        socket = await RawSocket.open(self.served.port)
        try:
            if self.chance.random() < 0.8:
                await socket.send(tab.hello_frame())
            for _ in range(AT_ONCE):
                self.sent += 1
                await socket.send(self.mutated(tab))
            await socket.send(frame(PING, b"still there?"))
            async with asyncio.timeout(0.2):
                while (received := await socket.forever()).opcode != CLOSE:
                    if received.payload == b"still there?":
                        break
            self.codes[received.code if received.opcode == CLOSE else 0] += 1
        except (Ended, TimeoutError):
            self.codes[None] += 1
        socket.abort()

    # Frames

    def mutated(self, tab: Tab) -> bytes:
        """A frame that is almost right. Most are by the framing, so that the connection holds for the next one."""
        data = self._odd_message(tab) if self.chance.random() < 0.85 else self._frame(tab)
        return self._damaged(data) if self.chance.random() < 0.15 else data

    def _frame(self, tab: Tab) -> bytes:
        """A frame of any kind that is right by itself."""
        text = json.dumps(tab.event("add") if self.chance.random() < 0.7 else tab.hello()).encode()
        cut = self.chance.randrange(len(text))
        return self.chance.choice(
            (
                frame(TEXT, text),
                frame(TEXT, text[:cut], fin=False) + frame(CONT, text[cut:]),
                frame(TEXT, text[:cut], fin=False) + frame(PING, b"x") + frame(CONT, text[cut:]),
                frame(TEXT, text[:cut], fin=False),
                frame(CONT, text[cut:]),
                frame(BINARY, text),
                frame(PING, text[:120]),
                frame(PONG, text[:120]),
                close_frame(self.chance.choice((1000, 1001, 1005, 3000, 5000)), text[:20]),
                frame(TEXT, text[:cut] + b"\xff" + text[cut:]),
                frame(self.chance.randrange(16), text[:100], reserved=self.chance.choice((0, 0, 1, 2, 4))),
            )
        )

    def _odd_message(self, tab: Tab) -> bytes:
        """A message with a value of another kind, a key that is not known, or one that is missing."""
        names = ("add", "slow", "flip", "field")
        message: dict[str, Any] = tab.event(self.chance.choice(names), self.chance.choice(("click", "change", "focus")))
        if self.chance.random() < 0.3:
            message = dict(tab.hello())
        target: Any = message
        if self.chance.random() < 0.3 and "data" in message:
            target = message["data"] = {self.chance.choice(("value", "checked", "files", "form", "x", "open")): "x"}
        key = self.chance.choice(list(target))
        match self.chance.randrange(4):
            case 0:
                del target[key]
            case 1:
                target["x" * self.chance.randrange(1, 9)] = self.chance.choice(ODD)
            case _:
                target[key] = self.chance.choice(ODD)
        return frame(TEXT, json.dumps(message).encode())

    def _damaged(self, data: bytes) -> bytes:
        """The same bytes with a few changed, left out, put in or repeated."""
        damaged = bytearray(data)
        for _ in range(self.chance.choice((1, 1, 2, 5))):
            at = self.chance.randrange(len(damaged) + 1)
            match self.chance.randrange(5):
                case 0 if at < len(damaged):
                    damaged[at] ^= 1 << self.chance.randrange(8)
                case 1:
                    del damaged[at : at + self.chance.randrange(1, 4)]
                case 2:
                    damaged[at:at] = self.chance.randbytes(self.chance.randrange(1, 9))
                case 3:
                    damaged[:2] = self.chance.randbytes(2)
                case _:
                    damaged += damaged[at : at + 200]
        return bytes(damaged)


def resident() -> float:
    """The memory of this process, in MB."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


class Complaints(logging.Handler):
    """The errors in the log."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take a line."""
        if record.levelno >= logging.ERROR or record.exc_info:
            self.lines.append(self.format(record))


async def long_run(frames: int, seed: int) -> None:
    """Send the frames in ten parts and print what came of each."""
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    limits = {"tab_time": "1s", "unopened_time": "1s", "live_pages": 200}
    with TemporaryDirectory() as folder:
        async with serving(delivery_site(Path(folder), **limits)) as served:
            codes: Counter[int | None] = Counter()
            for part in range(10):
                begun = time.monotonic()
                fuzz = Fuzz(served, frames // 10, random.Random(seed + part))
                await fuzz.run()
                codes += fuzz.codes
                spent = time.monotonic() - begun
                served.hub.rooms.sweep(served.hub.loop.time() + 100)
                print(f"{(part + 1) * fuzz.sent} frames, {spent:.1f} s, {resident():.1f} MB", flush=True)
            print("connections by how they ended (0: not at all):", dict(codes.most_common()))
    print(f"{len(complaints.lines)} complaints in the log", *complaints.lines[:3], sep="\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with asyncio.Runner(loop_factory=uvicorn.Config("").get_loop_factory()) as runner:
        runner.run(long_run(given.frames, given.seed))


if __name__ == "__main__":
    main()
