"""Tabs that miss an edit: away, paused, or just on their way; and what they send of what is gone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from livepages.runtime.wire.wire import EventData
from tests.runtime.reload.edited import edited, kinds, news

TEXT = """
title: {title}
classes: {classes}
scope: shared
limits: {{replay_patches: {patches}}}
state: {{n: 0}}
body:
  - h1: {heading}
  - button: more
    on: {{click: {{set: {{n: "${{n + 1}}"}}}}}}
  - p: ${{n}}
    id: told
  - input: ""
    id: typed
"""


def text(
    heading: str = "One", title: str = "One", classes: str = "p-1", patches: int = 500, without: str = "", css: str = ""
) -> str:
    made = TEXT.format(heading=heading, title=title, classes=classes, patches=patches)
    return "\n".join(line for line in made.splitlines() if not without or without not in line) + f"\n{css}\n"


@pytest.mark.parametrize(("patches", "kind"), [(500, "patch"), (1, "snapshot")])
async def test_a_tab_that_was_away_has_all_of_it_when_it_is_back(tmp_path: Path, patches: int, kind: str) -> None:
    async with edited(tmp_path, text(patches=patches)) as site:
        away, there = await site.open(), await site.open()
        away["typed"].type("half")
        await away.disconnect()
        news(away)
        for number in range(3):
            await site.save(text(heading=f"H{number}", title=f"T{number}", patches=patches, classes=f"p-{number}"))
            await there.click("more")
        await away.connect()
        assert (away.title, away["told"].text, away.find("h1").text) == ("T2", "3", "H2")
        assert kind in kinds(away)
        assert [each.classes for each in away.find_all("[data-stream=page]")] == [("p-2",)]
        await away.settle()
        assert away["typed"].value == "half"
        assert (await site.open())["typed"].value == "half"
        await away.verify()


async def test_a_title_is_told_once_and_not_in_the_place_of_a_handlers(tmp_path: Path) -> None:
    async with edited(tmp_path, text()) as site:
        tab = await site.open()
        await site.save(text(title="Two"))
        site.room(tab).tabs[tab.id].handle.title("A handler's")
        await site.site.settle()
        assert tab.title == "A handler's"
        await tab.disconnect()
        news(tab)
        await tab.connect()
        assert (tab.title, "title" in kinds(tab)) == ("A handler's", False)


async def test_a_tab_that_is_away_is_told_of_its_title_when_state_changes_it(tmp_path: Path) -> None:
    async with edited(tmp_path, text(title="${n} votes")) as site:
        away, there = await site.open(), await site.open()
        await away.disconnect()
        await there.click("more")
        await away.connect()
        assert (away.title, there.title) == ("1 votes", "1 votes")


async def test_a_tab_whose_document_is_older_than_the_edit(tmp_path: Path) -> None:
    async with edited(tmp_path, text()) as site:
        tab = await site.open()
        await tab.disconnect()
        former = (await site.site.get("/")).text
        await site.save(text(heading="Two", title="Two", css="theme: plain"))
        late = type(tab)("/", former, site.site._browser._socket, site.site.settle)
        site.site.tabs.append(late)
        assert (late.title, late.find("h1").text) == ("One", "One")
        await late.connect()
        assert (late.title, late.find("h1").text) == ("Two", "Two")
        assert late.css == site.hub.kit.styles.css
        await late.verify()


async def test_a_moved_page_tells_its_address_to_who_was_away(tmp_path: Path) -> None:
    page = "pages: {{{}: {{scope: shared, body: [{{p: x}}]}}}}\n"
    async with edited(tmp_path, page.format("/a")) as site:
        tab = await site.open("/a")
        await tab.disconnect()
        await site.save(page.format("/b"))
        await tab.connect()
        assert tab.url == "/b"


async def test_a_tab_that_does_not_read_gets_all_of_it_when_it_reads_again(tmp_path: Path) -> None:
    async with edited(tmp_path, text()) as site:
        tab = await site.open()
        room = site.room(tab)
        server = room.tabs[tab.id]
        connection = server.connection
        assert connection is not None
        news(tab)
        room.pause(server, connection)
        await site.save(text(heading="Two"))
        await site.save(text(heading="Three"))
        assert kinds(tab) == []
        room.resume(server, connection)
        await site.site.settle()
        assert tab.find("h1").text == "Three"
        await tab.click("more")
        await tab.verify()


async def test_a_hello_in_the_middle_of_a_change_is_answered_with_the_next_version(tmp_path: Path) -> None:
    python = """
    import asyncio

    async def begin(site):
        site.data["gate"] = asyncio.Event()
        await site.data["gate"].wait()
    """
    async with edited(tmp_path, text(), "def begin(site): ...\n") as site:
        away = await site.open()
        await away.disconnect()
        site.write("handlers.py", "\n".join(line[4:] for line in python.splitlines()))
        site.write("site.yaml", "handlers: handlers.py\nstartup: begin\n" + text(heading="Two").lstrip())
        saving = asyncio.create_task(site.site.reload())
        await site.site.settle()
        assert not saving.done()
        await away.connect()
        assert away.find("h1").text == "Two"
        await away.click("more")
        assert away["told"].text == "1"
        site.hub.handle.data["gate"].set()
        change = await saving
        assert "startup" in change.pages
        await away.verify()


async def test_an_event_on_what_the_edit_took_away_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    async with edited(tmp_path, text()) as site:
        tab = await site.open()
        button = tab.find("more")
        number, stream = button.element.number, "page"
        assert number is not None
        await tab.disconnect()
        tab["typed"].type("kept")
        tab._channel.post(stream, number, "click", EventData(button=0))
        without = text().replace('  - button: more\n    on: {click: {set: {n: "${n + 1}"}}}\n', "")
        await site.save(without)
        news(tab)
        await tab.connect()
        (error,) = tab.errors
        assert (error["code"], error["event"]) == ("unknown-element", 1)
        assert error["message"] == f"The page shows no element {number}."
        await tab.settle()
        assert (tab["typed"].value, tab["told"].text) == ("kept", "0")
        assert (await site.open())["typed"].value == "kept"


async def test_an_event_that_is_sent_again_after_an_edit_applies_once(tmp_path: Path) -> None:
    async with edited(tmp_path, text()) as site:
        tab = await site.open()
        await tab.click("more")
        await tab.disconnect()
        tab._channel.acknowledged = 0
        await site.save(text(heading="Two"))
        await tab.connect()
        await tab.settle()
        assert (tab["told"].text, tab.find("h1").text) == ("1", "Two")
        await tab.click("more")
        assert tab["told"].text == "2"


async def test_an_event_under_way_goes_to_the_element_that_has_another_type_now(tmp_path: Path) -> None:
    async with edited(tmp_path, text()) as site:
        tab = await site.open()
        await tab.disconnect()
        button = tab.find("more")
        assert button.element.number is not None
        tab._channel.post("page", button.element.number, "click", EventData(button=0))
        await site.save(text().replace("  - button: more", "  - button: add"))
        await tab.connect()
        await tab.settle()
        assert tab["told"].text == "1"
