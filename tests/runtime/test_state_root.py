"""The names of a state: attributes and keys, as Python people expect of both."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pytest

from livepages.runtime.container import StateError
from livepages.runtime.state_root import StateRoot
from livepages.runtime.tracking import Effect, Readers, Tracker
from livepages.schema.params import Param

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
