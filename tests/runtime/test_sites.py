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

from livepages.runtime.tab import PREFIX
from livepages.runtime.wire import Hello
from livepages.testing import NoPage, OpenSite, open_site
from livepages.testing.asgi import Socket
from tests.runtime.support import write_site

SITES = Path(__file__).parents[2] / "sites"


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
