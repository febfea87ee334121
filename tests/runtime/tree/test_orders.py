"""Orders of the same things: what stays, and that rows follow their list whatever way it changes."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from livepages.runtime.blueprints.blueprint import compile_blueprint
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.state.container import plain
from livepages.runtime.tree.orders import common_ends, longest_rising
from livepages.schema.site.params import Param
from tests.runtime.reactions.test_reactions import each, element, shown
from tests.runtime.support import Follower, kit

SMALL = st.lists(st.integers(0, 3), max_size=6)
CELL = element("b", "${loop.index}/${loop.length} ${item.name}", show="${not loop.last or item.done}")
BODY = (
    each("items", "item", CELL),
    each("items", "item", CELL, key="item.id", empty=(element("p", "none"),)),
    each("items", "at item", element("i", "${at} ${item.name}"), key="item.id"),
    each("items", "at item", element("i", "${at} ${item.name}"), key="at"),
    each("items | where('done', false)", "item", CELL, key="item.id"),
    each("items | sort('id') if sorted else items", "item", CELL, key="item.name ~ suffix"),
    each("items | map('id')", "item", element("em", "${item}${loop.index}")),
)
BLUEPRINT = compile_blueprint(BODY, {})
ITEM = st.fixed_dictionaries({"id": st.integers(0, 4), "name": st.sampled_from("abc"), "done": st.booleans()})
WRITES = st.one_of(
    st.tuples(st.just("insert"), st.integers(0, 6), ITEM),
    st.tuples(st.just("pop"), st.integers(0, 6), ITEM),
    st.tuples(st.just("replace"), st.integers(0, 6), ITEM),
    st.tuples(st.just("update"), st.integers(0, 6), ITEM),
    st.tuples(
        st.sampled_from(["reverse", "sort", "clear", "extend", "all", "turn", "suffix"]), st.integers(0, 6), ITEM
    ),
)


def page(state: dict[str, Any]) -> LivePage:
    declared = {
        "items": Param("items", "list", state["items"]),
        "sorted": Param("sorted", "bool", state["sorted"]),
        "suffix": Param("suffix", "str", state["suffix"]),
    }
    return LivePage("page", BLUEPRINT, kit(), declared=declared)


def write(state: Any, what: str, place: int, item: dict[str, Any]) -> None:
    items = state["items"]
    match what:
        case "insert":
            items.insert(place, item)
        case "extend":
            items.extend([item] * place)
        case "all":
            state["items"] = [item, *plain(items)]
        case "turn":
            state["sorted"] = not state["sorted"]
        case "suffix":
            state["suffix"] = item["name"]
        case "sort":
            items.sort(key=lambda each: each["id"])
        case "reverse" | "clear":
            getattr(items, what)()
        case _ if len(items):
            write_item(items, what, place % len(items), item)


def write_item(items: Any, what: str, at: int, item: dict[str, Any]) -> None:
    match what:
        case "pop":
            items.pop(at)
        case "replace":
            items[at] = item
        case "update":
            items[at].update(item)


@settings(deadline=None)
@given(st.lists(ITEM, max_size=6), st.lists(st.lists(WRITES, max_size=3), max_size=5))
def test_rows_follow_their_list(
    items: list[dict[str, Any]], turns: list[list[tuple[str, int, dict[str, Any]]]]
) -> None:
    live = page({"items": items, "sorted": False, "suffix": ""})
    follower = Follower(live)
    for writes in turns:
        for what, place, item in writes:
            write(live.state, what, place, item)
        live.commit()
        fresh = page({name: plain(live.state[name]) for name in live.state})
        assert shown(follower.html) == shown(Follower(fresh).html)


def test_rows_around_a_change_are_not_told_anything() -> None:
    items = [{"id": number, "name": str(number), "done": True} for number in range(1_000)]
    body = (each("items", "item", element("b", "${item.name}"), key="item.id"),)
    live = LivePage("page", compile_blueprint(body, {}), kit(), declared={"items": Param("items", "list", items)})
    follower = Follower(live)
    evaluated = live.reactions.evaluated
    live.state["items"].pop(0)
    live.state["items"].insert(500, {"id": -1, "name": "new", "done": True})
    live.state["items"].append({"id": -2, "name": "last", "done": True})
    live.commit()
    assert live.reactions.evaluated - evaluated == 2
    assert sorted(operation[0] for operation in follower.take()) == ["insert", "insert", "remove"]


@given(SMALL, SMALL)
def test_common_ends_are_the_same_and_as_long_as_can_be(before: list[int], after: list[int]) -> None:
    head, tail = common_ends(before, after)
    assert before[:head] == after[:head]
    assert before[len(before) - tail :] == after[len(after) - tail :]
    assert head + tail <= min(len(before), len(after))
    rest, other = before[head : len(before) - tail], after[head : len(after) - tail]
    assert not rest or not other or (rest[0] != other[0] and rest[-1] != other[-1])


@given(st.permutations(range(7)))
def test_what_stays_is_rising_and_nothing_else_could_stay_too(numbers: list[int]) -> None:
    kept = [numbers[place] for place in sorted(longest_rising(numbers))]
    assert kept == sorted(kept)
    longest = [1] * len(numbers)
    for place, number in enumerate(numbers):
        longest[place] += max((longest[at] for at in range(place) if numbers[at] < number), default=0)
    assert len(kept) == max(longest)
