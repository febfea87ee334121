from __future__ import annotations

import pytest

from livepages.components.table import ELEMENT_TYPES, by_group
from tests.cli.program import run


def test_the_list_has_every_type_with_its_doc_in_its_group() -> None:
    lines = run("components").stdout.splitlines()
    for group, kinds in by_group().items():
        start = lines.index(group)
        assert [line.split(maxsplit=1) for line in lines[start + 1 : start + 1 + len(kinds)]] == [
            [kind.name, kind.doc] for kind in kinds
        ]
    assert {line.split(" ")[0] for line in lines} >= {"slot", "shared", "match"}


@pytest.mark.parametrize("name", ELEMENT_TYPES)
def test_a_type_is_told_with_its_properties_events_and_example(name: str) -> None:
    kind = ELEMENT_TYPES[name]
    result = run("components", name)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[:2] == [name, kind.doc]
    told = {line.split(" ")[0] for line in lines}
    assert {*kind.properties, "each", "key", "empty"} - told == set()
    assert ("bind" in told) == kind.has_state
    words = set(result.stdout.split())
    assert kind.events - words == set()
    assert result.stdout.endswith(f"Example\n{kind.example}\n")


def test_types_of_values_are_in_words() -> None:
    rows = [line.split("  ") for line in run("components", "input").stdout.splitlines()]
    words = {row[0].strip(): row[-1].strip() for row in rows}
    assert words["required"] == "true or false"
    assert words["maxlength"] == "a whole number, 0 or more"
    assert words["debounce"] == "a duration such as 500ms or 2s"
    assert words["dir"] == "ltr, rtl or auto"


@pytest.mark.parametrize(("name", "words"), [("slot", "The place "), ("shared", "The place "), ("match", "One of ")])
def test_the_elements_that_are_no_types(name: str, words: str) -> None:
    result = run("components", name)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{name}\n{words}")
    assert "\nExample\n" in result.stdout


def test_an_unknown_type() -> None:
    near, far = run("components", "buton"), run("components", "zzzz")
    assert (near.exit_code, far.exit_code) == (1, 1)
    assert near.stderr == 'Error: There is no element type "buton". Did you mean "button"?\n'
    assert far.stderr == 'Error: There is no element type "zzzz". `livepages components` lists them.\n'


def test_a_word_that_is_no_element() -> None:
    result = run("components", "sort")
    assert result.exit_code == 1
    assert result.stderr == 'Error: There is no element type "sort". `livepages reference sort` tells what it is.\n'
