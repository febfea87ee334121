"""The JSON Schema of what an element's `on` can declare."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from livepages.schema.event_reader import CALL_KEYS
from livepages.schema.events import modifiers_of
from livepages.schema.properties import Property

Schema = dict[str, Any]

NAMES_SHOWN = 12
"""How many modifiers a hover text lists."""


def call_schema(value: Callable[[Property], Schema]) -> Schema:
    """What an event calls: a handler's name, or a mapping with `call`. `value` makes the schema of a key's value."""
    called = {name: value(prop) for name, prop in CALL_KEYS.items()}
    called["call"] = {"type": "string", "description": CALL_KEYS["call"].doc}
    return {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "properties": called, "required": ["call"], "additionalProperties": False},
        ]
    }


def events_schema(events: Iterable[str], call: Schema) -> Schema:
    """The `on` of elements with these events; `call` is the schema of what an event calls."""
    names = sorted(events)
    by_modifiers: dict[frozenset[str], list[str]] = {}
    for name in names:
        by_modifiers.setdefault(modifiers_of(name), []).append(name)
    return {
        "description": "The events that the element declares, and the handlers that they call: {click: save}.",
        "type": "object",
        "properties": {name: {"description": _description(name), "allOf": [call]} for name in names},
        "patternProperties": {_pattern(names, modifiers): call for modifiers, names in by_modifiers.items()},
        "additionalProperties": False,
    }


def _pattern(names: list[str], modifiers: frozenset[str]) -> str:
    """The keys of these events with modifiers after dots, such as `keydown.ctrl.enter`."""
    allowed = "|".join(re.escape(modifier) for modifier in sorted(modifiers))
    return rf"^({'|'.join(names)})(\.({allowed}))+$"


def _description(name: str) -> str:
    modifiers = sorted(modifiers_of(name), key=lambda word: (len(word) < 3, word))
    shown = ", ".join(f".{modifier}" for modifier in modifiers[:NAMES_SHOWN])
    more = " and the names of other keys" if len(modifiers) > NAMES_SHOWN else ""
    return f"The browser's event {name}. Modifiers go after its name: {shown}{more}."
