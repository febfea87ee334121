"""The actions that a site's file can name, and the places in which they happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from livepages.schema.code.handlers import (
    DOCUMENT_NAMES,
    EVENT_NAMES,
    PAGE_EVENT_NAMES,
    PAGE_TIMER_NAMES,
    SHARED_DOCUMENT_NAMES,
    SITE_NAMES,
)
from livepages.schema.site.properties import Milliseconds, Property

ACTION_KEYS: Mapping[str, Property] = MappingProxyType(
    {
        "call": Property(str, "The name of the handler to call."),
        "set": Property(
            dict[str, Any], 'Give state new values, in order: `{step: 2, "votes[drink]": "${count + 1}"}`.'
        ),
        "toggle": Property(str, "Turn a state that is true or false to the other."),
        "append": Property(dict[str, Any], 'Put an item at the end of a list: `{messages: "${text}"}`.'),
        "prepend": Property(dict[str, Any], 'Put an item at the beginning of a list: `{messages: "${text}"}`.'),
        "remove": Property(
            str | dict[str, Any],
            'Take an item out of a list, by its value, `{names: "${name}"}`, or its place, `names[2]`.',
        ),
        "clear": Property(str, "Empty a list, a mapping or a text; anything else goes back to its default."),
        "go": Property(
            str | dict[str, Any],
            'Lead the tab to another page: /room/${name}, or {page: "/room/{name}", params: {name: "${name}"}}.',
        ),
        "toast": Property(str | dict[str, Any], "Show a short message: its text, or {text: Saved, kind: success}."),
        "open": Property(str, "Open the dialog or the details element with this id, for all who see it."),
        "close": Property(str, "Close the dialog or the details element with this id, for all who see it."),
        "focus": Property(str, "Put the cursor into the field with this id."),
        "emit": Property(
            str | dict[str, Any], "Raise an event of the component, with a value if wanted: `picked`, `{picked: 3}`."
        ),
    }
)
"""What can happen; a mapping has one of these keys."""

ACTION_OPTIONS: Mapping[str, Property] = MappingProxyType(
    {
        "with": Property(dict[str, Any], "Values for the handler's own parameters, by their names; only with `call`."),
        "when": Property(str | bool, "An expression: what it is false for, does not happen."),
    }
)
"""What can stand beside an action."""

TIMES: Mapping[str, Property] = MappingProxyType(
    {
        "debounce": Property(Milliseconds, "Wait until there was no such event for this long, such as 300ms."),
        "throttle": Property(Milliseconds, "At most one such event in this time, such as 100ms."),
    }
)
"""What can stand there too when the action is all that an event does."""

STATE_ACTIONS = tuple("set toggle append prepend remove clear".split())
TAB_ACTIONS = tuple("go toast focus".split())
"""Actions that one tab sees."""
PAGE_ACTIONS = (*TAB_ACTIONS, "open", "close")
"""Actions that need a page."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where actions stand: what handlers can ask for there, and the actions that have no meaning, with the reason."""

    given: frozenset[str]
    refused: tuple[str, ...] = ()
    reason: str = ""


ON_ELEMENT = Place(EVENT_NAMES)
ON_DOCUMENT = Place(DOCUMENT_NAMES)
ON_SHARED_DOCUMENT = Place(SHARED_DOCUMENT_NAMES, PAGE_ACTIONS, "it happens on no page")
ON_PAGE = Place(PAGE_EVENT_NAMES)
PAGE_TIMER = Place(PAGE_TIMER_NAMES)
PAGE_STARTUP = Place(PAGE_TIMER_NAMES, TAB_ACTIONS, "no tab shows the page yet")
SITE_WIDE = Place(SITE_NAMES, PAGE_ACTIONS, "it happens on no page")
