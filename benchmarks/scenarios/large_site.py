"""A site of many lines."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE
from pathlib import Path
from types import MappingProxyType

from benchmarks.cards import write_cards
from benchmarks.contenders.contender import SERVERS, Contender
from benchmarks.scenarios.scenario import Scenario
from benchmarks.sizes import Sizes


class LargeSite(Scenario):
    """How long a large site takes to load: to read and check it, and to compile its page and styles."""

    name = "large-site"
    units = MappingProxyType({"read and check": "ms", "compile": "ms", "parse alone": "ms"})

    def title(self, sizes: Sizes) -> str:
        return f"a site of {sizes.site_lines:,} lines; libyaml's parser alone is the floor"

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        site = folder / "large"
        site.mkdir(exist_ok=True)
        file = write_cards(site, sizes.site_lines)
        command = (contender.environment.python, SERVERS / "load_site.py", file)
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
        answer, _ = await process.communicate()
        times: dict[str, float] = json.loads(answer)
        return {name: times[name] * 1000 for name in self.units}
