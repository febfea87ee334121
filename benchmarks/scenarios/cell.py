"""One cell of a long list."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE
from pathlib import Path
from types import MappingProxyType

from benchmarks.contenders.contender import SERVERS, Contender
from benchmarks.scenarios.scenario import Goal, Scenario
from benchmarks.sizes import Sizes

LONG, SHORT = "change, long list", "change, short list"


class Cell(Scenario):
    """What a change of one item costs the server, from the write to the patch, in a list that is shown whole."""

    name = "cell"
    units = MappingProxyType({SHORT: "ms", LONG: "ms", "worst, long list": "ms", "patch": "B", "list made": "ms"})
    goals = (Goal(LONG, 2), Goal("patch", 200), Goal(LONG, 2, other=SHORT))

    def title(self, sizes: Sizes) -> str:
        short, long = sizes.items
        return f"one number in a list of {short:,} and of {long:,} items changes, {sizes.cell_changes:,} times"

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        short, long = [await self._changed(contender, folder, items, sizes.cell_changes) for items in sizes.items]
        return {
            SHORT: short["change"] * 1000,
            LONG: long["change"] * 1000,
            "worst, long list": long["worst"] * 1000,
            "patch": long["bytes"],
            "list made": long["made"] * 1000,
        }

    async def _changed(self, contender: Contender, folder: Path, items: int, changes: int) -> dict[str, float]:
        site = folder / f"cell-{items}"
        site.mkdir(exist_ok=True)
        command = (contender.environment.python, SERVERS / "change_cell.py", site, str(items), str(changes))
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
        answer, _ = await process.communicate()
        figures: dict[str, float] = json.loads(answer)
        return figures
