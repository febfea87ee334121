"""Whatever is edited, and whatever has happened: a live page goes on as what the file says now, with what survives."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from livepages.runtime.blueprints.blueprint import compile_blueprint
from livepages.runtime.blueprints.node import ROOT
from livepages.runtime.pages.element import Element
from livepages.runtime.pages.handles import Page
from livepages.runtime.pages.kit import ElementError
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.state.container import plain
from livepages.runtime.tree.merge import merge_classes
from livepages.schema.findings.errors import SiteError
from tests.runtime.reload import live_state
from tests.runtime.reload.editions import (
    Running,
    bare,
    check_tree,
    copy_fields,
    reactions_of,
    readers,
)
from tests.runtime.reload.live_edits import change, edit, kits, live_page, unique
from tests.runtime.support import Follower, make_live
from tests.runtime.tree.test_patches import do
from tests.runtime.tree.test_random_patches import element, step

SEEDS = st.integers(0, 2**32).map(Random)
CALM = settings(deadline=None, suppress_health_check=list(HealthCheck))


def check(live: LivePage, follower: Follower) -> None:
    """Tabs show what a fresh load does, and the tree and its reactions are sound."""
    assert follower.html == follower.fresh_html
    check_tree(live.tree)
    reactions_of(live)


@settings(CALM, max_examples=150)
@given(SEEDS)
def test_tabs_of_a_static_page_follow_any_edits_between_any_steps_of_handlers(random: Random) -> None:
    body = unique([element(random) for _ in range(random.randint(0, 4))], set())
    live = live_page(body, kits()[0])
    page, follower = Page(live), Follower(live)
    for _ in range(random.randint(1, 4)):
        for _ in range(random.randint(0, 8)):
            do(page, step(random))
        body, kit = unique(edit(random, body), set()), random.choice(kits())
        try:
            specs = kit.read(body) if body else ()
        except ElementError:
            continue
        blueprint = compile_blueprint(specs, kit.components, former=live.tree.blueprint)
        if not blueprint.mistakes:
            live.become(blueprint, kit)
            check(live, follower)
    page.update()
    check(live, follower)


@settings(CALM, max_examples=100)
@given(SEEDS)
def test_without_changes_at_run_time_a_page_is_as_a_fresh_one(random: Random) -> None:
    body = unique([element(random) for _ in range(random.randint(0, 4))], set())
    live = make_live(body)
    follower = Follower(live)
    after = unique(edit(random, body), set())
    try:
        fresh = make_live(after)
    except ElementError:
        assume(False)
        return
    assume(not fresh.tree.blueprint.mistakes)
    change(live, after, kits()[0])
    assert bare(follower.html) == bare(Follower(fresh).html)
    change(live, after, kits()[0])
    follower.take()
    change(live, after, kits()[0])
    assert follower.take() == []


@settings(CALM, max_examples=50)
@given(SEEDS)
def test_state_that_is_carried_over_shows_as_on_a_fresh_page(random: Random) -> None:
    """All that is written stays, and every expression on the page goes on following it, each once."""
    running, body = begin(random)
    for _ in range(random.randint(1, 3)):
        for _ in range(random.randint(0, 5)):
            live_state.write(random, running)
            if random.random() < 0.5:
                running.commit()
        body = live_state.edit(random, body)
        file = live_state.file(random, body)
        become(running, file)
        fresh = fresh_from(running, file)
        for live in running.lives:
            check(live, running.follower)
        assert bare(running.follower.html) == bare(fresh.follower.html)
        assert reactions_of(running.live) == reactions_of(fresh.live)
        assert readers(running.live) == readers(fresh.live)
        before = [each.live.reactions.evaluated for each in (running, fresh)]
        told = random.getstate()
        for each in (running, fresh):
            random.setstate(told)
            for _ in range(3):
                live_state.write(random, each)
                each.commit()
        assert bare(running.follower.html) == bare(fresh.follower.html) == bare(running.follower.fresh_html)
        after = [each.live.reactions.evaluated for each in (running, fresh)]
        assert after[0] - before[0] == after[1] - before[1]


@settings(CALM, max_examples=60)
@given(SEEDS)
def test_tabs_of_a_page_with_state_follow_edits_between_writes_and_steps_of_handlers(random: Random) -> None:
    running, body = begin(random)
    for _ in range(random.randint(1, 3)):
        for _ in range(random.randint(0, 5)):
            live_state.write(random, running)
            for _ in range(random.randint(0, 4)):
                live_state.do(random, random.choice(running.lives))
            running.commit()
        body = live_state.edit(random, body)
        become(running, live_state.file(random, body))
        for live in running.lives:
            check(live, running.follower)


def begin(random: Random) -> tuple[Running, live_state.Body]:
    """A site at work that is right, and the body of its page."""
    body = [live_state.element(random) for _ in range(random.randint(1, 5))]
    try:
        return Running(live_state.file(random, body)), body
    except SiteError:
        assume(False)
        raise


def become(running: Running, file: dict[str, Any]) -> None:
    """Follow an edition, if it is right."""
    try:
        running.become(file)
    except SiteError:
        assume(False)


def fresh_from(running: Running, file: dict[str, Any]) -> Running:
    """A site that begins now, with the state of one that has been at work."""
    fresh = Running(file)
    for name in running.live.state:
        fresh.live.state[name] = plain(running.live.state[name])
    fresh.site_state["news"] = running.site_state["news"]
    fresh.commit()
    for live, other in zip(running.lives, fresh.lives, strict=True):
        copy_fields(live, other)
    fresh.commit()
    return fresh


# Elements with ids: what survives, by another way of working it out

NAMES = tuple("abcdefgh")
TEXTS = st.sampled_from(["", "x", "y"])
CLASSES = st.sampled_from(["", "m-1", "m-2 p-1", "p-1 m-1 flex"])
Model = dict[str, dict[str, Any]]
"""Elements by their ids: type, text, classes, and the id of the one around them, None at the top."""


@st.composite
def models(draw: st.DrawFn) -> Model:
    """A page of elements that all have ids. Only sections hold others, so that texts are never in the way."""
    model: Model = {}
    for name in draw(st.permutations(NAMES))[: draw(st.integers(1, 8))]:
        holders = [None, *(each for each in model if model[each]["type"] in ("section", "article"))]
        model[name] = {
            "type": draw(st.sampled_from(["section", "article", "textarea"])),
            "title": draw(TEXTS),
            "classes": draw(CLASSES),
            "parent": draw(st.sampled_from(holders)),
        }
    return model


def body_of(model: Model, parent: str | None = None) -> list[Any]:
    """The body that a model stands for."""
    return [
        {
            each["type"]: body_of(model, name) if each["type"] in ("section", "article") else None,
            "id": name,
            "title": each["title"],
            "classes": each["classes"],
        }
        for name, each in model.items()
        if each["parent"] == parent
    ]


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("title"), st.sampled_from(NAMES), TEXTS),
        st.tuples(st.just("classes"), st.sampled_from(NAMES), CLASSES),
        st.tuples(st.just("move"), st.sampled_from(NAMES), st.sampled_from([None, *NAMES])),
        st.tuples(st.just("remove"), st.sampled_from(NAMES), st.none()),
        st.tuples(st.just("add"), st.sampled_from(["u", "v"]), st.sampled_from([None, *NAMES])),
    ),
    max_size=6,
)


def within(model: Model, name: str | None) -> set[str]:
    """An element and all that is in it."""
    return {each for each in model if each == name or (each in model and name in above(model, each))}


def above(model: Model, name: str) -> list[str | None]:
    """What is around an element, from the inside out; it ends where that goes in circles."""
    found: list[str | None] = []
    at = model[name]["parent"] if name in model else None
    while at is not None and at in model and at not in found:
        found.append(at)
        at = model[at]["parent"]
    return [*found, at]


def take_away(model: Model, name: str, moved: dict[str, None]) -> set[str]:
    """Take an element out of a model with all in it; those that count as taken away themselves."""
    below = within(model, name)
    gone = {each for each in below if each == name or each in moved}
    for each in below:
        moved.pop(each, None)
        del model[each]
    return gone


def apply(page: Page, model: Model, changes: list[tuple[str, str, Any]]) -> tuple[set[str], dict[str, None]]:
    """Do what handlers do, to a page and to a model of it; the ids that they have taken away, and have moved.

    What is in an element that is taken away goes as well; it is not taken away itself unless it was moved there.
    """
    gone: set[str] = set()
    moved: dict[str, None] = {}
    for kind, name, value in changes:
        holder = value is None or (value in model and model[value]["type"] in ("section", "article"))
        if kind == "add":
            if name in model or not holder:
                continue
            around: Element = page if value is None else page[value]
            around.append({"p": None, "id": name})
            model[name] = {"type": "p", "title": "", "classes": "", "parent": value}
        elif name not in model:
            continue
        elif kind == "remove":
            page[name].remove()
            gone |= take_away(model, name, moved)
        elif kind == "move":
            if holder and value not in within(model, name):
                (page if value is None else page[value]).append(page[name])
                model[name]["parent"] = value
                moved[name] = None
        else:
            setattr(page[name], kind, value)
            model[name][kind] = value
    return gone, moved


def merged(base: Model, ours: Model, theirs: Model) -> Model:
    """What is on the page after an edit, by the rules: the order of elements is left out of it.

    What was taken away is still in it: something may have been put into that.
    """
    result: Model = {}
    for name, each in theirs.items():
        own, was = ours.get(name), base.get(name)
        result[name] = dict(each)
        if own is not None and was is not None:
            if own["title"] != was["title"]:
                result[name]["title"] = own["title"]
            result[name]["classes"] = merge_classes(was["classes"], own["classes"], each["classes"])
            if own["parent"] != was["parent"]:
                result[name]["parent"] = own["parent"]
    for name, each in ours.items():
        if name not in base and name not in result:
            result[name] = dict(each)
    return result


def settle(result: Model, theirs: Model, gone: set[str], moved: dict[str, None]) -> Model:
    """Leave out what is in elements that are no more, and give back to the file what could be nowhere else."""
    for name in moved:
        if name in result and name in theirs and (_is_lost(result, name) or name in above(result, name)):
            result[name]["parent"] = theirs[name]["parent"]
    for name in gone & result.keys():
        del result[name]
    while lost := [name for name in result if _is_lost(result, name)]:
        for name in lost:
            del result[name]
    return result


def _is_lost(result: Model, name: str) -> bool:
    """Whether the element around one is not there, or can't have others in it any more."""
    parent = result[name]["parent"]
    return parent is not None and (parent not in result or result[parent]["type"] not in ("section", "article"))


def shape(page: Page) -> Model:
    """What a page is, as a model."""
    found: Model = {}
    tree = page._live.tree
    for number in tree.descendants(ROOT):
        each = Element(page._live, number)
        parent = each.parent
        assert each.id is not None and tree.node(number).type is not None
        found[each.id] = {
            "type": tree.node(number).type.name,  # type: ignore[union-attr]
            "title": each.title or "",
            "classes": str(each.classes),
            "parent": parent.id if parent is not None else None,
        }
    return found


def at_top(kind: str) -> dict[str, Any]:
    """An element at the top, with nothing set."""
    return {"type": kind, "title": "", "classes": "", "parent": None}


@settings(CALM, max_examples=200)
@given(models(), CHANGES, models())
@example(
    {"d": at_top("section"), "e": at_top("section")},
    [("move", "d", "e")],
    {"e": at_top("textarea"), "d": at_top("article")},
)
def test_what_survives_follows_from_ids(base: Model, changes: list[tuple[str, str, Any]], theirs: Model) -> None:
    live = live_page(body_of(base), kits()[0])
    page, follower = Page(live), Follower(live)
    ours = {name: dict(each) for name, each in base.items()}
    gone, moved = apply(page, ours, changes)
    page.update()
    held = {name: page[name] for name in ours}
    change(live, body_of(theirs), kits()[0])
    check(live, follower)
    wanted = settle(merged(base, ours, theirs), theirs, gone, moved)
    assert shape(page) == wanted
    for name, each in held.items():
        if name in wanted and (name in base or name not in theirs):
            assert each == page[name] and (each.title or "") == wanted[name]["title"]
        elif name not in wanted:
            with pytest.raises(ElementError, match="This element has been removed from its page"):
                each.title = "late"
