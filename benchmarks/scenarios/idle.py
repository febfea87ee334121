"""Many tabs that do nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import MappingProxyType

from benchmarks.contenders.contender import Contender, Work
from benchmarks.load import Load, load_on, some_at_once
from benchmarks.scenarios.scenario import KIB, Goal, Scenario
from benchmarks.sizes import Sizes

WARM_UP_TABS = 20
CLICKS = 200
"""Tabs that click in the end, to show that they are alive."""


class Idle(Scenario):
    """Tabs that stay, each with a page of its own: what they take, and whether they are still there."""

    name = "idle"
    contenders = ("livepages", "starlette", "picows")
    units = MappingProxyType({"a tab": "KiB", "dropped": "tabs", "CPU": "% of a core", "opened in": "s"})
    is_long = True
    goals = (Goal("a tab", 40), Goal("dropped", 0))

    def title(self, sizes: Sizes) -> str:
        return (
            f"{sizes.idle_tabs:,} tabs in one process, each with a page of its own of {sizes.rows[0]:,} rows, "
            f"held for {sizes.idle_time:g} s"
        )

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        loop = asyncio.get_running_loop()
        with contender.serving(Work(rows=sizes.rows[0]), folder) as server, load_on(server.port) as load:
            await load.open(WARM_UP_TABS, lambda load: contender.open(load))
            server.collect()
            before, start = server.memory(), loop.time()
            await load.open(sizes.idle_tabs, lambda load: contender.open(load))
            took = loop.time() - start
            spent = server.cpu()
            await asyncio.sleep(sizes.idle_time)
            spent = server.cpu() - spent
            server.collect()
            held = server.memory() - before
            await _click_some(load)
            dropped = sum(tab.ended.done() for tab in load.tabs)
        return {
            "a tab": held / sizes.idle_tabs / KIB,
            "dropped": dropped,
            "CPU": spent / sizes.idle_time * 100,
            "opened in": took,
        }


async def _click_some(load: Load) -> None:
    """Click in some of the tabs that are there; a ConnectionError is a tab that is not."""
    there = [tab for tab in load.tabs if not tab.ended.done()]
    some = there[:: max(1, len(there) // CLICKS)]
    await asyncio.wait_for(some_at_once(8, (tab.click for tab in some)), 30)
