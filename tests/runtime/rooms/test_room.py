"""Tabs that come, go and come back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from livepages.testing import Tab, open_site
from tests.runtime.support import write_site

SITE = """
limits: {replay_patches: 3}
shared: {count: [{p: "0", id: shared}]}
pages:
  /:
    scope: shared
    body:
      - button: Add
        id: add
        on: {click: add}
      - p: "0"
        id: n
      - textarea: ""
        id: text
      - shared: count
"""
HANDLERS = """
def add(page, shared, tab):
    page["n"].text = int(page["n"].text) + 1
    if int(page["n"].text) % 2:
        shared["shared"].text = page["n"].text
    tab.toast("added")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_site(tmp_path, SITE, HANDLERS)


def kinds(tab: Tab) -> list[str]:
    return [frame["type"] for frame in tab.frames]


async def test_a_first_hello_is_answered_with_what_came_since_the_page_was_made(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        assert tab.frames == [{"type": "ready"}]
        assert tab.positions == {"page": 0, "shared/count": 0}


async def test_a_tab_that_comes_back_gets_what_it_missed(folder: Path) -> None:
    async with open_site(folder) as site:
        tab, other = await site.open(), await site.open()
        await tab.disconnect()
        for _ in range(3):
            await other.click("add")
        tab.frames.clear()
        await tab.connect()
        assert kinds(tab) == ["patch"] * 5 + ["ready"]
        assert (tab["n"].text, tab["shared"].text) == ("3", "3")
        await tab.verify()


async def test_a_tab_that_was_away_for_too_long_gets_a_snapshot(folder: Path) -> None:
    async with open_site(folder) as site:
        tab, other = await site.open(), await site.open()
        tab["text"].type("half")
        await tab.disconnect()
        for _ in range(4):
            await other.click("add")
        tab.frames.clear()
        tab["text"].type(" typed")
        await tab.connect()
        assert kinds(tab)[:4] == ["snapshot", "patch", "patch", "ready"]
        assert (tab["n"].text, tab["shared"].text, tab["text"].value) == ("4", "3", "half typed")
        assert other["text"].value == "half typed"
        await tab.verify()


async def test_events_that_were_made_while_the_connection_was_lost_arrive_in_order_and_once(folder: Path) -> None:
    async with open_site(folder) as site:
        tab, other = await site.open(), await site.open()
        await tab.click("add")
        await tab.disconnect()
        await tab.click("add")
        await tab.click("add")
        assert other["n"].text == "1"
        await tab.connect()
        assert (tab["n"].text, other["n"].text) == ("3", "3")
        for event in tab.sent:
            tab.send(event)
        await tab.settle()
        assert (tab["n"].text, other["n"].text) == ("3", "3")
        await tab.verify()


async def test_messages_for_a_tab_that_is_away_wait_for_it(tmp_path: Path) -> None:
    text = "body: [{button: Go, id: go, on: {click: go}}]"
    python = """
        import asyncio
        async def go(tab):
            await asyncio.sleep(1)
            tab.toast("done")
        """
    async with open_site(write_site(tmp_path, text, python)) as site:
        tab = await site.open()
        await tab.click("go")
        await tab.disconnect()
        await asyncio.sleep(2)
        assert tab.commands == []
        await tab.connect()
        assert [command["text"] for command in tab.commands] == ["done"]


async def test_a_second_connection_of_a_tab_takes_the_place_of_the_first(folder: Path) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        first = tab._channel._socket
        assert first is not None
        await tab.connect()
        await tab.click("add")
        assert tab["n"].text == "1"
        assert not first.is_open


async def test_another_tab_can_not_pretend_to_be_one(folder: Path) -> None:
    async with open_site(folder) as site:
        tab, thief = await site.open(), await site.open()
        await thief.disconnect()
        thief.id = tab.id
        await thief.connect()
        assert thief.frames[-1] == {"type": "reload", "reason": "The server does not know this page any more."}
        assert thief.closed == (4404, "the page is gone")
        await tab.click("add")
        assert tab["n"].text == "1"


async def test_a_page_of_one_tab_is_not_for_another(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, "body: [{input: '', id: name}]")) as site:
        tab, thief = await site.open(), await site.open()
        await thief.disconnect()
        thief._document.root.attributes["data-page"] = tab.page
        await thief.connect()
        assert thief.frames[-1]["type"] == "reload"
        await tab.fill("name", "x")
        await tab.verify()


@pytest.mark.parametrize("build", ["", "0123456789abcdef"])
async def test_a_client_of_another_build_loads_the_page_anew(folder: Path, build: str) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        await tab.disconnect()
        tab._document.root.attributes["data-build"] = build
        await tab.connect()
        assert (tab.frames[-1]["type"] == "reload") is bool(build)


@pytest.mark.parametrize(
    "hello",
    [
        "x",
        '{"type":"event","id":1,"stream":"page","node":1,"on":"click"}',
        '{"type":"hello","page":"x","tab":"short","secret":"s"}',
        '{"type":"hello","page":"x"}',
    ],
)
async def test_a_connection_has_to_begin_with_a_hello(
    folder: Path, hello: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_site(folder) as site:
        tab = await site.open()
        await tab.disconnect()
        tab._hello = lambda: hello  # type: ignore[method-assign, assignment, return-value]
        tab._channel._hello = tab._hello
        tab.frames.clear()
        await tab.connect()
        assert tab.frames == [
            {
                "type": "error",
                "code": "bad-frame",
                "message": "The first message must be a hello.",
                "event": None,
                "id": None,
                "trace": None,
            }
        ]
        assert tab.closed == (4400, "the first message must be a hello")
    assert [record.getMessage() for record in caplog.records] == [
        "A socket did not begin with a hello of the protocol."
    ]


async def test_shared_elements_are_forgotten_by_tabs_that_leave(folder: Path) -> None:
    async with open_site(folder) as site:
        hub = site.app.state.hub
        followers = hub.shared_pages["count"].stream.followers
        tab, other = await site.open(), await site.open()
        assert len(followers) == 2
        await tab.disconnect()
        assert len(followers) == 1
        await other.disconnect()
        assert len(followers) == 0


async def test_two_tabs_with_positions_of_their_own_end_up_the_same(folder: Path) -> None:
    async with open_site(folder) as site:
        early = await site.open()
        await early.click("add")
        await early.disconnect()
        late = await site.open()
        await late.click("add")
        await early.connect()
        assert early["n"].text == late["n"].text == "2"
        assert early.positions == late.positions
        await early.verify()
        await late.verify()
