"""One cell of a long list."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE
from pathlib import Path
from types import MappingProxyType

from benchmarks.cells import WAYS
from benchmarks.contenders.contender import SERVERS, Contender
from benchmarks.scenarios.scenario import Goal, Scenario
from benchmarks.sizes import Sizes

MOST, RATIO = 2, 2
"""Milliseconds that a change may take, and how many times as long as in the short list."""
LARGEST = 200


def _long(way: str) -> str:
    return f"{way}, long list"


def _short(way: str) -> str:
    return f"{way}, short list"


class Cell(Scenario):
    """What a change of one item costs the server, from the write or a tab's message to the patch, in a list that is
    shown whole, in several ways."""

    name = "cell"
    units = MappingProxyType(
        {figure: "ms" for way in WAYS for figure in (_short(way), _long(way))}
        | {f"{way}, long to short": "x" for way in WAYS}
        | {"worst, long list": "ms", "patch": "B", "list made": "ms"}
    )
    goals = (
        *(Goal(_long(way), MOST) for way in WAYS),
        *(Goal(f"{way}, long to short", RATIO) for way in WAYS),
        Goal("patch", LARGEST),
    )

    def title(self, sizes: Sizes) -> str:
        short, long = sizes.items
        return f"one number in lists of {short:,} and {long:,} items in turn changes, {sizes.cell_changes:,} times"

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        site = folder / "cell"
        site.mkdir(exist_ok=True)
        arguments = (site, *map(str, sizes.items), str(sizes.cell_changes))
        command = (contender.environment.python, SERVERS / "change_cell.py", *arguments)
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
        answer, _ = await process.communicate()
        found: dict[str, dict[str, float]] = json.loads(answer)
        figures: dict[str, float] = {}
        for way, each in found.items():
            figures[_short(way)], figures[_long(way)] = each["short"] * 1000, each["long"] * 1000
            figures[f"{way}, long to short"] = each["long"] / each["short"]
        return figures | {
            "worst, long list": max(each["worst"] for each in found.values()) * 1000,
            "patch": max(each["bytes"] for each in found.values()),
            "list made": found["handler"]["made"] * 1000,
        }
