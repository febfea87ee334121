"""What state changes on a page: no more is evaluated than has to be, and tabs show what a fresh load would."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.blueprints.blueprint import compile_blueprint
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.state.container import plain
from livepages.schema.expressions.expressions import parse, parse_expression
from livepages.schema.site.element import EachSpec, ElementSpec, MatchSpec, Spec
from livepages.schema.site.params import Param
from tests.runtime.support import Follower, kit


def element(name: str, text: str = "", *children: Spec, **props: str) -> ElementSpec:
    """An element with a text and properties, which may be templates."""
    given = {"text": text, **props} if text else props
    bound = {key: parse(value) or value for key, value in given.items()}
    return ElementSpec(ELEMENT_TYPES[name], MappingProxyType(bound), children)


def each(source: str, names: str, *body: Spec, key: str = "", empty: tuple[Spec, ...] = ()) -> EachSpec:
    """A loop over an expression."""
    return EachSpec(parse_expression(source), tuple(names.split()), parse_expression(key) if key else None, body, empty)


BODY = (
    element("h1", "${title}: ${items | length}"),
    element(
        "ul",
        "",
        each(
            "items",
            "item",
            element(
                "li",
                "",
                element("b", "${loop.index}. ${item.name}"),
                element("i", "${item.tags | join('+')}", show="${item.done}"),
                each("item.tags", "tag", element("span", "${tag} of ${item.name}")),
            ),
            key="item.id",
            empty=(element("li", "Nothing"),),
        ),
    ),
    each("votes", "drink count", element("p", "${drink}=${count}")),
    each("numbers", "n", element("em", "${n + 1}")),
    MatchSpec(
        parse_expression("step"),
        ((1, (element("p", "one ${title}"),)), (2, (element("p", "two"), element("p", "${step}")))),
        (element("p", "other"),),
    ),
    element("p", "shown", show="${votes.tea > 1}"),
)
DECLARED = {
    "title": Param("title", "str", "T"),
    "items": Param("items", "list", []),
    "votes": Param("votes", "map", {"tea": 0, "coffee": 0}),
    "numbers": Param("numbers", "list", [1, 2, 3]),
    "step": Param("step", "int", 1, ge=0, le=5),
}
BLUEPRINT = compile_blueprint(BODY, {})


def page(state: dict[str, Any] | None = None) -> LivePage:
    """A live page, with other values than the defaults."""
    declared = {
        name: Param(name, param.type, (state or {}).get(name, param.default)) for name, param in DECLARED.items()
    }
    return LivePage("page", BLUEPRINT, kit(), declared=declared)


def shown(html: str) -> str:
    """HTML without the numbers of its elements."""
    return re.sub(r' data-n="-?\d+"', "", html)


def state_of(live: LivePage) -> dict[str, Any]:
    return {name: plain(live.state[name]) for name in live.state}


DRINKS = st.sampled_from(["tea", "coffee", "milk"])
TAGS = st.lists(st.sampled_from("xyz"), max_size=3)
ITEMS = st.builds(
    lambda number, name, done, tags: {"id": number, "name": name, "done": done, "tags": tags},
    st.integers(0, 5),
    st.sampled_from(["ann", "bob", "<c>"]),
    st.booleans(),
    TAGS,
)


Writer = Callable[[Any, int, Callable[[Any], Any]], object]
"""Writes state: given that, a place in its items, and what draws from a strategy."""

WRITES: dict[str, Writer] = {
    "title": lambda state, place, draw: state.__setitem__("title", draw(st.sampled_from(["T", "U", ""]))),
    "append": lambda state, place, draw: state["items"].append(draw(ITEMS)),
    "all": lambda state, place, draw: state.__setitem__("items", draw(st.lists(ITEMS, max_size=5))),
    "vote": lambda state, place, draw: state["votes"].update({draw(DRINKS): draw(st.integers(0, 3))}),
    "take back": lambda state, place, draw: state["votes"].pop("milk", None),
    "numbers": lambda state, place, draw: state.__setitem__("numbers", draw(st.lists(st.integers(0, 3), max_size=4))),
    "insert number": lambda state, place, draw: state["numbers"].insert(draw(st.integers(0, 3)), 7),
    "add to number": lambda state, place, draw: state["numbers"].__setitem__(slice(0, 1), [draw(st.integers(0, 3))]),
    "step": lambda state, place, draw: state.__setitem__("step", draw(st.integers(0, 3))),
    "insert": lambda state, place, draw: state["items"].insert(place, draw(ITEMS)),
    "sort": lambda state, place, draw: state["items"].sort(key=lambda item: item["name"]),
    "reverse": lambda state, place, draw: state["items"].reverse(),
}
ITEM_WRITES: dict[str, Writer] = {
    "name": lambda state, place, draw: state["items"][place].update(name=draw(st.sampled_from(["ann", "eve"]))),
    "done": lambda state, place, draw: state["items"][place].update(done=draw(st.booleans())),
    "id": lambda state, place, draw: state["items"][place].update(id=draw(st.integers(0, 5))),
    "tags": lambda state, place, draw: state["items"][place]["tags"].append(draw(st.sampled_from("xyz"))),
    "replace": lambda state, place, draw: state["items"].__setitem__(place, draw(ITEMS)),
    "delete": lambda state, place, draw: state["items"].__delitem__(place),
}


def write(draw: st.DataObject, live: LivePage) -> None:
    """One write of any kind."""
    count = len(live.state["items"])
    writes = {**WRITES, **(ITEM_WRITES if count else {})}
    place = draw.draw(st.integers(0, max(count - 1, 0)))
    writes[draw.draw(st.sampled_from(sorted(writes)))](live.state, place, draw.draw)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_after_any_writes_a_tab_shows_what_a_fresh_load_does(draw: st.DataObject) -> None:
    live = page({"items": draw.draw(st.lists(ITEMS, max_size=4))})
    follower = Follower(live)
    for _ in range(draw.draw(st.integers(1, 8))):
        for _ in range(draw.draw(st.integers(1, 3))):
            write(draw, live)
        live.commit()
        assert follower.html == follower.fresh_html
        assert shown(live.inner_html()) == shown(page(state_of(live)).inner_html())


def evaluated(live: LivePage) -> int:
    """How many properties were evaluated by an update."""
    before = live.reactions.evaluated
    live.commit()
    return live.reactions.evaluated - before


MANY = [{"id": number, "name": f"n{number}", "done": False, "tags": []} for number in range(300)]


def test_a_write_evaluates_only_what_reads_it() -> None:
    live = page({"items": MANY})
    follower = Follower(live)
    live.state["items"][5]["name"] = "other"
    assert evaluated(live) == 1
    assert [operation[0] for operation in follower.take()] == ["text"]
    live.state["title"] = "U"
    assert evaluated(live) == 2  # the heading, and what the match shows
    live.state["items"][7]["done"] = True
    assert evaluated(live) == 1
    live.state["numbers"][1] = 9
    assert evaluated(live) == 1
    live.state["votes"]["coffee"] = 3
    assert evaluated(live) == 1
    live.state["votes"]["tea"] = 3
    assert evaluated(live) == 2
    assert follower.html == follower.fresh_html


def test_a_new_row_evaluates_itself_and_what_counts_rows() -> None:
    live = page({"items": MANY})
    live.state["items"].append({"id": 999, "name": "new", "done": False, "tags": ["x"]})
    # The heading, and of the new row its two texts, whether the second shows, and the row within it.
    assert evaluated(live) == 1 + 3 + 1


def test_a_sorted_list_moves_its_rows() -> None:
    live = page({"items": MANY[:50]})
    follower = Follower(live)
    live.state["items"].reverse()
    live.commit()
    kinds = [operation[0] for operation in follower.take()]
    assert kinds.count("move") == 49 and set(kinds) == {"move", "text"}
    live.state["items"].insert(0, live.state["items"].pop())
    live.commit()
    assert follower.html == follower.fresh_html


def test_rows_that_are_gone_read_nothing_any_more() -> None:
    live = page({"items": MANY})
    kept = live.state["items"][3]
    live.state["items"].clear()
    live.commit()
    assert shown(live.inner_html()).count("<li>") == 1
    kept["name"] = "nobody"
    assert evaluated(live) == 0


def test_a_closed_page_reads_nothing_any_more(caplog: pytest.LogCaptureFixture) -> None:
    live = page({"items": MANY})
    live.close()
    live.state["title"] = "U"
    assert evaluated(live) == 0 and live not in live.kit.stale and not caplog.records
