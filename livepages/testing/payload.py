"""What the browser says of an event, as the client of the browser puts it together."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from livepages.runtime.wire.wire import EventData, FileData
from livepages.schema.site.events import FLOW_MODIFIERS, HELD_MODIFIERS, MEDIA_EVENTS
from livepages.schema.values.view import FieldValue
from livepages.testing.dom import Element

STAYS = MEDIA_EVENTS | frozenset(
    "focus blur mouseenter mouseleave pointerenter pointerleave load error scroll scrollend toggle beforetoggle close "
    "cancel invalid".split()
)
"""Events that only their own element hears of; all others bubble."""

KEY_NAMES = MappingProxyType(
    {"space": " ", "up": "arrowup", "down": "arrowdown", "left": "arrowleft", "right": "arrowright"}
)
"""What the browser calls the keys whose names here are others."""


def takers(target: Element, event: str, data: EventData) -> Iterator[tuple[Element, str]]:
    """The elements that declare an event which happens at `target`, each with the name under which it does."""
    path = [target] if event in STAYS else [target, *target.ancestors()]
    for element in path:
        taken = [token for token in element.tokens if takes(token, event, data, is_target=element is target)]
        for token in taken:
            yield element, token
        if any("stop" in token.split(".") for token in taken):
            return


def takes(token: str, event: str, data: EventData, *, is_target: bool) -> bool:
    """Whether what an element declares is this event."""
    kind, *modifiers = token.split(".")
    if kind != event or ("self" in modifiers and not is_target):
        return False
    if not all(getattr(data, name) for name in modifiers if name in HELD_MODIFIERS):
        return False
    keys = [name for name in modifiers if name not in FLOW_MODIFIERS | HELD_MODIFIERS]
    pressed = (data.key or "").lower()
    return not keys or any(KEY_NAMES.get(name, name) == pressed for name in keys)


def value_event(element: Element) -> str | None:
    """The event by which a field's value goes to the server."""
    types = [token.partition(".")[0] for token in element.tokens]
    return next((name for name in ("input", "change") if name in types and element.field is not None), None)


def field_data(element: Element) -> EventData:
    """What a field's own event says of it."""
    field = element.field
    assert field is not None, "only fields have such events"
    if field.kind == "checkbox":
        return EventData(value=field.held, checked=field.held is True)
    if field.kind == "radio":
        return EventData(value=element.attributes.get("value", "on"), checked=field.held is True)
    if field.kind == "file":
        names = field.held if isinstance(field.held, list) else []
        return EventData(value=field.held, files=[FileData(name) for name in names])
    return EventData(value=field.held)


def form_data(form: Element) -> dict[str, Any]:
    """The named fields of a form that are not disabled; a list where several have one name."""
    groups: dict[str, list[Element]] = {}
    for element in form.walk():
        name = element.attributes.get("name")
        if element.field is not None and name and "disabled" not in element.attributes:
            groups.setdefault(name, []).append(element)
    return {name: _group_value(fields) for name, fields in groups.items()}


def _group_value(fields: list[Element]) -> Any:
    held: list[FieldValue] = [element.field.held for element in fields if element.field is not None]
    kinds = {element.field.kind for element in fields if element.field is not None}
    ticked = [
        element.attributes.get("value", "on") for element, value in zip(fields, held, strict=True) if value is True
    ]
    if kinds == {"radio"}:
        return ticked[0] if ticked else None
    if len(fields) == 1:
        return held[0]
    return ticked if kinds == {"checkbox"} else held
