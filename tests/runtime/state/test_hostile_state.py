"""State that is written in unusual ways: rows stay true, nothing grows without end, and no connection is lost."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from textwrap import dedent

import pytest

from livepages.runtime.reactions import each
from livepages.runtime.state.state import StateError, StateList
from livepages.runtime.state.tracking import Tracker
from livepages.testing import Tab, open_site
from tests.runtime.support import write_site


async def shown(folder: Path, text: str, *clicks: str, handlers: str = "") -> Tab:
    """A tab after some clicks; each leaves it connected, and equal to the server."""
    async with open_site(write_site(folder, dedent(text), *([dedent(handlers)] if handlers else []))) as site:
        tab = await site.open()
        for click in clicks:
            await tab.click(click)
            assert tab.closed is None
        await tab.verify()
        return tab


async def test_the_name_of_a_mapping_s_row_stays_its_key(tmp_path: Path) -> None:
    text = """
        state: {votes: {tea: 0, milk: 0}}
        body:
          - {button: Vote, on: {click: {set: {votes.tea: "${votes.tea + 1}"}}}}
          - button: "${drink}=${votes[drink]}"
            each: drink in votes
            on: {click: {set: {"votes[drink]": 7}}}
        """
    tab = await shown(tmp_path, text, "Vote", "milk=0", "tea=1")
    assert [one.text for one in tab.find_all("button")] == ["Vote", "tea=7", "milk=7"]


async def test_a_row_that_removes_itself_can_do_more(tmp_path: Path) -> None:
    text = """
        state: {items: [a, b]}
        body:
          - div: [{button: "Remove ${item}", on: {click: [{remove: "items[loop.index0]"}, {focus: field}]}}]
            each: item in items
          - {input: , id: field}
        """
    tab = await shown(tmp_path, text, "Remove a")
    assert [one.text for one in tab.find_all("button")] == ["Remove b"]
    assert [command["type"] for command in tab.commands] == ["focus"]


async def test_an_equal_value_in_the_place_of_another_is_followed(tmp_path: Path) -> None:
    text = """
        state: {rows: {x: {n: 1}}}
        body:
          - {button: Same, on: {click: {set: {rows.x: {n: 1}}}}}
          - {button: More, on: {click: {set: {rows.x.n: 2}}}}
          - {b: "row ${pair[1].n}", each: pair in rows | items}
        """
    tab = await shown(tmp_path, text, "Same", "More")
    assert tab.find("b").text == "row 2"


async def test_a_list_that_decides_on_itself(tmp_path: Path) -> None:
    text = """
        state: {a: [1, 2], b: [9]}
        body:
          - {button: Change, on: {click: {set: {"a[0]": 0}}}}
          - {i: "${x}", each: "x in a if a[0] else b"}
        """
    tab = await shown(tmp_path, text, "Change")
    assert [one.text for one in tab.find_all("i")] == ["9"]


async def test_one_expression_that_fails_keeps_no_other_from_running(tmp_path: Path) -> None:
    text = """
        state: {x: 1.5, k: 0}
        body:
          - {button: Go, on: {click: go}}
          - {i: "${x | round(2)}"}
          - {p: "k ${k}"}
        """
    handlers = """
        def go(page):
            page.state.x = 1e308
            page.state.k = 7
        """
    tab = await shown(tmp_path, text, "Go", handlers=handlers)
    assert tab.find("p").text == "k 7"


async def test_more_rows_than_a_page_can_take(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(each, "MOST_NODES", 1_000)
    text = """
        state: {n: 1}
        body:
          - {button: Many, on: {click: {set: {n: 30}}}}
          - {div: [{b: "${j}", each: j in 1..n}], each: i in 1..n}
          - {p: "${n}"}
        """
    tab = await shown(tmp_path, text, "Many")
    assert tab.find("p").text == "30"
    assert 100 < len(tab.find_all("b")) <= 1_000
    told = [record.message for record in caplog.records]
    assert len(told) == 1 and "a page can't have more than 1,000 elements in rows" in told[0]


async def test_items_that_are_replaced_again_and_again_leave_nothing_behind(tmp_path: Path) -> None:
    text = """
        state: {rows: [{id: 1, n: 0}, {id: 2, n: 0}]}
        body:
          - {button: Next, on: {click: {set: {"rows[0]": {id: 1, n: "${rows[0].n + 1}"}}}}}
          - {p: "${row.n}", each: row in rows, key: row.id}
        """
    async with open_site(write_site(tmp_path, dedent(text))) as site:
        tab = await site.open()
        for _ in range(400):
            await tab.click("Next")
        assert tab.find("p").text == "400"
        room = next(iter(site.app.state.hub.rooms))  # type: ignore[attr-defined]
        reads = [len(one._sources) for one in room.live.reactions._by_number[2]]
        assert max(reads) < 250


async def test_an_address_stays_on_its_site(tmp_path: Path) -> None:
    text = """
        state: {name: kitchen}
        body:
          - {button: Leave, on: {click: {set: {name: /evil.example}}}}
          - {a: Go, href: "/${name}"}
        """
    tab = await shown(tmp_path, text)
    assert 'href="/kitchen"' in tab.html
    assert 'href="/%2Fevil.example"' in (await shown(tmp_path, text, "Leave")).html


@pytest.mark.parametrize("value", ["a\udc80", {"\udc80": 1}, 2**70, [[list(range(900))] * 200]])
def test_what_could_not_be_shown_can_not_be_kept(value: object) -> None:
    items = StateList([1], Tracker())
    with pytest.raises(StateError):
        items.append(value)
    assert items == [1]


def test_copies_are_plain() -> None:
    items = StateList([{"a": [1]}], Tracker())
    for made in (copy.copy(items), copy.deepcopy(items), pickle.loads(pickle.dumps(items))):
        assert made == [{"a": [1]}] and type(made) is list and type(made[0]) is dict
