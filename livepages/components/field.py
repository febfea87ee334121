"""What the fields of forms have in common: a value that the user and the server both change, and its event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from livepages.components.html import HtmlElement
from livepages.schema.site.bindings import Binding
from livepages.schema.site.events import FIELD_EVENTS, EventSpec
from livepages.schema.site.properties import Milliseconds, Property

TYPING_PAUSE = 250
"""How many milliseconds typing has to rest before the value is sent, unless the field says otherwise."""

LONGEST_VALUE = 1_000_000
"""How many characters a field takes that has no `maxlength`."""

TIMING: Mapping[str, Property] = MappingProxyType(
    {
        "debounce": Property(Milliseconds, "How long typing must rest before the value is sent; 250ms by default."),
        "throttle": Property(Milliseconds, "How often the value is sent while it changes, in place of debounce."),
    }
)


def value_event(event: str, props: Mapping[str, Any]) -> EventSpec:
    """The event by which a field's value reaches the server: `input` waits until typing rests, `change` does not."""
    debounce, throttle = props.get("debounce"), props.get("throttle")
    if debounce is None and throttle is None and event == "input":
        debounce = TYPING_PAUSE
    return EventSpec(event, debounce=debounce, throttle=throttle)


def is_bound(props: Mapping[str, Any], *names: str) -> bool:
    """Whether one of these properties is bound to an expression, so that its value is not known yet."""
    return any(isinstance(props.get(name), Binding) for name in names)


def check_length(props: Mapping[str, Any], value: str) -> None:
    """Raises ValueError for a text beyond the field's `maxlength`, or beyond what any field takes.

    Browsers count UTF-16 units, of which a text has at least as many as characters.
    """
    limit = props.get("maxlength")
    most = limit if isinstance(limit, int) else LONGEST_VALUE
    if len(value) > most:
        raise ValueError(f"expected at most {most:,} characters, not {len(value):,}")


class Field(HtmlElement):
    """A field of a form. Subclasses say what a value can be."""

    has_state = True

    def __init__(self, name: str, doc: str, example: str, *, own: Mapping[str, Property]) -> None:
        super().__init__(
            name,
            doc,
            example,
            group="Forms",
            own={**own, **TIMING},
            content="value",
            children=False,
            events=FIELD_EVENTS,
        )

    def check_together(self, props: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Mistakes of the value, and of properties that don't go together. Bound properties are not looked at."""
        yield from super().check_together(props)
        if props.get("debounce") is not None and props.get("throttle") is not None:
            yield "throttle", "a field has either debounce or throttle"
        try:
            self.check_value(props)
        except ValueError as error:
            yield "value", str(error)

    def check_value(self, props: Mapping[str, Any]) -> None:
        """Raises ValueError when the declared value does not fit the field."""

    def read(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """The properties that the browser's `data` say are changed. Raises ValueError when they don't fit."""
        raise NotImplementedError

    def changes_from(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """The field's value as the browser sent it, checked; a locked field keeps its own."""
        changes = self.read(props, data)
        if props.get("disabled") is not True and props.get("readonly") is not True:
            return changes
        if any((props.get(name) or "") != (value or "") for name, value in changes.items()):
            raise ValueError("the field is locked: its value can't be changed")
        return {}
