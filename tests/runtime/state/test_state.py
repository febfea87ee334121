"""State: it behaves as plain lists and dicts do, keeps to its types, and tells who has read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livepages.runtime.state.container import StateError, plain
from livepages.runtime.state.state import StateList, StateMap
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.state.tracking import Effect, Readers, Tracker
from livepages.schema.site.params import Param

DECLARED = {
    "name": Param("name", "str", ""),
    "count": Param("count", "int", 0, ge=0, le=10),
    "votes": Param("votes", "map", {"tea": 0}),
    "items": Param("items", "list", [], max_length=3),
    "choice": Param("choice", "str", "a", choices=("a", "b")),
    "free": Param("free", "any", None),
}


def root() -> StateRoot:
    return StateRoot("page.state", DECLARED, Tracker())


class Told(Effect):
    """An effect that counts how often it would run anew."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def invalidate(self, readers: Readers, key: Hashable) -> None:
        self.times += 1


def test_handlers_use_it_like_plain_values() -> None:
    state = root()
    state.votes["tea"] += 1
    state.votes["coffee"] = 5
    state.items.append({"id": 1})
    state.items[0]["done"] = True
    state.count += 3
    assert state.votes == {"tea": 1, "coffee": 5}
    assert sorted(state.votes) == ["coffee", "tea"]
    assert json.dumps(state.items) == '[{"id": 1, "done": true}]'
    assert isinstance(state.items, list) and isinstance(state.items[0], dict)
    assert state.count == 3


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("count", 11, "page.state.count: expected a whole number from 0 to 10, not 11."),
        ("count", "many", 'page.state.count: expected a whole number from 0 to 10, not "many".'),
        ("votes", [], "page.state.votes: expected a mapping, not a list."),
        ("choice", "c", 'page.state.choice: expected "a" or "b", not "c".'),
    ],
)
def test_a_wrong_value_changes_nothing(name: str, value: Any, message: str) -> None:
    state = root()
    before = state[name]
    with pytest.raises(StateError) as caught:
        setattr(state, name, value)
    assert str(caught.value) == message
    assert state[name] == before


def test_an_unknown_name_says_which_there_are() -> None:
    with pytest.raises(AttributeError, match=r'page\.state has no "nmae"\. Did you mean "name"\?'):
        root().nmae = "x"
    with pytest.raises(AttributeError, match="Did you mean"):
        _ = root().cuont


def test_a_list_keeps_to_its_length() -> None:
    state = root()
    state.items.extend([1, 2, 3])
    for write in (lambda: state.items.append(4), lambda: state.items.insert(0, 4), lambda: state.items.extend([4])):
        with pytest.raises(StateError, match="expected a list of at most 3 entries, not 4 entries"):
            write()
    assert state.items == [1, 2, 3]


@pytest.mark.parametrize("value", [object(), {1: "a"}, float("nan"), b"bytes", {"a": [object()]}])
def test_what_can_not_be_state_is_refused(value: Any) -> None:
    state = root()
    with pytest.raises(StateError):
        state.free = value
    assert state.free is None


def test_a_value_is_kept_as_a_copy() -> None:
    state, mine = root(), {"a": [1]}
    state.free = mine
    mine["a"].append(2)
    assert state.free == {"a": [1]}
    state.votes["copy"] = state.free
    state.free["a"].append(3)
    assert state.votes["copy"] == {"a": [1]}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=6,
)


CHANGES: dict[str, Callable[[list[Any], int, Any], Any]] = {
    "append": lambda each, place, value: each.append(value),
    "insert": lambda each, place, value: each.insert(place, value),
    "set": lambda each, place, value: each.__setitem__(place, value),
    "delete": lambda each, place, value: each.__delitem__(place),
    "pop": lambda each, place, value: each.pop(place),
    "extend": lambda each, place, value: each.extend([value, value]),
    "slice": lambda each, place, value: each.__setitem__(slice(place, None), [value]),
    "reverse": lambda each, place, value: each.reverse(),
    "remove": lambda each, place, value: each.remove(value),
    "clear": lambda each, place, value: each.clear(),
}


@given(st.lists(VALUES, max_size=5), st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(-6, 6), VALUES)))
def test_a_list_does_what_lists_do(items: list[Any], changes: list[tuple[str, int, Any]]) -> None:
    mine, kept = list(items), StateList(items, Tracker())
    for name, place, value in changes:
        _both(mine, kept, lambda each, name=name, place=place, value=value: CHANGES[name](each, place, value))
        assert plain(kept) == mine


def _both(mine: Any, kept: Any, do: Any) -> None:
    """The same happens to both, or both refuse it in the same way."""
    outcomes = []
    for each in (mine, kept):
        try:
            outcomes.append(("gave", plain(do(each))))
        except Exception as error:
            outcomes.append(("raised", type(error)))
    assert outcomes[0] == outcomes[1]


def test_readers_are_told_of_what_they_have_read() -> None:
    tracker, effect = Tracker(), Told()
    votes = StateMap({"tea": 0, "coffee": 0, "deep": {"a": 1}}, tracker)
    with tracker.running(effect):
        assert votes["tea"] == 0
        assert votes["deep"]["a"] == 1
    votes["coffee"] = 1
    votes["new"] = 1
    assert effect.times == 0
    votes["tea"] = 0
    assert effect.times == 0, "nothing has changed"
    votes["tea"] = 1
    votes["deep"]["a"] = 2
    del votes["tea"]
    assert effect.times == 3
    effect.forget()
    votes["deep"] = {}
    assert effect.times == 3


def test_who_goes_over_all_is_told_of_all() -> None:
    tracker, effect = Tracker(), Told()
    items = StateList([1, {"a": 1}], tracker)
    with tracker.running(effect):
        assert len(list(items)) == 2
    items[0] = 5
    items.append(6)
    items[1]["a"] = 2
    assert effect.times == 3, "setting, and a new entry with its structure; what is within an entry it has not read"
