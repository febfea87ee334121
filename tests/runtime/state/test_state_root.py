"""The names of a state: attributes and keys, as Python people expect of both."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pytest

from livepages.runtime.state.container import StateError
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.state.tracking import Effect, Readers, Tracker
from livepages.schema.site.params import Param

DECLARED = {
    "votes": Param("votes", "map", {"tea": 1, "coffee": [1, 2]}),
    "name": Param("name", "str", "Ann", max_length=5),
    "count": Param("count", "int", 0),
}
PLAIN = {"votes": {"tea": 1, "coffee": [1, 2]}, "name": "Ann", "count": 0}


def root(tracker: Tracker | None = None, **declared: Param) -> StateRoot:
    return StateRoot("page.state", {**DECLARED, **declared}, tracker or Tracker())


READS: dict[str, Callable[[Any], Any]] = {
    "dict": dict,
    "list": list,
    "len": len,
    "in": lambda state: ["votes" in state, "voters" in state, 3 in state],
    "sorted": sorted,
    "unpacked": lambda state: {**state},
    "iteration": lambda state: [state[name] for name in state],
    "get": lambda state: [state.get("count"), state.get("voters"), state.get("voters", 3)],
    "keys": lambda state: [list(state.keys()), "count" in state.keys()],  # noqa: SIM118
    "values": lambda state: list(state.values()),
    "items": lambda state: list(state.items()),
    "copy": lambda state: state.copy(),
    "copy.copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda state: pickle.loads(pickle.dumps(state)),
    "equality": lambda state: [state == PLAIN, state != PLAIN, state == {**PLAIN, "count": 1}, state == 3],
    "mapping": lambda state: isinstance(state, Mapping),
    "match": lambda state: _name_in(state),
    "json": lambda state: json.dumps(dict(state)),
}


def _name_in(state: Any) -> Any:
    match state:
        case {"name": name}:
            return name


@pytest.mark.parametrize("how", READS)
def test_it_reads_as_a_dict_does(how: str) -> None:
    assert READS[how](root()) == READS[how](PLAIN)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda value: value.copy(), lambda value: value[:]])
def test_copies_of_values_are_plain_and_apart(copied: Callable[[Any], Any]) -> None:
    state = root(items=Param("items", "list", [[1], 2]))
    mine = copied(state.items)
    mine.append(object())
    assert (type(mine), state.items) == (list, [[1], 2])
    votes = copy.deepcopy(state.votes)
    votes["coffee"].append(3)
    assert (type(votes), type(votes["coffee"]), state.votes) == (dict, list, PLAIN["votes"])
    assert json.dumps(state.votes) == '{"tea": 1, "coffee": [1, 2]}'


def test_it_is_written_by_attribute_by_key_and_several_names_at_once() -> None:
    state = root()
    state.count = 1
    state["count"] += 1
    state.update({"name": "Bob"}, count=state.count + 1)
    assert (state.count, state["name"]) == (3, "Bob")
    with pytest.raises(StateError, match=r"page\.state\.name: expected a text of at most 5 characters"):
        state.update(count=9, name="Annabella")
    with pytest.raises(KeyError, match=r'page\.state has no "cuont"'):
        state.update(count=9, cuont=1)
    assert (state.count, state.name) == (3, "Bob")


@pytest.mark.parametrize("name", ["keys", "values", "items", "get", "update", "copy", "readers", "index"])
def test_a_state_may_be_called_as_a_method_is(name: str) -> None:
    state = root(**{name: Param(name, "list", [])})
    getattr(state, name).append(1)
    setattr(state, name, [*state[name], 2])
    state[name].append(3)
    assert getattr(state, name) == state[name] == [1, 2, 3]
    assert state == {**PLAIN, name: [1, 2, 3]} == copy.copy(state)
    assert name in dir(state)


def test_a_name_that_is_not_declared_fails_as_attributes_and_keys_do() -> None:
    state = root()
    sentence = r'page\.state has no "cuont"\. Did you mean "count"\?'
    for of_attribute in (lambda: state.cuont, lambda: setattr(state, "cuont", 1)):
        with pytest.raises(AttributeError, match=sentence):
            of_attribute()
    for of_key in (lambda: state["cuont"], lambda: state.__setitem__("cuont", 1)):
        with pytest.raises(KeyError, match=sentence):
            of_key()
    for taking_away in (lambda: delattr(state, "count"), lambda: state.__delitem__("count")):
        with pytest.raises(StateError, match=r"page\.state\.count: it can't be taken away, as it is declared\."):
            taking_away()
    assert (hasattr(state, "cuont"), dict(state)) == (False, PLAIN)


TYPED = {
    "text": Param("text", "str", ""),
    "count": Param("count", "int", 0),
    "price": Param("price", "float", 0.5),
    "sure": Param("sure", "bool", False),
    "drink": Param("drink", "str", "tea", choices=("tea", "3")),
    "names": Param("names", "list", []),
    "votes": Param("votes", "map", {}),
    "free": Param("free", "any", None),
}
ROUND: list[Any] = []
ROUND.append(ROUND)
WRONG: list[tuple[str, Any, str]] = [
    ("text", 3, "page.state.text: expected a text, not 3."),
    ("text", None, "page.state.text: expected a text, not nothing."),
    ("drink", 3, 'page.state.drink: expected "tea" or "3", not 3.'),
    ("count", "3", 'page.state.count: expected a whole number, not "3".'),
    ("count", True, "page.state.count: expected a whole number, not true."),
    ("count", 1.5, "page.state.count: expected a whole number, not 1.5."),
    ("price", "1", 'page.state.price: expected a number, not "1".'),
    ("price", False, "page.state.price: expected a number, not false."),
    ("sure", 1, "page.state.sure: expected true or false, not 1."),
    ("sure", "yes", 'page.state.sure: expected true or false, not "yes".'),
    ("names", {"a": 1}, "page.state.names: expected a list, not a mapping."),
    ("names", "ab", 'page.state.names: expected a list, not "ab".'),
    ("votes", [("a", 1)], "page.state.votes: expected a mapping, not a list."),
    ("free", object(), "page.state.free: a value of the type object can't be state: use texts, numbers, ..."),
    ("free", [b"x"], "page.state.free: a value of the type bytes can't be state: use texts, numbers, ..."),
    ("free", {3: 1}, "page.state.free: the keys of a mapping of state are texts, not 3."),
    ("free", ROUND, "page.state.free: state can't be nested more than 50 deep."),
    ("names", ROUND, "page.state.names: state can't be nested more than 50 deep."),
    ("free", 2**64, "page.state.free: a whole number of state must be within 2 to the power of 63."),
]


@pytest.mark.parametrize(("name", "value", "message"), WRONG, ids=[f"{name} {message}" for name, _, message in WRONG])
def test_a_write_of_the_wrong_type_is_an_error(name: str, value: Any, message: str) -> None:
    state = StateRoot("page.state", TYPED, Tracker())
    before = copy.deepcopy(state)
    with pytest.raises(StateError) as caught:
        setattr(state, name, value)
    assert str(caught.value).replace("true and false, lists and mappings.", "...") == message
    assert dict(state) == before


def test_whole_numbers_may_be_floats_and_lists_tuples() -> None:
    state = StateRoot("page.state", TYPED, Tracker())
    state.update(count=4.0, price=3, names=("a", {"b"}))
    assert (state.count, state.price, state.names) == (4, 3.0, ["a", ["b"]])
    assert type(state.count) is int


class Told(Effect):
    """An effect that notes what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[Hashable] = []

    def invalidate(self, readers: Readers, key: Hashable) -> None:
        self.keys.append(key)


def test_whoever_reads_all_of_it_is_told_of_each_change() -> None:
    tracker, effect = Tracker(), Told()
    state = root(tracker)
    with tracker.running(effect):
        assert dict(state) == PLAIN
    state.update(count=0, name="Bob")
    state.count = 0
    assert effect.keys == ["name"], "count is what it was"
