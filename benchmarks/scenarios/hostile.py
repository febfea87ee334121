"""Expressions that would keep the server busy."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from statistics import median
from types import MappingProxyType

from benchmarks.contenders.contender import SERVERS, Contender
from benchmarks.scenarios.scenario import Goal, Scenario
from benchmarks.sizes import Sizes

MOST = 50
"""Milliseconds of the processor in which each has to end in its error."""
TIMES = 3
"""How often each is evaluated; the quickest counts."""


class Hostile(Scenario):
    """How long hostile expressions take to end in their errors."""

    name = "hostile"
    units = MappingProxyType({"worst of all": "ms", "median": "ms", "expressions": ""})
    goals = (Goal("worst of all", MOST),)

    def title(self, sizes: Sizes) -> str:
        return "expressions that would keep the server busy, to their errors"

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        command = (contender.environment.python, SERVERS / "hostile_expressions.py", str(TIMES))
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
        answer, _ = await process.communicate()
        if process.returncode:
            raise RuntimeError("a hostile expression does not fail as it should")
        times: dict[str, float] = json.loads(answer)
        worst = max(times, key=times.__getitem__)
        sys.stderr.write(f"hostile: the worst is ${{{worst[:100]}}}\n")
        return {
            "worst of all": times[worst] * 1000,
            "median": median(times.values()) * 1000,
            "expressions": len(times),
        }
