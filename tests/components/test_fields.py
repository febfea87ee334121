from __future__ import annotations

from typing import Any

import pytest

from livepages.components.input_kinds import KINDS
from livepages.components.table import ELEMENT_TYPES
from livepages.schema.expressions.expressions import parse
from tests.components.elements import Element

LONG = "x" * 1_000_001


@pytest.mark.parametrize(
    ("props", "value", "html"),
    [
        ({}, "", "<input>"),
        ({"value": "a"}, "a", '<input value="a">'),
        ({"type": "email", "value": "a@b.c"}, "a@b.c", '<input type="email" value="a@b.c">'),
        ({"type": "number", "value": 3}, 3, '<input type="number" value="3">'),
        ({"type": "number", "value": 0}, 0, '<input type="number" value="0">'),
        ({"type": "number"}, "", '<input type="number">'),
        ({"type": "range", "value": 0.5}, 0.5, '<input type="range" value="0.5">'),
        ({"type": "date", "value": "2025-12-31"}, "2025-12-31", '<input type="date" value="2025-12-31">'),
        ({"type": "color"}, "#000000", '<input type="color" value="#000000">'),
        ({"type": "checkbox"}, False, '<input type="checkbox">'),
        ({"type": "checkbox", "value": True}, True, '<input type="checkbox" checked>'),
        ({"type": "radio", "name": "n", "value": "a"}, False, '<input type="radio" name="n" value="a">'),
        (
            {"type": "radio", "name": "n", "value": "a", "checked": True},
            True,
            '<input type="radio" name="n" value="a" checked>',
        ),
        ({"type": "file", "multiple": True}, [], '<input type="file" multiple>'),
        ({"type": "file", "value": ["a.txt"]}, ["a.txt"], '<input type="file">'),
        ({"type": "password"}, "", '<input type="password">'),
        ({"type": "hidden", "value": "k"}, None, '<input type="hidden" value="k">'),
        ({"type": "submit", "value": "Send"}, None, '<input type="submit" value="Send">'),
    ],
)
def test_what_inputs_show(props: dict[str, Any], value: object, html: str) -> None:
    element = Element("input", props)
    assert (element.view.value, element.html) == (value, html)
    assert type(element.view.value) is type(value)


def test_a_change_of_the_value_is_no_change_of_attributes() -> None:
    assert Element("input", {"value": "a"}).view._replace(value="b") == Element("input", {"value": "b"}).view
    assert Element("textarea", {"value": "a"}).view._replace(value="b") == Element("textarea", {"value": "b"}).view


def test_a_password_is_never_sent_to_the_browser() -> None:
    element = Element("input", {"type": "password", "value": "secret"})
    assert element.view.value is None
    assert "secret" not in element.html


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("a", "<textarea>a"),
        ("\na", "<textarea>\n\na"),
        ("</textarea><script>", "<textarea>&lt;/textarea&gt;&lt;script&gt;"),
    ],
)
def test_textarea(value: str, html: str) -> None:
    element = Element("textarea", {"value": value})
    assert (element.html, element.view.value, element.view.inner) == (html, value, None)


@pytest.mark.parametrize(
    ("name", "props", "tokens"),
    [
        ("input", {}, ["input/d250"]),
        ("input", {"debounce": "500ms"}, ["input/d500"]),
        ("input", {"debounce": "0ms"}, ["input/d0"]),
        ("input", {"throttle": "1s"}, ["input/t1000"]),
        ("textarea", {"debounce": "1s"}, ["input/d1000"]),
        ("input", {"type": "range"}, ["input/d250"]),
        ("input", {"type": "checkbox"}, ["change"]),
        ("input", {"type": "radio"}, ["change"]),
        ("input", {"type": "date"}, ["change"]),
        ("input", {"type": "color"}, ["change"]),
        ("input", {"type": "file"}, ["change"]),
        ("input", {"type": "date", "debounce": "1s"}, ["change/d1000"]),
        ("select", {}, ["change"]),
        ("input", {"type": "hidden"}, []),
        ("input", {"type": "submit"}, []),
    ],
)
def test_how_values_reach_the_server(name: str, props: dict[str, Any], tokens: list[str]) -> None:
    assert Element(name, props).tokens == tokens


@pytest.mark.parametrize(
    ("props", "data", "changes"),
    [
        ({}, {"value": "a"}, {"value": "a"}),
        ({"value": "a"}, {"value": ""}, {"value": ""}),
        ({}, {"key": "enter"}, {}),
        ({"maxlength": 3}, {"value": "abc"}, {"value": "abc"}),
        ({"type": "password"}, {"value": "secret"}, {"value": "secret"}),
        ({"type": "number"}, {"value": 3.5}, {"value": 3.5}),
        ({"type": "number", "value": 3}, {"value": None}, {"value": None}),
        ({"type": "number", "max": 3}, {"value": 5}, {"value": 5}),
        ({"type": "range", "min": -1, "max": 1}, {"value": -1}, {"value": -1}),
        ({"type": "date"}, {"value": "2024-02-29"}, {"value": "2024-02-29"}),
        ({"type": "date"}, {"value": ""}, {"value": None}),
        ({"type": "month"}, {"value": "2025-12"}, {"value": "2025-12"}),
        ({"type": "week"}, {"value": "2025-W01"}, {"value": "2025-W01"}),
        ({"type": "time"}, {"value": "18:30:05.5"}, {"value": "18:30:05.5"}),
        ({"type": "datetime-local"}, {"value": "2025-12-31T18:30"}, {"value": "2025-12-31T18:30"}),
        ({"type": "color"}, {"value": "#ff8800"}, {"value": "#ff8800"}),
        ({"type": "checkbox"}, {"value": True}, {"value": True}),
        ({"type": "checkbox", "value": True}, {"checked": False}, {"value": False}),
        ({"type": "radio", "value": "a"}, {"value": "a", "checked": True}, {"checked": True}),
        ({"type": "radio", "value": "a"}, {"value": "b"}, {}),
        ({"type": "file"}, {"value": ["a.txt"]}, {"value": ["a.txt"]}),
        ({"type": "file"}, {"value": None}, {"value": []}),
        ({"type": "file"}, {"files": [{"name": "a.txt", "size": 3, "type": ""}]}, {"value": ["a.txt"]}),
        ({"type": "hidden", "value": "k"}, {"value": "forged"}, {}),
        ({"type": "submit", "value": "Send"}, {"value": "forged"}, {}),
        ({"readonly": True, "value": "a"}, {"value": "a"}, {}),
        ({"disabled": True}, {"value": ""}, {}),
    ],
)
def test_what_browsers_send(props: dict[str, Any], data: dict[str, Any], changes: dict[str, Any]) -> None:
    assert Element("input", props).changes(**data) == changes


@pytest.mark.parametrize(
    ("props", "data", "sentence"),
    [
        ({}, {"value": 3}, "expected a text of one line, in quotes if it looks like a number"),
        ({}, {"value": None}, "expected a text of one line, in quotes if it looks like a number"),
        ({}, {"value": True}, "expected a text of one line, in quotes if it looks like a number"),
        ({}, {"value": "a\nb"}, "expected a text of one line, in quotes if it looks like a number"),
        ({}, {"value": LONG}, "expected at most 1,000,000 characters, not 1,000,001"),
        ({"maxlength": 3}, {"value": "abcd"}, "expected at most 3 characters, not 4"),
        ({"type": "password"}, {"value": ["a"]}, "expected a text of one line, in quotes if it looks like a number"),
        ({"type": "number"}, {"value": "3"}, "expected a number"),
        ({"type": "number"}, {"value": True}, "expected a number"),
        ({"type": "number"}, {"value": float("nan")}, "the number is too large"),
        ({"type": "number"}, {"value": float("inf")}, "the number is too large"),
        ({"type": "number"}, {"value": 10**400}, "the number is too large"),
        ({"type": "range"}, {"value": 101}, "expected a number from 0 to 100"),
        ({"type": "range", "min": 5, "max": 9.5}, {"value": 4}, "expected a number from 5 to 9.5"),
        ({"type": "date"}, {"value": "31.12.2025"}, "expected a date such as 2025-12-31"),
        ({"type": "date"}, {"value": "2025-13-01"}, "expected a date such as 2025-12-31"),
        ({"type": "date"}, {"value": "2025-12-31\n"}, "expected a date such as 2025-12-31"),
        ({"type": "month"}, {"value": "2025"}, "expected a month such as 2025-12"),
        ({"type": "week"}, {"value": "2025-W54"}, "expected a week such as 2025-W52"),
        ({"type": "time"}, {"value": "25:00"}, "expected a time such as 18:30"),
        ({"type": "datetime-local"}, {"value": "now"}, "expected a date with a time such as 2025-12-31T18:30"),
        ({"type": "color"}, {"value": "red"}, 'expected a colour such as "#ff8800"'),
        ({"type": "checkbox"}, {"value": "on"}, "expected true or false"),
        ({"type": "checkbox"}, {"checked": None}, "expected true or false"),
        ({"type": "radio"}, {"checked": 1}, "expected true or false"),
        ({"type": "file"}, {"value": "a.txt"}, "expected a list of files"),
        ({"type": "file"}, {"value": ["a", "b"]}, "expected no more files than 1, not 2"),
        (
            {"type": "file", "multiple": True},
            {"value": ["a"] * 1_001},
            "expected no more files than 1,000, not 1,001",
        ),
        ({"type": "file"}, {"value": ["a" * 1_025]}, "expected names of files, of at most 1,024 characters"),
        ({"type": "file"}, {"files": [{"size": 3}]}, "expected names of files, of at most 1,024 characters"),
        ({"readonly": True, "value": "a"}, {"value": "b"}, "the field is locked: its value can't be changed"),
        ({"type": "checkbox", "disabled": True}, {"value": True}, "the field is locked: its value can't be changed"),
    ],
)
def test_what_no_honest_browser_sends(props: dict[str, Any], data: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        Element("input", props).changes(**data)
    assert str(error.value) == sentence


def test_textarea_takes_lines_within_its_limits() -> None:
    assert Element("textarea", {}).changes(value="a\nb") == {"value": "a\nb"}
    assert Element("textarea", {}).changes(key="a") == {}
    with pytest.raises(ValueError, match=r"^expected at most 2 characters, not 3$"):
        Element("textarea", {"maxlength": 2}).changes(value="abc")
    with pytest.raises(ValueError, match=r"^expected a text$"):
        Element("textarea", {}).changes(value=None)


@pytest.mark.parametrize(
    ("name", "props", "mistakes"),
    [
        ("input", {"value": "a"}, []),
        ("input", {"value": 5}, [("value", "expected a text of one line, in quotes if it looks like a number")]),
        ("input", {"value": True}, [("value", 'a field that is true or false needs "type: checkbox"')]),
        ("input", {"type": "checkbox", "value": "yes"}, [("value", "expected true or false")]),
        ("input", {"type": "number", "value": "3"}, [("value", "expected a number")]),
        ("input", {"type": "date", "value": "tomorrow"}, [("value", "expected a date such as 2025-12-31")]),
        ("input", {"type": "range", "value": 7, "max": 5}, [("value", "expected a number from 0 to 5")]),
        (
            "input",
            {"type": "file", "value": "a.txt"},
            [("value", "expected no content: which files it holds is for the user to choose")],
        ),
        ("input", {"type": "file", "value": ""}, []),
        ("input", {"type": "file", "value": ["a.txt"]}, []),
        ("input", {"type": "color", "value": "#ff8800"}, []),
        ("input", {"type": "range", "min": "low", "value": 7}, []),
        ("input", {"type": "radio", "value": "a"}, []),
        ("input", {"maxlength": 2, "value": "abc"}, [("value", "expected at most 2 characters, not 3")]),
        (
            "input",
            {"type": "checkbox", "checked": True},
            [
                (
                    "checked",
                    'the content of a checkbox says whether it is ticked: write "input: true" instead of checked',
                )
            ],
        ),
        ("input", {"checked": False}, []),
        ("input", {"checked": True}, [("checked", "an input of type text has no checked; it goes with radio")]),
        (
            "input",
            {"type": "checkbox", "multiple": True},
            [("multiple", "an input of type checkbox has no multiple; it goes with email, file")],
        ),
        ("input", {"type": "number", "min": 1, "max": 3, "step": "any"}, []),
        ("textarea", {"maxlength": 2, "value": "abc"}, [("value", "expected at most 2 characters, not 3")]),
        (
            "textarea",
            {"debounce": "1s", "throttle": "1s"},
            [("throttle", "a field has either debounce or throttle")],
        ),
    ],
)
def test_declared_fields(name: str, props: dict[str, Any], mistakes: list[tuple[str, str]]) -> None:
    assert Element(name, props).mistakes == mistakes


@pytest.mark.parametrize("prop", ["value", "type", "maxlength"])
def test_what_is_bound_is_not_judged(prop: str) -> None:
    kind = ELEMENT_TYPES["input"]
    assert list(kind.check_together({"value": "a", prop: parse("${size}")})) == []


@pytest.mark.parametrize("value", [{"a": 1}, [1], object()])
def test_values_of_no_field(value: object) -> None:
    with pytest.raises(ValueError, match=r"^expected a text, a number, true or false$"):
        ELEMENT_TYPES["input"].properties["value"].check(value)


def test_radio_buttons_know_their_group() -> None:
    kind: Any = ELEMENT_TYPES["input"]
    assert kind.radio_group({"type": "radio", "name": "drink"}) == "drink"
    assert kind.radio_group({"type": "radio"}) is None
    assert kind.radio_group({"type": "checkbox", "name": "drink"}) is None


def test_every_type_of_input_has_a_kind() -> None:
    assert len(KINDS) == 22
    for name in KINDS:
        assert ELEMENT_TYPES["input"].properties["type"].check(name) == name
