"""The operators of expressions. Each checks its values, and how large the result gets, before it works."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from livepages.schema.expressions.errors import ExpressionFailed
from livepages.schema.expressions.mistakes import in_words
from livepages.schema.expressions.values import (
    READ_AT_ONCE,
    Work,
    as_text,
    check_list,
    check_text,
    is_list,
    is_mapping,
    is_number,
)

Operator = Callable[[Any, Any, Work], Any]
"""Makes a value of two, within what may still be looked at."""

Arithmetic = Callable[[Any, Any], Any]

LARGEST = 2**63
"""Whole numbers are below this, and not below its negative."""

LONGEST_RANGE = 10_000
"""How many numbers a range can have."""

COPIED_AT_ONCE = 10
"""How many items are copied in the time in which one is looked at."""

NO_NUMBER = "expected a number, and the result is none: it is too large, or there is no such number"


def bounded(number: Any) -> int | float:
    """A number, if it is none too large. Raises ExpressionFailed."""
    if type(number) is int:
        if -LARGEST <= number < LARGEST:
            return number
    elif isinstance(number, float) and math.isfinite(number):
        return number
    raise ExpressionFailed(NO_NUMBER)


def is_hidden(key: object) -> bool:
    """Whether a key is a name by which Python's objects keep what is theirs. Nothing can be read by it."""
    return isinstance(key, str) and key.startswith("__") and key.endswith("__")


def entry(source: Any, key: Any) -> Any:
    """An entry of a mapping, an item of a list or a character of a text; None where there is none."""
    if is_mapping(source):
        try:
            return source[key if isinstance(key, str) else as_text(key)]
        except KeyError:
            return None
    if isinstance(key, float) and key.is_integer():
        key = int(key)
    if type(key) is int and (isinstance(source, str) or is_list(source)):
        try:
            return source[key]
        except IndexError:
            return None
    if is_hidden(key):
        raise ExpressionFailed(f'there is no entry "{key}" in any value')
    return None


def add(left: Any, right: Any, work: Work) -> Any:
    """The sum of two numbers, or two texts or lists one after the other."""
    if is_number(left) and is_number(right):
        return _worked_out(operator.add, left, right)
    if isinstance(left, str) and isinstance(right, str):
        check_text(len(left) + len(right))
        return left + right
    if is_list(left) and is_list(right):
        check_list(len(left) + len(right))
        work.look_through((len(left) + len(right)) // COPIED_AT_ONCE)
        return [*left, *right]
    hint = "; ~ joins texts and numbers" if isinstance(left, str) or isinstance(right, str) else ""
    raise _failed("+", "two numbers, two texts or two lists", left, right, hint)


def multiply(left: Any, right: Any, work: Work) -> Any:
    """The product of two numbers, or a text or list repeated."""
    if is_number(left) and is_number(right):
        return _worked_out(operator.mul, left, right)
    if type(left) is int:
        left, right = right, left
    if type(right) is int and isinstance(left, str):
        check_text(len(left) * right)
        return left * right
    if type(right) is int and is_list(left):
        check_list(len(left) * right)
        whole = Work()
        whole.look_at(left)
        check_list((Work().items - whole.items) * right)
        work.look_through(len(left) * right // COPIED_AT_ONCE)
        return list(left) * right
    raise _failed("*", "two numbers, or a text or list and a whole number", left, right)


def power(left: Any, right: Any, _: Work) -> Any:
    """A number to the power of another."""
    if not (is_number(left) and is_number(right)):
        raise _failed("**", "two numbers", left, right)
    if type(left) is int and type(right) is int and (left.bit_length() - 1) * right >= LARGEST.bit_length():
        raise ExpressionFailed(NO_NUMBER)
    return _worked_out(operator.pow, left, right)


def join(left: Any, right: Any, work: Work) -> str:
    """Two values one after the other as texts."""
    work.anew()
    first, second = work.as_text(left), work.as_text(right)
    check_text(len(first) + len(second))
    return first + second


def contains(item: Any, whole: Any, work: Work) -> bool:
    """Whether a list has an item, a mapping a key, a text a part."""
    if isinstance(whole, str):
        work.look_over(whole)
        return item is not None and as_text(item) in whole
    if is_mapping(whole):
        return item in whole if isinstance(item, str) else as_text(item) in whole
    if is_list(whole):
        work.look_over(whole)
        same = work.anew().equal
        return any(same(each, item) for each in whole)
    raise _failed("in", "a list, a mapping or a text on the right", item, whole)


def span(first: Any, last: Any, work: Work) -> list[int]:
    """The whole numbers from one to another, both included."""
    if not (_is_whole(first) and _is_whole(last)):
        raise _failed("..", "two whole numbers", first, last)
    start, end = int(first), int(last)
    if end - start >= LONGEST_RANGE:
        raise ExpressionFailed(f"expected at most {LONGEST_RANGE:,} numbers from {in_words(first)} to {in_words(last)}")
    work.look_through((end - start) // COPIED_AT_ONCE)
    return list(range(start, end + 1))


def negative(value: Any) -> int | float:
    """A number with its sign turned."""
    if not is_number(value):
        raise ExpressionFailed(f"- needs a number, not {in_words(value)}")
    return bounded(-value)


def _is_whole(value: object) -> bool:
    return type(value) is int or (isinstance(value, float) and value.is_integer())


def _worked_out(arithmetic: Arithmetic, left: int | float, right: int | float) -> int | float:
    try:
        return bounded(arithmetic(left, right))
    except ZeroDivisionError:
        raise ExpressionFailed(f"{in_words(left)} can't be divided by 0") from None
    except OverflowError:
        raise ExpressionFailed(NO_NUMBER) from None


def _arithmetic(symbol: str, arithmetic: Arithmetic) -> Operator:
    def apply(left: Any, right: Any, _: Work) -> int | float:
        if not (is_number(left) and is_number(right)):
            raise _failed(symbol, "two numbers", left, right)
        return _worked_out(arithmetic, left, right)

    return apply


def _ordering(symbol: str, compare: Arithmetic) -> Operator:
    def apply(left: Any, right: Any, work: Work) -> bool:
        if isinstance(left, str) and isinstance(right, str):
            work.look_through(min(len(left), len(right)) // READ_AT_ONCE)
            return bool(compare(left, right))
        if is_number(left) and is_number(right):
            return bool(compare(left, right))
        raise _failed(symbol, "two numbers or two texts", left, right)

    return apply


def _failed(symbol: str, wanted: str, left: object, right: object, hint: str = "") -> ExpressionFailed:
    return ExpressionFailed(f"{symbol} needs {wanted}, not {in_words(left)} and {in_words(right)}{hint}")


OPERATORS: Mapping[str, Operator] = MappingProxyType(
    {
        "+": add,
        "-": _arithmetic("-", operator.sub),
        "*": multiply,
        "/": _arithmetic("/", operator.truediv),
        "//": _arithmetic("//", operator.floordiv),
        "%": _arithmetic("%", operator.mod),
        "**": power,
        "~": join,
        "==": lambda left, right, work: work.anew().equal(left, right),
        "!=": lambda left, right, work: not work.anew().equal(left, right),
        "<": _ordering("<", operator.lt),
        "<=": _ordering("<=", operator.le),
        ">": _ordering(">", operator.gt),
        ">=": _ordering(">=", operator.ge),
        "in": contains,
        "not in": lambda item, whole, work: not contains(item, whole, work),
        "..": span,
    }
)
"""What stands between two values, by how it is written; `and` and `or` look at the second only where they need to."""
