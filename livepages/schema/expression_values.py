"""Values of expressions: what they are as text, whether two are equal, and how large they may be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from livepages.schema.expression_errors import ExpressionFailed

LONGEST_TEXT = 1_000_000
"""The most characters of a text that an expression makes."""

LONGEST_LIST = 100_000
"""The most items of a list that an expression makes or goes through."""

MOST_ITEMS = 50_000
"""The most items, at all depths, that an operation compares or writes out."""

NUMBERS = frozenset((int, float))
SIZELESS = frozenset((int, float, bool, type(None)))
SCALARS = SIZELESS | {str}


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a number; true and false are none."""
    return type(value) in NUMBERS


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether a value is a list of whatever kind; a text is none."""
    return isinstance(value, list) or (isinstance(value, Sequence) and not isinstance(value, str | bytes))


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether a value is a mapping of whatever kind."""
    return isinstance(value, dict) or isinstance(value, Mapping)  # noqa: SIM101 - the first is the quicker


def as_text(value: object) -> str:
    """A value as it stands in a text: nothing for None, `true` and `false`, numbers without trailing noise,
    lists and mappings as JSON. Raises ExpressionFailed for one that is too large."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, float):
        return format(value, ".15g")
    if is_mapping(value) or is_list(value):
        return as_json(value)
    return str(value)


def as_json(value: object, indent: int | None = None) -> str:
    """A value as JSON. Raises ExpressionFailed for one that is too large."""
    return Work().as_json(value, indent)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if is_list(value) else str(value)


def equal(left: Any, right: Any) -> bool:
    """Whether two values are the same: by their contents, true and false apart from 1 and 0."""
    return Work().equal(left, right)


def check_text(length: int) -> None:
    """Raises ExpressionFailed when no text can have so many characters."""
    if length > LONGEST_TEXT:
        raise ExpressionFailed(f"expected a text of at most {LONGEST_TEXT:,} characters, not {length:,}")


def check_list(length: int) -> None:
    """Raises ExpressionFailed when no list can have so many items."""
    if length > LONGEST_LIST:
        raise ExpressionFailed(f"expected a list of at most {LONGEST_LIST:,} items, not {length:,}")


def joined(values: Sequence[object], separator: str = "") -> str:
    """The texts of values, one after the other. Raises ExpressionFailed when that gets too long."""
    texts: list[str] = []
    length = 0
    for value in values:
        text = as_text(value)
        texts.append(text)
        length += len(text) + len(separator)
        if length > LONGEST_TEXT:
            check_text(length - len(separator))
    return separator.join(texts)


class Work:
    """How much of large values one operation may still look at, in items and (for what is written out) characters."""

    __slots__ = ("characters", "items")

    def __init__(self) -> None:
        self.items = MOST_ITEMS
        self.characters = LONGEST_TEXT

    def take(self, items: int, characters: int = 0) -> None:
        """Raises ExpressionFailed when it is too much."""
        self.items -= items
        self.characters -= characters
        if self.items < 0:
            raise ExpressionFailed(f"expected values with at most {MOST_ITEMS:,} items in all")
        if self.characters < 0:
            raise ExpressionFailed(f"expected values with at most {LONGEST_TEXT:,} characters in all")

    def as_json(self, value: object, indent: int | None = None) -> str:
        """A value as JSON."""
        self.look_at(value)
        try:
            return json.dumps(value, ensure_ascii=False, default=_plain, indent=indent)
        except (TypeError, ValueError, RecursionError):
            raise ExpressionFailed("expected a value that can be written as JSON") from None

    def look_at(self, value: object) -> None:
        """Take all that is in a value."""
        waiting = [value]
        while waiting:
            each = waiting.pop()
            if isinstance(each, str):
                self.take(0, len(each))
            elif is_mapping(each):
                self.take(len(each), len("".join(map(str, each))))
                waiting += [item for item in each.values() if type(item) not in SIZELESS]
            elif is_list(each):
                self.take(len(each))
                waiting += [item for item in each if type(item) not in SIZELESS]

    def equal(self, left: Any, right: Any) -> bool:
        """Whether two values are the same."""
        if left is right:
            return True
        if type(left) in SCALARS or type(right) in SCALARS:
            return bool(left == right) and (isinstance(left, bool) is isinstance(right, bool))
        if is_mapping(left):
            return is_mapping(right) and self._same_entries(left, right)
        if is_list(left):
            return is_list(right) and self._same_items(left, right)
        return bool(left == right)

    def _same_entries(self, left: Mapping[Any, Any], right: Mapping[Any, Any]) -> bool:
        if len(left) != len(right):
            return False
        self.take(len(left))
        for key, value in left.items():
            other = right.get(key, self)
            if other is not value and not self.equal(value, other):
                return False
        return True

    def _same_items(self, left: Sequence[Any], right: Sequence[Any]) -> bool:
        if len(left) != len(right):
            return False
        self.take(len(left))
        for value, other in zip(left, right, strict=False):
            if other is not value and not self.equal(value, other):
                return False
        return True
