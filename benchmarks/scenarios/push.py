"""Pushes to many tabs of one page."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from types import MappingProxyType

from benchmarks.contenders.contender import PUSH, Contender
from benchmarks.load import load_on
from benchmarks.pace import awake
from benchmarks.scenarios.scenario import Goal, Scenario
from benchmarks.sizes import Sizes
from benchmarks.tab import percentile


class Push(Scenario):
    """CPU and latency of a push, seen by every tab."""

    name = "push"
    contenders = ("livepages", "picows", "starlette", "justpy", "nicegui")
    units = MappingProxyType(
        {"CPU per delivery": "µs", "p50 of delivery": "ms", "p99 of delivery": "ms", "delivered": "% of pushes"}
    )
    goals = (Goal("CPU per delivery", 1.25, "picows"), Goal("p99 of delivery", 2, "picows"))

    def title(self, sizes: Sizes) -> str:
        return f"{sizes.push_tabs:,} tabs on one shared page, {PUSH.rate:g} pushes a second of about 100 bytes"

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        with contender.serving(PUSH, folder) as server, load_on(server.port) as load:
            await load.open(sizes.push_tabs, lambda load: contender.open(load))
            await asyncio.sleep(sizes.warm_up)
            gc.collect()
            async with awake():
                spent = server.cpu()
                load.deliveries.record()
                await asyncio.sleep(sizes.push_time)
                latencies = load.deliveries.stop()
                spent = server.cpu() - spent
        return {
            "CPU per delivery": spent / len(latencies) * 1e6 if latencies else float("nan"),
            "p50 of delivery": percentile(latencies, 0.5) / 1e6,
            "p99 of delivery": percentile(latencies, 0.99) / 1e6,
            "delivered": 100 * len(latencies) / (sizes.push_tabs * sizes.push_time * PUSH.rate),
        }
