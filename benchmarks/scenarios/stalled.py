"""One tab that reads nothing, among others that do."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from benchmarks.contenders.contender import FLOOD, Contender
from benchmarks.contenders.livepages import SOCKET, LivepagesTab
from benchmarks.load import Load, load_on
from benchmarks.process import ServerProcess
from benchmarks.scenarios.scenario import KIB, Goal, Scenario
from benchmarks.sizes import Sizes
from benchmarks.tab import percentile

RECEIVE_BUFFER = 16_384
"""Bytes that the kernel keeps for the tab that does not read: little, so that the server has to."""
SAMPLE = 0.5
CATCH_UP = 10.0
"""Seconds that the tab has to be equal to the others once it reads."""


class Stalled(Scenario):
    """What is held for a tab that does not read, what that costs the others, and whether it is equal in the end."""

    name = "stalled"
    units = MappingProxyType(
        {
            "held for it": "KiB",
            "held for it by the kernel": "KiB",
            "p99 of the others before": "ms",
            "p99 of the others meanwhile": "ms",
            "not equal afterwards": "tabs",
            "equal after": "s",
        }
    )
    goals = (
        Goal("held for it", 1024),
        Goal("p99 of the others meanwhile", 1.25, other="p99 of the others before"),
        Goal("not equal afterwards", 0),
    )

    def title(self, sizes: Sizes) -> str:
        return (
            f"a page pushed {FLOOD.rate:g} times a second with {FLOOD.filler // KIB} KiB: {sizes.stalled_readers} tabs "
            f"read, and one does not for {sizes.stalled_time:g} s"
        )

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        with contender.serving(FLOOD, folder) as server, load_on(server.port) as load:
            readers = await load.open(sizes.stalled_readers, lambda load: contender.open(load))
            slow = await contender.open(load, receive_buffer=RECEIVE_BUFFER)
            load.tabs.append(slow)
            reader = readers[0]
            assert isinstance(slow, LivepagesTab), "only livepages is measured"
            assert isinstance(reader, LivepagesTab), "only livepages is measured"
            await asyncio.sleep(sizes.warm_up)
            before = await _watch(server, load, sizes.stalled_time)
            assert slow.transport is not None, "it is live"
            slow.transport.underlying_transport.pause_reading()
            meanwhile = await _watch(server, load, sizes.stalled_time)
            slow.transport.underlying_transport.resume_reading()
            took = await _until_equal(load, slow, reader)
        return {
            "held for it": max(0, meanwhile.memory - before.memory) / KIB,
            "held for it by the kernel": max(0, meanwhile.queued - before.queued) / KIB,
            "p99 of the others before": before.p99,
            "p99 of the others meanwhile": meanwhile.p99,
            "not equal afterwards": float(took is None),
            "equal after": took if took is not None else float("nan"),
        }


@dataclass
class Watched:
    """The most memory a server had, the most bytes that waited in one of its sockets, and the p99 of its pushes."""

    memory: int = 0
    queued: int = 0
    p99: float = 0


async def _watch(server: ServerProcess, load: Load, duration: float) -> Watched:
    watched = Watched()
    load.deliveries.record()
    end = time.monotonic() + duration
    while time.monotonic() < end:
        await asyncio.sleep(SAMPLE)
        watched.memory = max(watched.memory, server.memory())
        watched.queued = max(watched.queued, _queued(server.port))
    watched.p99 = percentile(load.deliveries.stop(), 0.99) / 1e6
    return watched


def _queued(port: int) -> int:
    """The most bytes that wait in the kernel to be sent by a socket of a port (proc_net_tcp)."""
    sending = []
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        if int(fields[1].partition(":")[2], 16) == port:
            sending.append(int(fields[4].partition(":")[0], 16))
    return max(sending, default=0)


async def _until_equal(load: Load, slow: LivepagesTab, reader: LivepagesTab) -> float | None:
    """Seconds until the tab shows what another does, with a new socket if its own was ended; None if it never does."""
    start = time.monotonic()
    while time.monotonic() < start + CATCH_UP:
        if slow.ended.done():
            slow = slow.again()
            load.tabs.append(slow)
            await load.connect(slow, SOCKET)
        if slow.streams == reader.streams and slow.stamp == reader.stamp and not slow.gaps:
            return time.monotonic() - start
        await asyncio.sleep(0.001)
    return None
