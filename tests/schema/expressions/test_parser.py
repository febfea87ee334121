from __future__ import annotations

from collections import UserDict, UserList
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livepages.schema.expressions.expressions import ExpressionError, ExpressionFailed, parse_expression
from tests.schema.expressions.random_expressions import NAMES, PLAIN, sources

VALUES: dict[str, Any] = {
    "n": 3,
    "half": 0.5,
    "text": "tea",
    "none": None,
    "on": True,
    "list": [10, 20, 30],
    "votes": {"tea": 1, "coffee": 2, "7": "seven"},
    "rows": UserList([UserDict({"name": "Ann", "age": 30}), UserDict({"name": "Bob", "age": 20})]),
    "key": "coffee",
}


def value(source: str) -> Any:
    return parse_expression(source).evaluate(VALUES.get)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1", 1),
        ("1.50", 1.5),
        ("2e3", 2000.0),
        ("'a\"b'", 'a"b'),
        ('"it\'s"', "it's"),
        (r"'a\n\t\\\'\u00e9'", "a\n\t\\'é"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("[]", []),
        ("[1, 'a', [n],]", [1, "a", [3]]),
        ("{}", {}),
        ("{a: 1, 'b c': n, 3: {}}", {"a": 1, "b c": 3, "3": {}}),
        ("-5", -5),
        ("- n", -3),
        ("--n", 3),
    ],
)
def test_values_as_they_are_written(source: str, expected: object) -> None:
    found = value(source)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("votes.tea", 1),
        ("votes['tea']", 1),
        ("votes[key]", 2),
        ("votes[7]", "seven"),
        ("votes[7.0]", "seven"),
        ("votes.gone", None),
        ("votes.gone.further", None),
        ("gone", None),
        ("list[0]", 10),
        ("list[-1]", 30),
        ("list[3]", None),
        ("list[1.0]", 20),
        ("list['0']", None),
        ("list[true]", None),
        ("list[null]", None),
        ("text[0]", "t"),
        ("text.upper", None),
        ("n.real", None),
        ("rows[1].name", "Bob"),
        ("{a: {b: 5}}.a.b", 5),
        ("[1, 2][1]", 2),
        ("votes.in", None),
    ],
)
def test_entries(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 2 - 3", 5),
        ("2 ** 3 ** 2", 512),
        ("-2 ** 2", -4),
        ("2 ** -1", 0.5),
        ("7 / 2", 3.5),
        ("6 / 3", 2.0),
        ("7 // 2", 3),
        ("-7 // 2", -4),
        ("7 % 4", 3),
        ("'a' + 'b'", "ab"),
        ("[1] + list", [1, 10, 20, 30]),
        ("'ab' * 2", "abab"),
        ("2 * [1, n]", [1, 3, 1, 3]),
        ("'a' * -1", ""),
        ("n ~ 1 + 1 ~ text", "32tea"),
        ("1 ~ null ~ true ~ 1.0", "1true1"),
        ("1 + 1 == 2", True),
        ("1 == 1.0", True),
        ("1 == true", False),
        ("0 == false", False),
        ("null == false", False),
        ("'1' == 1", False),
        ("[1, {a: 2}] == [1, {a: 2.0}]", True),
        ("[1] == [true]", False),
        ("{a: 1, b: 2} == {b: 2, a: 1}", True),
        ("rows[0] == {name: 'Ann', age: 30}", True),
        ("{name: 'Ann', age: 30} == rows[0]", True),
        ("rows == [rows[0], rows[1]]", True),
        ("[rows[0]] != rows", True),
        ("1 != 2", True),
        ("1 < 2", True),
        ("'a' >= 'b'", False),
        ("2 <= 2.0", True),
        ("3 > 4", False),
        ("20 in list", True),
        ("20 not in list", False),
        ("true in [1]", False),
        ("'tea' in votes", True),
        ("7 in votes", True),
        ("'ea' in text", True),
        ("rows[0] in rows", True),
        ("not 1 == 2", True),
        ("not on and on", False),
        ("1 or 2 and 3", 1),
        ("null or 'x'", "x"),
        ("none and none.x", None),
        ("[] or {} or ''", ""),
        ("not []", True),
        ("'a' if on else 'b'", "a"),
        ("'a' if none", None),
        ("1 if none else 2 if on else 3", 2),
        ("(1 if on else 2) + 1", 2),
        ("1 + 1 if on else 0", 2),
        ("1..3", [1, 2, 3]),
        ("n - 2..n + 1", [1, 2, 3, 4]),
        ("3..1", []),
        ("2 in 1..3", True),
        ("text | upper", "TEA"),
        ("text | upper | lower | length", 3),
        ("text | length + 1", 4),
        ("1 + text | length", 4),
        ("list | length > 2", True),
        ("'x' ~ text | upper", "xTEA"),
        ("not text | length", False),
        ("(n + half) | round", 4),
        ("n + (half | round)", 4),
        ("-1 | abs", 1),
        ("(list | sort(reverse=true))[0]", 30),
        ("list | join(separator=' ') | split", ["10", "20", "30"]),
        ("rows | map('name') | join(', ',)", "Ann, Bob"),
        ("rows | first | default(null)", {"name": "Ann", "age": 30}),
    ],
)
def test_operators_and_how_they_bind(source: str, expected: object) -> None:
    found = value(source)
    assert found == expected
    assert isinstance(found, bool) is isinstance(expected, bool)


def test_only_what_is_needed_is_worked_out() -> None:
    assert value("1 if on else 1 / 0") == 1
    assert value("on or 1 / 0") is True
    assert value("none and 1 / 0") is None


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("text + 1", '+ needs two numbers, two texts or two lists, not "tea" and 3; ~ joins texts and numbers'),
        ("on + 1", "+ needs two numbers, two texts or two lists, not true and 3"),
        ("n - none", "- needs two numbers, not 3 and nothing"),
        ("text % n", '% needs two numbers, not "tea" and 3'),
        ("list * half", "* needs two numbers, or a text or list and a whole number, not a list and 0.5"),
        ("n ** text", '** needs two numbers, not 3 and "tea"'),
        ("n < text", '< needs two numbers or two texts, not 3 and "tea"'),
        ("list > list", "> needs two numbers or two texts, not a list and a list"),
        ("1 in n", "in needs a list, a mapping or a text on the right, not 1 and 3"),
        ("-text", '- needs a number, not "tea"'),
        ("1..half", ".. needs two whole numbers, not 1 and 0.5"),
        ("n / 0", "3 can't be divided by 0"),
        ("n % 0", "3 can't be divided by 0"),
        ("0 ** -1", "0 can't be divided by 0"),
        ("text | sum", '"sum" needs a list, not "tea"'),
    ],
)
def test_values_that_do_not_fit(source: str, message: str) -> None:
    with pytest.raises(ExpressionFailed) as caught:
        value(source.replace("+ 1", "+ n"))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("source", "message", "stretch", "hint"),
    [
        ("a b", 'Expected an operator, not "b".', "b", None),
        ("a 'b'", "Expected an operator, not 'b'.", "'b'", None),
        ("a = b", 'Expected an operator, not "=".', "=", "Write == to compare."),
        ("a == == b", 'Expected a value, not "==".', "==", None),
        ("a +", "Expected a value after this.", "+", None),
        ("a and or b", 'Expected a value, not "or".', "or", None),
        ("a not b", 'Expected "in", not "b".', "b", None),
        ("(a", 'Expected ")" after this.', "a", None),
        ("(a]", 'Expected ")", not "]".', "]", None),
        ("a)", 'Expected an operator, not ")".', ")", None),
        ("a}", 'Expected an operator, not "}".', "}", None),
        ("[a b]", 'Expected "," or "]", not "b".', "b", None),
        ("[a, , b]", 'Expected a value, not ",".', ",", None),
        ("{a b}", 'Expected ":", not "b".', "b", None),
        ("{[1]: b}", 'Expected a key, not "[".', "[", None),
        ("{a: 1, a: 2}", 'The key "a" is used twice.', "a", None),
        ("a.", "Expected a name after this.", ".", None),
        ("a.0", 'Expected a name, not "0".', "0", "Write [0] for an item by its number."),
        ("a[", "Expected a value after this.", "[", None),
        ("a[0", 'Expected "]" after this.', "0", None),
        ("1 < a < 3", "Comparisons can't follow one another: write a < b and b < c.", "<", None),
        ("1..2..3", "A range has one beginning and one end, such as 1..5.", "..", None),
        ("'a", "This ' is never closed.", "'", None),
        (r"'a\q'", r'"\q" means nothing in a text.', r"\q", r"Write \\ for a \."),
        (r"'\ud800'", r'"\ud800" means nothing in a text.', r"\ud800", r"Write \\ for a \."),
        ("12a", '"12a" is no number.', "12a", None),
        ("a & b", '"&" means nothing in an expression.', "&", "Write and."),
        ("a && b", '"&&" means nothing in an expression.', "&&", "Write and."),
        ("a || b", '"||" means nothing in an expression.', "||", "Write or."),
        ("!a", '"!" means nothing in an expression.', "!", "Write not."),
        ("a === b", '"===" means nothing in an expression.', "===", "Write ==."),
        ("a ? b : c", '"?" means nothing in an expression.', "?", "Write a if condition else b."),
        ("a; b", '";" means nothing in an expression.', ";", None),
        ("a @ b", '"@" means nothing in an expression.', "@", None),
        ("True", 'There is no value "True".', "True", "Write true."),
        ("f(1)", '"f" can\'t be called.', "f", "Filters stand after a value: x | round(2)."),
        ("a.f(1)", '"f" can\'t be called.', "f", "Filters stand after a value: x | round(2)."),
        ("(a)(1)", "Nothing can be called in an expression.", "(", "Filters stand after a value: x | round(2)."),
        ("a | 3", 'Expected the name of a filter, not "3".', "3", None),
        ("a | uper", 'There is no filter "uper".', "uper", 'Did you mean "upper"?'),
        ("a | upper(1)", '"upper" takes no values in its brackets.', "1", None),
        ("a | map('b', 1)", '"map" takes one value in its brackets at most.', "1", None),
        ("a | slice(1, 2, 3)", '"slice" takes 2 values in its brackets at most.', "3", None),
        ("a | replace('b')", '"replace" needs "new", a text.', "replace", None),
        ("a | sort(revers=true)", '"sort" takes no "revers".', "revers", 'Did you mean "reverse"?'),
        ("a | sort('b', key='c')", '"sort" is given "key" twice.', "key", None),
        ("a | sort(key='b', true)", "A value without a name can't follow one with a name.", "true", None),
        ("a | round('b')", '"round" needs a whole number from -15 to 15 for "digits", not "b".', "'b'", None),
        ("a | round(99)", '"round" needs a whole number from -15 to 15 for "digits", not 99.', "99", None),
        ("a | join(1", 'Expected "," or ")" after this.', "1", None),
        ("9223372036854775808", "This number is too large.", "9223372036854775808", None),
        ("1e999", "This number is too large.", "1e999", None),
        ("a.__class__", 'There is no entry "__class__" in any value.', "__class__", None),
        ("a['__class__']", 'There is no entry "__class__" in any value.', "'__class__'", None),
    ],
)
def test_mistakes_and_where_they_are(source: str, message: str, stretch: str, hint: str | None) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(source)
    error = caught.value
    assert (error.message, error.hint) == (message, hint)
    assert source[error.offset : error.offset + error.length] == stretch


@pytest.mark.parametrize("source", ["a * b | round(1)", "a - b | abs | string", "-a | number", "1 + 2 | percent"])
def test_filters_on_numbers_say_what_they_work_on(source: str) -> None:
    with pytest.raises(ExpressionError, match=r"works on the last number only\.$") as caught:
        parse_expression(source)
    assert caught.value.hint == "Put brackets around that, or around all that stands before."


def outcome(source: str, values: dict[str, Any]) -> Any:
    try:
        return parse_expression(source).evaluate(values.get)
    except ExpressionFailed as error:
        return str(error)


@given(sources(), st.fixed_dictionaries(dict.fromkeys(NAMES, PLAIN)))
def test_every_expression_has_a_value_or_says_why_not(source: str, values: dict[str, Any]) -> None:
    before = repr(values)
    assert outcome(source, values) == outcome(f"({source})", values)
    assert repr(values) == before


@given(sources(), st.fixed_dictionaries(dict.fromkeys(NAMES, PLAIN)))
def test_the_kinds_of_lists_and_mappings_make_no_difference(source: str, values: dict[str, Any]) -> None:
    assert outcome(source, wrapped(values)) == outcome(source, values)


def wrapped(value: Any) -> Any:
    """A value in which other kinds of lists and mappings stand for the plain ones, the whole excepted."""

    def wrap(value: Any) -> Any:
        if isinstance(value, dict):
            return UserDict({key: wrap(item) for key, item in value.items()})
        return UserList(map(wrap, value)) if isinstance(value, list) else value

    return {key: wrap(item) for key, item in value.items()}
