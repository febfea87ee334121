"""A running site becomes the next version of its files: as a whole, or one part less where livepages itself fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from livepages.schema.findings.errors import SiteError
from tests.runtime.reload.edited import edited, news

TEXT = """
startup: begin
state: {{n: {n}}}
shared:
  board: [{{p: "board {word}", id: card}}, {{p: "", id: log}}]
  other: [{{p: "other {word}", id: rest}}]
pages:
  /: {{scope: shared, body: [{{h1: "first {word}"}}, {{shared: board}}, {{shared: other}}]}}
  /second: {{scope: shared, body: [{{h1: "second {word}"}}, {{shared: board}}]}}
"""
PYTHON = "def begin(shared):\n    shared['log'].text = 'begun'\n"


def text(word: str = "one", n: int = 0) -> str:
    return TEXT.format(word=word, n=n)


class Untouchable:
    """What raises wherever it is used: state of livepages itself that is not as it should be."""

    def __getattr__(self, name: str) -> object:
        raise ZeroDivisionError("a mistake of livepages")


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_page_that_livepages_fails_on_is_loaded_anew_and_the_others_follow(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with edited(tmp_path, text(), PYTHON) as site:
        first, second = await site.open(), await site.open("/second")
        site.room(second).live.tree.overlay.props = Untouchable()  # type: ignore[assignment]
        news(first), news(second)
        change = await site.save(text("two"), PYTHON)
        assert (change.live_pages, change.tabs, change.reloaded) == (1, 1, 1)
        assert "first two" in first.text and "board two" in first.text
        assert news(second)[-1]["reason"] == "The page has ended: it can't follow the change of the site."
        assert errors(caplog) == ["The live page /second can't follow the change of the site."]
        again = await site.open("/second")
        assert "second two" in again.text and "begun" in again.text
        await site.save(text("three"), PYTHON)
        assert "second three" in again.text


async def test_a_shared_element_that_livepages_fails_on_begins_anew_and_the_others_follow(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with edited(tmp_path, text(), PYTHON) as site:
        tabs = [await site.open(), await site.open("/second")]
        site.hub.shared_pages["board"].tree.overlay.props = Untouchable()  # type: ignore[assignment]
        change = await site.save(text("two"), PYTHON)
        assert (change.live_pages, change.tabs, change.reloaded) == (2, 2, 0)
        for tab in tabs:
            assert (tab["card"].text, tab["log"].text) == ("board two", "")
            await tab.verify()
        assert tabs[0]["rest"].text == "other two"
        assert errors(caplog) == ["The shared element board can't follow the change of the site; it begins anew."]
        await site.save(text("three"), PYTHON)
        assert [tab["card"].text for tab in tabs] == ["board three"] * 2


async def test_nothing_changes_where_preparing_fails(tmp_path: Path) -> None:
    async with edited(tmp_path, text(), PYTHON) as site:
        tab = await site.open()
        before = (site.hub.site, site.hub.blueprints, site.hub.kit)
        site.write("site.yaml", "handlers: handlers.py\n" + text("two").replace("p:", "option:", 1).lstrip())
        with pytest.raises(SiteError):
            await site.site.reload()
        await tab.settle()
        assert (site.hub.site, site.hub.blueprints, site.hub.kit) == before
        assert "first one" in tab.text and len(tab.problems) == 1
        await site.save(text("two"), PYTHON)
        assert "first two" in tab.text and tab.problems == []


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda: (text("one", 1), PYTHON), ("state",)),
        (lambda: (text().replace("first one", "first!"), PYTHON), ("page /",)),
        (lambda: (text().replace("board one", "board!"), PYTHON), ("shared board",)),
        (lambda: (text(), PYTHON + "\ndef more(): ...\n"), ("handlers",)),
        (lambda: (text() + "every: {1h: begin}\n", PYTHON), ("timers",)),
        (lambda: (text() + "title: Site\n", PYTHON), ("page /", "page /second", "title")),
        (lambda: (text() + "limits: {tabs: 9}\n", PYTHON), ("limits",)),
        (lambda: (text() + "theme: plain\n", PYTHON), ("css",)),
        (lambda: (text() + "components: {new: {body: [x]}}\n", PYTHON), ("component new",)),
        (lambda: (text() + "  /third: {body: [x]}\n", PYTHON), ("page /third",)),
        (
            lambda: (
                text().replace('scope: shared, body: [{h1: "second', 'lang: de, scope: shared, body: [{h1: "second'),
                PYTHON,
            ),
            ("page /second",),
        ),
        (lambda: ("# only a comment\n" + text().replace("[{", "[ {"), PYTHON), ()),
    ],
)
async def test_the_report_names_what_was_edited(
    tmp_path: Path, edit: Callable[[], tuple[str, str]], told: tuple[str, ...]
) -> None:
    async with edited(tmp_path, text(), PYTHON) as site:
        tab, second = await site.open(), await site.open("/second")
        change = await site.save(*edit())
        assert change.pages == told
        moved = {"page /": 1, "page /second": 1, "shared board": 2, "handlers": 2, "css": 2}
        expected = 2 if "title" in told else moved.get(told[0], 0) if told else 0
        assert (change.live_pages, change.tabs, change.reloaded) == (expected, expected, 0)
        for each in (tab, second):
            await each.verify()


async def test_edits_one_after_the_other_under_tabs_that_come_and_go(tmp_path: Path) -> None:
    python = PYTHON + "def add(shared):\n    shared['log'].append({'b': 'x'})\n"
    async with edited(tmp_path, text(), python) as site:
        tabs = []
        for number in range(12):
            tabs.append(await site.open(("/", "/second")[number % 2]))
            if number % 3 == 2:
                await tabs[number - 1].disconnect()
            await site.save(text(f"w{number}", number), python)
            if number % 4 == 3:
                await tabs[number - 2].connect()
        for tab in tabs:
            if tab.closed is not None:
                await tab.connect()
            assert "board w11" in tab.text
            await tab.verify()
