from __future__ import annotations

from pathlib import Path

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.loader import load_site
from livepages.schema.reference.outline import Item, Outline, outline
from livepages.schema.reference.outline_words import duration

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
        Item("element", "h2", text="Card ${head}", reads=("head",)),
        Item("slot", ""),
        Item("slot", "foot"),
    )


LIVE = """\
state: {online: 0}
session: {name: Ann}
startup: {set: {site.online: 1}}
components:
  card:
    props: {text: str}
    state: {unfolded: false}
    body:
      - button: ${text}
        on: {click: [{toggle: unfolded}, {emit: {picked: "${text}"}}]}
        show: ${not unfolded}
pages:
  /:
    state: {todos: [{title: a}], step: {type: int, default: 1}}
    every: {1s: [{set: {step: 2}}, {go: "/?step=${step}"}]}
    on: {open: {toast: Hello}, close: {set: {site.online: "${site.online - 1}"}}}
    body:
      - card: ${todo.title}
        on: {picked: {set: {todo.title: "${value}"}}}
        each: todo in todos
        key: todo.title
        empty: [{p: Nothing}]
      - match: ${step}
        cases: {1: [{input: , bind: session.name, on: {focus: {clear: session.name}}}]}
        else: [{dialog: [a], id: box}]
"""


@pytest.fixture
def live(tmp_path: Path) -> Outline:
    (tmp_path / "site.yaml").write_text(LIVE, encoding="utf-8")
    return outline(load_site(tmp_path, ELEMENT_TYPES))


def test_state_and_what_happens(live: Outline) -> None:
    assert live.facts == (
        ("state", "online: a whole number = 0"),
        ("session", "name: a text = Ann"),
        ("startup", "set site.online"),
    )
    assert [dict(section.facts) for section in live.sections] == [
        {
            "scope": "tab",
            "state": 'todos: a list = [{"title": "a"}], step: a whole number = 1',
            "every": "1s: set step, go /?step=${step}",
            "on": "open: toast, close: set site.online",
        },
        {"props": "text: a text", "state": "unfolded: true or false = false", "emits": "picked"},
    ]


def test_what_elements_read_and_write(live: Outline) -> None:
    card = Item(
        "component",
        "card",
        text="text: ${todo.title}",
        events=(("picked", "set todo.title"),),
        reads=("todo.title",),
    )
    empty = Item("case", "empty", children=(Item("element", "p", text="Nothing"),))
    field = Item("element", "input", events=(("focus", "clear session.name"),), bind="session.name")
    dialog = Item("element", "dialog", "box", children=(Item("element", "span", text="a"),))
    assert live.sections[0].items == (
        Item("each", "todo in todos", children=(card, empty), reads=("todos", "todo.title")),
        Item(
            "match",
            "step",
            children=(Item("case", "1", children=(field,)), Item("case", "else", children=(dialog,))),
            reads=("step",),
        ),
    )
    assert live.sections[1].items == (
        Item(
            "element",
            "button",
            text="${text}",
            events=(("click", "toggle unfolded, emit picked"),),
            reads=("text", "unfolded"),
        ),
    )


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(10, "10ms"), (1_000, "1s"), (1_500, "1500ms"), (60_000, "1m"), (5_400_000, "90m"), (86_400_000, "1d")],
)
def test_durations(milliseconds: int, words: str) -> None:
    assert duration(milliseconds) == words


def test_classes_with_expressions_in_them(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(
        """
        state: {size: 3}
        body:
          - {p: "${size}", classes: "p-${size} ${'big' if size > 2 else ''} m-2"}
          - {p: "${size}", classes: [a b, "${'big' if size > 2 else ''}"]}
          - {input: , type: number, bind: size}
        """,
        encoding="utf-8",
    )
    shown = outline(load_site(tmp_path, ELEMENT_TYPES)).sections[0].items
    assert [item.classes for item in shown] == [("p-${…}", "${…}", "m-2"), ("a", "b", "${…}"), ()]
