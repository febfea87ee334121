from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livepages.schema.expressions.expressions import ExpressionFailed, parse_expression
from livepages.schema.expressions.filter_dates import ago
from livepages.schema.expressions.filters import FILTERS
from livepages.schema.expressions.values import Work
from livepages.schema.values.clock import CLOCK, Clock
from tests.schema.expressions.random_expressions import PLAIN

ROWS = [{"name": "Ann", "age": 30, "in": {"city": "Rome"}}, {"name": "bob", "age": None}, {"name": "Cid", "age": 20}]
VALUES: dict[str, Any] = {
    "rows": ROWS,
    "votes": {"tea": 1, "coffee": 2},
    "none": None,
    "text": " a Cup of TEA ",
    "mixed": ["b", "A", "c"],
    "huge": 2**70,
    "infinite": float("inf"),
}
ANN, BOB, CID = ROWS


def value(source: str) -> Any:
    return parse_expression(source).evaluate(VALUES.get)


def failure(source: str) -> str:
    with pytest.raises(ExpressionFailed) as caught:
        value(source)
    return str(caught.value)


@pytest.mark.parametrize("name", FILTERS)
def test_the_example_of_each_filter(name: str) -> None:
    chosen = FILTERS[name]
    assert chosen.name == name
    assert name in chosen.example
    found = value(chosen.example)
    if not chosen.is_timed:
        assert (found, type(found)) == (chosen.result, type(chosen.result))
    for sentence in (chosen.doc, *(parameter.doc for parameter in chosen.parameters)):
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("text | trim | title", "A Cup Of Tea"),
        ("\"it's me\" | title", "It's Me"),
        ("text | capitalize", " a cup of tea "),
        ("'' | capitalize", ""),
        ("none | upper", ""),
        ("1.5 | upper", "1.5"),
        ("'aXbX' | replace('X', '')", "ab"),
        ("' a  b ' | split", ["a", "b"]),
        ("'a,,b' | split(',')", ["a", "", "b"]),
        ("none | default(3)", 3),
        ("0 | default(3)", 0),
        ("0 | default(3, true)", 3),
        ("'' | default(3, empty=true)", 3),
        ("[1, 2.5, null, true] | string", "[1, 2.5, null, true]"),
        ("rows | length", 3),
        ("votes | length", 2),
        ("none | length", 0),
        ("'tea' | first", "t"),
        ("[] | first", None),
        ("none | last", None),
        ("'tea' | reverse", "aet"),
        ("'teapot' | slice(-3)", "pot"),
        ("[1, 2, 3] | slice(1)", [2, 3]),
        ("[1, 2, 3] | slice(-2, -1)", [2]),
        ("[1, 2, 3] | move(0, 2)", [2, 3, 1]),
        ("[1, 2, 3] | move(1, 9)", [1, 3, 2]),
        ("[1, 2, 3] | move(1, -1)", [2, 1, 3]),
        ("[1, 2, 3] | move(3, 0)", [1, 2, 3]),
        ("[1, 2, 3] | move(-1, 0)", [1, 2, 3]),
        ("'a/b?c=d&e é' | urlencode", "a%2Fb%3Fc%3Dd%26e%20%C3%A9"),
        ("[1, null, 'a'] | join('-')", "1--a"),
        ("rows | join(', ', key='name')", "Ann, bob, Cid"),
        ("rows | join('/', 'in.city')", "Rome//"),
        ("votes | contains('tea')", True),
        ("'tea' | contains('ea')", True),
        ("none | contains('x')", False),
        ("none | keys", []),
        ("votes | items", [["tea", 1], ["coffee", 2]]),
        ("rows | map('name')", ["Ann", "bob", "Cid"]),
        ("rows | map('in.city')", ["Rome", None, None]),
        ("votes | items | map(1)", [1, 2]),
        ("mixed | sort", ["A", "b", "c"]),
        ("['b', 'C', 'a'] | sort(case=true)", ["C", "a", "b"]),
        ("mixed | sort(reverse=true)", ["c", "b", "A"]),
        ("rows | sort('age')", [CID, ANN, BOB]),
        ("rows | sort('age', reverse=true)", [ANN, CID, BOB]),
        ("rows | sort(key='name') | map('name')", ["Ann", "bob", "Cid"]),
        ("[true, false] | sort", [False, True]),
        ("[] | sum", 0),
        ("[1, 2.5] | sum", 3.5),
        ("[] | min", None),
        ("['b', 'a'] | min", "a"),
        ("[3, null, 5] | max", 5),
        ("rows | min('age')", CID),
        ("[1, true, 1.0, '1', [1], [1], {a: 1}, {a: 1}, null, null] | unique", [1, True, "1", [1], {"a": 1}, None]),
        ("rows | unique('in') | length", 2),
        ("rows | where('age')", [ANN, CID]),
        ("rows | where('name', 'bob')", [BOB]),
        ("rows | where('name', value='bob')", [BOB]),
        ("rows | where('age', null)", [BOB]),
        ("rows | where('age', '!=', 30)", [BOB, CID]),
        ("rows | where('age', '<', 25)", [CID]),
        ("rows | where('age', 'in', [20, 30])", [ANN, CID]),
        ("rows | where('age', 'not in', [20, 30])", [BOB]),
        ("rows | where('name', 'contains', 'b')", [BOB]),
        ("rows | where('in.city', '==', 'Rome')", [ANN]),
        ("rows | reject('age')", [BOB]),
        ("rows | reject('age', '>=', 25)", [BOB, CID]),
        ("rows | group('age') | keys", ["30", "", "20"]),
        ("none | group('age')", {}),
        ("2.5 | round", 3),
        ("-2.5 | round", -3),
        ("2.675 | round(2)", 2.68),
        ("1234 | round(-2)", 1200),
        ("7 | round(2)", 7.0),
        ("1234567 | number", "1,234,567"),
        ("1234.5 | number", "1,234.5"),
        ("(0.1 + 0.2) | number", "0.3"),
        ("1e21 | number", "1,000,000,000,000,000,000,000"),
        ("1234.567 | number(1, thousands='.', point=',')", "1.234,6"),
        ("-0.5 | number(0)", "-1"),
        ("0.125 | percent(1)", "12.5%"),
        ("1 | percent", "100%"),
        ("-3.5 | abs", 3.5),
        ("'12' | int", 12),
        ("' -12.9 ' | int", -12),
        ("true | int", 1),
        ("'x' | int(0)", 0),
        ("'1e3' | float", 1000.0),
        ("none | float(default=1)", 1),
        ("'a\"b' | json", '"a\\"b"'),
        ("[1, {a: null}] | json(1)", '[\n 1,\n {\n  "a": null\n }\n]'),
        ("'2026-05-01' | date", "2026-05-01"),
        ("'2026-05-01T09:05:07' | datetime", "2026-05-01 09:05"),
        ("'09:05:07' | time", "09:05"),
        ("'2026-05-01T15:05' | date('%A %a %B %b %-d %-m %y %j %V %% %I %-I %p %-H %M %S')",
         "Friday Fri May May 1 5 26 121 18 % 03 3 PM 15 05 00"),
        ("'2026-05-01T12:00Z' | datetime(zone='Europe/Rome')", "2026-05-01 14:00"),
        ("'2026-01-01T12:00+02:00' | time('%H:%M %Z %z', 'UTC')", "10:00 UTC +0000"),
        ("1767225600.5 | datetime('%Y', zone='UTC')", "2026"),
    ],
)  # fmt: skip
def test_what_filters_make(source: str, expected: object) -> None:
    found = value(source)
    assert found == expected
    assert isinstance(found, bool) is isinstance(expected, bool)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("rows | upper", '"upper" needs a text, not a list'),
        ("votes | sum", '"sum" needs a list, not a mapping'),
        ("'a' | keys", '"keys" needs a mapping, not "a"'),
        ("3 | length", '"length" needs a text, a list or a mapping, not 3'),
        ("'3' | round", '"round" needs a number, not "3"'),
        ("true | abs", '"abs" needs a number, not true'),
        ("rows | sum('name')", '"sum" needs numbers, not "Ann"'),
        ("[1, 'a'] | sort", '"sort" needs numbers only or texts only'),
        ("[[1], [2]] | sort", '"sort" needs numbers only or texts only'),
        ("[1, {}] | max", '"max" needs numbers only or texts only'),
        ("'a' | replace('', 'b')", '"replace" needs a text to look for'),
        ("'a' | split('')", '"split" needs a text between the parts'),
        ("rows | where('age', '=', 3)", '"where" knows no test "="'),
        ("rows | reject('age', 'in', 3)", '"reject" needs a list to look in, not 3'),
        ("rows | where('name', '<', 3)", '< needs two numbers or two texts, not "Ann" and 3'),
        ("rows | join(votes)", '"join" needs a text for "separator", not a mapping'),
        ("rows | map(none)", '"map" needs the name of an entry for "key", not nothing'),
        ("'x' | int", '"int" can\'t read "x" as a number'),
        ("none | float", '"float" can\'t read nothing as a number'),
        ("'nan' | float", '"float" can\'t read "nan" as a number'),
        ("infinite | number", "expected a number that is not infinite"),
        ("infinite | round", "expected a number that is not infinite"),
        ("'soon' | date", '"date" needs a date or time, such as 2026-05-01T12:30, or seconds since 1970, not "soon"'),
        ("1e300 | ago", '"ago" needs a date or time, such as 2026-05-01T12:30, or seconds since 1970, not 1e+300'),
        ("none | time", '"time" needs a date or time, such as 2026-05-01T12:30, or seconds since 1970, not nothing'),
        ("0 | date(text)", '"date" needs a format such as %d.%m.%Y or %H:%M for "format", not " a %"'),
        ("0 | date('%Y', text)", '"date" needs a time zone such as UTC or Europe/Rome for "zone", not " a %"'),
        ("'0001-01-01T00:00Z' | date(zone='America/New_York')", "expected a moment from the year 1 to the year 9999"),
    ],
)
def test_values_that_do_not_fit(source: str, message: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if "text)" in source:
            patch.setitem(VALUES, "text", " a %")
        assert failure(source) == message


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=3), "just now"),
        (timedelta(seconds=-3), "just now"),
        (timedelta(seconds=30.5), "30 seconds ago"),
        (timedelta(minutes=1.5), "1 minute ago"),
        (timedelta(hours=5.5), "5 hours ago"),
        (timedelta(days=-2.5), "in 2 days"),
        (timedelta(days=10), "1 week ago"),
        (timedelta(days=70), "2 months ago"),
        (timedelta(days=-800), "in 2 years"),
    ],
)
def test_how_long_ago(away: timedelta, words: str) -> None:
    moment = datetime.now(UTC) - away
    expression = parse_expression("moment | ago")
    for form in (moment.timestamp(), moment.isoformat(), moment.astimezone().replace(tzinfo=None).isoformat()):
        assert expression.evaluate({"moment": form}.get) == words


class Told(Clock):
    """A clock that says what it is told to, and notes until when what was made of it stays the same."""

    def __init__(self, time: float) -> None:
        super().__init__(lambda: time)
        self.until = inf

    def holds_until(self, moment: float) -> None:
        self.until = moment


@given(st.floats(-1e8, 1e8), st.floats(0, 1), st.floats(0.001, 1))
def test_how_long_ago_stays_the_same_until_it_says_and_not_for_longer(away: float, part: float, more: float) -> None:
    then = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    clock = Told(then.timestamp() + away)
    words = ago(then, clock)
    assert clock.seconds() <= clock.until
    between = clock.seconds() + part * (clock.until - clock.seconds())
    if clock.until - between > 0.001:
        assert ago(then, Told(between)) == words
    assert ago(then, Told(clock.until + more / 2)) != words


def test_the_time_is_in_whole_seconds() -> None:
    clock = Told(1_000.9)
    names = {"now": clock["now"], CLOCK: clock}
    assert parse_expression("now").evaluate(names.get) == 1_000
    assert clock.until == 1_001
    assert parse_expression("(now - 30) | ago").evaluate(names.get) == "30 seconds ago"
    assert parse_expression("now | time('%H:%M:%S', zone='UTC')").evaluate(names.get) == "00:16:40"


def test_clocks_are_those_of_the_server_unless_the_filter_says_otherwise() -> None:
    moment = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    here = moment.astimezone().strftime("%Y-%m-%d %H:%M")
    assert value(f"{moment.timestamp()} | datetime") == here
    assert value("'2026-05-01T12:30Z' | datetime") == here


def test_large_and_deep_values() -> None:
    values = {"long": range(100_001), "rows": [{"tags": ["x"] * 10}] * 5_000, "deep": nested(3_000)}
    for source, message in (
        ("long | sort", "expected a list of at most 100,000 items, not 100,001"),
        ("long | join", "expected a list of at most 100,000 items, not 100,001"),
        ("rows | json", "expected values with at most 50,000 items in all"),
        ("rows | unique", "expected less work: an expression can look at 100,000 items in all"),
        ("deep | json", "expected a value that can be written as JSON"),
        ("deep ~ ''", "expected a value that can be written as JSON"),
        ("deep == [deep]", "expected values that are not nested so deep"),
        (
            "[1e308, 1e308] | sum",
            "expected a number, and the result is none: it is too large, or there is no such number",
        ),
    ):
        with pytest.raises(ExpressionFailed) as caught:
            parse_expression(source).evaluate(values.get)
        assert str(caught.value) == message
    assert parse_expression("long | length").evaluate(values.get) == 100_001


def nested(depth: int) -> list[Any]:
    """A list in a list in a list."""
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def test_filters_change_nothing() -> None:
    rows = [{"n": 2}, {"n": 1}]
    scope = {"rows": rows}.get
    for source in ("rows | sort('n')", "rows | reverse", "rows | unique", "rows | where('n')", "rows + rows"):
        assert parse_expression(source).evaluate(scope) is not rows
    assert rows == [{"n": 2}, {"n": 1}]


@given(st.sampled_from(sorted(FILTERS)), PLAIN, st.lists(PLAIN, max_size=3))
def test_every_filter_takes_or_refuses_any_values(name: str, given: Any, others: list[Any]) -> None:
    chosen = FILTERS[name]
    arguments = [
        others[place] if place < len(others) and (others[place] is not None or not parameter.is_required)
        else "a" if parameter.is_required else parameter.default
        for place, parameter in enumerate(chosen.parameters)
    ]  # fmt: skip
    before = repr((given, arguments))
    try:
        result = chosen.apply(given, arguments, {}.get, Work())
    except ExpressionFailed as error:
        assert not str(error).endswith(".")
    else:
        assert result is None or isinstance(result, bool | int | float | str | list | dict)
    assert repr((given, arguments)) == before
