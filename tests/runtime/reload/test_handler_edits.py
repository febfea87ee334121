"""What becomes of handlers, timers and tasks when the Python of a site is edited."""

from __future__ import annotations

import asyncio
import logging
from itertools import pairwise
from pathlib import Path

import pytest

from livepages.schema.findings.errors import SiteError
from tests.runtime.reload.edited import edited, kinds, news

COUNTDOWN = Path(__file__).parents[3] / "sites" / "countdown"
BUTTON = """
scope: shared
body:
  - button: act
    on: {click: act}
  - p: ""
    id: told
"""


def acting(body: str) -> str:
    return f"import asyncio\n\n{body}\n"


async def test_events_go_to_the_new_functions_at_once(tmp_path: Path) -> None:
    async with edited(tmp_path, BUTTON, "def act(page):\n    page['told'].text = 'old'\n") as site:
        tab, other = await site.open(), await site.open()
        await tab.click("act")
        assert other["told"].text == "old"
        news(tab)
        change = await site.save(BUTTON, "def act(page):\n    page['told'].text = 'new'\n")
        assert (change.pages, change.live_pages, change.tabs, kinds(tab)) == (("handlers",), 1, 2, [])
        await tab.click("act")
        assert other["told"].text == "new"


async def test_a_handler_under_way_ends_in_the_old_code_on_the_page_as_it_is_now(tmp_path: Path) -> None:
    old = acting(
        "def word():\n    return 'old'\n\n"
        "async def act(page, element):\n"
        "    element.text = 'working'\n    told = page['told']\n    await page.update()\n"
        "    await asyncio.sleep(5)\n"
        "    told.text = word()\n    page['late'].text = 'found'\n    element.text = 'done'\n"
    )
    async with edited(tmp_path, BUTTON, old) as site:
        tab, other = await site.open(), await site.open()
        await tab.click("act")
        assert other.find("button").text == "working"
        text = BUTTON.replace(
            '  - p: ""\n    id: told', '  - section: [{p: "", id: told, classes: p-1}]\n  - p: ""\n    id: late'
        )
        change = await site.save(text, "def act(page):\n    page['told'].text = 'new'\n")
        assert change.notes == ()
        assert tab.find("button").text == "working"
        await tab.until(lambda: tab.find("button").text == "done", 30)
        assert (tab["told"].text, other["late"].text) == ("old", "found")
        await tab.click("button")
        assert other["told"].text == "new"
        await tab.verify()


async def test_a_handler_under_way_whose_element_is_gone(tmp_path: Path) -> None:
    old = acting(
        "async def act(page, element):\n"
        "    told = page['told']\n    await asyncio.sleep(5)\n"
        "    page.data['after'] = True\n    element.text = 'end'\n    told.text = 'nobody sees it'\n"
    )
    async with edited(tmp_path, BUTTON, old) as site:
        tab = await site.open()
        await tab.click("act")
        await site.save("scope: shared\nbody: [{button: act, on: {click: act}}]\n", old)
        await asyncio.sleep(6)
        await tab.settle()
        assert site.room(tab).live.data["after"] is True
        assert tab.find("button").text == "end"
        (error,) = tab.errors
        assert error["message"] == "ElementError: This element has been removed from its page."
        await tab.verify()


async def test_a_handler_under_way_on_a_page_that_is_gone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    old = acting(
        "async def act(page, site):\n    await asyncio.sleep(5)\n"
        "    page['told'].text = 'x'\n    site.data['done'] = 1\n"
    )
    pages = "pages:\n  /: {scope: shared, body: [{p: x}]}\n"
    more = "  /more:\n    scope: shared\n    body: [{button: act, on: {click: act}}, {p: '', id: told}]\n"
    async with edited(tmp_path, pages + more, old) as site:
        tab = await site.open("/more")
        await tab.click("act")
        await site.save(pages, old)
        await asyncio.sleep(6)
        assert site.hub.handle.data["done"] == 1
        assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_module_that_fails_leaves_the_old_one_at_work(tmp_path: Path) -> None:
    python = "def act(page):\n    import words\n    page['told'].text = words.WORD\n"
    async with edited(tmp_path, BUTTON, python, words_py="WORD = 'old'\n") as site:
        tab = await site.open()
        await tab.click("act")
        for broken in ("1 / 0\n" + python, "def act(page:\n", "import nowhere\n" + python):
            with pytest.raises(SiteError):
                await site.save(BUTTON, broken, words_py="WORD = 'new'\n")
            await tab.click("act")
            assert len(tab.problems) == 1
            assert tab["told"].text == "old"
        change = await site.save(BUTTON, python)
        assert (change.pages, tab.problems) == (("handlers",), [])
        await tab.click("act")
        assert tab["told"].text == "new"


async def test_a_button_that_a_handler_made_for_a_function_that_is_gone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    python = (
        "def act(page):\n    page.append({'button': 'made', 'on': {'click': 'gone'}})\n\n"
        "def gone(page):\n    page['told'].text = 'gone'\n"
    )
    async with edited(tmp_path, BUTTON, python) as site:
        tab = await site.open()
        await tab.click("act")
        await tab.click("made")
        assert tab["told"].text == "gone"
        await site.save(BUTTON, "def act(page): ...\n")
        await tab.click("made")
        (error,) = tab.errors
        assert (error["code"], error["message"]) == ("unknown-event", 'There is no handler "gone" any more.')
        assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
        await site.save(BUTTON, python)
        await tab.click("made")
        assert len(tab.errors) == 1


async def test_the_close_event_of_a_page_that_is_gone_with_its_handler(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pages = "pages:\n  /: {scope: shared, body: [{p: x}]}\n"
    more = "  /more: {scope: shared, on: {close: left}, body: [{p: y}]}\n"
    async with edited(tmp_path, pages + more, "def left(site):\n    site.data['left'] = 1\n") as site:
        tab = await site.open("/more")
        await site.save(pages, "def other(): ...\n")
        await tab.disconnect()
        await asyncio.sleep(400)
        assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_open_and_close_are_those_of_the_page_as_it_is(tmp_path: Path) -> None:
    text = "scope: shared\non: {{open: {}, close: {}}}\nbody: [{{p: '', id: told}}]\n"
    python = (
        "def came(page):\n    page['told'].text += 'came '\n\n"
        "def went(page):\n    page['told'].text += 'went '\n\n"
        "def went_elsewhere(page):\n    page['told'].text += 'elsewhere '\n"
    )
    async with edited(tmp_path, text.format("came", "went"), python) as site:
        first, second = await site.open(), await site.open()
        assert first["told"].text == "came came "
        await site.save(text.format("came", "went_elsewhere"), python)
        assert first["told"].text == "came came "
        await second.close()
        await first.until(lambda: "elsewhere" in first["told"].text, 30)
        assert first["told"].text == "came came elsewhere "


TIMED = """
title: {title}
scope: shared
every: {{{interval}: tick}}
body:
  - h1: {title}
  - ol: []
    id: beats
"""


def timed(title: str = "One", interval: str = "1s") -> str:
    return TIMED.format(title=title, interval=interval)


TICK = """
import asyncio

def tick(page):
    now = asyncio.get_running_loop().time()
    page["beats"].append({"li": str(round(now, 1)) + "%s"})
"""


async def test_timers_go_on_without_a_gap_or_a_double(tmp_path: Path) -> None:
    async with edited(tmp_path, timed(), TICK % "") as site:
        tab = await site.open()
        for number in range(8):
            await asyncio.sleep(0.7)
            await site.save(timed(title=f"T{number}"), TICK % number)
        await asyncio.sleep(2)
        await tab.settle()
        beats = [float(each.text[: each.text.index(".") + 2]) for each in tab["beats"].children]
        gaps = [after - before for before, after in pairwise(beats)]
        assert len(gaps) >= 6
        assert all(abs(gap - 1) < 0.15 for gap in gaps)
        assert tab["beats"].children[-1].text.endswith("7")
        assert len(asyncio.all_tasks()) < 20


async def test_another_interval_goes_on_from_the_last_beat(tmp_path: Path) -> None:
    async with edited(tmp_path, timed(interval="10s"), TICK % "") as site:
        tab = await site.open()
        await asyncio.sleep(5)
        await site.save(timed(interval="20s"), TICK % "")
        await asyncio.sleep(12)
        assert len(tab["beats"].children) == 1
        await asyncio.sleep(5)
        await tab.settle()
        assert len(tab["beats"].children) == 2


async def test_startup_happens_again_only_when_its_own_code_is_another(tmp_path: Path) -> None:
    text = "startup: begin\nscope: shared\nbody: [{p: x}]\n"
    python = "def begin(site):\n    site.data['begun'] = site.data.get('begun', 0) + 1{}\n\ndef other(): {}\n"
    async with edited(tmp_path, text, python.format("", "...")) as site:
        data = site.hub.handle.data
        await site.save(text, python.format("", "pass"))
        await site.save("# moved\n" + text, python.format("", "pass"))
        assert data["begun"] == 1
        change = await site.save(text, python.format(" + 0", "pass"))
        assert (data["begun"], change.pages) == (2, ("handlers",))


async def test_a_startup_that_fails_is_told_and_the_site_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = "startup: begin\nscope: shared\nbody: [{p: %s}]\n"
    async with edited(tmp_path, text % "One", "def begin(): ...\n") as site:
        tab = await site.open()
        change = await site.save(text % "Two", "def begin():\n    1 / 0\n")
        assert change.notes == ("startup: it failed; the site goes on without it.",)
        assert (tab.text, "ZeroDivisionError" in caplog.text) == ("Two", True)


async def test_a_startup_that_does_not_end_holds_nothing_up(tmp_path: Path) -> None:
    text = "startup: begin\nscope: shared\nbody: [{p: %s}]\n"
    hanging = acting(
        "async def begin(site):\n    try:\n        await asyncio.sleep(10 ** 6)\n"
        "    finally:\n        site.data['ended'] = site.data.get('ended', 0) + 1\n"
    )
    async with edited(tmp_path, text % "One", "def begin(): ...\n") as site:
        tab = await site.open()
        change = await site.save(text % "Two", hanging)
        assert change.notes == ("startup: it has not ended after 5 s; the site goes on meanwhile.",)
        change = await site.save(text % "Three", hanging)
        assert (tab.text, change.notes, "ended" in site.hub.handle.data) == ("Three", (), False)
        change = await site.save(text % "Four", "def begin(site):\n    site.data['begun'] = 1\n")
        assert (change.notes, site.hub.handle.data) == ((), {"ended": 1, "begun": 1})


async def test_the_startup_of_a_page_happens_again_when_it_is_another(tmp_path: Path) -> None:
    text = "pages: {/: {scope: shared, startup: begin, body: [{p: '', id: told}]}}\n"
    python = "def begin(page):\n    page['told'].text += '%s'\n\ndef other(): %s\n"
    async with edited(tmp_path, text, python % ("a", "...")) as site:
        tab = await site.open()
        await site.save(text, python % ("a", "pass"))
        assert tab["told"].text == "a"
        await site.save(text, python % ("b", "pass"))
        assert tab["told"].text == "ab"


async def test_tasks_of_the_startup_go_on_in_the_new_code(tmp_path: Path) -> None:
    text = "startup: begin\nscope: shared\nbody: [{p: '', id: told}]\n"
    python = acting(
        "def begin(site):\n    site.run_task(work(site))\n\n"
        "async def work(site):\n    while True:\n        site.page('/')['told'].text = '%s'\n"
        "        site.update()\n        await asyncio.sleep(1)\n"
    )
    async with edited(tmp_path, text, python % "old") as site:
        tab = await site.open()
        await tab.until(lambda: tab["told"].text == "old", 30)
        await site.save(text, python % "new")
        await tab.until(lambda: tab["told"].text == "new", 30)
        await asyncio.sleep(3)
        assert tab["told"].text == "new"
        named = [task.get_name() for task in asyncio.all_tasks()]
        assert sum(name == "work" for name in named) == 1


async def test_a_countdown_under_way_survives_edits_of_its_file_and_of_its_code(tmp_path: Path) -> None:
    text = (COUNTDOWN / "site.yaml").read_text(encoding="utf-8")
    code = (COUNTDOWN / "countdown.py").read_text(encoding="utf-8")
    async with edited(tmp_path, text, countdown_py=code) as site:
        tab = await site.open()
        await tab.click("button")
        assert "10" in tab.text
        await asyncio.sleep(2.5)
        await site.save(text.replace("Start countdown", "Begin"))
        assert tab.text.strip() in ("8", "7")
        await site.save(text, countdown_py=code.replace("Boom!", "BANG!"))
        await asyncio.sleep(3)
        assert tab.text.strip() in ("5", "4")
        await tab.until(lambda: "Boom!" in tab.text, 60)
        await tab.verify()
        await tab.click(tab.find("button"))
        await tab.until(lambda: "BANG!" in tab.text, 60)
