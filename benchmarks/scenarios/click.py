"""Clicks on pages that each tab has of its own."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from benchmarks.contenders.contender import Contender, Work
from benchmarks.load import load_on
from benchmarks.pace import awake, paced
from benchmarks.scenarios.scenario import Goal, Scenario
from benchmarks.sizes import Sizes

EVERY = 0.01
"""Seconds between two clicks of a tab, unless it waits longer for its answer."""
BUSY = "CPU per click, more rows, without a pause"
SMALL, LARGE = "CPU per click, fewer rows", "CPU per click, more rows"


class Click(Scenario):
    """CPU of a click there and back, on a page with few rows and on one with many."""

    name = "click"
    contenders = ("livepages", "starlette", "picows", "justpy", "nicegui")
    units = MappingProxyType({SMALL: "µs", LARGE: "µs", BUSY: "µs", "click there and back, fewer rows": "ms"})
    goals = (Goal(SMALL, 2, "starlette"), Goal(LARGE, 1.15, other=SMALL))

    def title(self, sizes: Sizes) -> str:
        return (
            f"{sizes.click_tabs} tabs, each with a page of its own of {sizes.rows[0]:,} rows, then of "
            f"{sizes.rows[1]:,}, each clicking {1 / EVERY:g} times a second, then without a pause"
        )

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        figures: dict[str, float] = {}
        for name, rows in zip((SMALL, LARGE), sizes.rows, strict=True):
            with contender.serving(Work(rows=rows), folder) as server, load_on(server.port) as load:
                tabs = await load.open(sizes.click_tabs, lambda load: contender.open(load))
                jobs = [tab.click for tab in tabs]
                async with awake():
                    await paced(jobs, EVERY, sizes.warm_up)
                    spent = server.cpu()
                    clicks, times = await paced(jobs, EVERY, sizes.click_time)
                    figures[name] = (server.cpu() - spent) / clicks * 1e6
                spent = server.cpu()
                busy, _ = await paced(jobs, 0, sizes.click_time)
                figures[BUSY] = (server.cpu() - spent) / busy * 1e6
                figures.setdefault("click there and back, fewer rows", times / clicks * 1e3)
        return figures
