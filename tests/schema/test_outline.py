from __future__ import annotations

from pathlib import Path

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.loader import load_site
from livepages.schema.outline import Item, Outline, duration, outline

SITE = """\
title: All
handlers: acts.py
startup: begin
every: {90s: begin}
components:
  card:
    props: {head: str, size: {type: int, default: 3, ge: 1}}
    body:
      - h2: Card ${head}
      - slot:
      - slot: foot
shared:
  news: [{div: , id: latest}]
  frame: [{shared: news}]
  unused: [{p: a}]
pages:
  /room/{name}:
    title: Room
    scope: shared
    classes: p-4
    every: {500ms: tick}
    body:
      - card:
          head: Hi
          body: [{p: "in\\n  the card"}]
          foot: [{em: b}]
        id: first
      - shared: frame
  /:
    body:
      - button: Go
        classes: a b
        on: {click.once: go, focus: {call: go}}
"""
ACTS = "def begin(): pass\ndef tick(): pass\ndef go(): pass\n"


@pytest.fixture
def drawn(tmp_path: Path) -> Outline:
    folder = tmp_path / "everything"
    folder.mkdir()
    (folder / "site.yaml").write_text(SITE, encoding="utf-8")
    (folder / "acts.py").write_text(ACTS, encoding="utf-8")
    return outline(load_site(folder, ELEMENT_TYPES))


def test_the_site(drawn: Outline) -> None:
    assert (drawn.name, drawn.title) == ("everything", "All")
    assert drawn.facts == (("startup", "begin"), ("every", "90s: begin"))
    assert [(section.kind, section.name) for section in drawn.sections] == [
        ("page", "/room/{name}"),
        ("page", "/"),
        ("shared", "news"),
        ("shared", "frame"),
        ("shared", "unused"),
        ("component", "card"),
    ]


def test_what_is_known_of_pages_shared_elements_and_components(drawn: Outline) -> None:
    assert [dict(section.facts) for section in drawn.sections] == [
        {"title": "Room", "scope": "shared", "params": "name: a text", "every": "500ms: tick", "classes": "p-4"},
        {"scope": "tab"},
        {"on": "/room/{name}"},
        {"on": "/room/{name}"},
        {"on": "no page"},
        {"props": "head: a text, size: a whole number of at least 1 = 3"},
    ]


def test_elements_with_their_events(drawn: Outline) -> None:
    button = Item("element", "button", "", ("a", "b"), "Go", (("click.once", "go"), ("focus", "go")))
    assert drawn.sections[1].items == (button,)


def test_components_in_use_with_their_slots(drawn: Outline) -> None:
    card = Item(
        "component",
        "card",
        "first",
        text="head: Hi, size: 3",
        children=(
            Item("element", "p", text="in the card"),
            Item("slot", "foot", children=(Item("element", "em", text="b"),)),
        ),
    )
    assert drawn.sections[0].items == (card, Item("shared", "frame"))


def test_expressions_are_as_the_file_has_them(drawn: Outline) -> None:
    assert drawn.sections[5].items == (
        Item("element", "h2", text="Card ${head}"),
        Item("slot", ""),
        Item("slot", "foot"),
    )


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(10, "10ms"), (1_000, "1s"), (1_500, "1500ms"), (60_000, "1m"), (5_400_000, "90m"), (86_400_000, "1d")],
)
def test_durations(milliseconds: int, words: str) -> None:
    assert duration(milliseconds) == words
