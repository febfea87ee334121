"""How many tabs and people have a page open."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from livepages.testing import Tab, open_site
from tests.runtime.support import write_site

SHARED = 'scope: shared\nbody: [{p: "${tabs} ${people}", id: out}]'


async def show(text: str, *tabs: Tab) -> None:
    """Wait until tabs show a text: those who come at once are counted together."""
    for tab in tabs:
        await tab.until(lambda tab=tab: tab["out"].text == text)  # type: ignore[misc]


async def test_tabs_and_people_are_counted_as_they_come_and_go(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SHARED)) as site:
        ann, bob = site.browser(), site.browser()
        first = await ann.open()
        assert first["out"].text == "1 1"
        second = await ann.open()
        await show("2 1", first, second)
        third = await bob.open()
        await show("3 2", first, third)
        await second.close()
        await show("2 2", first, third)
        await third.close()
        await show("1 1", first)
        await second.connect()
        await show("2 1", first, second)
        await first.verify()
        await second.verify()


async def test_each_address_counts_its_own(tmp_path: Path) -> None:
    text = 'pages:\n  "/room/{name}":\n    scope: shared\n    body: [{p: "${name} ${tabs}", id: out}]'
    async with open_site(write_site(tmp_path, text)) as site:
        one, two, other = await site.open("/room/a"), await site.open("/room/a"), await site.open("/room/b")
        await show("a 2", one, two)
        await show("b 1", other)


async def test_a_tab_of_its_own_is_alone(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, 'body: [{p: "${tabs}", id: out}]')) as site:
        tab, other = await site.open(), await site.open()
        assert (tab["out"].text, other["out"].text) == ("1", "1")


async def test_presence_that_only_actions_read_is_counted_too(tmp_path: Path) -> None:
    text = """
        scope: shared
        state: {said: ""}
        body: [{p: "${said}", id: out}, {button: count, id: count, on: {click: {set: {said: "${tabs} here"}}}}]
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.open()
        await site.open()
        await tab.click("count")
        assert tab["out"].text == "2 here"


async def test_only_sites_that_tell_people_apart_set_cookies(tmp_path: Path) -> None:
    own = 'body: [{p: "${tabs}"}]'
    declared = "session: {name: x}\npages: {/: {body: [x]}}"
    for text, is_set in ((SHARED, True), (own, False), (declared, True)):
        async with open_site(write_site(tmp_path, text)) as site:
            response = await site.get("/")
            assert any(name == "set-cookie" for name, _ in response.headers) is is_set


async def test_a_title_that_shows_presence_follows_it(tmp_path: Path) -> None:
    text = 'title: "Chat (${people})"\nscope: shared\nbody: [{p: x}]'
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.browser().open()
        await tab.until(lambda: tab.title == "Chat (1)")
        other = await site.browser().open()
        await tab.until(lambda: tab.title == "Chat (2)")
        await other.close()
        await tab.until(lambda: tab.title == "Chat (1)")


LOG = """
scope: shared
limits: {tab_time: 60s}
state: {log: []}
on:
  open: {append: {log: "open ${tabs}"}}
  close: {append: {log: "close ${tabs}"}}
body: [{p: "${tabs}: ${log | join(', ')}", id: out}]
"""


async def test_a_closed_tab_is_gone_within_two_seconds(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, LOG)) as site:
        tab, other = await site.open(), await site.open()
        await show("2: open 1, open 2", tab)
        await other.close()
        await asyncio.sleep(0.9)
        assert tab["out"].text == "2: open 1, open 2"
        await asyncio.sleep(1)
        await tab.settle()
        assert tab["out"].text == "1: open 1, open 2, close 1"
        await other.connect()
        await show("2: open 1, open 2, close 1, open 2", tab, other)
        await tab.verify()


@pytest.mark.parametrize("ending", ["disconnect", "close"])
async def test_a_tab_that_is_back_at_once_has_never_left(ending: str, tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, LOG)) as site:
        tab, other = await site.open(), await site.open()
        await show("2: open 1, open 2", tab)
        tab.frames.clear()
        for _ in range(3):
            await getattr(other, ending)()
            await asyncio.sleep(0.9)
            await other.connect()
        await asyncio.sleep(100)
        await tab.settle()
        assert ([frame for frame in tab.frames if frame["type"] != "beat"], tab["out"].text) == (
            [],
            "2: open 1, open 2",
        )


async def test_a_tab_without_a_connection_is_not_counted_for_long_yet_can_come_back(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, LOG)) as site:
        tab, other = await site.open(), await site.open()
        await other.disconnect()
        await asyncio.sleep(9)
        await tab.settle()
        assert tab["out"].text == "2: open 1, open 2"
        await asyncio.sleep(2)
        await show("1: open 1, open 2", tab)
        await asyncio.sleep(40)
        await other.connect()
        await show("2: open 1, open 2", tab, other)
        await other.disconnect()
        await asyncio.sleep(59)
        await tab.settle()
        assert tab["out"].text == "1: open 1, open 2"
        await asyncio.sleep(2)
        await tab.settle()
        assert tab["out"].text == "1: open 1, open 2, close 1"
        await other.connect()
        await show("2: open 1, open 2, close 1, open 2", tab, other)


async def test_a_page_of_a_tab_is_closed_before_it_ends(tmp_path: Path) -> None:
    text = """
        state: {gone: 0}
        limits: {tab_time: 5s}
        pages:
          /: {on: {close: {set: {site.gone: "${site.gone + 1}"}}}, body: [x]}
          /all: {scope: shared, body: [{p: "${site.gone}", id: out}]}
        """
    async with open_site(write_site(tmp_path, text)) as site:
        watching, tab, other = await site.open("/all"), await site.open(), await site.open()
        await tab.disconnect()
        await other.close()
        await show("1", watching)
        await asyncio.sleep(20)
        await show("2", watching)
        assert [room.live.path for room in site.app.state.hub.rooms] == ["/all"]
