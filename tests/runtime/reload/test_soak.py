"""Hundreds of saves, every other one broken, under twenty tabs: nothing is lost, and nothing piles up.

`LIVEPAGES_SOAK_SAVES=1000` makes it the thousand of a long day; fewer are enough to see what grows.
"""

from __future__ import annotations

import asyncio
import gc
import linecache
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from livepages.runtime.reload.reloader import Reload, Reloader
from livepages.runtime.reload.save import Followed, Refused, Save
from livepages.schema.findings.source import Source
from livepages.schema.site.site import Site
from livepages.testing import OpenSite, Tab
from tests.runtime.reload.edited import edited

pytestmark = pytest.mark.real_time
SAVES: Final = int(os.environ.get("LIVEPAGES_SOAK_SAVES", "300"))
WARM: Final = 100
"""Saves after which nothing may grow any more."""
PATIENCE: Final = 20.0
OBJECTS: Final = 400
"""Objects that may be there more at the end: what is cached anew, and one edit's difference to another."""

PYTHON = """
VERSION = {number}

def send(page, shared):
    shared["messages"].append({{"message": {{"text": "a message"}}}})
    page["sent"].text = str(int(page["sent"].text or 0) + 1)

def tick(shared):
    shared["beat"].text = "beat"
"""
TEXT = """
handlers: handlers.py
css: own.css
title: Board {number}
limits: {{replay_patches: 20}}
every: {{1s: tick}}
components:
  message:
    props: {{text: str}}
    state: {{seen: false}}
    body:
      - {kind}:
          - p: ${{text}}
            classes: p-{few} m-{more}
          - button: ${{seen}}
            on: {{click: {{toggle: seen}}}}
shared:
  board:
    - h2: Board {number}
    - p: ""
      id: beat
    - {kind}:
      id: messages
      classes: m-{few}
pages:
  /:
    scope: shared
    title: Page {number}
    state: {{votes: {{tea: 0, coffee: 0}}}}
    body:
      - h1: Heading {number}
      - {wrap}:
          - button: Send
            on: {{click: send}}
          - textarea: ""
            id: typed
      - p: ""
        id: sent
      - button: "${{drink}}: ${{count}} {more}"
        each: drink, count in votes
        key: drink
        on: {{click: {{set: {{"votes[drink]": "${{count + 1}}"}}}}}}
      - shared: board
      - p: ${{tabs}} tabs
  /own:
    body:
      - h1: Heading {number}
      - input: ""
        id: typed
      - shared: board
"""
BROKEN = (
    ("site.yaml", "body: [{dvi: x}]\n"),
    ("handlers.py", "def broken(:\n"),
    ("site.yaml", "body: [\n"),
    ("handlers.py", "1 / 0\n"),
    ("site.yaml", "handlers: handlers.py\nbody: [{button: x, on: {click: nobody}}]\n"),
)


def text(number: int) -> str:
    wrap = ("div", "main", "section")[number % 3]
    kind = ("div", "section")[number % 2]
    return TEXT.format(number=number, wrap=wrap, kind=kind, few=number % 4, more=number % 3)


@dataclass
class Soak:
    """A site under a reloader, with its tabs."""

    folder: Path
    site: OpenSite
    tabs: list[Tab] = field(default_factory=list)
    reports: asyncio.Queue[Save] = field(default_factory=asyncio.Queue)

    @property
    def now(self) -> Site:
        site: Site = self.site.app.state.hub.site
        return site

    async def report(self) -> Save:
        return await asyncio.wait_for(self.reports.get(), PATIENCE)

    async def save_broken(self, number: int) -> None:
        name, content = BROKEN[number // 2 % len(BROKEN)]
        (self.folder / name).write_text(content)
        while not isinstance(await self.report(), Refused):
            pass
        await self.site.settle()
        assert all(tab.problems for tab in self.tabs)

    async def save_good(self, number: int) -> None:
        (self.folder / "handlers.py").write_text(PYTHON.format(number=number // 6))
        (self.folder / "own.css").write_text(f"p {{ top: {number // 10}px }}")
        (self.folder / "site.yaml").write_text(text(number))
        while not isinstance(await self.report(), Followed) or self.now.title != f"Board {number}":
            pass

    async def is_shown(self, number: int) -> None:
        """All tabs show what was saved last, and have what was done in them before."""
        while not self.reports.empty():
            self.reports.get_nowait()
        await self.site.settle()
        for tab in self.tabs:
            assert (tab.find("h1").text, tab.problems) == (f"Heading {number}", [])
            assert len(tab["messages"].children) == 20 and tab["beat"].text == "beat"
            assert tab["typed"].value == "half a sen"
            await tab.verify()
            tab.frames.clear()
        assert (self.tabs[0].title, self.tabs[0]["sent"].text) == (f"Page {number}", "20")
        assert "tea: 1" in self.tabs[0].text and "10 tabs" in self.tabs[0].text


@asynccontextmanager
async def soaking(folder: Path) -> AsyncIterator[Soak]:
    async with edited(folder, text(0), handlers_py=PYTHON.format(number=0), own_css="p { top: 0 }") as opened:
        soak = Soak(folder, opened.site)
        state = opened.site.app.state
        reload = Reload(folder, soak.reports.put_nowait)
        reloader = Reloader(state.succession, reload, lambda found: state.findings.tell(found, state.hub.rooms.tabs))
        task = asyncio.create_task(reloader.run())
        try:
            yield soak
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def use(soak: Soak) -> None:
    """What people do before the saves begin."""
    for number in range(20):
        soak.tabs.append(await soak.site.open("/own" if number % 2 else "/"))
    first = soak.tabs[0]
    for _ in range(20):
        await first.click("Send")
    await first.click("tea: 0 0")
    for tab in soak.tabs:
        await tab.fill("typed", "half a sen")


def memory() -> tuple[int, int]:
    """How many objects there are, and how many megabytes the process has."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if sys.platform == "linux" else 0
    return len(gc.get_objects()), pages * 4096 // 1_000_000


async def test_saves_without_end(tmp_path: Path) -> None:
    async with soaking(tmp_path) as soak:
        await use(soak)
        warm, modules, lines = (0, 0), 0, 0
        for number in range(1, SAVES + 1):
            if number % 2:
                await soak.save_broken(number)
                continue
            await soak.save_good(number)
            if number % WARM == 0:
                await soak.is_shown(number)
            if number == WARM:
                warm, modules, lines = memory(), len(sys.modules), len(linecache.cache)
            for tab in soak.tabs:
                tab.frames.clear()
        objects, megabytes = memory()
        assert objects - warm[0] < OBJECTS
        assert megabytes - warm[1] < 15
        assert (len(sys.modules), len(linecache.cache)) == (modules, lines)
        sources = [each for each in gc.get_objects() if isinstance(each, Source) and each.path.is_relative_to(tmp_path)]
        assert len(sources) <= 3
