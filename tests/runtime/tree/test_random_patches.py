"""The same as in test_patches, further out: long random histories with many partial updates."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import Any

import pytest

from livepages.runtime.blueprints.node import ROOT
from livepages.runtime.pages.handles import Page
from tests.runtime.support import Follower, make_live
from tests.runtime.tree.test_patches import do

WORDS = ("", "a", "b", "<b>&", "\n two")
LEAVES: tuple[Any, ...] = (
    {"p": "p"},
    {"textarea": "t"},
    {"pair": None},
    {"pair": None, "show": False},
    {"void": None},
    "text",
    {"icon": "bomb"},
    {"div": "own"},
    {"div": "hidden", "show": False, "animate": "flip"},
    {"select": "a", "options": ["a", "b"]},
)
SEEDS = range(60)
HISTORIES = 12
"""How many histories there are for each seed."""


def element(random: Random, depth: int = 0) -> Any:
    """An element with elements in it."""
    if depth > 2 or random.random() < 0.5:
        return random.choice(LEAVES)
    children = [element(random, depth + 1) for _ in range(random.randint(0, 3))]
    kind = random.choice(["div", "div", "section", "nest", "box"])
    if kind in ("nest", "box"):
        return {kind: children} if kind == "nest" else {kind: {"caption": "c", "body": children}}
    return {kind: children, "show": random.random() < 0.9}


def step(random: Random) -> tuple[Any, ...]:
    """One thing that a handler does."""
    place, other, index = random.randint(0, 60), random.randint(0, 60), random.randint(0, 3)
    steps: list[tuple[Any, ...]] = [
        ("set", place, "text", random.choice(WORDS)),
        ("set", place, "show", random.random() < 0.5),
        ("set", place, "classes", random.choice(["", "m-1"])),
        ("insert", place, index, element(random, 1)),
        ("move", place, index, other),
        ("remove", place),
        ("clear", place),
        ("update", place),
        ("commit",),
    ]
    return random.choices(steps, weights=[1, 2, 1, 2, 3, 1, 0.5, 3.5, 0.5])[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_patched_document_equals_a_fresh_one(seed: int) -> None:
    random = Random(seed)
    for _ in range(HISTORIES):
        page = Page(make_live([element(random) for _ in range(random.randint(0, 4))]))
        follower = Follower(page._live)
        for each in [step(random) for _ in range(random.randint(3, 25))]:
            do(page, each)
        page.update()
        assert follower.html == follower.fresh_html
        follower.take()
        page.update()
        assert follower.take() == []


@pytest.mark.parametrize("seed", SEEDS)
def test_an_update_without_a_net_change_sends_nothing(seed: int) -> None:
    """Elements move and hide in many steps, and in others come back to where they were."""
    random = Random(seed)
    page = Page(make_live([element(random) for _ in range(4)]))
    follower = Follower(page._live)
    before = page._live.inner_html()
    tree = page._live.tree
    numbers = list(tree.descendants(ROOT))
    children = {number: list(tree.children(number)) for number in [ROOT, *numbers] if tree.children(number)}
    containers = list(children)
    shown = {number: tree.is_shown(number) for number in numbers}
    for number in random.sample(numbers, len(numbers)):
        tree.set_prop(number, "show", random.random() < 0.5)
        with suppress(ValueError):
            tree.move(number, random.choice(containers), 0)
    for number in random.sample(numbers, len(numbers)):
        tree.move(number, ROOT, 0)
        tree.set_prop(number, "show", shown[number])
    for parent in random.sample(containers, len(containers)):
        for index, number in enumerate(children[parent]):
            tree.move(number, parent, index)
    page.update()
    assert page._live.inner_html() == before
    assert follower.take() == []
