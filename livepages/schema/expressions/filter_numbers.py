"""Filters on numbers, and from and to them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from livepages.schema.expressions.errors import ExpressionFailed
from livepages.schema.expressions.filter import Filter, Parameter
from livepages.schema.expressions.filter_kinds import ANY, NUMBER, TEXT, within
from livepages.schema.expressions.mistakes import in_words
from livepages.schema.expressions.operators import bounded
from livepages.schema.expressions.values import Work, check_text, is_number

MOST_DIGITS = 15
LARGEST_TEXT = 400
"""How many characters of a text can be read as a number."""


def absolute(number: int | float) -> int | float:
    """A number without its sign."""
    return bounded(abs(number))


def rounded(number: int | float, digits: int) -> int | float:
    """A number with so many digits after the point, halves away from zero; a whole one where there are none."""
    exact = _quantized(number, digits)
    return bounded(int(exact) if digits <= 0 else float(exact))


def written(number: int | float, decimals: int | None, thousands: str, point: str) -> str:
    """A number for people."""
    exact = Decimal(format(number, ".15g")) if isinstance(number, float) else Decimal(number)
    if decimals is not None:
        exact = _quantized(number, decimals)
    whole, _, fraction = f"{_checked(exact):,f}".partition(".")
    check_text(len(whole) + whole.count(",") * len(thousands) + len(point))
    return whole.replace(",", thousands) + (point + fraction if fraction else "")


def percent(number: int | float, decimals: int, point: str) -> str:
    """A share, such as 0.25, in percent."""
    return f"{written(_shifted(number), decimals, '', point)}%"


def _shifted(number: int | float) -> int | float:
    return bounded(float(Decimal(repr(number)) * 100)) if isinstance(number, float) else bounded(number * 100)


def _quantized(number: int | float, digits: int) -> Decimal:
    exact = _checked(Decimal(repr(number)))
    try:
        return exact.quantize(Decimal(1).scaleb(-digits), context=Context(prec=400, rounding=ROUND_HALF_UP))
    except ArithmeticError:
        raise ExpressionFailed("expected a smaller number to round") from None


def _checked(exact: Decimal) -> Decimal:
    if not exact.is_finite():
        raise ExpressionFailed("expected a number that is not infinite")
    return exact


def whole(value: Any, default: Any) -> Any:
    """A value as a whole number, without what is after the point."""
    number = _read(value)
    if number is None:
        return _or_default("int", value, default)
    return bounded(int(number))


def decimal(value: Any, default: Any) -> Any:
    """A value as a number."""
    number = _read(value)
    if number is None:
        return _or_default("float", value, default)
    return bounded(float(number))


def _read(value: Any) -> int | float | None:
    """The number that a value is or tells of, None where it is none."""
    if isinstance(value, bool):
        return int(value)
    if is_number(value):
        return bounded(value)
    if not isinstance(value, str) or len(value) > LARGEST_TEXT:
        return None
    for kind in (int, float):
        try:
            return bounded(kind(value))
        except ValueError:
            continue
    return None


def json(value: Any, indent: int | None, work: Work) -> str:
    """A value as JSON."""
    return work.as_json(value, indent)


def _or_default(name: str, value: Any, default: Any) -> Any:
    if default is None:
        raise ExpressionFailed(f'"{name}" can\'t read {in_words(value)} as a number')
    return default


DECIMALS = within(0, MOST_DIGITS)
POINT = Parameter("point", TEXT, "What stands before the digits after the point.", ".")
OTHERWISE = Parameter("default", ANY, "The value where there is no number.", None)

NUMBER_FILTERS = (
    Filter("abs", "The number without its sign.", NUMBER, absolute, "-3 | abs", 3, is_numeric=True),
    Filter(
        "round",
        "The number rounded, halves away from zero.",
        NUMBER,
        rounded,
        "2.345 | round(2)",
        2.35,
        (Parameter("digits", within(-MOST_DIGITS, MOST_DIGITS), "How many digits stay after the point.", 0),),
        is_numeric=True,
    ),
    Filter(
        "number",
        "The number as people write it.",
        NUMBER,
        written,
        "1234.5 | number(2)",
        "1,234.50",
        (
            Parameter("decimals", DECIMALS, "How many digits to show after the point; as many as there are.", None),
            Parameter("thousands", TEXT, "What stands between groups of three digits.", ","),
            POINT,
        ),
        is_numeric=True,
    ),
    Filter(
        "percent",
        "A share of 1 in percent.",
        NUMBER,
        percent,
        "0.256 | percent",
        "26%",
        (Parameter("decimals", DECIMALS, "How many digits to show after the point.", 0), POINT),
        is_numeric=True,
    ),
    Filter("int", "A text or number as a whole number.", ANY, whole, "'7' | int", 7, (OTHERWISE,)),
    Filter("float", "A text or number as a number.", ANY, decimal, "'7.5' | float", 7.5, (OTHERWISE,)),
    Filter(
        "json",
        "Any value as JSON.",
        ANY,
        json,
        "{tea: [3, null]} | json",
        '{"tea": [3, null]}',
        (Parameter("indent", within(0, 8), "How far to indent each level, on lines of their own.", None),),
        looks_inside=True,
    ),
)
