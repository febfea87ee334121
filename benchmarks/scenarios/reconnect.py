"""All tabs lose their sockets at once, and come back at once."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from types import MappingProxyType

from benchmarks.contenders.contender import PUSH, Contender
from benchmarks.contenders.livepages import SOCKET, LivepagesTab
from benchmarks.environment import ROOT
from benchmarks.load import Load, load_on
from benchmarks.scenarios.scenario import Goal, Scenario
from benchmarks.sizes import Sizes
from benchmarks.tab import Tab

AWAY = 1.0
"""Seconds that all tabs are away, so that each has missed some pushes."""


class Reconnect(Scenario):
    """How soon all are live again, and how long others wait for an answer meanwhile."""

    name = "reconnect"
    contenders = ("livepages", "starlette")
    units = MappingProxyType(
        {"all live again": "s", "CPU per tab": "µs", "worst answer to others": "ms", "gaps": "patches"}
    )
    goals = (Goal("all live again", 5), Goal("worst answer to others", 250), Goal("gaps", 0))

    def title(self, sizes: Sizes) -> str:
        return f"{sizes.reconnect_tabs:,} tabs of a page that is pushed {PUSH.rate:g} times a second reconnect at once"

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        loop = asyncio.get_running_loop()
        with contender.serving(PUSH, folder) as server, load_on(server.port) as load:
            before = await load.open(sizes.reconnect_tabs, lambda load: contender.open(load))
            for tab in before:
                tab.cut()
            await asyncio.gather(*(tab.ended for tab in before))
            load.tabs.clear()
            await asyncio.sleep(AWAY)
            probe = await _start_probe(server.port)
            start, spent = loop.time(), server.cpu()
            load.tabs += await asyncio.gather(*(_back(contender, load, tab) for tab in before))
            took, spent = loop.time() - start, server.cpu() - spent
            await asyncio.sleep(sizes.warm_up)
            answers, _ = await probe.communicate(b"")
        return {
            "all live again": took,
            "CPU per tab": spent / sizes.reconnect_tabs * 1e6,
            "worst answer to others": max(json.loads(answers)),
            "gaps": sum(tab.gaps for tab in load.tabs if isinstance(tab, LivepagesTab)),
        }


async def _start_probe(port: int) -> Process:
    """A process that asks for the page, once it does."""
    command = (sys.executable, "-m", "benchmarks.probe", str(port))
    probe = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=dict(os.environ), stdin=PIPE, stdout=PIPE)
    assert probe.stdout is not None, "it is a pipe"
    await probe.stdout.readline()
    return probe


async def _back(contender: Contender, load: Load, tab: Tab) -> Tab:
    """The tab, with a new socket."""
    if not isinstance(tab, LivepagesTab):
        return await contender.open(load)
    again = tab.again()
    await load.connect(again, SOCKET)
    return again
