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
        told = [error["message"] for error in tab.errors]
        assert len(told) == (2 if development else 0)
        assert all(PROBLEM in message for message in told)
        assert [PROBLEM in record.message for record in caplog.records] == [True, True]


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
