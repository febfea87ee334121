"""The JSON Schema of what an element's `on` can declare."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from livepages.schema.reference.action_examples import ACTION_EXAMPLES
from livepages.schema.reference.hover import hover
from livepages.schema.site.action_keys import ACTION_KEYS, ACTION_OPTIONS, TIMES
from livepages.schema.site.events import modifiers_of
from livepages.schema.site.properties import Property

Schema = dict[str, Any]

NAMES_SHOWN = 12
"""How many modifiers a hover text lists."""


def action_schemas(value: Callable[[Property], Schema]) -> dict[str, Schema]:
    """The definitions of what happens. `value` makes the schema of a key's value.

    `action` is a mapping with one action, `does` what a timer names: a handler, an action, or a list of these; `call`
    what an event does, which may wait.
    """
    timed = {
        name: {**value(prop), **hover(prop.doc, ACTION_EXAMPLES.get(name, ""))}
        for name, prop in {**ACTION_KEYS, **ACTION_OPTIONS, **TIMES}.items()
    }
    known = {name: schema for name, schema in timed.items() if name not in TIMES}
    one = {"anyOf": [{"type": "string"}, {"$ref": "#/definitions/action"}]}
    several = {"type": "array", "items": one}
    return {
        "action": _mapping(known),
        "does": {"anyOf": [*one["anyOf"], several]},
        "call": {"anyOf": [{"type": "string"}, _mapping(timed), {**several, "minItems": 1}]},
    }


def _mapping(known: Schema) -> Schema:
    """A mapping with one of the actions, and what can stand beside it."""
    one = {"oneOf": [{"required": [name]} for name in ACTION_KEYS]}
    return {"type": "object", "properties": known, "additionalProperties": False, **one}


def events_schema(events: Iterable[str], call: Schema) -> Schema:
    """The `on` of elements with these events; `call` is the schema of what an event calls."""
    names = sorted(events)
    by_modifiers: dict[frozenset[str], list[str]] = {}
    for name in names:
        by_modifiers.setdefault(modifiers_of(name), []).append(name)
    return {
        "description": "The events that the element declares, and what happens then: {click: save}.",
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
