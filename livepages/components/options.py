"""The options of a select: the ways to write them, and their HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, WithJsonSchema

from livepages.components.attribute_types import number_text, perhaps
from livepages.schema.values.view import Html


class Option(NamedTuple):
    """One choice: what the field holds when it is chosen, and what the user reads."""

    value: str
    label: str
    disabled: bool = False


class OptionGroup(NamedTuple):
    """Choices under a heading."""

    label: str
    options: tuple[Option, ...]


Choices = tuple[Option | OptionGroup, ...]

KEYS = ("value", "label", "disabled")
MOST_OPTIONS = 10_000


def parse_options(given: object) -> Choices:
    """The options as a file or a handler writes them.

    A list holds texts, or mappings with `value`, `label` and `disabled`. A mapping goes from values to labels; where
    it goes from a text to a list or another mapping, it makes a group. Raises ValueError.
    """
    choices = tuple(_choices(given, groups=True))
    values = [option.value for option in flat(choices)]
    if len(values) > MOST_OPTIONS:
        raise ValueError(f"expected at most {MOST_OPTIONS:,} options, not {len(values):,}")
    if len(set(values)) < len(values):
        twice = Counter(values).most_common(1)[0][0]
        raise ValueError(f'the option "{twice}" stands there twice')
    return choices


def flat(choices: Iterable[Option | OptionGroup]) -> Iterator[Option]:
    """All options, those in groups among them."""
    for choice in choices:
        if isinstance(choice, OptionGroup):
            yield from choice.options
        else:
            yield choice


def options_html(choices: Choices, selected: Collection[str] | None = None, empty_line: str | None = None) -> Html:
    """The content of a select, with `selected` marked unless it is None.

    `empty_line` is the text of a line that shows while nothing is chosen, None for no such line.
    """
    html = [_choice_html(choice, selected or ()) for choice in choices]
    if empty_line is not None:
        mark = " selected" if selected is not None and not selected else ""
        html.insert(0, f'<option value="" disabled hidden{mark}>{escape(empty_line, quote=False)}</option>')
    return Html("".join(html))


def _choice_html(choice: Option | OptionGroup, selected: Collection[str]) -> str:
    if isinstance(choice, OptionGroup):
        inner = "".join(_choice_html(option, selected) for option in choice.options)
        return f'<optgroup label="{escape(choice.label)}">{inner}</optgroup>'
    marks = " disabled" * choice.disabled + " selected" * (choice.value in selected)
    return f'<option value="{escape(choice.value)}"{marks}>{escape(choice.label, quote=False)}</option>'


def _choices(given: object, *, groups: bool) -> Iterator[Option | OptionGroup]:
    if isinstance(given, Mapping):
        for key, value in given.items():
            yield _entry(option_text(key), value, groups)
    elif isinstance(given, list | tuple) and not isinstance(given, Option | OptionGroup):
        for item in given:
            yield from _item(item, groups)
    else:
        raise ValueError("expected a list of options, or a mapping of values to what the user reads")


def _entry(key: str, value: object, groups: bool) -> Option | OptionGroup:
    if not isinstance(value, Mapping | list | tuple):
        return Option(key, key if value is None else option_text(value))
    if not groups:
        raise ValueError(f'"{key}" is a group within a group: groups of options have one level only')
    return OptionGroup(key, tuple(flat(_choices(value, groups=False))))


def _item(item: object, groups: bool) -> Iterator[Option | OptionGroup]:
    if isinstance(item, Option) or (isinstance(item, OptionGroup) and groups):
        yield item
    elif isinstance(item, Mapping) and not set(KEYS) & set(item):
        yield from _choices(item, groups=groups)
    elif isinstance(item, Mapping):
        yield _option(item)
    else:
        text = option_text(item)
        yield Option(text, text)


def _option(item: Mapping[Any, Any]) -> Option:
    for key in item:
        if key not in KEYS:
            raise ValueError(f'an option has value, label and disabled, no "{key}"{perhaps(key, KEYS)}')
    label = item.get("label", item.get("value"))
    disabled = item.get("disabled", False)
    if not isinstance(disabled, bool):
        raise ValueError("disabled of an option: expected true or false")
    return Option(option_text(item.get("value", label)), option_text(label), disabled)


def option_text(value: object) -> str:
    """The text of an option's value or label. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"expected the text of an option, not {str(value).lower()}: write it in quotes")
    return value if isinstance(value, str) else number_text(value)


Options = Annotated[
    Any, BeforeValidator(parse_options), WithJsonSchema({"anyOf": [{"type": "array"}, {"type": "object"}]})
]
