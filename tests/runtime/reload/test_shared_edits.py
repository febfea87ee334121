"""What becomes of shared elements, wherever they show, when the file says something else of them."""

from __future__ import annotations

from pathlib import Path

from livepages.testing import Tab
from tests.runtime.reload.edited import edited, kinds, news

PYTHON = """
def add(shared):
    shared["messages"].append({"p": "more"})
"""
BOARD = "{div: [{p: first}], id: messages}"


def site_of(board: str = BOARD, pages: int = 3, mounted: str = "board", more: str = "") -> str:
    """Pages that all show one shared element, beside the button that adds to it."""
    lines = ["shared:", f"  board: [{board}]", *([f"  {more}"] if more else []), "pages:"]
    for number in range(pages):
        shown = ", ".join(f"{{shared: {name}}}" for name in mounted.split())
        between = ", " if shown else ""
        lines.append(f"  /{number or ''}: {{body: [{{button: Add, on: {{click: add}}}}{between}{shown}]}}")
    return "\n".join(lines) + "\n"


def messages(tab: Tab) -> list[str]:
    return [child.text for child in tab["messages"].children]


async def test_an_edit_shows_on_every_page_with_it_and_keeps_what_was_added(tmp_path: Path) -> None:
    async with edited(tmp_path, site_of(), PYTHON) as site:
        tabs = [await site.open(url) for url in ("/", "/1", "/2", "/2")]
        await tabs[0].click("Add")
        await site.site.settle()
        for tab in tabs:
            news(tab)
        change = await site.save(site_of("{section: [{h2: Board}, {div: [{p: first}], id: messages}]}"), PYTHON)
        assert (change.pages, change.live_pages, change.tabs, change.reloaded) == (("shared board",), 4, 4, 0)
        for tab in tabs:
            assert [frame["stream"] for frame in news(tab)] == ["shared/board"]
            assert messages(tab) == ["first", "more"] and "Board" in tab.text
            await tab.verify()
        await tabs[3].click("Add")
        await site.site.settle()
        assert [messages(tab) for tab in tabs] == [["first", "more", "more"]] * 4


async def test_it_comes_to_a_page_and_its_changes_arrive_there_once(tmp_path: Path) -> None:
    async with edited(tmp_path, site_of(mounted=""), PYTHON) as site:
        tab, other = await site.open(), await site.open("/1")
        assert "messages" not in tab
        await tab.click("Add")
        await site.save(site_of(), PYTHON)
        assert messages(tab) == ["first", "more"]
        news(tab), news(other)
        await other.click("Add")
        await site.site.settle()
        assert messages(tab) == messages(other) == ["first", "more", "more"]
        assert kinds(tab) == ["patch"]
        await tab.verify()


async def test_it_goes_from_a_page_and_comes_back(tmp_path: Path) -> None:
    async with edited(tmp_path, site_of(), PYTHON) as site:
        tab = await site.open()
        live = site.hub.shared_pages["board"]
        assert len(live.stream.followers) == 1
        await site.save(site_of(mounted=""), PYTHON)
        assert "messages" not in tab and not live.stream.followers
        news(tab)
        await tab.click("Add")
        assert kinds(tab) == ["ack"]
        await site.save(site_of(), PYTHON)
        assert messages(tab) == ["first", "more"]
        await tab.click("Add")
        assert messages(tab) == ["first", "more", "more"]
        await tab.disconnect()
        await tab.connect()
        await tab.verify()


async def test_one_that_is_gone_for_good_and_another_of_its_name(tmp_path: Path) -> None:
    gone = "pages: {/: {body: [{button: Add, on: {click: add}}]}}\n"
    async with edited(tmp_path, site_of(), PYTHON) as site:
        tab, away = await site.open(), await site.open()
        await tab.click("Add")
        await away.disconnect()
        change = await site.save(gone, PYTHON)
        assert "shared board" in change.pages and "messages" not in tab
        await site.save(site_of(), PYTHON)
        assert messages(tab) == ["first"]
        await tab.click("Add")
        assert messages(tab) == ["first", "more"]
        await away.connect()
        assert messages(away) == ["first", "more"]
        await tab.verify()
        await away.verify()


async def test_shared_elements_in_shared_elements(tmp_path: Path) -> None:
    inner = 'inner: [{p: "inside", id: inside}]'
    nested = "{div: [{div: [{p: first}], id: messages}, {shared: inner}]}"
    async with edited(tmp_path, site_of(nested, more=inner), PYTHON) as site:
        tabs = [await site.open(url) for url in ("/", "/1")]
        await tabs[0].click("Add")
        change = await site.save(site_of(nested, more=inner.replace('"inside"', '"INSIDE"')), PYTHON)
        assert change.pages == ("shared inner",)
        assert [tab["inside"].text for tab in tabs] == ["INSIDE", "INSIDE"]
        await site.save(site_of(more=inner), PYTHON)
        assert all("inside" not in tab and messages(tab) == ["first", "more"] for tab in tabs)
        python = PYTHON + "def touch(shared):\n    shared['inside'].text += '!'\n"
        await site.save(site_of(nested, more=inner).replace("click: add", "click: touch"), python)
        for tab in tabs:
            news(tab)
        await tabs[0].click("Add")
        await site.site.settle()
        assert [tab["inside"].text for tab in tabs] == ["inside!", "inside!"]
        assert [kinds(tab) for tab in tabs] == [["patch", "ack"], ["patch"]]
        for tab in tabs:
            await tab.verify()


async def test_what_is_wrong_in_one_is_told_until_an_edit_rights_it(tmp_path: Path) -> None:
    text = "pages:\n  /: {body: [{shared: board}]}\nshared: {board: [{p: '%s', id: told}]}\nstate: {n: 0}\n"
    async with edited(tmp_path, text % "${1 // site.n}") as site:
        tab = await site.open()
        assert len(tab.faults) == 1
        await site.save(text % "${1 + site.n}")
        assert (tab["told"].text, tab.faults) == ("1", [])
        await site.save(text % "${1 // site.n}")
        assert len(tab.faults) == 1
