"""Changes one cell of a list on a live page again and again, and says what that takes, as JSON.

Arguments: a folder to write sites to, the items of the short list, those of the long one, the changes. What is measured
goes from the write, or from the message of a tab, to the frames that the tab gets. In each way the two lists take turns
and the cells are random, so that what else the machine does slows both down alike.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from pathlib import Path

import msgspec

from benchmarks.cells import WAYS, Way
from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.hub.dispatch import Dispatcher
from livepages.runtime.hub.hub import Hub
from livepages.runtime.sockets.server import settle_garbage
from livepages.runtime.wire.frame import Frame
from livepages.runtime.wire.wire import Event, EventData, Hello, decode
from livepages.schema.loader import load_site


class Wire:
    """A connection that keeps the last frames."""

    is_paused = False

    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def send(self, frame: Frame) -> None:
        self.frames.append(frame)

    def close(self, code: int, reason: str) -> None:
        """Nothing is left to do."""


class Page:
    """A live page with a list of so many items, and a tab that shows it."""

    def __init__(self, hub: Hub, size: int, event: str) -> None:
        self.size = size
        self.event = event
        self.wire = Wire()
        self.dispatcher = Dispatcher(hub)
        self.live = hub.room(*hub.match("/", {}), None).live
        items = [{"id": n, "name": f"Item {n}", "count": 0, "most": 9, "done": False} for n in range(size)]
        start = time.perf_counter()
        self.live.state["items"] = items
        self.live.commit()
        self.made = time.perf_counter() - start
        at = {"page": (self.live.stream.epoch, self.live.stream.pos)}
        joined = hub.join(Hello(self.live.token, "the-tab-1", "the-secret", "", at), None, self.wire)
        assert joined is not None, "the page is there"
        self.room, self.tab = joined
        nodes = self.live.tree.overlay.added.values()
        self.targets = [(node.number, key) for node in nodes for key in node.events if key.split(".")[0] == event]

    def change(self, row: int) -> float:
        """Change the cell of a row; how many seconds that took."""
        message = self._message(row) if self.event else ""
        self.wire.frames.clear()
        start = time.perf_counter()
        if message:
            self.dispatcher.receive(self.room, self.tab, decode(message))
        else:
            self.live.state["items"][row]["count"] += 1
            self.live.commit()
        return time.perf_counter() - start

    def _message(self, row: int) -> bytes:
        """What the tab sends when its user does something in a row."""
        number = self.tab.applied + 1
        data = EventData(value=number) if self.event == "input" else EventData()
        return msgspec.json.encode(Event(number, "page", *self.targets[row], data))


async def measure(folder: Path, way: Way, sizes: tuple[int, int], changes: int) -> dict[str, float]:
    """Times of one way in seconds: the median on both lists, the worst on the long one."""
    (folder / "site.yaml").write_text(way.site, encoding="utf-8")
    hub = Hub(load_site(folder, ELEMENT_TYPES))
    await hub.start()
    pages = [Page(hub, size, way.event) for size in sizes]
    settle_garbage()
    cells = random.Random(1)  # noqa: S311 - nothing is secret here
    times: tuple[list[float], list[float]] = ([], [])
    sent = 0
    for _ in range(changes):
        for page, taken in zip(pages, times, strict=True):
            taken.append(page.change(cells.randrange(page.size)))
            sent = max(sent, *map(len, page.wire.frames))
    await hub.close()
    short, long = map(statistics.median, times)
    return {"short": short, "long": long, "worst": max(times[1]), "bytes": sent, "made": pages[1].made}


async def main(folder: Path, sizes: tuple[int, int], changes: int) -> dict[str, dict[str, float]]:
    return {name: await measure(folder, way, sizes, changes) for name, way in WAYS.items()}


folder, short, long, changes = sys.argv[1:]
sys.stdout.write(json.dumps(asyncio.run(main(Path(folder), (int(short), int(long)), int(changes)))))
