"""Values of expressions: what they are as text, whether two are equal, and how large they may be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from livepages.schema.expressions.errors import ExpressionFailed

LONGEST_TEXT = 1_000_000
"""The most characters of a text that an expression makes."""

LONGEST_LIST = 100_000
"""The most items of a list that an expression makes or goes through."""

MOST_ITEMS = 50_000
"""The most items, at all depths, that an operation compares or writes out."""

MOST_LOOKS = 100_000
"""The most items that all operations of an expression together look at, those that take longer counting as often."""

READ_AT_ONCE = 50
"""How many characters of a text are read in the time in which an item is looked at."""

WRITING = 10
"""How many items are looked at in the time that it takes to begin to write a value as JSON."""

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
        return Work().as_json(value)
    return str(value)


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
    return Work().joined(values, separator)


class Work:
    """How much the evaluation of an expression may still look at.

    `looks` are items of lists and mappings in all that it does. `items` and (for what is written out) `characters` are
    those at all depths of the values that one operation, which begins `anew`, compares or writes.
    """

    __slots__ = ("characters", "items", "looks")

    def __init__(self) -> None:
        self.looks = MOST_LOOKS
        self.anew()

    def anew(self) -> Work:
        """Another operation begins."""
        self.items = MOST_ITEMS
        self.characters = LONGEST_TEXT
        return self

    def take(self, items: int, characters: int = 0) -> None:
        """An operation looks into values. Raises ExpressionFailed when it is too much."""
        self.items -= items
        self.characters -= characters
        if self.items < 0:
            raise ExpressionFailed(f"expected values with at most {MOST_ITEMS:,} items in all")
        if self.characters < 0:
            raise ExpressionFailed(f"expected values with at most {LONGEST_TEXT:,} characters in all")
        self.look_through(items + characters // READ_AT_ONCE)

    def look_through(self, items: int) -> None:
        """An operation looks at so many items. Raises ExpressionFailed when all of them have looked at too many."""
        self.looks -= items
        if self.looks < 0:
            raise ExpressionFailed(f"expected less work: an expression can look at {MOST_LOOKS:,} items in all")

    def look_over(self, value: object, times: int = 1) -> None:
        """An operation goes over a value: the items of a list or mapping, or the characters of a text."""
        if isinstance(value, str):
            self.look_through(len(value) // READ_AT_ONCE * times)
        elif is_list(value) or is_mapping(value):
            self.look_through(len(value) * times)

    def as_text(self, value: object) -> str:
        """A value as it stands in a text."""
        return self.as_json(value) if is_mapping(value) or is_list(value) else as_text(value)

    def joined(self, values: Sequence[object], separator: str = "") -> str:
        """The texts of values, one after the other."""
        texts: list[str] = []
        length = 0
        for value in values:
            text = self.as_text(value)
            texts.append(text)
            length += len(text) + len(separator)
            if length > LONGEST_TEXT:
                check_text(length - len(separator))
        return separator.join(texts)

    def as_json(self, value: object, indent: int | None = None) -> str:
        """A value as JSON."""
        self.look_through(WRITING)
        self.look_at(value, indent or 0)
        try:
            return json.dumps(value, ensure_ascii=False, default=_plain, indent=indent)
        except (TypeError, ValueError, RecursionError):
            raise ExpressionFailed("expected a value that can be written as JSON") from None

    def look_at(self, value: object, indent: int = 0) -> None:
        """Take all that is in a value, and the `indent` that each of its levels has more than the one around it."""
        level, margin = [value], 0
        while level:
            inner: list[Any] = []
            margin += indent
            for each in level:
                if isinstance(each, str):
                    self.take(0, len(each))
                elif is_mapping(each):
                    self.take(len(each), len("".join(map(str, each))) + len(each) * margin)
                    inner += [item for item in each.values() if type(item) not in SIZELESS]
                elif is_list(each):
                    self.take(len(each), len(each) * margin)
                    inner += [item for item in each if type(item) not in SIZELESS]
            level = inner

    def equal(self, left: Any, right: Any) -> bool:
        """Whether two values are the same."""
        if left is right:
            return True
        if type(left) in SCALARS or type(right) in SCALARS:
            if isinstance(left, str) and isinstance(right, str) and len(left) == len(right):
                self.look_over(left)
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
        self.look_through(1)
        for key, value in left.items():
            other = right.get(key, self)
            if other is not value and not self.equal(value, other):
                return False
        return True

    def _same_items(self, left: Sequence[Any], right: Sequence[Any]) -> bool:
        if len(left) != len(right):
            return False
        self.take(len(left))
        self.look_through(1)
        for value, other in zip(left, right, strict=False):
            if other is not value and not self.equal(value, other):
                return False
        return True
