from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from livepages.runtime.timers import run_timer
from livepages.testing import open_site
from tests.runtime.support import write_site


async def beats(interval: float, takes: list[float], until: float) -> list[float]:
    """When a timer called something that takes so long each time, in seconds from its start."""
    loop = asyncio.get_running_loop()
    start, called = loop.time(), []

    async def call() -> None:
        called.append(round(loop.time() - start, 2))
        await asyncio.sleep(takes.pop(0) if takes else 0)

    timer = asyncio.ensure_future(run_timer(interval, call))
    await asyncio.sleep(until)
    timer.cancel()
    return called


async def test_a_timer_calls_at_once_and_then_on_a_fixed_beat() -> None:
    assert await beats(1, [0.3, 0.9], 3.5) == [0, 1, 2, 3]


async def test_beats_that_are_missed_are_left_out() -> None:
    assert await beats(1, [2.5], 4.5) == [0, 3, 4]


SITE = """
scope: shared
every: {1s: tick, 3s: [fail, quiet]}
body: [{p: "0", id: n}, {p: "", id: quiet}]
"""
HANDLERS = """
def tick(page):
    page["n"].text = int(page["n"].text) + 1
def fail(page):
    raise LookupError("x")
def quiet(page):
    page["quiet"].text = "set"
    return True
"""


async def test_a_pages_timers_change_all_its_tabs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS)) as site:
        tab, other = await site.open(), await site.open()
        first = int(tab["n"].text)
        await asyncio.sleep(2)
        await site.settle()
        assert int(tab["n"].text) == int(other["n"].text) == first + 2
        assert tab.operations()[-1] == ["text", 1, str(first + 2)]
        assert "the handler fail failed" in caplog.text


async def test_a_sites_timers_change_shared_elements_and_pages(tmp_path: Path) -> None:
    text = """
        every: {1s: tick}
        shared: {clock: [{p: "0", id: n}]}
        pages:
          /: {body: [{shared: clock}]}
          /all: {scope: shared, body: [{p: "", id: here}]}
        """
    python = """
        def tick(shared, site):
            shared["n"].text = int(shared["n"].text) + 1
            site.page("/all")["here"].text = shared["n"].text
        """
    async with open_site(write_site(tmp_path, text, python)) as site:
        tab, other = await site.open("/"), await site.open("/all")
        before = int(tab["n"].text)
        await asyncio.sleep(5)
        await site.settle()
        assert int(tab["n"].text) == before + 5 == int(other["here"].text)


async def test_a_tabs_timer_ends_with_its_page(tmp_path: Path) -> None:
    text = "every: {1s: tick}\nlimits: {tab_time: 10s, unopened_time: 5s}\nbody: [{p: x}]"
    python = """
        def tick(page, site):
            site.data[id(page.data)] = site.data.get(id(page.data), 0) + 1
        """
    async with open_site(write_site(tmp_path, text, python)) as site:
        data = site.app.state.hub.handle.data
        tab = await site.open()
        await site.get("/")
        await asyncio.sleep(100)
        unopened, opened = sorted(data.values())
        assert unopened <= 11 and opened >= 100
        await tab.disconnect()
        await asyncio.sleep(30)
        ended = max(data.values())
        await asyncio.sleep(30)
        assert max(data.values()) == ended <= 130
