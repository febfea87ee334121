"""Whatever handlers do: a document that has applied the patches shows what a fresh one does."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livepages.runtime.blueprints.node import ROOT
from livepages.runtime.pages.element import Element
from livepages.runtime.pages.handles import Page
from livepages.runtime.pages.kit import ElementError
from tests.runtime.support import Follower, make_live

WORDS = st.sampled_from(["", "a", "b", "<b>&", "\n two", "three three"])
CLASSES = st.sampled_from(["", "m-1", "m-2 flex"])
CONTAINERS = ("div", "section", "ul", "nest", "box")


def _properties() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={"show": st.booleans(), "classes": CLASSES, "animate": st.just("flip")})


def _leaf() -> st.SearchStrategy[Any]:
    own = st.one_of(
        st.builds(lambda text: {"p": text}, WORDS),
        st.builds(lambda text: {"pre": text}, WORDS),
        st.builds(lambda text: {"textarea": text}, WORDS),
        st.builds(lambda value: {"input": value, "type": "checkbox"}, st.booleans()),
        st.builds(lambda value: {"select": value, "options": ["a", "b", ""]}, st.sampled_from(["a", "b"])),
        st.builds(lambda name: {"icon": name}, st.sampled_from(["bomb", "comments"])),
        st.builds(lambda text: {"markdown": text}, st.sampled_from(["*a*", "b", ""])),
    )
    fragments = st.sampled_from(
        [{"pair": None}, {"void": None}, {"pair": None, "show": False}, {"box": {"caption": "x"}}]
    )
    return st.one_of(
        st.builds(lambda a, b: {**a, **b}, own, _properties()), fragments, st.sampled_from(["text", "more"])
    )


def _holder(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = st.lists(children, max_size=3)
    return st.one_of(
        st.builds(lambda items, more: {"div": items, **more}, lists, _properties()),
        st.builds(lambda items, more: {"section": items, **more}, lists, _properties()),
        st.builds(lambda items: {"nest": items}, lists),
        st.builds(lambda items: {"box": {"caption": "c", "body": items}}, lists),
    )


ELEMENTS = st.recursive(_leaf(), _holder, max_leaves=8)
BODIES = st.lists(ELEMENTS, max_size=4)
PLACES = st.integers(min_value=0, max_value=40)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), PLACES, st.sampled_from(["text", "value", "title", "markdown", "icon"]), WORDS),
        st.tuples(st.just("set"), PLACES, st.just("show"), st.booleans()),
        st.tuples(st.just("set"), PLACES, st.just("animate"), st.sampled_from([None, "flip", "bounce"])),
        st.tuples(st.just("set"), PLACES, st.just("value"), st.one_of(st.booleans(), WORDS)),
        st.tuples(st.just("set"), PLACES, st.just("options"), st.sampled_from([["a", "b"], ["c"], []])),
        st.tuples(st.just("set"), PLACES, st.just("classes"), CLASSES),
        st.tuples(st.just("insert"), PLACES, st.integers(0, 3), ELEMENTS),
        st.tuples(st.just("move"), PLACES, st.integers(0, 3), PLACES),
        st.tuples(st.just("move"), PLACES, st.integers(0, 3), PLACES),
        st.tuples(st.just("remove"), PLACES),
        st.tuples(st.just("clear"), PLACES),
        st.tuples(st.just("update"), PLACES),
        st.tuples(st.just("update"), PLACES),
        st.just(("commit",)),
    ),
    max_size=16,
)


def elements_of(page: Page) -> list[Element]:
    """The page and all elements on it, in document order."""
    live = page._live
    return [page, *(Element(live, number) for number in live.tree.descendants(ROOT))]


def do(page: Page, step: tuple[Any, ...]) -> None:
    """One thing that a handler does; what the program refuses changes nothing."""
    kind, *rest = step
    if kind == "commit":
        page.update()
        return
    there = elements_of(page)
    element = there[rest[0] % len(there)]
    try:
        match kind:
            case "set":
                setattr(element, rest[1], rest[2])
            case "insert":
                element.insert(min(rest[1], len(element.children)), rest[2])
            case "move":
                element.insert(rest[1], there[rest[2] % len(there)])
            case "remove":
                element.remove()
            case "clear":
                element.clear()
            case "update":
                element.update()
    except (ElementError, AttributeError):
        pass


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(BODIES, STEPS)
def test_patched_document_equals_a_fresh_one(body: list[Any], steps: list[tuple[Any, ...]]) -> None:
    page = Page(make_live(body))
    follower = Follower(page._live)
    assert follower.html == follower.fresh_html
    for step in steps:
        do(page, step)
        if step[0] == "commit":
            assert follower.html == follower.fresh_html
    page.update()
    assert follower.html == follower.fresh_html
    follower.take()
    page.update()
    assert follower.take() == []


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(BODIES, STEPS)
def test_an_update_without_a_net_change_sends_nothing(body: list[Any], steps: list[tuple[Any, ...]]) -> None:
    page = Page(make_live(body))
    follower = Follower(page._live)
    before = page._live.inner_html()
    for step in steps:
        if step[0] not in ("commit", "update"):
            do(page, step)
    page.update()
    if page._live.inner_html() == before:
        assert follower.take() == []
