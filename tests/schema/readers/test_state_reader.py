"""State as a site's file declares it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.loader import read_site
from livepages.schema.site.params import Param
from tests.schema.sites import load


def state(folder: Path, text: str) -> Any:
    (page,) = load(folder, f"state: {text}\nbody: []\n").pages
    return dict(page.state)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0", Param("x", "int", 0)),
        ("1.5", Param("x", "float", 1.5)),
        ("Ann", Param("x", "str", "Ann")),
        ("true", Param("x", "bool", True)),
        ("", Param("x", "any", None)),
        ("[a, 1]", Param("x", "list", ["a", 1])),
        ("{tea: 0, coffee: 0}", Param("x", "map", {"tea": 0, "coffee": 0})),
        ("{}", Param("x", "map", {})),
        ("{type: tea, price: 3}", Param("x", "map", {"type": "tea", "price": 3})),
        ("{doc: tea}", Param("x", "map", {"doc": "tea"})),
        ("{type: int, default: 3, ge: 1}", Param("x", "int", 3, ge=1)),
        ("{default: a, choices: [a, b]}", Param("x", "str", "a", choices=("a", "b"))),
        ("{type: list, max_length: 3}", Param("x", "list", [], max_length=3)),
        ("{type: any}", Param("x", "any", None)),
        ("{type: list, items: int}", Param("x", "list", [], items=Param("", "int"))),
        ("{default: [a], items: {max_length: 4}}", Param("x", "list", ["a"], items=Param("", "str", max_length=4))),
        (
            "{type: map, items: {type: list, items: {choices: [a, b]}}}",
            Param("x", "map", {}, items=Param("", "list", items=Param("", "str", choices=("a", "b")))),
        ),
        ("{default: {tea: '1'}, items: int}", Param("x", "map", {"tea": 1}, items=Param("", "int"))),
        ("str", Param("x", "str", "")),
        ("int", Param("x", "int", 0)),
        ("float", Param("x", "float", 0.0)),
        ("bool", Param("x", "bool", False)),
        ("list", Param("x", "list", [])),
        ("map", Param("x", "map", {})),
        ("any", Param("x", "any", None)),
    ],
)
def test_a_declaration_a_type_or_a_default(written: str, expected: Param, tmp_path: Path) -> None:
    assert state(tmp_path, f"{{x: {written}}}") == {"x": expected}


def test_each_declaration_knows_its_place(tmp_path: Path) -> None:
    assert str(state(tmp_path, "{a: 1, b: 2}")["b"].position) == f"{tmp_path}/site.yaml:1:15"


def test_the_state_of_a_site_of_one_page_is_that_page_s(tmp_path: Path) -> None:
    site = load(tmp_path, "state: {a: 1}\nsession: {b: 2}\nbody: ['${a} ${session.b}']")
    assert (dict(site.state), dict(site.pages[0].state)) == ({}, {"a": Param("a", "int", 1)})
    assert dict(site.session_state) == {"b": Param("b", "int", 2)}


def test_the_state_of_a_site_its_pages_and_its_components(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        """
        state: {a: 1}
        components:
          card: {props: {text: str}, state: {unfolded: false}, body: ["${text} ${unfolded} ${site.a}"]}
        shared:
          board: ["${site.a}"]
        pages:
          /: {state: {b: 2}, body: ["${b} ${site.a} ${tabs} ${people}"]}
          /other: {body: ["${site.a}"]}
        """,
    )
    assert dict(site.state) == {"a": Param("a", "int", 1)}
    assert [dict(page.state) for page in site.pages] == [{"b": Param("b", "int", 2)}, {}]
    assert dict(site.components["card"].state) == {"unfolded": Param("unfolded", "bool", False)}


@pytest.mark.parametrize("word", ["light", "first", "last", "open", "string quartet", "interest", "boot"])
def test_a_text_that_a_state_begins_with_is_no_misspelt_type(word: str, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(f"state: {{x: {word}}}\nbody: [{{input: , bind: x}}]\n", encoding="utf-8")
    diagnostics = Diagnostics()
    read_site(tmp_path, ELEMENT_TYPES, diagnostics)
    assert [found.message for found in diagnostics] == []
