"""Events of tabs and their handlers, through the whole of the server but its socket."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from livepages.testing import open_site
from tests.runtime.live_pages import HANDLERS, PAGE
from tests.runtime.support import write_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path, PAGE, HANDLERS)


async def test_a_handler_gets_what_it_asks_for_and_the_page_is_updated(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        await tab.click("press", x=7)
        assert tab["out"].text == "click 7.0 "
        await tab.fire("press", "dblclick")
        assert tab["out"].text == "twice press None"
        assert tab.operations() == [["text", 2, "click 7.0 "], ["text", 2, "twice press None"]]


async def test_a_click_after_typing_reads_what_was_typed(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        tab["name"].type("Ann")
        assert tab.sent == []
        await tab.click("press")
        assert [sent.on for sent in tab.sent] == ["input", "click"]
        assert tab["out"].text == "click None Ann"


async def test_values_arrive_in_the_type_of_their_field(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        await tab.click("box")
        assert tab["out"].text == "box True"
        await tab.fill("number", 2.5)
        await tab.fill("drink", "milk")
        await tab.verify()
        assert (tab["number"].value, tab["drink"].value, tab["box"].value) == (2.5, "milk", True)
        await tab.fill("number", None)
        await tab.verify()
        assert tab["number"].value is None


async def test_what_a_user_typed_in_a_tab_of_its_own_is_not_sent_back(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        await tab.fill("name", "Ann")
        assert tab.operations() == []


async def test_a_handler_that_returns_something_shows_nothing_by_itself(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        await tab.click("quiet")
        assert tab["out"].text == "nothing yet"
        await tab.fill("name", "x")
        assert tab["out"].text == "quiet"


@pytest.mark.parametrize("development", [False, True])
async def test_a_handler_that_fails(site: Path, development: bool, caplog: pytest.LogCaptureFixture) -> None:
    async with open_site(site, development=development) as opened:
        tab, other = await opened.open(), await opened.open()
        await tab.click("broken")
        (error,) = tab.errors
        assert tab["out"].text == "half"
        assert (error["code"], error["event"]) == ("handler-failed", 1)
        assert error["id"].startswith("E-")
        assert error["message"] == ("RuntimeError: no <luck>" if development else "Something went wrong on the server.")
        assert (error["trace"] is None) is not development
        assert not development or 'raise RuntimeError("no <luck>")' in error["trace"]
        assert other.frames == [{"type": "ready"}]
        await tab.click("press")
        assert tab["out"].text == "click None "
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert record.levelname == "ERROR" and error["id"] in record.getMessage()
    assert 'File "handlers.py", line 12, in broken' in record.getMessage()
    assert "livepages/runtime" not in record.getMessage()


async def test_an_event_is_applied_once(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        for number, x in ((1, 1), (1, 2), (2, 3), (1, 4)):
            tab.send({"type": "event", "id": number, "stream": "page", "node": 1, "on": "click", "data": {"x": x}})
        await tab.until(lambda: len([frame for frame in tab.frames if frame["type"] == "ack"]) == 4)
        assert [operation[2] for operation in tab.operations()] == ["click 1.0 ", "click 3.0 "]
        assert [frame["event"] for frame in tab.frames if frame["type"] == "ack"] == [1, 1, 2, 2]


ASYNC_HANDLERS = """
import asyncio

async def slow(page, element):
    page["out"].append({"p": f"{element.id} starts"})
    await page.update()
    await asyncio.sleep(1)
    page["out"].append({"p": f"{element.id} ends"})

def fast(page):
    page["out"].append({"p": "fast"})
"""
ASYNC_PAGE = """
body:
  - button: a
    id: a
    on: {click: slow}
  - button: b
    id: b
    on: {click: fast}
  - button: c
    id: c
    on: {click: slow}
  - div:
    id: out
"""


async def test_handlers_start_in_the_order_of_their_events_and_overlap_at_their_awaits(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, ASYNC_PAGE, ASYNC_HANDLERS)) as opened:
        tab = await opened.open()
        for number, node in enumerate((1, 2, 3), start=1):
            tab.send({"type": "event", "id": number, "stream": "page", "node": node, "on": "click"})
        await tab.until(lambda: "c ends" in tab.text)
        assert tab["out"].text.split("\n") == ["a starts", "fast", "c starts", "a ends", "c ends"]
        await tab.verify()


async def test_a_field_that_changes_while_a_handler_is_at_work_keeps_what_that_has_made(tmp_path: Path) -> None:
    text = """
        body: [{input: "", id: name}, {button: Go, id: go, on: {click: go}}]
        """
    python = """
        import asyncio
        async def go(page):
            page["name"].title = "working"
            page["name"].placeholder = "wait"
            await asyncio.sleep(1)
            page["name"].title = "done"
        """
    async with open_site(write_site(tmp_path, text, python)) as opened:
        tab = await opened.open()
        await tab.click("go")
        await tab.fill("name", "x")
        assert tab["name"]["title"] == "working"
        await tab.until(lambda: tab["name"]["title"] == "done")
        await tab.verify()
