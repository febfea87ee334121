from __future__ import annotations

from typing import Any

import pytest

from livepages.components.options import Option, OptionGroup, parse_options
from livepages.schema.expressions.expressions import parse
from livepages.schema.values.view import Html
from tests.components.elements import Element

TEA, COFFEE = Option("tea", "Tea"), Option("coffee", "Coffee")
DRINKS = {"tea": "Tea", "coffee": "Coffee"}


@pytest.mark.parametrize(
    ("given", "choices"),
    [
        ([], ()),
        (["tea", 3, 0.5], (Option("tea", "tea"), Option("3", "3"), Option("0.5", "0.5"))),
        (DRINKS, (TEA, COFFEE)),
        ({1: "One", "two": None}, (Option("1", "One"), Option("two", "two"))),
        ([{"value": "tea", "label": "Tea"}, {"value": "coffee", "label": "Coffee"}], (TEA, COFFEE)),
        (
            [{"value": "x"}, {"label": "Y"}, {"value": "z", "label": "Z", "disabled": True}],
            (Option("x", "x"), Option("Y", "Y"), Option("z", "Z", disabled=True)),
        ),
        ({"Hot": DRINKS, "none": "None"}, (OptionGroup("Hot", (TEA, COFFEE)), Option("none", "None"))),
        ({"Hot": ["tea"]}, (OptionGroup("Hot", (Option("tea", "tea"),)),)),
        (["none", {"Hot": DRINKS}], (Option("none", "none"), OptionGroup("Hot", (TEA, COFFEE)))),
        ({"Hot": [{"value": "tea", "label": "Tea"}]}, (OptionGroup("Hot", (TEA,)),)),
    ],
)
def test_ways_to_write_options(given: object, choices: object) -> None:
    assert parse_options(given) == choices
    assert parse_options(parse_options(given)) == choices


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("tea", "expected a list of options, or a mapping of values to what the user reads"),
        ([True], "expected the text of an option, not true: write it in quotes"),
        ([None], "expected the text of an option, not none: write it in quotes"),
        (["a", "b", "a"], 'the option "a" stands there twice'),
        ({"G": ["a"], "H": ["a"]}, 'the option "a" stands there twice'),
        (
            [{"value": "a", "lable": "A"}],
            'an option has value, label and disabled, no "lable" (did you mean "label"?)',
        ),
        ([{"value": "a", "disabled": "yes"}], "disabled of an option: expected true or false"),
        ({"G": {"H": ["a"]}}, '"H" is a group within a group: groups of options have one level only'),
        ([str(n) for n in range(10_001)], "expected at most 10,000 options, not 10,001"),
    ],
)
def test_wrong_options(given: object, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        Element("select", {"options": given})
    assert str(error.value) == sentence


def test_the_chosen_option_is_marked_in_the_first_paint_only() -> None:
    element = Element("select", {"value": "tea", "options": DRINKS})
    assert element.view.value == "tea"
    assert element.view.inner == Html(
        '<option value="" disabled hidden></option><option value="tea">Tea</option>'
        '<option value="coffee">Coffee</option>'
    )
    assert isinstance(element.view.inner, Html)
    assert element.html == (
        '<select><option value="" disabled hidden></option><option value="tea" selected>Tea</option>'
        '<option value="coffee">Coffee</option>'
    )


def test_nothing_is_chosen_until_somebody_chooses() -> None:
    element = Element("select", {"options": ["tea"], "placeholder": "Choose <one>"})
    assert element.view.value == ""
    assert element.html == (
        '<select><option value="" disabled hidden selected>Choose &lt;one&gt;</option><option value="tea">tea</option>'
    )


@pytest.mark.parametrize(
    ("props", "html"),
    [
        ({"options": {"": "All"}}, '<select><option value="" selected>All</option>'),
        ({"options": ["a"], "size": 3}, '<select size="3"><option value="a">a</option>'),
        (
            {"options": ["a", "b"], "multiple": True, "value": ["b"]},
            '<select multiple><option value="a">a</option><option value="b" selected>b</option>',
        ),
        (
            {"options": {"<G>": ['"']}, "multiple": True},
            '<select multiple><optgroup label="&lt;G&gt;"><option value="&quot;">"</option></optgroup>',
        ),
        (
            {"options": [{"value": "a", "disabled": True}], "size": 2},
            '<select size="2"><option value="a" disabled>a</option>',
        ),
    ],
)
def test_first_paint(props: dict[str, Any], html: str) -> None:
    assert Element("select", props).html == html


@pytest.mark.parametrize(
    ("props", "value"),
    [
        ({"value": 2, "options": [1, 2]}, "2"),
        ({"value": "gone", "options": ["a"]}, ""),
        ({"value": ["a", "gone"], "options": ["a"], "multiple": True}, ["a"]),
        ({"options": ["a"], "multiple": True}, []),
        ({}, ""),
    ],
)
def test_value_of_the_view(props: dict[str, Any], value: object) -> None:
    assert Element("select", props).view.value == value


@pytest.mark.parametrize(
    ("props", "mistakes"),
    [
        ({"value": "tea", "options": DRINKS}, []),
        ({"value": "", "options": DRINKS}, []),
        ({"options": DRINKS}, []),
        ({"value": "teq", "options": DRINKS}, [("value", '"teq" is none of the options (did you mean "tea"?)')]),
        ({"value": "tea"}, [("value", '"tea" is none of the options')]),
        (
            {"value": ["tea"], "options": DRINKS},
            [("value", "expected one value; for a list write multiple: true")],
        ),
        ({"value": ["tea"], "options": DRINKS, "multiple": True}, []),
    ],
)
def test_declared_selects(props: dict[str, Any], mistakes: list[tuple[str, str]]) -> None:
    assert Element("select", props).mistakes == mistakes


LOCKED = [{"value": "a"}, {"value": "b", "disabled": True}, {"value": "c"}]


@pytest.mark.parametrize(
    ("props", "sent", "value"),
    [
        ({"options": DRINKS}, "tea", "tea"),
        ({"options": DRINKS}, "", ""),
        ({"options": LOCKED, "value": "b"}, "b", "b"),
        ({"options": LOCKED, "multiple": True}, ["a", "c"], ["a", "c"]),
        ({"options": LOCKED, "multiple": True, "value": ["b"]}, ["a", "b"], ["a", "b"]),
        ({"options": LOCKED, "multiple": True, "value": ["a"]}, [], []),
    ],
)
def test_what_browsers_send(props: dict[str, Any], sent: object, value: object) -> None:
    assert Element("select", props).changes(value=sent) == {"value": value}


@pytest.mark.parametrize(
    ("props", "sent", "sentence"),
    [
        ({"options": DRINKS}, "beer", "expected options that can be chosen"),
        ({"options": DRINKS, "value": "tea"}, "", "expected options that can be chosen"),
        ({"options": LOCKED}, "b", "expected options that can be chosen"),
        ({"options": DRINKS}, ["tea"], "expected an option"),
        ({"options": DRINKS}, None, "expected an option"),
        ({"options": DRINKS, "multiple": True}, "tea", "expected a list of options"),
        ({"options": DRINKS, "multiple": True}, ["tea", "tea"], "expected options that can be chosen"),
        ({"options": DRINKS, "multiple": True}, [1], "expected options that can be chosen"),
        ({"options": DRINKS, "disabled": True}, "tea", "the field is locked: its value can't be changed"),
    ],
)
def test_what_no_honest_browser_sends(props: dict[str, Any], sent: object, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        Element("select", props).changes(value=sent)
    assert str(error.value) == sentence


def test_no_value_is_nothing_chosen() -> None:
    assert Element("select", {"value": None, "options": DRINKS}).view.value == ""


def test_bound_options_are_not_judged() -> None:
    kind = Element("select", {}).type
    assert list(kind.check_together({"value": "tea", "options": parse("${drinks}")})) == []


def test_events_without_a_value_change_nothing() -> None:
    assert Element("select", {"options": DRINKS}).changes(key="a") == {}
