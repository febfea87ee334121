"""What a tab with a page of its own takes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import MappingProxyType

from benchmarks.contenders.contender import Contender, Work
from benchmarks.load import load_on
from benchmarks.scenarios.scenario import KIB, Goal, Scenario
from benchmarks.sizes import Sizes

WARM_UP_TABS = 20


class Memory(Scenario):
    """Memory of each further tab, after the server has collected its garbage."""

    name = "memory"
    contenders = ("livepages", "starlette", "picows", "justpy", "nicegui")
    units = MappingProxyType({"a tab, many rows": "KiB", "a tab, 2 rows": "KiB", "the server alone": "MiB"})
    goals = (Goal("a tab, many rows", 40),)

    def title(self, sizes: Sizes) -> str:
        return f"{sizes.memory_tabs:,} tabs, each with a page of its own of {sizes.rows[0]:,} rows, then of 2"

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        figures: dict[str, float] = {}
        for name, rows in (("a tab, many rows", sizes.rows[0]), ("a tab, 2 rows", 2)):
            with contender.serving(Work(rows=rows), folder) as server, load_on(server.port) as load:
                await load.open(WARM_UP_TABS, lambda load: contender.open(load))
                await asyncio.sleep(sizes.warm_up)
                server.collect()
                before = server.memory()
                await load.open(sizes.memory_tabs, lambda load: contender.open(load))
                await asyncio.sleep(sizes.warm_up)
                server.collect()
                figures[name] = (server.memory() - before) / sizes.memory_tabs / KIB
                figures.setdefault("the server alone", before / KIB / KIB)
        return figures
