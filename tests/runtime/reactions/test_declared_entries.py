"""Lists and mappings whose declaration says what their entries are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livepages.runtime.state.container import StateError, plain
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.state.tracking import Tracker
from livepages.schema.site.params import Param
from livepages.testing import open_site
from tests.runtime.support import write_site

WORD = Param("", "str", max_length=5)
DECLARED = {
    "names": Param("names", "list", ["b", "a"], items=WORD, max_length=4),
    "votes": Param("votes", "map", {"tea": 0}, items=Param("", "int", ge=0)),
    "grid": Param("grid", "list", [[1]], items=Param("", "list", items=Param("", "int"), max_length=2)),
    "free": Param("free", "map", {"tea": 0}),
}
FIRST = {"names": ["b", "a"], "votes": {"tea": 0}, "grid": [[1]], "free": {"tea": 0}}


def root() -> StateRoot:
    return StateRoot("page.state", DECLARED, Tracker())


def _iadd(state: Any) -> None:
    state.names += ["c", True]


def _ior(state: Any) -> None:
    state.votes |= {"coffee": 1, "tea": "x"}


WORDS = "expected a text of at most 5 characters, not"
COUNT = "expected a whole number of at least 0, not"
REFUSED: list[tuple[Callable[[Any], Any], str]] = [
    (lambda s: s.names.append(3), f"page.state.names[2]: {WORDS} 3."),
    (lambda s: s.votes.__setitem__("tea", "4"), f'page.state.votes["tea"]: {COUNT} "4".'),
    (lambda s: s.grid.append([1, "2"]), 'page.state.grid[1][1]: expected a whole number, not "2".'),
    (lambda s: s.names.append(True), f"page.state.names[2]: {WORDS} true."),
    (lambda s: s.names.append("123456"), f'page.state.names[2]: {WORDS} "123456".'),
    (lambda s: s.names.insert(0, None), f"page.state.names[0]: {WORDS} nothing."),
    (lambda s: s.names.extend(["c", []]), f"page.state.names[3]: {WORDS} a list."),
    (lambda s: s.names.extend(each for each in ("c", [])), f"page.state.names[3]: {WORDS} a list."),
    (lambda s: s.names.__setitem__(-1, {}), f"page.state.names[1]: {WORDS} a mapping."),
    (lambda s: s.names.__setitem__(slice(1, None), ["c", {}]), f"page.state.names[2]: {WORDS} a mapping."),
    (lambda s: s.names.__imul__(3), "page.state.names: expected a list of at most 4 entries, not 6 entries."),
    (_iadd, f"page.state.names[3]: {WORDS} true."),
    (lambda s: setattr(s, "names", ["c", True]), f"page.state.names[1]: {WORDS} true."),
    (lambda s: s.votes.__setitem__("tea", "x"), f'page.state.votes["tea"]: {COUNT} "x".'),
    (lambda s: s.votes.__setitem__("milk", -1), f'page.state.votes["milk"]: {COUNT} -1.'),
    (lambda s: s.votes.update(coffee=1, tea=-1), f'page.state.votes["tea"]: {COUNT} -1.'),
    (lambda s: s.votes.update({"coffee": 1, 3: 1}), "the keys of a mapping of state are texts, not 3"),
    (lambda s: s.votes.setdefault("milk"), f'page.state.votes["milk"]: {COUNT} nothing.'),
    (_ior, f'page.state.votes["tea"]: {COUNT} "x".'),
    (lambda s: setattr(s, "votes", {"tea": 1, "milk": "x"}), f'page.state.votes["milk"]: {COUNT} "x".'),
    (lambda s: s.grid[0].append("x"), 'an entry of page.state.grid[1]: expected a whole number, not "x".'),
    (lambda s: s.grid.append([1, "x"]), 'page.state.grid[1][1]: expected a whole number, not "x".'),
    (
        lambda s: s.grid[0].extend([2, 3]),
        "an entry of page.state.grid: expected a list of at most 2 entries, not 3 entries.",
    ),
]


@pytest.mark.parametrize(("write", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_refused_write_changes_nothing(write: Callable[[Any], Any], message: str) -> None:
    state = root()
    with pytest.raises(StateError) as caught:
        write(state)
    assert (str(caught.value), dict(state)) == (message, FIRST)


def test_a_sort_that_fails_changes_nothing() -> None:
    state = root()
    state.free["mixed"] = [2, 1, "a", 0]
    for key in (None, lambda item: item + 1):
        with pytest.raises(TypeError):
            state.free["mixed"].sort(key=key)
        assert state.free["mixed"] == [2, 1, "a", 0]
    state.names.sort()
    state.names.reverse()
    state.names += ["c"]
    state.names.sort(key=lambda name: -ord(name))
    assert state.names == ["c", "b", "a"]


def test_entries_are_kept_in_their_declared_type() -> None:
    state = root()
    state.grid.append((5, 6.0))
    state.grid[1].pop()
    state.grid[1] += [7]
    assert dict(state) == {**FIRST, "grid": [[1], [5, 7]]}


def test_without_a_declaration_of_entries_any_can_be_put_in() -> None:
    state = root()
    state.free["tea"] = "many"
    state.free["of"] = [{"a": None}]
    assert state.free == {"tea": "many", "of": [{"a": None}]}


VALUES = st.none() | st.booleans() | st.integers(-2, 3) | st.text(max_size=7) | st.lists(st.integers(), max_size=2)
WRITES: dict[str, Callable[[Any, Any], Any]] = {
    "append": lambda state, value: state.names.append(value),
    "insert": lambda state, value: state.names.insert(0, value),
    "set": lambda state, value: state.names.__setitem__(0, value),
    "slice": lambda state, value: state.names.__setitem__(slice(0, 1), [value, value]),
    "extend": lambda state, value: state.names.extend([value, "a"]),
    "clear": lambda state, value: state.names.clear(),
    "entry": lambda state, value: state.votes.__setitem__("tea", value),
    "update": lambda state, value: state.votes.update(milk=1, tea=value),
    "whole": lambda state, value: setattr(state, "votes", {"tea": value}),
    "inner": lambda state, value: state.grid[0].append(value),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(WRITES)), VALUES), max_size=8))
def test_whatever_is_written_it_keeps_to_its_declaration(writes: list[tuple[str, Any]]) -> None:
    state = root()
    for name, value in writes:
        before = plain(state)
        try:
            WRITES[name](state, value)
        except (StateError, IndexError):
            assert plain(state) == before
        for declared in DECLARED.values():
            assert declared.check(plain(state[declared.name])) == state[declared.name]


PAGE = """
scope: shared
state:
  names: {type: list, items: {type: str, max_length: 5}}
  votes: {type: map, default: {tea: 0}, items: {type: int, ge: 0, le: 9}}
  drink: tea
  given: x
body:
  - {p: "${names} ${votes}", id: out}
  - {input: , bind: given, id: given}
  - {input: , type: number, bind: "votes[drink]", id: count}
  - {button: put, id: put, on: {click: {append: {names: "${given}"}}}}
  - {button: vote, id: vote, on: {click: {set: {"votes[drink]": "${given}"}}}}
  - {button: write, id: write, on: {click: write}}
"""
PYTHON = """
def write(page):
    page.state.votes["coffee"] = 1
    page.state.votes.update(tea=2, milk="x")
"""


async def test_actions_fields_and_handlers_keep_to_it(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, PAGE, PYTHON), development=True) as site:
        tab = await site.open()
        await tab.click("put")
        assert tab["out"].text == '["x"] {"tea": 0}'
        await tab.click("vote")
        await tab.fill("given", "3")
        await tab.click("vote")
        assert tab["out"].text == '["x"] {"tea": 3}', "what is typed may say a number"
        await tab.fill("given", "Annabel")
        await tab.click("put")
        assert [error["message"] for error in tab.errors] == [
            'set votes[drink]: expected a whole number from 0 to 9, not "x".',
            'append names: expected a text of at most 5 characters, not "Annabel".',
        ]
        await tab.fill("count", 12)
        assert tab.commands[-1]["text"] == "Expected a whole number from 0 to 9, not 12."
        await tab.fill("count", 5)
        tab.frames.clear()
        await tab.click("write")
        (error,) = tab.errors
        assert error["message"].endswith(
            'StateError: page.state.votes["milk"]: expected a whole number from 0 to 9, not "x".'
        )
        assert 'page.state.votes.update(tea=2, milk="x")' in error["trace"]
        assert tab["out"].text == '["x"] {"tea": 5, "coffee": 1}'
        assert tab["count"].element.attributes["max"] == "9"
        await tab.verify()
