"""The example sites, in tabs without a browser."""

from __future__ import annotations

import asyncio
import gc
import re
import time
import tracemalloc
from pathlib import Path

import msgspec
import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.rooms.tab import PREFIX
from livepages.runtime.wire.wire import Hello
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.loader import read_site
from livepages.testing import NoPage, OpenSite, Tab, open_site
from livepages.testing.asgi import Socket
from livepages.testing.handle import Handle
from tests.runtime.support import write_site

SITES = Path(__file__).parents[3] / "sites"


@pytest.mark.real_time
async def test_clock_two_tabs_show_the_same_time_and_change_every_second() -> None:
    async with open_site(SITES / "clock") as site:
        tab, other = await site.open(), await site.open()
        first = tab["clock"].text
        tab.frames.clear()
        for each in (tab, other):
            await each.until(lambda each=each: each["clock"].text != first)  # type: ignore[misc]
        passed = [time.mktime(time.strptime(text, "%a, %d %b %Y, %H:%M:%S")) for text in (first, tab["clock"].text)]
        assert passed[1] - passed[0] == 1
        assert tab["clock"].text == other["clock"].text
        assert [operation[:2] for operation in tab.operations()] == [["text", 1]]


async def test_board_a_message_shows_first_in_every_tab_and_leaves_half_typed_text_alone() -> None:
    async with open_site(SITES / "board") as site:
        ann, bob = await site.open(), await site.open()
        assert ann["messages"].text.endswith("Welcome to the simple message board!")
        bob["message"].type("half")
        ann["message"].type("hello")
        await ann.click("Send")
        assert [pre.text for pre in bob.find_all("#messages pre")] == ["hello", "Welcome to the simple message board!"]
        assert (ann["message"].value, bob["message"].value) == ("", "half")
        assert {frame["stream"] for frame in bob.frames if frame["type"] == "patch"} == {"shared/board"}
        (insertion,) = bob.operations("shared/board")
        assert insertion[:3] == ["insert", 1, -2] and insertion[3].startswith('<div data-n="-7"')
        assert ann.operations() == [["value", 4, "", None]]
        for tab in (ann, bob):
            await tab.verify()


async def test_board_markup_in_a_message_shows_as_text() -> None:
    evil = "<img src=x onerror=alert(1)>"
    async with open_site(SITES / "board") as site:
        ann, bob = await site.open(), await site.open()
        await ann.fill("message", evil)
        await ann.click("Send")
        late = await site.open()
        for tab in (ann, bob, late):
            assert tab.find("#messages pre").text == evil
            assert not tab.find_all("img") and "<img" not in tab.html
        assert "<img" not in (await site.get("/")).text


async def test_countdown_counts_in_its_own_tab_with_the_animation_anew_at_each_number() -> None:
    async with open_site(SITES / "countdown") as site:
        tab, other = await site.open("/?num=3&animation=bounceIn"), await site.open("/")
        before = other.html
        await tab.click("Start countdown")
        assert tab.text == "3" and not tab.find_all("button")
        assert {"animate__animated", "animate__bounceIn"} <= set(tab.find("#stage div").classes)
        await asyncio.sleep(10)
        await site.settle()
        assert tab.text == "Start countdown\nBoom!"
        operations = [operation for operation in tab.operations() if operation[0] in ("text", "animate", "remove")]
        assert operations == [
            ["remove", 1],
            ["text", -2, "2"],
            ["animate", -2],
            ["text", -2, "1"],
            ["animate", -2],
            ["text", -2, "Boom!"],
            ["animate", -2],
        ]
        assert tab.find("#stage div").classes[-4:] == (
            "text-red-500",
            "bg-white",
            "animate__animated",
            "animate__zoomIn",
        )
        assert (other.html, other.frames) == (before, [{"type": "ready"}])
        await tab.verify()


@pytest.mark.parametrize("query", ["num=abc", "num=99999"])
async def test_countdown_a_bad_parameter_is_a_page_that_says_so(query: str) -> None:
    async with open_site(SITES / "countdown") as site:
        with pytest.raises(NoPage) as caught:
            await site.open(f"/?{query}")
        assert caught.value.response.status == 400
        assert "The parameter num: expected a whole number from 1 to 3600" in caught.value.response.text


async def test_countdown_in_many_tabs_at_once() -> None:
    async with open_site(SITES / "countdown") as site:
        tabs = [await site.open(f"/?num={number}") for number in (1, 2, 3, 4) * 10]
        await asyncio.gather(*(tab.click("Start countdown") for tab in tabs))
        await asyncio.sleep(2.5)
        await site.settle()
        assert [tab.text.split("\n")[-1] for tab in tabs] == ["Boom!", "Boom!", "1", "2"] * 10
        await asyncio.sleep(2)
        await site.settle()
        assert {tab.text for tab in tabs} == {"Start countdown\nBoom!"}


async def test_poll_counts_one_vote_of_each_browser_in_every_tab() -> None:
    async with open_site(SITES / "poll") as site:
        ann, bob = await site.browser().open(), await site.browser().open()
        for tab in (ann, bob):
            await tab.until(lambda tab=tab: tab["people"].text == "2")  # type: ignore[misc]
        assert "Nobody has voted yet." in ann.text and "result" not in ann
        await ann.click("Tea")
        assert _votes(bob) == [["Tea", "100%", "1"], ["Coffee", "0%", "0"], ["Water", "0%", "0"]]
        assert bob["result"].text == "1 vote, Tea is ahead."
        await bob.click("Coffee")
        await ann.click("Coffee")
        await ann.click("Coffee")
        assert _votes(ann) == [["Tea", "0%", "0"], ["Coffee", "100%", "2"], ["Water", "0%", "0"]]
        assert ann["result"].text == bob["result"].text == "2 votes, Coffee is ahead."
        await bob.click("Take my vote back")
        await bob.click("Take my vote back")
        assert _votes(ann)[1] == ["Coffee", "100%", "1"]
        assert [toast["text"] for toast in bob.commands] == ["Your vote goes to Coffee."]
        assert ann.errors == bob.errors == []
        for tab in (ann, bob):
            await tab.verify()


def _votes(tab: Tab) -> list[list[str]]:
    """What each button of the poll says."""
    buttons = [button for button in tab.find_all("button") if button.children]
    return [[part.text for part in button.children if part.text] for button in buttons]


async def test_todo_a_list_that_all_tabs_share() -> None:
    async with open_site(SITES / "todo") as site:
        ann, bob = await site.open(), await site.open()
        bob["title"].type("half")
        await ann.fill("title", "  Buy milk ")
        await ann.submit("form")
        await ann.fill("title", "   ")
        await ann.submit("form")
        titles = ["Read this file", "Change what it says", "Open it in two tabs", "Buy milk"]
        assert _titles(ann) == _titles(bob) == titles
        assert (ann["title"].value, bob["title"].value) == ("", "half")
        assert ann["count"].text == bob["count"].text == "3 of 4 to do"
        bob.frames.clear()
        await ann.click(ann.find_all("li input[type=checkbox]")[3])
        assert bob["count"].text == "2 of 4 to do"
        assert [operation[0] for operation in bob.operations()] == ["text", "value", "attr"]
        await bob.click("Done")
        assert (_titles(bob), _titles(ann)) == (["Read this file", "Buy milk"], titles)
        await bob.click(bob.find_all("li input[type=checkbox]")[0])
        assert (_titles(bob), ann["count"].text) == (["Buy milk"], "3 of 4 to do")
        await ann.click("Remove what is done")
        assert (_titles(bob), bob["todos"].text) == ([], "There is nothing here.")
        for tab in (ann, bob):
            assert tab.errors == []
            await tab.verify()


async def test_todo_rows_are_edited_moved_sorted_and_removed() -> None:
    async with open_site(SITES / "todo") as site:
        ann, bob = await site.open(), await site.open()
        rows = {title: row.element for title, row in zip(_titles(bob), bob.find_all("li"), strict=True)}
        await ann.fire(ann.find_all("li span")[1], "dblclick")
        assert [command["type"] for command in ann.commands] == ["focus"]
        assert ann.find("li input[aria-label=Title]").value == "Change what it says"
        await ann.fill(ann.find("li input[aria-label=Title]"), "Change it")
        await ann.press(ann.find("li input[aria-label=Title]"), "Enter")
        await ann.click(_buttons(ann, "Edit")[0])
        await ann.fill(ann.find("li input[aria-label=Title]"), "no")
        await ann.press(ann.find("li input[aria-label=Title]"), "Escape")
        assert _titles(bob) == ["Read this file", "Change it", "Open it in two tabs"]
        await ann.click(_buttons(ann, "Move down")[0])
        assert _titles(bob) == ["Change it", "Read this file", "Open it in two tabs"]
        await ann.click(_buttons(ann, "Move up")[2])
        assert _titles(bob) == ["Change it", "Open it in two tabs", "Read this file"]
        await ann.fire(ann.find_all("li")[2], "dragstart")
        for place in (1, 1, 0, 0):
            await ann.fire(ann.find_all("li")[place], "dragenter")
        await ann.fire(ann.find_all("li")[0], "dragend")
        assert _titles(bob) == ["Read this file", "Change it", "Open it in two tabs"]
        await ann.fire(ann.find_all("li")[2], "dragenter")
        await ann.click("Sort by name")
        assert _titles(bob) == ["Change it", "Open it in two tabs", "Read this file"]
        assert [row.element for row in bob.find_all("li")][2] is rows["Read this file"]
        assert not any(operation[0] in ("insert", "remove") for operation in bob.operations()[-2:])
        await ann.click(_buttons(ann, "Remove")[1])
        assert _titles(bob) == ["Change it", "Read this file"]
        for tab in (ann, bob):
            assert tab.errors == []
            await tab.verify()


def _titles(tab: Tab) -> list[str]:
    """The titles of the todos that a tab shows."""
    return [span.text for span in tab.find_all("li span")]


def _buttons(tab: Tab, title: str) -> list[Handle]:
    return [button for button in tab.find_all("button[title]") if button["title"] == title]


async def test_rooms_those_in_a_room_hear_each_other() -> None:
    async with open_site(SITES / "rooms") as site:
        ann, bob = site.browser(), site.browser()
        hall, other = await site.open(), await ann.open("/room/a%2Fb")
        one, two = await ann.open("/room/Lobby"), await bob.open("/room/Lobby")
        assert one["here"].text == two["here"].text == "2 here: Somebody"
        await one.fill(one.find("header input"), "Ann")
        await one.fire(one.find("header input"), "change")
        assert (one["here"].text, two["here"].text) == ("2 here: Ann, Somebody", "2 here: Ann, Somebody")
        assert other.find("header input").value == "Ann"
        two["text"].type("half")
        await one.fill("text", "Hello <b>")
        await one.submit("form")
        await one.submit("form")
        assert (one["said"].text, two["said"].text) == ("Ann\nHello <b>", "Ann\nHello <b>")
        assert (one["text"].value, two["text"].value) == ("", "half")
        await two.submit("form")
        assert one["said"].text == "Ann\nHello <b>\nSomebody\nhalf"
        assert other["said"].text == "Nobody has said anything yet."
        assert [row.text for row in hall.find_all("#rooms li")] == ["LobbyAnn, Somebody2", "a/bSomebody1"]
        assert [link["href"] for link in hall.find_all("#rooms a")] == ["/room/Lobby", "/room/a%2Fb"]
        await two.close()
        await hall.until(lambda: hall.find("#rooms li").text == "LobbyAnn1")
        assert one["here"].text == "1 here: Ann"
        await hall.fill("other", " Tea & cake ")
        await hall.submit("form")
        assert hall.commands == [{"type": "go", "url": "/room/Tea%20%26%20cake"}]
        for tab in (hall, one, other):
            assert tab.errors == []
            await tab.verify()


async def test_signup_says_what_is_wrong_and_goes_on_when_nothing_is() -> None:
    async with open_site(SITES / "signup") as site:
        tab, other = await site.open(), await site.open()
        first = other.html
        name, email = tab.find_all("form input")
        await tab.click("Next")
        assert "Name" in tab.text
        await tab.fill(name, "A")
        await tab.fill(email, "ann")
        assert [message["text"] for message in tab.commands] == [
            "A name has 2 to 60 characters.",
            "This is no address, such as ann@example.org.",
        ]
        await tab.click("Next")
        assert tab.commands[-1]["type"] == "focus" and "Email" in tab.text
        await tab.fill(name, "Ann")
        await tab.fill(email, "ann@example.org")
        await tab.click("Next")
        assert "Email" not in tab.text and "5 seats" in tab.text
        await tab.click("input[type=radio][value=company]")
        await tab.fill(tab.find("input[type=range]"), 7)
        await tab.fill(tab.find("input[type=date]"), "2026-05-01")
        assert "7 seats" in tab.text
        await tab.click("Back")
        assert [field.value for field in tab.find_all("form input")] == ["Ann", "ann@example.org"]
        await tab.click("Next")
        assert tab.find("input[type=radio][value=company]").value is True
        await tab.click("Next")
        said = [row.text.split("\n") for row in tab.find_all("dl dd")]
        assert said == [["Ann"], ["ann@example.org"], ["Company"], ["7"], ["1 May 2026"]]
        await tab.click("button[type=submit]")
        assert tab.commands[-1]["text"] == "Please agree to the terms first."
        await tab.click(tab.find_all("form input")[1])
        await tab.click("button[type=submit]")
        assert "Welcome, Ann!" in tab.text
        assert tab.errors == []
        await tab.verify()
        await tab.click("Sign up somebody else")
        assert [field.value for field in tab.find_all("form input")] == ["", ""]
        assert (other.html, other.frames) == (first, [{"type": "ready"}])
        await tab.verify()


@pytest.mark.parametrize("name", ["poll", "todo", "rooms", "signup"])
def test_sites_without_python_load_without_a_warning(name: str) -> None:
    assert [path.name for path in (SITES / name).iterdir()] == ["site.yaml"]
    diagnostics = Diagnostics()
    read_site(SITES / name, ELEMENT_TYPES, diagnostics)
    assert [str(found) for found in diagnostics] == []


async def test_a_tab_of_two_hundred_rows_costs_no_more_than_one_of_two(tmp_path: Path) -> None:
    few, many = [await _bytes_of_a_tab(tmp_path, rows) for rows in (2, 200)]
    assert many - few < 10 * 1024


async def _bytes_of_a_tab(folder: Path, rows: int) -> float:
    """Bytes that the server takes for a tab, on the average of a hundred."""
    body = "body:\n" + "".join(f"  - p: row {number}\n" for number in range(rows))
    async with open_site(write_site(folder, body)) as site:
        await _connect(site)
        gc.collect()
        tracemalloc.start()
        sockets = [await _connect(site) for _ in range(100)]
        gc.collect()
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        for socket in sockets:
            await socket.drop()
        return size / len(sockets)


async def _connect(site: OpenSite) -> Socket:
    """A tab without a document of its own."""
    page = re.findall(r'data-page="([^"]+)"', (await site.get("/")).text)[0]
    ready = asyncio.Event()
    socket = Socket(
        site.app, f"{PREFIX}/socket", {}, received=lambda text: ready.set(), closed=lambda code, reason: None
    )
    socket.send(msgspec.json.encode(Hello(page, "tab-tab-tab", "secret-secret")).decode())
    await ready.wait()
    return socket
