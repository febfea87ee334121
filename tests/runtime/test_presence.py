"""How many tabs and people have a page open."""

from __future__ import annotations

from pathlib import Path

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
        await second.disconnect()
        await show("2 2", first, third)
        await third.disconnect()
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
