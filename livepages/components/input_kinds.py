"""What an `input` of each type holds, how the browser reports it and how it is shown (HTML Standard, 4.10.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isfinite
from sys import float_info
from types import MappingProxyType
from typing import Any

from livepages.components.attribute_types import number_text
from livepages.components.field import check_length
from livepages.schema.values.view import FieldValue

MOST_FILES = 1_000
LONGEST_FILE_NAME = 1_024
NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Kind:
    """An input whose value is a text of one line.

    `event` is what reports a change, None where nothing changes, and `changes` the property that does. `types` are
    those of state that can be bound to it. `sends_null` says whether the browser reports an empty field as null.
    """

    event: str | None = "input"
    changes = "value"
    types = frozenset(("str",))
    sends_null = False
    expected = "a text of one line, in quotes if it looks like a number"

    def parse(self, value: object) -> FieldValue:
        """`value` as the field holds it. Raises ValueError when it is of another kind."""
        if value is None:
            return None
        if not isinstance(value, str) or "\n" in value or "\r" in value:
            raise ValueError(f"expected {self.expected}")
        return value

    def check(self, props: Mapping[str, Any], value: FieldValue) -> None:
        """Raises ValueError when a parsed value is beyond the field's limits."""
        check_length(props, str(value or ""))

    def read(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """The properties that the browser's `data` change. Raises ValueError when they don't fit the field."""
        if "value" not in data:
            return {}
        if data["value"] is None and not self.sends_null:
            raise ValueError(f"expected {self.expected}")
        value = self.parse(data["value"])
        self.check(props, value)
        return {"value": value}

    def shown(self, props: Mapping[str, Any]) -> FieldValue:
        """What the browser's field is to hold; None leaves it alone."""
        value = props.get("value")
        return "" if value is None else str(value)

    def fixed(self, props: Mapping[str, Any]) -> Mapping[str, str]:
        """The attributes that hold the properties which no user changes."""
        return NO_ATTRIBUTES

    def first(self, props: Mapping[str, Any]) -> Mapping[str, str]:
        """The attributes that say in HTML what the field holds."""
        value = self.shown(props)
        return {"value": str(value)} if value else {}


class PasswordKind(Kind):
    """A password. It goes from the browser to the server only: sent back, it would lie in caches and saved pages,
    and on a shared page in everyone's. An empty value empties the field."""

    def shown(self, props: Mapping[str, Any]) -> FieldValue:
        return None if props.get("value") else ""

    def first(self, props: Mapping[str, Any]) -> Mapping[str, str]:
        return NO_ATTRIBUTES


class NumberKind(Kind):
    """A number, None while the field is empty. The user may go past `min` and `max`: the form then isn't sent."""

    sends_null = True
    types = frozenset(("int", "float"))
    expected = "a number"

    def parse(self, value: object) -> FieldValue:
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"expected {self.expected}")
        # A whole number can be too long for a float, which is what the browser holds.
        if abs(value) > float_info.max or not isfinite(value):
            raise ValueError("the number is too large")
        return value

    def check(self, props: Mapping[str, Any], value: FieldValue) -> None:
        return

    def shown(self, props: Mapping[str, Any]) -> FieldValue:
        value = props.get("value")
        return "" if value is None else value

    def first(self, props: Mapping[str, Any]) -> Mapping[str, str]:
        value = props.get("value")
        return {} if value is None else {"value": number_text(value)}


class RangeKind(NumberKind):
    """A slider: a number that is never outside of its limits, 0 and 100 by default."""

    def check(self, props: Mapping[str, Any], value: FieldValue) -> None:
        low, high = _limit(props, "min", 0.0), _limit(props, "max", 100.0)
        if isinstance(value, int | float) and not low <= value <= max(low, high):
            raise ValueError(f"expected a number from {number_text(low)} to {number_text(high)}")


class PatternKind(Kind):
    """A text of a fixed form: a date, a time, a colour."""

    event = "change"

    def __init__(self, expected: str, pattern: str, empty: str = "") -> None:
        self.expected = expected
        self.pattern = re.compile(pattern, re.ASCII)
        self.empty = empty

    def parse(self, value: object) -> FieldValue:
        if value is None or value == "":
            return None
        if not isinstance(value, str) or not self.pattern.fullmatch(value):
            raise ValueError(f"expected {self.expected}")
        return value

    def check(self, props: Mapping[str, Any], value: FieldValue) -> None:
        return

    def shown(self, props: Mapping[str, Any]) -> FieldValue:
        return str(props.get("value") or self.empty)


class CheckboxKind(Kind):
    """A box that is ticked or not: true or false."""

    event = "change"
    types = frozenset(("bool",))
    expected = "true or false"

    def parse(self, value: object) -> FieldValue:
        if value is None or isinstance(value, bool):
            return value
        raise ValueError(f"expected {self.expected}")

    def read(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        name = "checked" if "checked" in data else "value"
        return {"value": _ticked(data[name])} if name in data else {}

    def check(self, props: Mapping[str, Any], value: FieldValue) -> None:
        return

    def shown(self, props: Mapping[str, Any]) -> FieldValue:
        return props.get("value") is True

    def first(self, props: Mapping[str, Any]) -> Mapping[str, str]:
        return {"checked": ""} if self.shown(props) else {}


class RadioKind(Kind):
    """One of the choices of its `name`: `value` says which, `checked` whether it is the chosen one."""

    event = "change"
    changes = "checked"
    types = frozenset(("str", "int", "float", "bool"))

    def read(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        return {"checked": _ticked(data["checked"])} if "checked" in data else {}

    def shown(self, props: Mapping[str, Any]) -> FieldValue:
        return props.get("checked") is True

    def fixed(self, props: Mapping[str, Any]) -> Mapping[str, str]:
        value = props.get("value")
        return {} if value is None else {"value": str(value)}

    def first(self, props: Mapping[str, Any]) -> Mapping[str, str]:
        return {"checked": ""} if self.shown(props) else {}


class FileKind(Kind):
    """Files: the list of the names that the user chose. A handler can only empty it."""

    event = "change"
    types = frozenset(("str", "list"))
    expected = "no content: which files it holds is for the user to choose"

    def parse(self, value: object) -> FieldValue:
        if value is None or value == "":
            return None
        if isinstance(value, list):
            return value
        raise ValueError(f"expected {self.expected}")

    def check(self, props: Mapping[str, Any], value: FieldValue) -> None:
        return

    def read(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        if "files" not in data and "value" not in data:
            return {}
        sent = data["files"] if "files" in data else data["value"] or []
        if not isinstance(sent, list):
            raise ValueError("expected a list of files")
        names = [file.get("name") if isinstance(file, Mapping) else file for file in sent]
        most = MOST_FILES if props.get("multiple") is True else 1
        if len(names) > most:
            raise ValueError(f"expected no more files than {most:,}, not {len(names):,}")
        if not all(isinstance(name, str) and len(name) <= LONGEST_FILE_NAME for name in names):
            raise ValueError(f"expected names of files, of at most {LONGEST_FILE_NAME:,} characters")
        return {"value": names}

    def shown(self, props: Mapping[str, Any]) -> FieldValue:
        return list(props.get("value") or [])

    def first(self, props: Mapping[str, Any]) -> Mapping[str, str]:
        return NO_ATTRIBUTES


class ButtonKind(Kind):
    """A button, or a hidden value: nothing that a user changes."""

    event = None

    def read(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def shown(self, props: Mapping[str, Any]) -> FieldValue:
        return None

    def fixed(self, props: Mapping[str, Any]) -> Mapping[str, str]:
        value = props.get("value")
        return {} if value is None else {"value": str(value)}

    def first(self, props: Mapping[str, Any]) -> Mapping[str, str]:
        return NO_ATTRIBUTES


def _ticked(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("expected true or false")
    return value


def _limit(props: Mapping[str, Any], name: str, default: float) -> float:
    try:
        return float(props.get(name, default))
    except (TypeError, ValueError):
        return default


TEXT_KIND, BUTTON_KIND = Kind(), ButtonKind()
DATE, TIME = r"\d{4,6}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?"

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        **dict.fromkeys(("text", "search", "url", "tel", "email"), TEXT_KIND),
        "password": PasswordKind(),
        "number": NumberKind(),
        "range": RangeKind(),
        "date": PatternKind("a date such as 2025-12-31", DATE),
        "month": PatternKind("a month such as 2025-12", r"\d{4,6}-(0[1-9]|1[0-2])"),
        "week": PatternKind("a week such as 2025-W52", r"\d{4,6}-W(0[1-9]|[1-4]\d|5[0-3])"),
        "time": PatternKind("a time such as 18:30", TIME),
        "datetime-local": PatternKind("a date with a time such as 2025-12-31T18:30", f"{DATE}[T ]{TIME}"),
        "color": PatternKind('a colour such as "#ff8800"', r"#[0-9A-Fa-f]{6}", empty="#000000"),
        "checkbox": CheckboxKind(),
        "radio": RadioKind(),
        "file": FileKind(),
        **dict.fromkeys(("hidden", "button", "submit", "reset", "image"), BUTTON_KIND),
    }
)
"""The kinds of input by the `type` in HTML."""
