"""Targets: places in state that the file names."""

from __future__ import annotations

from typing import Any

import pytest

from livepages.runtime.state.scopes import EventScope, PageScope, Rows, RowScope
from livepages.runtime.state.state import StateError, plain
from livepages.runtime.state.state_actions import write
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.state.targets import as_declared, find
from livepages.runtime.state.tracking import Effect, Tracker
from livepages.schema.site.actions import AppendAction, ClearAction, RemoveAction, SetAction, Target, ToggleAction
from livepages.schema.site.params import Param
from livepages.schema.site.targets import parse_target

STATE = {
    "votes": Param("votes", "map", {"tea": 1}),
    "items": Param("items", "list", [{"title": "a"}, {"title": "b"}], max_length=3),
    "step": Param("step", "int", 1, le=3),
    "name": Param("name", "str", "Ann"),
    "open": Param("open", "bool", False),
    "any": Param("any", "any", None),
}


class Reader(Effect):
    def invalidate(self, source: Any, key: Any) -> None:
        raise AssertionError("nobody has asked")


@pytest.fixture
def scope() -> PageScope:
    tracker = Tracker()
    site = StateRoot("site.state", {"log": Param("log", "list", [])}, tracker)
    return PageScope((StateRoot("page.state", STATE, tracker), {"drink": "tea", "at": 1.0}), {"site": site})


def target(text: str) -> Target:
    return Target(*parse_target(text))


def read(text: str, scope: PageScope) -> Any:
    return plain(find(target(text), scope).read())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("step", 2),
        ("votes.tea", 5),
        ("votes[drink]", 6),
        ("votes.new", 1),
        ("votes[1]", "keys are texts"),
        ("items[0]", {"title": "z"}),
        ("items[-1].title", "last"),
        ("items[at].title", "at"),
        ("site.log", [1]),
        ("any", [1, {"a": None}]),
    ],
)
def test_places_are_written_and_read(scope: PageScope, text: str, value: Any) -> None:
    write(SetAction(target(text), value), scope)
    assert read(text, scope) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("step", "expected a whole number of at most 3, not 9"),
        ("drink", '"drink" is not state'),
        ("drink.x", '"drink" is "tea", which has no entries'),
        ("name.x", '"name" is "Ann", which has no entries'),
        ("any.x", '"any" is nothing, which has no entries'),
        ("votes.milk.cold", 'there is no "votes.milk"'),
        ("items[7]", "there is no item 7: the list has 2 items, counted from 0"),
        ("items[-3]", "there is no item -3"),
        ("items.title", 'expected the number of an item in the list, not "title"'),
        ("items[open]", "expected the number of an item in the list, not false"),
        ("site.other", 'there is no state "other"'),
        ("site", '"site" is not state'),
    ],
)
def test_what_is_no_place_is_refused_and_changes_nothing(scope: PageScope, text: str, message: str) -> None:
    before = {name: plain(scope(name)) for name in STATE}
    with pytest.raises(StateError, match=message.replace("[", r"\[")):
        write(SetAction(target(text), 9), scope)
    assert {name: plain(scope(name)) for name in STATE} == before


def test_lists_keep_to_their_bounds(scope: PageScope) -> None:
    write(AppendAction(target("items"), 3), scope)
    with pytest.raises(StateError) as raised:
        write(AppendAction(target("items"), 4), scope)
    assert raised.value.reason == "expected a list of at most 3 entries, not 4 entries"
    with pytest.raises(StateError, match="expected a list, and there is a mapping"):
        write(AppendAction(target("votes"), 4), scope)
    with pytest.raises(StateError, match="expected a list, and there is nothing"):
        write(AppendAction(target("votes.none"), 4), scope)


def test_texts_and_lists_have_limits(scope: PageScope) -> None:
    with pytest.raises(StateError, match="more than 1,000,000 characters"):
        write(SetAction(target("any"), ["x" * 1_000_001]), scope)
    write(SetAction(target("site.log"), [0] * 100_000), scope)
    with pytest.raises(StateError, match="more than 100,000 entries"):
        write(AppendAction(target("site.log"), 1), scope)


def test_removing_takes_the_first_equal_item_or_the_entry(scope: PageScope) -> None:
    write(SetAction(target("any"), [True, 1, 1, {"a": 1}]), scope)
    write(RemoveAction(target("any"), 1, has_value=True), scope)
    assert read("any", scope) == [True, 1, {"a": 1}]
    write(RemoveAction(target("any"), {"a": 1}, has_value=True), scope)
    write(RemoveAction(target("any"), "missing", has_value=True), scope)
    write(RemoveAction(target("any[0]")), scope)
    assert read("any", scope) == [1]
    write(RemoveAction(target("votes.tea")), scope)
    assert read("votes", scope) == {}
    with pytest.raises(StateError, match="there is no entry"):
        write(RemoveAction(target("votes.tea")), scope)
    with pytest.raises(StateError, match="can't be taken away"):
        write(RemoveAction(target("votes")), scope)


def test_clearing_empties_or_goes_back_to_the_default(scope: PageScope) -> None:
    for name in ("votes", "items", "name", "any"):
        write(ClearAction(target(name)), scope)
    write(SetAction(target("step"), 3), scope)
    write(ClearAction(target("step")), scope)
    write(ToggleAction(target("open")), scope)
    assert {name: plain(scope(name)) for name in STATE} == {
        "votes": {},
        "items": [],
        "step": 1,
        "name": "",
        "open": True,
        "any": None,
    }


def test_rows_and_events_lead_to_the_state_around_them(scope: PageScope) -> None:
    items = scope("items")
    row = RowScope(scope, {"item": items[1]}, Tracker(), Rows(items, 2), 1, 1)  # type: ignore[index]
    event = EventScope(row, {"value": "typed", "event": {}})
    write(SetAction(target("item.title"), event("value")), event)
    write(SetAction(target("step"), 2), event)
    assert (read("items[1].title", scope), read("step", scope)) == ("typed", 2)
    write(SetAction(target("item"), "whole"), event)
    assert read("items", scope) == [{"title": "a"}, "whole"]
    with pytest.raises(StateError, match='"value" is not'):
        write(SetAction(target("value"), 1), event)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("int", "3", 3),
        ("int", 3.0, 3),
        ("int", True, "expected a whole number, not true"),
        ("int", "many", 'expected a whole number, not "many"'),
        ("float", "1.5", 1.5),
        ("float", False, "expected a number, not false"),
        ("str", 3, "3"),
        ("str", True, "expected a text, not true"),
        ("bool", True, True),
        ("list", (1, 2), [1, 2]),
        ("any", True, True),
    ],
)
def test_what_an_action_writes_is_read_as_the_declared_type(kind: str, value: Any, expected: Any) -> None:
    try:
        found = as_declared(value, Param("state", kind))
    except StateError as error:
        found = error.reason
    assert (found, type(found)) == (expected, type(expected))
