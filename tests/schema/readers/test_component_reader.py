from __future__ import annotations

from pathlib import Path

from tests.schema.sites import body, load, plain

CARD = """
components:
  card:
    doc: A card
    props: {title: str, size: 3, mark: {type: bool, default: }}
    body:
      - h1: ${title}
      - slot:
      - slot: footer
        body: [{p: No footer}]
"""


def card(folder: Path, use: str) -> object:
    (spec,) = body(folder, f"{CARD}body:\n  - {use}\n")
    return spec


def test_props_and_their_defaults(tmp_path: Path) -> None:
    told = {"title": "1.10", "size": 3, "mark": None}
    assert card(tmp_path, "card: {title: 1.10}") == ("card", told)
    assert card(tmp_path, 'card: {title: a, size: "5", mark: true}') == (
        "card",
        {"title": "a", "size": 5, "mark": True},
    )


def test_id_and_show_stand_beside(tmp_path: Path) -> None:
    told = {"title": "a", "size": 3, "mark": None, "id": "first", "show": False}
    assert card(tmp_path, "{card: {title: a}, id: first, show: false}") == ("card", told)


def test_slots(tmp_path: Path) -> None:
    text = "card: {title: a, body: [Hello, {p: World}], footer: Bye}"
    slots = {"body": [("span", {"text": "Hello"}), ("p", {"text": "World"})], "footer": [("span", {"text": "Bye"})]}
    assert card(tmp_path, text) == ("card", {"title": "a", "size": 3, "mark": None}, slots)


def test_the_body_of_a_component(tmp_path: Path) -> None:
    component = load(tmp_path, f"{CARD}body: []").components["card"]
    assert component.slots == {"body", "footer"}
    assert [plain(spec) for spec in component.body] == [
        ("h1", {"text": ("title",)}),
        ("slot", "body"),
        ("slot", "footer", [("p", {"text": "No footer"})]),
    ]


def test_props_bound_to_names_of_the_place_of_use(tmp_path: Path) -> None:
    text = """
    components:
      row: {props: {cells: list, text: {type: str, default: ""}}, body: [{p: "${text}"}]}
    params: {num: 3}
    body:
      - row: {cells: [1, "${num}"], text: "${num} rows"}
    """
    assert body(tmp_path, text) == [("row", {"cells": ("num",), "text": ("num",)})]


def test_a_content_that_is_the_only_prop(tmp_path: Path) -> None:
    text = """
    components:
      note: {props: {text: str}, body: [{p: "${text}"}]}
      list: {props: {rows: list}, body: []}
      box: {props: {size: 3}, body: [{slot: }]}
      line: {body: [{hr: }]}
    body:
      - note: Hello
      - list: [1, 2]
      - box: [{p: Hello}]
      - box: 5
      - line:
    """
    assert body(tmp_path, text) == [
        ("note", {"text": "Hello"}),
        ("list", {"rows": [1, 2]}),
        ("box", {"size": 3}, {"body": [("p", {"text": "Hello"})]}),
        ("box", {"size": 5}),
        ("line", {}),
    ]


def test_components_in_components(tmp_path: Path) -> None:
    text = """
    components:
      outer: {props: {text: str}, body: [{inner: ["${text}", {slot: }]}]}
      inner: {body: [{slot: [{p: Nothing}]}]}
    body:
      - outer: {text: Hello, body: [{hr: }]}
    """
    site = load(tmp_path, text)
    (outer,) = site.components["outer"].body
    assert plain(outer) == ("inner", {}, {"body": [("span", {"text": ("text",)}), ("slot", "body")]})
    (inner,) = site.components["inner"].body
    assert plain(inner) == ("slot", "body", [("p", {"text": "Nothing"})])


def test_the_same_id_in_two_components_and_on_a_page(tmp_path: Path) -> None:
    text = """
    components:
      one: {body: [{p: a, id: text}]}
      two: {body: [{p: a, id: text}]}
    body: [{p: a, id: text}, {one: , id: one}, {one: }, {two: , id: two}]
    """
    assert load(tmp_path, text).pages[0].body[0].id == "text"  # type: ignore[union-attr]


def test_shared_elements(tmp_path: Path) -> None:
    text = """
    shared:
      board:
        - div:
          id: messages
        - shared: notes
      notes: Hello
    pages:
      /: {body: [{shared: board}]}
      /2: {body: [{div: [{shared: notes}]}]}
    """
    site = load(tmp_path, text)
    assert {name: [plain(spec) for spec in shared.body] for name, shared in site.shared.items()} == {
        "board": [("div", {"id": "messages"}), ("shared", "notes")],
        "notes": [("span", {"text": "Hello"})],
    }
    assert [[plain(spec) for spec in page.body] for page in site.pages] == [
        [("shared", "board")],
        [("div", [("shared", "notes")])],
    ]
