"""Tabs that come and go for as long as one likes: `python -m tests.delivery.soak --minutes 15`.

The server runs in a process of its own, on one core where `taskset` is there. What it holds is printed as time goes by;
at the end all tabs leave, and nothing may be left behind.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import random
import shutil
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvloop

from livepages.runtime.app import make_app
from livepages.runtime.hub.hub import Hub
from livepages.runtime.sockets.server import Server, configure, listen
from tests.delivery.lines import Line, fetch
from tests.delivery.raw import Ended
from tests.delivery.sites import delivery_site

LIMITS = {"tab_time": "3s", "room_time": "3s", "unopened_time": "3s", "stall_time": "3s", "replay_bytes": 200_000}
PUSHES = 5
"""Pushes a second to the page that everyone shares."""
PATHS = ("/", "/own", "/own", "/rooms/red", "/rooms/{}")
Figures = dict[str, float]


# The server's process


async def serve() -> None:
    """Serve the site and print, each second, what is held."""
    with TemporaryDirectory() as folder:
        app = make_app(delivery_site(Path(folder), **LIMITS))
        listener = listen("127.0.0.1", 0)
        port = listener.getsockname()[1]
        server = Server(configure(app, log_level="error"), lambda: print(json.dumps({"port": port}), flush=True))
        work = [asyncio.create_task(report(server, app.state.hub)), asyncio.create_task(push(app.state.hub))]
        await server.serve([listener])
        for task in work:
            task.cancel()


async def report(server: Server, hub: Hub) -> None:
    """Print the figures each second."""
    while True:
        await asyncio.sleep(1)
        tabs = [tab for room in hub.rooms for tab in room.tabs.values()]
        figures = {
            "rss": resident(),
            "tasks": len(asyncio.all_tasks()),
            "rooms": len(hub.rooms),
            "tabs": len(tabs),
            "connected": sum(tab.connection is not None for tab in tabs),
            "sockets": len(server.server_state.connections),
        }
        print(json.dumps(figures), flush=True)


def resident() -> float:
    """The memory of this process, in MB."""
    gc.collect()
    with Path("/proc/self/statm").open() as statm:
        return round(int(statm.read().split()[1]) * 4096 / 1e6, 2)


async def push(hub: Hub) -> None:
    """Change the page that everyone shares, again and again."""
    number = 0
    while True:
        await asyncio.sleep(1 / PUSHES)
        number += 1
        page = hub.handle.page("/")
        page["count"].text = str(number)
        page.update()


# The tabs' process


@dataclass
class Soak:
    """A run: where the server is, how many tabs there are at once, and what the server has said."""

    port: int = 0
    tabs: int = 40
    is_over: bool = False
    visits: int = 0
    events: int = 0
    figures: list[Figures] = field(default_factory=list)

    async def visit(self, seed: int) -> None:
        """One tab after the other, each of which does what tabs do."""
        chance = random.Random(seed)
        while not self.is_over:
            line = Line(await fetch(self.port, chance.choice(PATHS).format(chance.randrange(1000))), self.port)
            self.visits += 1
            with suppress(Ended, TimeoutError):
                await self._live(line, chance)
            self.events += line.tab.last
            await line.drop()

    async def _live(self, line: Line, chance: random.Random) -> None:
        await asyncio.sleep(chance.choice((0, 0, 0.2)))
        if chance.random() < 0.1:
            return  # it never connects
        await line.connect()
        for _ in range(chance.randrange(1, 12)):
            if self.is_over:
                break
            await asyncio.sleep(chance.uniform(0.1, 1.5))
            line.tab.fire(chance.choice(("add", "add", "slow", "flip")))
            if chance.random() < 0.15:
                await line.drop()
                await asyncio.sleep(chance.choice((0, 0.5, 2)))
                await line.connect()
            elif chance.random() < 0.05:
                line.reads.clear()
                await asyncio.sleep(chance.uniform(0, 4))
                line.reads.set()
            line.check()
        await line.settled()

    async def listen(self, reader: asyncio.StreamReader) -> None:
        """Take what the server says of itself."""
        while text := await reader.readline():
            self.figures.append(json.loads(text))

    def tell(self, begun: float) -> None:
        """Print the last figures."""
        if self.figures:
            last = self.figures[-1]
            told = "  ".join(f"{name} {value:>7g}" for name, value in last.items())
            print(f"{time.monotonic() - begun:6.0f} s  {told}  visits {self.visits:>6}", flush=True)


@asynccontextmanager
async def server_process() -> AsyncIterator[tuple[int, asyncio.StreamReader]]:
    """The server in a process of its own; gives its port and what it says."""
    pinned = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    command = [*pinned, sys.executable, "-m", "tests.delivery.soak", "--serve"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield json.loads(await process.stdout.readline())["port"], process.stdout
    finally:
        process.terminate()
        await process.wait()


async def soak(seconds: float, tabs: int, every: float = 15) -> Soak:
    """Have tabs come and go for so long, then have all leave. Returns the run with its figures."""
    async with server_process() as (port, output):
        run = Soak(port, tabs)
        run.figures.append(json.loads(await output.readline()))
        listening = asyncio.create_task(run.listen(output))
        begun = time.monotonic()
        visits = [asyncio.create_task(run.visit(seed)) for seed in range(tabs)]
        while (left := begun + seconds - time.monotonic()) > 0:
            await asyncio.wait(visits, timeout=min(left, every))
            run.tell(begun)
            for visit in visits:
                if visit.done():
                    visit.result()
        run.is_over = True
        await asyncio.gather(*visits)
        await emptied(run)
        run.tell(begun)
    await listening
    return run


async def emptied(run: Soak) -> None:
    """Wait until the server has forgotten everyone. Raises TimeoutError."""
    async with asyncio.timeout(40):
        while any(run.figures[-1][name] for name in ("tabs", "sockets")) or run.figures[-1]["rooms"] > 1:  # noqa: ASYNC110
            await asyncio.sleep(0.5)


def grown(figures: list[Figures], settled: int) -> float:
    """How much larger the memory was in the last quarter than in the minute after `settled` seconds, as a ratio."""
    before = [each["rss"] for each in figures[settled : settled + 60]]
    after = [each["rss"] for each in figures[-max(len(figures) // 4, 10) :]]
    return max(after) / max(before)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--tabs", type=int, default=40)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given: Any = parser.parse_args()
    if given.serve:
        uvloop.run(serve())
        return
    run = asyncio.run(soak(given.minutes * 60, given.tabs))
    print(f"{run.visits} visits, {run.events} events")
    if given.minutes > 3:
        print(f"memory in the last quarter, to that after two minutes: {grown(run.figures, 120):.3f}")


if __name__ == "__main__":
    main()
