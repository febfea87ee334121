"""Filters on lists and mappings as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livepages.schema.expressions.filter import Filter, Parameter
from livepages.schema.expressions.filter_kinds import ANY, KEY, LIST, MAPPING, SIZED, TEXT, TEXT_OR_LIST, WHOLE
from livepages.schema.expressions.filter_rows import Key, entry_at
from livepages.schema.expressions.operators import contains
from livepages.schema.expressions.values import Work


def first(whole: str | Sequence[Any]) -> Any:
    """The first item or character, None where there is none."""
    return whole[0] if whole else None


def last(whole: str | Sequence[Any]) -> Any:
    """The last item or character, None where there is none."""
    return whole[len(whole) - 1] if whole else None


def backwards(whole: str | Sequence[Any]) -> str | list[Any]:
    """A text or list from its end to its beginning."""
    return whole[::-1] if isinstance(whole, str) else list(whole)[::-1]


def piece(whole: str | Sequence[Any], start: int, end: int | None) -> str | list[Any]:
    """The part of a text or list from one place to before another, from 0 on; negative ones count from the end."""
    return whole[start:end] if isinstance(whole, str) else list(whole)[start:end]


def moved(items: Sequence[Any], place: int, to: int) -> list[Any]:
    """The list with the item at one place taken to another; beyond an end is the end. No item, nothing moved."""
    rest = list(items)
    if 0 <= place < len(rest):
        rest.insert(max(to, 0), rest.pop(place))
    return rest


def join(items: Sequence[Any], separator: str, key: Key | None, work: Work) -> str:
    """The items as one text."""
    return work.joined([entry_at(item, key) for item in items], separator)


def has(whole: Any, part: Any, work: Work) -> bool:
    """Whether a list has an item, a mapping a key, a text a part."""
    return contains(part, whole, work)


def pairs(mapping: Mapping[str, Any]) -> list[list[Any]]:
    """The keys of a mapping with their values."""
    return [[key, value] for key, value in mapping.items()]


def values(mapping: Mapping[str, Any]) -> list[Any]:
    """The values of a mapping."""
    return list(mapping.values())


LIST_FILTERS = (
    Filter(
        "length",
        "The number of characters of a text, of items of a list, of entries of a mapping.",
        SIZED,
        len,
        "[3, 4] | length",
        2,
        effort=0,
    ),
    Filter(
        "first",
        "The first item of a list; null where there is none.",
        TEXT_OR_LIST,
        first,
        "[3, 4] | first",
        3,
        effort=0,
    ),
    Filter(
        "last", "The last item of a list; null where there is none.", TEXT_OR_LIST, last, "[3, 4] | last", 4, effort=0
    ),
    Filter("reverse", "The list or text from its end.", TEXT_OR_LIST, backwards, "[3, 4, 5] | reverse", [5, 4, 3]),
    Filter(
        "slice",
        "A part of a list or text.",
        TEXT_OR_LIST,
        piece,
        "[3, 4, 5] | slice(0, 2)",
        [3, 4],
        (
            Parameter("start", WHOLE, "Where it begins, from 0 on; a negative number counts from the end."),
            Parameter("end", WHOLE, "Before which place it ends; the whole rest if it is not given.", None),
        ),
    ),
    Filter(
        "move",
        "The list with one item in another place.",
        LIST,
        moved,
        "['a', 'b', 'c'] | move(2, 0)",
        ["c", "a", "b"],
        (
            Parameter("place", WHOLE, "Where the item is, from 0 on."),
            Parameter("to", WHOLE, "Where it is to be; beyond an end of the list is that end."),
        ),
    ),
    Filter(
        "join",
        "The items of a list as one text.",
        LIST,
        join,
        "['tea', 'cake'] | join(' and ')",
        "tea and cake",
        (
            Parameter("separator", TEXT, "What to put between them.", ""),
            Parameter("key", KEY, "The entry of each item to take.", None),
        ),
        effort=3,
        looks_inside=True,
    ),
    Filter(
        "contains",
        "Whether a list has this item, a mapping this key, a text this part.",
        SIZED,
        has,
        "[3, 4] | contains(4)",
        True,
        (Parameter("part", ANY, "What to look for."),),
        looks_inside=True,
    ),
    Filter("keys", "The list of a mapping's keys.", MAPPING, list, "{tea: 3, cake: 4} | keys", ["tea", "cake"]),
    Filter("values", "The list of a mapping's values.", MAPPING, values, "{tea: 3, cake: 4} | values", [3, 4]),
    Filter(
        "items",
        "The list of a mapping's entries, each a list of its key and its value.",
        MAPPING,
        pairs,
        "{tea: 3, cake: 4} | items",
        [["tea", 3], ["cake", 4]],
        effort=3,
    ),
)
