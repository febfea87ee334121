from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from livepages.testing import open_site
from tests.runtime.support import write_site

PAGES = """
limits: {tab_time: 60s, room_time: 10m, unopened_time: 20s, live_pages: 5}
pages:
  /: {body: [{input: "", id: text}]}
  /all: {scope: shared, body: [{input: "", id: text}]}
  /mine: {scope: session, body: [{input: "", id: text}]}
  /room/{name}: {scope: shared, body: [{input: "", id: text}, {h1: "${name}", id: name}]}
"""


async def lasts(folder: Path, path: str, seconds: float, opened: bool = True) -> bool:
    """Whether a page is the same after its tab was away for so long."""
    async with open_site(write_site(folder, PAGES)) as site:
        if not opened:
            before = len(site.app.state.hub.rooms)
            await site.get(path)
            await asyncio.sleep(seconds)
            return len(site.app.state.hub.rooms) > before
        tab = await site.open(path)
        await tab.fill("text", "x")
        await tab.disconnect()
        await asyncio.sleep(seconds)
        await tab.connect()
        return tab.frames[-1]["type"] != "reload"


@pytest.mark.parametrize(
    ("path", "seconds", "there"),
    [
        ("/", 50, True),
        ("/", 70, False),
        ("/mine", 50, True),
        ("/mine", 70, False),
        ("/room/a", 590, True),
        ("/room/a", 610, False),
        ("/all", 10_000, True),
    ],
)
async def test_a_page_outlives_its_last_tab_for_a_while(tmp_path: Path, path: str, seconds: float, there: bool) -> None:
    assert await lasts(tmp_path, path, seconds) is there


@pytest.mark.parametrize(("seconds", "there"), [(15, True), (30, False)])
async def test_a_page_whose_tab_never_came_goes_sooner(tmp_path: Path, seconds: float, there: bool) -> None:
    assert await lasts(tmp_path, "/", seconds, opened=False) is there


async def test_a_page_with_a_tab_stays(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, PAGES)) as site:
        tab = await site.open("/")
        await tab.fill("text", "x")
        await asyncio.sleep(10_000)
        await tab.verify()
        assert tab["text"].value == "x"


async def test_a_room_is_one_for_each_address(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, PAGES)) as site:
        one, same, other = [await site.open(path) for path in ("/room/a", "/room/a", "/room/b%20c")]
        await one.fill("text", "x")
        assert (same["text"].value, other["text"].value) == ("x", "")
        assert (one["name"].text, other["name"].text) == ("a", "b c")


async def test_when_there_are_too_many_those_not_used_for_longest_go(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, PAGES)) as site:
        tab = await site.open("/")
        idle = await site.open("/")
        await idle.disconnect()
        for _ in range(10):
            await site.get("/")
            await asyncio.sleep(0.1)
        assert len(site.app.state.hub.rooms) == 5
        await tab.verify()
        await idle.connect()
        assert idle.frames[-1]["type"] == "reload"
