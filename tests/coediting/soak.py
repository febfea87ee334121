"""Many who write in one document, lose their connections and come back, while the server is killed now and then:
`python -m tests.coediting.soak --writers 50 --seconds 60 --kills 10`.

The server runs in a process of its own, on a core of its own where there are two. There is one run without kills, and
one with them. Every edit has a name: a word that is put in, the word that is taken out, the word that gets a format.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from websockets.exceptions import InvalidHandshake

from tests.coediting.hands import WORD, Hand, holds, lost
from tests.coediting.server import Server
from tests.coediting.writers import Writer

RATE = 5.0
"""Edits that each writer makes in a second."""
DROPS = 0.02
"""How many of the edits are followed by the loss of the connection."""
SAMPLES = 0.25
"""Seconds between two looks at the server's process."""


@dataclass
class Findings:
    """What a run has come to."""

    edits: int = 0
    drops: int = 0
    kills: int = 0
    lost: list[str] = field(default_factory=list)
    """Edits that are not there at the end, by their words."""
    forgotten: int = 0
    """How often something was not there after a kill that a client had seen before."""
    texts: int = 0
    """How many different texts the clients have at the end."""
    seconds: float = 0.0
    memory: list[float] = field(default_factory=list)
    """The server's memory in MB as time goes by, since its last start."""
    work: float = 0.0
    """What share of a core the server has used, without kills."""
    own_work: float = 0.0
    """What share of a core the clients have used."""
    delays: list[float] = field(default_factory=list)
    """Seconds from an edit until another client had it."""
    document: int = 0
    stored: int = 0
    kept: int = 0
    """Bytes of the document, and after the server has ended of all files of the store, and of the updates in them."""
    denials: list[str] = field(default_factory=list)
    """Reasons for which the server has refused somebody."""
    log: str = ""

    def table(self) -> str:
        """All of it, for people."""
        middle = self.memory[len(self.memory) // 2]
        delays = [1e3 * delay for delay in sorted(self.delays)]
        rows = {
            "edits made": f"{self.edits:,} in {self.seconds:.1f} s",
            "connections cut": f"{self.drops:,}",
            "kills": f"{self.kills}",
            "edits lost": f"{len(self.lost)} {' '.join(self.lost[:10])}",
            "seen, then forgotten": f"{self.forgotten}",
            "different texts at the end": f"{self.texts}",
            "refusals": f"{len(self.denials)} {self.denials[:1] or ''}",
            "memory at start, middle, end": f"{self.memory[0]:.1f}, {middle:.1f}, {self.memory[-1]:.1f} MB",
            "server's core": f"{self.work:.0%}" if not self.kills else "not measured",
            "clients' core": f"{self.own_work:.0%}",
            "delay": f"p50 {delays[len(delays) // 2]:.1f} ms, p95 {delays[len(delays) * 95 // 100]:.1f} ms",
            "document": f"{self.document:,} bytes",
            "store at the end": f"{self.stored:,} bytes, {self.stored / self.document:.2f} times the document",
            "log": f"{len(self.log.splitlines())} lines {self.log[:300]}",
        }
        return "\n".join(f"{name:<30} {told}" for name, told in rows.items())


class Soak:
    """A run of so many writers for so many seconds."""

    def __init__(self, server: Server, writers: int, seconds: float, kills: int, seed: int) -> None:
        self.server = server
        self.found = Findings()
        self._count = writers
        self._seconds = seconds
        self._kills = kills
        self._chance = random.Random(seed)
        self._hands: list[Hand] = []
        self._is_up = asyncio.Event()
        self._is_over = False

    async def run(self) -> Findings:
        """All of it, up to the end of the server."""
        await self.server.start()
        self._is_up.set()
        for name in range(self._count):
            seed = self._chance.random()
            self._hands.append(Hand(name, await Writer.connect(self.server.url), random.Random(seed)))
        looking = asyncio.create_task(self._look())
        begun, own = time.monotonic(), time.process_time()
        work = self.server.seconds_of_work()
        watching = asyncio.create_task(self._watch(self._hands[0]))
        await beside(self._write_and_kill(begun), watching, looking)
        self.found.seconds = time.monotonic() - begun
        if not self._kills:
            self.found.work = (self.server.seconds_of_work() - work) / self.found.seconds
        self.found.own_work = (time.process_time() - own) / self.found.seconds
        await self._converge()
        looking.cancel()
        self._count_up()
        for hand in self._hands:
            await hand.writer.close()
        await self.server.end(signal.SIGTERM)
        self.found.stored, self.found.kept, self.found.log = self.server.stored(), self.server.kept(), self.server.log
        return self.found

    # Writing

    async def _write_and_kill(self, begun: float) -> None:
        writing = [asyncio.create_task(self._write(hand)) for hand in self._hands]
        killing = beside(self._kill(begun), *writing)
        await killing
        with suppress(TimeoutError):
            left = begun + self._seconds - time.monotonic()
            await asyncio.wait_for(asyncio.shield(asyncio.gather(*writing)), max(left, 0))
        self._is_over = True
        await asyncio.gather(*writing)

    async def _write(self, hand: Hand) -> None:
        """Write at the pace of people, whether there is a connection or not."""
        coming_back: asyncio.Task[None] | None = None
        due = time.monotonic()
        while not self._is_over:
            due += hand.chance.uniform(0.5, 1.5) / RATE
            await asyncio.sleep(due - time.monotonic())
            hand.edit()
            if hand.writer.is_connected and hand.chance.random() < DROPS:
                hand.drop()
            if not hand.writer.is_connected and (coming_back is None or coming_back.done()):
                if coming_back is not None:
                    coming_back.result()
                coming_back = asyncio.create_task(self._come_back(hand, hand.chance.uniform(0, 1)))
        if coming_back is not None:
            await coming_back
        if not hand.writer.is_connected:
            await self._come_back(hand, 0)

    async def _come_back(self, hand: Hand, pause: float) -> None:
        """Connect again after a while, as soon as the server is there."""
        await asyncio.sleep(pause)
        while True:
            await self._is_up.wait()
            hand.writer.url = self.server.url
            try:
                await hand.writer.open()
            except (OSError, EOFError, InvalidHandshake, TimeoutError):
                await asyncio.sleep(0.05)  # it was killed meanwhile, or is about to be
                continue
            return

    # Killing

    async def _kill(self, begun: float) -> None:
        """Kill the server again and again, and see each time that what somebody had seen is there."""
        for number in range(self._kills):
            due = begun + self._seconds * (number + self._chance.uniform(0.5, 1)) / (self._kills + 1)
            await asyncio.sleep(max(due - time.monotonic(), 0.3))
            self._is_up.clear()
            await self.server.end(signal.SIGKILL)
            for hand in self._hands:
                await hand.writer.until(lambda writer=hand.writer: not writer.is_connected)
            await self.server.start()
            self.found.kills += 1
            self.found.memory.clear()
            observer = await Writer.connect(self.server.url)
            self.found.forgotten += sum(not holds(observer.doc, hand.all_seen()) for hand in self._hands)
            await observer.close()
            self._is_up.set()

    # Looking on

    async def _look(self) -> None:
        """Note the memory of the server."""
        while True:
            if self._is_up.is_set():
                self.found.memory.append(self.server.memory())
            await asyncio.sleep(SAMPLES)

    async def _watch(self, hand: Hand) -> None:
        """Note when one of those who write has got the words of another."""
        other, at = self._hands[1], 0
        while True:
            await hand.writer.until(lambda at=at: len(hand.writer.received) != at)
            now = time.perf_counter()
            for update in hand.writer.received[at:]:
                self._note_delays(other, update, now)
            at = len(hand.writer.received)

    def _note_delays(self, other: Hand, update: bytes, now: float) -> None:
        """Only of single changes: what comes in an answer was not sent at once."""
        words = WORD.findall(update.decode(errors="replace"))
        if len(words) == 1 and words[0] in other.sent:
            self.found.delays.append(now - other.sent.pop(words[0]))

    # The end

    async def _converge(self) -> None:
        """All are connected: what one has written comes to all others, who need not ask for it."""
        for hand in self._hands:
            if not hand.writer.is_connected:
                await self._come_back(hand, 0)
            await hand.writer.synced()
            await hand.writer.heard()
        observer = await Writer.connect(self.server.url)
        with suppress(TimeoutError):  # the texts are counted
            for hand in self._hands:
                await hand.writer.until(lambda writer=hand.writer: writer.text == observer.text)
        await observer.close()

    def _count_up(self) -> None:
        found = self.found
        for hand in self._hands:
            found.edits += hand.edits
            found.drops += hand.drops
            found.denials += hand.writer.denials
            found.lost += lost(hand, self._hands[-1].writer)
        found.texts = len({hand.writer.text for hand in self._hands})
        found.document = len(self._hands[0].writer.doc.get_update())


async def beside(work: Awaitable[None], *others: asyncio.Task[None]) -> None:
    """Do something while others go on; if one of these fails, so does all."""
    task = asyncio.ensure_future(work)
    await asyncio.wait((task, *others), return_when=asyncio.FIRST_COMPLETED)
    for other in others:
        if other.done() and not task.done():
            task.cancel()
            other.result()
    await task


async def soak(writers: int, seconds: float, kills: int, seed: int = 1) -> Findings:
    """Let so many write for so long, with so many kills of the server meanwhile."""
    cores = sorted(os.sched_getaffinity(0))
    apart = len(cores) > 1
    with TemporaryDirectory() as folder:
        server = Server(Path(folder), core=cores[0] if apart else None)
        if apart:
            os.sched_setaffinity(0, set(cores[1:]))
        try:
            return await Soak(server, writers, seconds, kills, seed).run()
        finally:
            os.sched_setaffinity(0, set(cores))
            if server.process is not None and server.process.returncode is None:
                await server.end(signal.SIGKILL)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for kills in sorted({0, given.kills}):
        print(asyncio.run(soak(given.writers, given.seconds, kills, given.seed)).table(), "\n", flush=True)


if __name__ == "__main__":
    main()
