from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livepages.schema.expressions.mistakes import Mistake
from livepages.schema.site.params import LONGEST_TEXT, Param
from tests.schema.sites import load


def params(folder: Path, text: str) -> dict[str, Param]:
    return dict(load(folder, f"params: {text}\nbody: []").pages[0].params)


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("str", Param("p", "str")),
        ("int", Param("p", "int")),
        ("float", Param("p", "float")),
        ("bool", Param("p", "bool")),
        ("flip", Param("p", "str", "flip")),
        ("'int'", Param("p", "int")),
        ("3", Param("p", "int", 3)),
        ("1.5", Param("p", "float", 1.5)),
        ("true", Param("p", "bool", True)),
        ("yes", Param("p", "str", "yes")),
        ("", Param("p", "any", None)),
        ("{}", Param("p", "str")),
        ("{type: int}", Param("p", "int")),
        ("{default: 3}", Param("p", "int", 3)),
        ("{type: int, default: }", Param("p", "int", None)),
        ("{type: int, default: '3'}", Param("p", "int", 3)),
        ("{type: float, default: 3}", Param("p", "float", 3.0)),
        ("{type: str, default: 1.10}", Param("p", "str", "1.10")),
        ("{doc: A text, default: flip}", Param("p", "str", "flip", "A text")),
        ("{type: int, ge: 1, le: 5, gt: 0, lt: 9}", Param("p", "int", ge=1, le=5, gt=0, lt=9)),
        ("{min_length: 1, max_length: 5, pattern: '^a+$'}", Param("p", min_length=1, max_length=5, pattern="^a+$")),
        ("{choices: [a, b]}", Param("p", "str", choices=("a", "b"))),
        ("{choices: [1, 2], default: 2}", Param("p", "int", 2, choices=(1, 2))),
        ("{choices: [1, two]}", Param("p", "str", choices=("1", "two"))),
        ("{choices: [1, 2]}", Param("p", "int", choices=(1, 2))),
    ],
)
def test_declarations(declared: str, expected: Param, tmp_path: Path) -> None:
    assert params(tmp_path, f"{{p: {declared}}}")["p"] == expected


@pytest.mark.parametrize(
    ("param", "text", "value"),
    [
        (Param("p"), "  a ", "  a "),
        (Param("p", "int"), "3", 3),
        (Param("p", "float"), "1e3", 1000.0),
        (Param("p", "bool"), "true", True),
        (Param("p", "bool"), "0", False),
        (Param("p", "int", choices=(1, 2)), "2", 2),
    ],
)
def test_reading_a_text_of_an_address(param: Param, text: str, value: Any) -> None:
    assert param.read(text) == value


@pytest.mark.parametrize(
    ("param", "value", "sentence"),
    [
        (Param("p", "int", ge=1, le=3600), "abc", 'expected a whole number from 1 to 3600, not "abc"'),
        (Param("p", "int", ge=1, le=3600), "99999", 'expected a whole number from 1 to 3600, not "99999"'),
        (Param("p", "int", ge=1), 0, "expected a whole number of at least 1, not 0"),
        (Param("p", "float", le=1.5), 2, "expected a number of at most 1.5, not 2"),
        (Param("p", "float", gt=0, lt=1), 1, "expected a number above 0 below 1, not 1"),
        (Param("p", "float"), "nan", 'expected a number, not "nan"'),
        (Param("p", "bool"), "maybe", 'expected true or false, not "maybe"'),
        (Param("p", min_length=2, max_length=9), "a", 'expected a text of 2 to 9 characters, not "a"'),
        (Param("p", min_length=2, message="It is too short."), "a", "It is too short"),
        (Param("p", min_length=2), "a", 'expected a text of at least 2 characters, not "a"'),
        (Param("p", max_length=2), "abc", 'expected a text of at most 2 characters, not "abc"'),
        (Param("p", pattern="^a+$"), "b", 'expected a text that matches ^a+$, not "b"'),
        (
            Param("p", choices=("flip", "bounce")),
            "flop",
            'expected "flip" or "bounce", not "flop" (did you mean "flip"?)',
        ),
        (Param("p", "int", choices=(1, 2, 3)), 4, "expected 1, 2 or 3, not 4"),
        (Param("p", "list", max_length=1), [1, 2], "expected a list of at most 1 entries, not a list"),
        (Param("p", "map"), [], "expected a mapping, not a list"),
        (Param("p", "int"), None, "expected a whole number, not nothing"),
        (Param("p", "int"), "x" * 100, f'expected a whole number, not "{"x" * 57}..."'),
    ],
)
def test_values_that_do_not_fit(param: Param, value: object, sentence: str) -> None:
    with pytest.raises(Mistake) as error:
        param.check(value)
    assert str(error.value) == sentence


def test_a_text_of_an_address_has_a_limit() -> None:
    assert Param("p").read("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT
    with pytest.raises(ValueError, match=r"^expected a text of at most 1000 characters, not 1001$"):
        Param("p").read("a" * (LONGEST_TEXT + 1))
    assert Param("p", max_length=2000).read("a" * 1500) == "a" * 1500


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for kind in ("str", "int", "float", "bool"):
        try:
            value = Param("p", kind).read(text)
        except ValueError as error:
            assert str(error).startswith("expected ")
        else:
            assert type(value).__name__ == kind
