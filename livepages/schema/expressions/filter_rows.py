"""Filters that look into each item of a list."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from livepages.schema.expressions.errors import ExpressionFailed
from livepages.schema.expressions.filter import Absent, Filter, Parameter
from livepages.schema.expressions.filter_kinds import ANY, KEY, LIST, SWITCH
from livepages.schema.expressions.mistakes import in_words
from livepages.schema.expressions.operators import OPERATORS, bounded, entry
from livepages.schema.expressions.values import READ_AT_ONCE, Work, is_list, is_number

Key = tuple[str | int, ...]
"""The keys that lead to an entry of an item, one within the other."""

TESTS = ("==", "!=", "<", "<=", ">", ">=", "in", "not in", "contains")
"""How `where` and `reject` can compare an entry."""

SORTING = 4
"""How much longer it takes to sort an item than to look at it."""

SCALARS = (str, int, float)
"""Types of values that can be looked up."""


def entry_at(item: Any, key: Key | None) -> Any:
    """An entry of an item, or the item itself when there is no key."""
    for each in key or ():
        item = entry(item, each)
    return item


def pluck(items: Sequence[Any], key: Key) -> list[Any]:
    """One entry of each item."""
    return [entry_at(item, key) for item in items]


def where(items: Sequence[Any], key: Key, test: Any, value: Any, work: Work) -> list[Any]:
    """The items whose entry passes a test."""
    passes = _test("where", test, value, work)
    return [item for item in items if passes(entry_at(item, key))]


def reject(items: Sequence[Any], key: Key, test: Any, value: Any, work: Work) -> list[Any]:
    """The items whose entry does not pass a test."""
    passes = _test("reject", test, value, work)
    return [item for item in items if not passes(entry_at(item, key))]


def _test(name: str, test: Any, value: Any, work: Work) -> Callable[[Any], bool]:
    """What an entry has to pass: to be true, to be a value, or to compare to it in some way."""
    if value is Absent.NOT_GIVEN and test is Absent.NOT_GIVEN:
        return bool
    same = work.equal
    if value is Absent.NOT_GIVEN:
        return lambda found: same(found, test)
    if test is Absent.NOT_GIVEN or test == "==":
        return lambda found: same(found, value)
    if test == "!=":
        return lambda found: not same(found, value)
    if test == "contains":
        return lambda found: found is not None and _has(found, value, work)
    if test in ("in", "not in"):
        if not is_list(value):
            raise ExpressionFailed(f'"{name}" needs a list to look in, not {in_words(value)}')
        is_among = _among(work, value)
        return lambda found: is_among(found) is (test == "in")
    if test not in TESTS:
        raise ExpressionFailed(f'"{name}" knows no test {in_words(test)}')
    compare = OPERATORS[test]
    return lambda found: found is not None and bool(compare(found, value, work))


def _has(whole: Any, item: Any, work: Work) -> bool:
    """Whether an entry has an item, a key or a part, as `contains` finds it in what is not looked through twice."""
    _looked_through(work, whole)
    work.look_through(1)
    return any(work.equal(each, item) for each in whole) if is_list(whole) else bool(OPERATORS["in"](item, whole, work))


def _among(work: Work, values: Sequence[Any]) -> Callable[[Any], bool]:
    """Whether something is one of these values. Texts and numbers are found at once; true is not 1."""
    work.take(len(values))
    known = {(isinstance(each, bool), each) for each in values if isinstance(each, SCALARS)}
    others = [each for each in values if not isinstance(each, SCALARS)]

    def is_among(found: Any) -> bool:
        if isinstance(found, SCALARS):
            return (isinstance(found, bool), found) in known
        return any(work.equal(found, each) for each in _looked_through(work, others))

    return is_among


def _looked_through(work: Work, values: Any) -> Any:
    """Values that are looked through, which has its price. Raises ExpressionFailed when it is too much."""
    work.take(len(values) if is_list(values) else 1)
    return values


def sort(items: Sequence[Any], key: Key | None, reverse: bool, case: bool, work: Work) -> list[Any]:
    """The items in order, those without a value at the end."""
    pairs = [(entry_at(item, key), item) for item in items]
    _check_order("sort", [value for value, _ in pairs if value is not None], work)
    present = [(_ordered(value, case), item) for value, item in pairs if value is not None]
    present.sort(key=operator.itemgetter(0), reverse=reverse)
    return [*(item for _, item in present), *(item for value, item in pairs if value is None)]


def _ordered(value: Any, case: bool) -> Any:
    return value.casefold() if isinstance(value, str) and not case else value


def _check_order(name: str, values: Sequence[Any], work: Work) -> None:
    """Raises ExpressionFailed when values are not all numbers or all texts, or too much to compare."""
    if not values or all(map(is_number, values)):
        return
    if all(isinstance(value, str) for value in values):
        work.look_through(SORTING * sum(map(len, values)) // READ_AT_ONCE)
        return
    if not all(isinstance(value, bool) for value in values):
        raise ExpressionFailed(f'"{name}" needs numbers only or texts only')


def least(items: Sequence[Any], key: Key | None, work: Work) -> Any:
    """The item with the smallest value."""
    return _extreme("min", items, key, min, work)


def greatest(items: Sequence[Any], key: Key | None, work: Work) -> Any:
    """The item with the largest value."""
    return _extreme("max", items, key, max, work)


def _extreme(name: str, items: Sequence[Any], key: Key | None, choose: Callable[..., Any], work: Work) -> Any:
    pairs = [(value, item) for item in items if (value := entry_at(item, key)) is not None]
    _check_order(name, [value for value, _ in pairs], work)
    return choose(pairs, key=operator.itemgetter(0))[1] if pairs else None


def total(items: Sequence[Any], key: Key | None) -> int | float:
    """The sum of numbers."""
    numbers = [entry_at(item, key) for item in items]
    for number in numbers:
        if not is_number(number):
            raise ExpressionFailed(f'"sum" needs numbers, not {in_words(number)}')
    try:
        return bounded(sum(numbers))
    except OverflowError:
        raise ExpressionFailed('"sum" needs smaller numbers') from None


def unique(items: Sequence[Any], key: Key | None, work: Work) -> list[Any]:
    """The items without those that come again."""
    first: dict[object, Any] = {}
    for item in items:
        first.setdefault(_same(entry_at(item, key), work), item)
    return list(first.values())


def _same(value: Any, work: Work) -> object:
    """What two values have in common only when they are the same."""
    if isinstance(value, bool):
        return (bool, value)
    if value is None or isinstance(value, str | int | float):
        return value
    return (work.as_json(value),)


def group(items: Sequence[Any], key: Key, work: Work) -> dict[str, list[Any]]:
    """Lists of items by the value of one of their entries."""
    groups: dict[str, list[Any]] = {}
    for item in items:
        groups.setdefault(work.as_text(entry_at(item, key)), []).append(item)
    return groups


OF_EACH = Parameter("key", KEY, "The entry of each item to look at.")
PERHAPS_OF_EACH = Parameter("key", KEY, "The entry of each item to look at; the item itself if it is not given.", None)
TEST = (
    OF_EACH,
    Parameter("test", ANY, f"How to compare: {' '.join(TESTS)}. Or the value itself.", Absent.NOT_GIVEN),
    Parameter("value", ANY, "The value to compare it with.", Absent.NOT_GIVEN),
)
ROWS = "[{drink: 'tea', cups: 3}, {drink: 'milk', cups: 1}]"
TEA, MILK = {"drink": "tea", "cups": 3}, {"drink": "milk", "cups": 1}

ROW_FILTERS = (
    Filter("map", "One entry of each item.", LIST, pluck, f"{ROWS} | map('drink')", ["tea", "milk"], (OF_EACH,)),
    Filter("pluck", "The same as map.", LIST, pluck, f"{ROWS} | pluck('cups')", [3, 1], (OF_EACH,)),
    Filter(
        "where",
        "The items with an entry that is true, or is a value, or compares to one.",
        LIST,
        where,
        f"{ROWS} | where('cups', '>', 2)",
        [TEA],
        TEST,
        looks_inside=True,
    ),
    Filter(
        "reject",
        "The items that where leaves out.",
        LIST,
        reject,
        f"{ROWS} | reject('drink', 'tea')",
        [MILK],
        TEST,
        looks_inside=True,
    ),
    Filter(
        "sort",
        "The list in order, items without a value last.",
        LIST,
        sort,
        f"{ROWS} | sort('cups')",
        [MILK, TEA],
        (
            PERHAPS_OF_EACH,
            Parameter("reverse", SWITCH, "Whether the largest comes first.", False),
            Parameter("case", SWITCH, "Whether capitals come before small letters.", False),
        ),
        effort=SORTING,
        looks_inside=True,
    ),
    Filter("sum", "The sum of a list of numbers.", LIST, total, f"{ROWS} | sum('cups')", 4, (PERHAPS_OF_EACH,)),
    Filter(
        "min",
        "The smallest item of a list; with a key, the item with the smallest entry.",
        LIST,
        least,
        "[4, 3] | min",
        3,
        (PERHAPS_OF_EACH,),
        effort=2,
        looks_inside=True,
    ),
    Filter(
        "max",
        "The largest item of a list; with a key, the item with the largest entry.",
        LIST,
        greatest,
        f"({ROWS} | max('cups')).drink",
        "tea",
        (PERHAPS_OF_EACH,),
        effort=2,
        looks_inside=True,
    ),
    Filter(
        "unique",
        "The list without the items that come again.",
        LIST,
        unique,
        "[3, 4, 3] | unique",
        [3, 4],
        (PERHAPS_OF_EACH,),
        effort=2,
        looks_inside=True,
    ),
    Filter(
        "group",
        "A mapping from each value of an entry to the list of the items that have it.",
        LIST,
        group,
        f"{ROWS} | group('drink')",
        {"tea": [TEA], "milk": [MILK]},
        (OF_EACH,),
        effort=4,
        looks_inside=True,
    ),
)
