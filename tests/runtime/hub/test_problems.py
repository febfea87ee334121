"""Expressions that have no value: an empty one in the page, a line in the log, and a word to who develops the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from livepages.testing import open_site
from tests.runtime.support import write_site

SITE = """
state: {cups: 3, people: 0}
body:
  - p: "${cups / people} each"
    id: share
  - p: "${cups} cups"
  - button: Two come
    on: {click: {set: {people: 2}}}
  - button: All go
    on: {click: {set: {people: 0}}}
"""
PROBLEM = 'site.yaml:3:5: p "share".text: '


@pytest.mark.parametrize("development", [True, False])
async def test_a_page_is_never_broken(tmp_path: Path, caplog: pytest.LogCaptureFixture, *, development: bool) -> None:
    async with open_site(write_site(tmp_path, SITE.replace("people", "guests")), development=development) as site:
        tab = await site.open()
        assert tab["share"].text == "" and "3 cups" in tab.text
        await tab.click("Two come")
        assert tab["share"].text == "1.5 each"
        await tab.click("All go")
        assert tab["share"].text == ""
        assert [PROBLEM in record.message for record in caplog.records] == [True, True]
        told = [[finding["text"] for finding in frame["findings"]] for frame in tab.frames if frame["type"] == "faults"]
        if not development:
            assert told == []
            return
        (text,) = tab.faults
        assert told == [[text], [], [text]]
        assert text.splitlines()[1:] == ['  3 |   - p: "${cups / guests} each"', "    |     ^"]
        assert 'site.yaml:3:5: error: p "share".text: ' in text


async def test_who_looks_at_a_shared_page_is_told_at_once(tmp_path: Path) -> None:
    text = """
        pages:
          /: {body: [{shared: board}]}
          /edit: {body: [{shared: board}, {button: Break, on: {click: {set: {site.guests: 0}}}}]}
        state: {guests: 2, rows: [a, b, c]}
        shared:
          board:
            - p: "${6 / site.guests}"
            - ul: [{li: "${1 / site.guests}", each: n in site.rows}]
        """
    async with open_site(write_site(tmp_path, text), development=True) as site:
        looking, editing = await site.open(), await site.open("/edit")
        assert looking.faults == []
        await editing.click("Break")
        assert [fault.partition("error: ")[2].splitlines()[0] for fault in looking.faults] == [
            "p.text: 6 can't be divided by 0.",
            "li.text: 1 can't be divided by 0.",
        ]
        assert editing.faults == looking.faults == (await site.open()).faults


async def test_a_tab_that_was_away_hears_that_a_value_is_there_again(tmp_path: Path) -> None:
    text = SITE.replace("state:", "scope: shared\nstate:").replace("people", "guests")
    async with open_site(write_site(tmp_path, text), development=True) as site:
        away, other = await site.open(), await site.open()
        assert len(away.faults) == 1
        await away.disconnect()
        await other.click("Two come")
        assert other.faults == []
        await away.connect()
        assert away.faults == []


async def test_a_title_follows_state_in_open_tabs(tmp_path: Path) -> None:
    text = """
        title: "${count} new"
        scope: shared
        state: {count: 0}
        body: [{button: One more, on: {click: {set: {count: "${count + 1}"}}}}]
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab, other = await site.open(), await site.open()
        assert tab.title == "0 new"
        await tab.click("One more")
        assert (tab.title, other.title, (await site.open()).title) == ("1 new", "1 new", "1 new")


async def test_what_repeats_and_chooses_is_named_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    text = """
        state: {count: 3}
        body:
          - {p: "${item}", each: item in count | sort}
          - {match: count + 'x', cases: {1: [{p: one}]}}
          - {input: , type: number, bind: count}
        """
    async with open_site(write_site(tmp_path, text)) as site:
        assert (await site.open()).text == ""
    assert [record.message.partition("site.yaml:")[2] for record in caplog.records] == [
        '3:6: each: "sort" needs a list, not 3.',
        '4:6: match: + needs two numbers, two texts or two lists, not 3 and "x"; ~ joins texts and numbers.',
    ]
