"""Cold starts."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from types import MappingProxyType

from benchmarks.contenders.contender import PUSH, Contender
from benchmarks.load import load_on
from benchmarks.scenarios.scenario import Scenario
from benchmarks.sizes import Sizes


class Start(Scenario):
    """From the start of the process to the first page."""

    name = "start"
    contenders = ("livepages", "starlette", "justpy", "nicegui")
    units = MappingProxyType({"to the first page": "s", "CPU": "s"})

    def title(self, sizes: Sizes) -> str:
        return "from the start of the process (for livepages: `livepages serve`) to its first page"

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        with contender.starting(PUSH, folder) as server:
            await asyncio.to_thread(server.wait)
            with load_on(server.port) as load:
                await load.web.get()
                return {"to the first page": time.monotonic() - server.started, "CPU": server.cpu()}
