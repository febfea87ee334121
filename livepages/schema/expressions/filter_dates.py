"""Filters on dates and times: texts as ISO 8601 has them, or seconds since 1970."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from math import inf
from types import MappingProxyType
from zoneinfo import ZoneInfo

from livepages.schema.expressions.errors import ExpressionFailed
from livepages.schema.expressions.filter import Filter, Kind, Parameter
from livepages.schema.expressions.values import is_number
from livepages.schema.values.clock import Clock

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = tuple("January February March April May June July August September October November December".split())

CODE = re.compile(r"%(-?.|$)", re.DOTALL)
CODES: Mapping[str, Callable[[datetime], str]] = MappingProxyType(
    {
        "Y": lambda moment: f"{moment.year:04}",
        "y": lambda moment: f"{moment.year % 100:02}",
        "m": lambda moment: f"{moment.month:02}",
        "-m": lambda moment: str(moment.month),
        "B": lambda moment: MONTHS[moment.month - 1],
        "b": lambda moment: MONTHS[moment.month - 1][:3],
        "d": lambda moment: f"{moment.day:02}",
        "-d": lambda moment: str(moment.day),
        "A": lambda moment: DAYS[moment.weekday()],
        "a": lambda moment: DAYS[moment.weekday()][:3],
        "j": lambda moment: f"{moment.timetuple().tm_yday:03}",
        "V": lambda moment: f"{moment.isocalendar().week:02}",
        "H": lambda moment: f"{moment.hour:02}",
        "-H": lambda moment: str(moment.hour),
        "I": lambda moment: f"{moment.hour % 12 or 12:02}",
        "-I": lambda moment: str(moment.hour % 12 or 12),
        "p": lambda moment: "AM" if moment.hour < 12 else "PM",
        "M": lambda moment: f"{moment.minute:02}",
        "S": lambda moment: f"{moment.second:02}",
        "z": lambda moment: moment.strftime("%z"),
        "Z": lambda moment: moment.tzname() or "",
        "%": lambda _: "%",
    }
)
"""What can follow a % in a format: the codes of C's strftime, in English everywhere."""

LONGEST_FORMAT = 200

UNITS = (
    ("year", 31_556_952),
    ("month", 2_629_746),
    ("week", 604_800),
    ("day", 86_400),
    ("hour", 3_600),
    ("minute", 60),
    ("second", 1),
)
"""Units of time with their seconds, those of years and months on average."""

JUST_NOW = 10
"""Up to how many seconds a moment is not told from now."""


def _moment(value: object) -> datetime:
    """The moment of a text or number. One that says its zone, as a number does, is aware of it."""
    try:
        if is_number(value):
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, str) and len(value) <= LONGEST_FORMAT:
            return _read(value.strip())
    except (OverflowError, OSError):
        raise ValueError from None
    raise ValueError


def _read(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.combine(date(1970, 1, 1), time.fromisoformat(text))


def _format(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_FORMAT:
        raise ValueError
    if any(code[1] not in CODES for code in CODE.finditer(value)):
        raise ValueError
    return value


def _zone(value: object) -> tzinfo:
    if not isinstance(value, str) or len(value) > LONGEST_FORMAT:
        raise ValueError
    if value == "UTC":
        return UTC
    try:
        return ZoneInfo(value)
    except (KeyError, OSError):
        raise ValueError from None


def formatted(moment: datetime, form: str, zone: tzinfo | None) -> str:
    """A moment in a format, at the clocks of a zone; of the server, if the moment itself is of some zone."""
    try:
        if zone is not None or moment.tzinfo is not None:
            moment = moment.astimezone(zone)
        return CODE.sub(lambda code: CODES[code[1]](moment), form)
    except (OverflowError, OSError, ValueError):
        raise ExpressionFailed("expected a moment from the year 1 to the year 9999") from None


def ago(moment: datetime, clock: Clock) -> str:
    """How long ago a moment is, or how far ahead."""
    try:
        then = moment.timestamp()
    except (OverflowError, OSError, ValueError):
        raise ExpressionFailed("expected a moment from the year 1 to the year 9999") from None
    seconds = clock.seconds() - then
    distance = abs(seconds)
    if distance < JUST_NOW:
        clock.holds_until(then + JUST_NOW)
        return "just now"
    place = next(place for place, (_, size) in enumerate(UNITS) if distance >= size)
    unit, size = UNITS[place]
    count = int(distance // size)
    words = f"{count} {unit}{'s' if count > 1 else ''}"
    if seconds < 0:
        clock.holds_until(then - count * size)
        return f"in {words}"
    clock.holds_until(then + min((count + 1) * size, UNITS[place - 1][1] if place else inf))
    return f"{words} ago"


MOMENT = Kind("a date or time, such as 2026-05-01T12:30, or seconds since 1970", _moment)
FORMAT = Kind("a format such as %d.%m.%Y or %H:%M", _format)
ZONE = Kind("a time zone such as UTC or Europe/Rome", _zone)


def _parameters(form: str) -> tuple[Parameter, ...]:
    return (
        Parameter("format", FORMAT, f"How to write it, with the codes of strftime; {form} if it is not given.", form),
        Parameter("zone", ZONE, "The time zone; that of the server if it is not given.", None),
    )


DATE_FILTERS = (
    Filter(
        "date",
        "The date of a moment.",
        MOMENT,
        formatted,
        "'2026-05-01T12:30' | date('%-d %B %Y')",
        "1 May 2026",
        _parameters("%Y-%m-%d"),
    ),
    Filter(
        "time", "The time of a moment.", MOMENT, formatted, "'2026-05-01T12:30' | time", "12:30", _parameters("%H:%M")
    ),
    Filter(
        "datetime",
        "The date and time of a moment.",
        MOMENT,
        formatted,
        "0 | datetime(zone='UTC')",
        "1970-01-01 00:00",
        _parameters("%Y-%m-%d %H:%M"),
    ),
    Filter(
        "ago",
        "How long ago a moment is, such as 3 hours ago; or how far ahead, such as in 2 days.",
        MOMENT,
        ago,
        "'2000-01-01' | ago",
        is_timed=True,
    ),
)
