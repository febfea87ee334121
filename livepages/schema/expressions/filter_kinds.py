"""The kinds of values that filters and their parameters take. What is null is empty: no text, no items, no entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livepages.schema.expressions.filter import Kind
from livepages.schema.expressions.values import as_text, check_list, is_list, is_number


def _any(value: Any) -> Any:
    return value


def _text(value: object) -> str:
    if value is None or isinstance(value, str | bool | int | float):
        return as_text(value)
    raise ValueError


def _number(value: object) -> int | float:
    if is_number(value):
        return value
    raise ValueError


def _whole(value: object) -> int:
    if type(value) is int or (isinstance(value, float) and value.is_integer()):
        return int(value)
    raise ValueError


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError


def _list(value: object) -> Sequence[Any]:
    if value is None:
        return ()
    if is_list(value):
        check_list(len(value))
        return value
    raise ValueError


def _text_or_list(value: object) -> str | Sequence[Any]:
    return _list(value) if is_list(value) else _text(value)


def _mapping(value: object) -> Mapping[str, Any]:
    if value is None:
        return {}
    if isinstance(value, Mapping):
        check_list(len(value))
        return value
    raise ValueError


def _whole_thing(value: object) -> Any:
    if value is None:
        return ""
    if isinstance(value, str | Mapping) or is_list(value):
        return value
    raise ValueError


def _key(value: object) -> tuple[str | int, ...]:
    if type(value) is int:
        return (value,)
    if isinstance(value, str) and value:
        return tuple(value.split("."))
    raise ValueError


def within(least: int, most: int) -> Kind:
    """Whole numbers from one to another."""

    def take(value: object) -> int:
        number = _whole(value)
        if least <= number <= most:
            return number
        raise ValueError

    return Kind(f"a whole number from {least} to {most}", take)


ANY = Kind("a value", _any)
TEXT = Kind("a text", _text)
NUMBER = Kind("a number", _number)
WHOLE = Kind("a whole number", _whole)
SWITCH = Kind("true or false", _switch)
LIST = Kind("a list", _list)
TEXT_OR_LIST = Kind("a text or a list", _text_or_list)
MAPPING = Kind("a mapping", _mapping)
SIZED = Kind("a text, a list or a mapping", _whole_thing)
KEY = Kind("the name of an entry", _key)
