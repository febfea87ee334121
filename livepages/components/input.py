"""The field for one value: text, numbers, dates, boxes to tick, files; its `type` says which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema

from livepages.components.attribute_types import Attribute, Step, one_of
from livepages.components.attributes import attributes
from livepages.components.field import Field, is_bound, value_event
from livepages.components.forms import SUBMITTING
from livepages.components.input_kinds import KINDS, TEXT_KIND, Kind
from livepages.components.shares_text import SHARED_TEXT, SharesText
from livepages.schema.site.element_type import Held
from livepages.schema.site.events import EventSpec
from livepages.schema.site.properties import Flag, Property, Text
from livepages.schema.values.view import View


def _value(value: object) -> object:
    if value is None or isinstance(value, str | int | float) or value == []:
        return value
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return value
    raise ValueError("expected a text, a number, true or false")


Value = Annotated[Any, AfterValidator(_value), WithJsonSchema({"type": ["string", "number", "boolean", "null"]})]

LINES = ("text", "search", "url", "tel", "email", "password")
DATES = ("date", "month", "week", "time", "datetime-local")
BUTTONS = ("submit", "reset", "button", "image")


def _fits() -> dict[str, tuple[str, ...]]:
    ordered = ("number", "range", *DATES)
    filled = (*LINES, "number", *DATES)
    return {
        **dict.fromkeys(("src", "alt", "width", "height"), ("image",)),
        **dict.fromkeys(SUBMITTING.split(), ("submit", "image")),
        **dict.fromkeys(("popovertarget", "popovertargetaction"), BUTTONS),
        **dict.fromkeys(("min", "max", "step"), ordered),
        **dict.fromkeys(("maxlength", "minlength", "pattern", "size"), LINES),
        **dict.fromkeys(("accept", "capture"), ("file",)),
        **dict.fromkeys(("alpha", "colorspace"), ("color",)),
        **dict.fromkeys(("debounce", "throttle"), tuple(name for name, kind in KINDS.items() if kind.event)),
        "checked": ("radio",),
        "shared_text": LINES[:-1],
        "list": (*LINES[:-1], *ordered, "color"),
        "multiple": ("email", "file"),
        "placeholder": (*LINES, "number"),
        "readonly": filled,
        "required": (*filled, "checkbox", "radio", "file"),
    }


FITS: Mapping[str, tuple[str, ...]] = MappingProxyType(_fits())
"""The types of input that a property goes with, of those that go with some only (HTML Standard, 4.10.5)."""


def _misfit(name: str, kind: str) -> str:
    if name == "checked" and kind == "checkbox":
        return 'the content of a checkbox says whether it is ticked: write "input: true" instead of checked'
    types = FITS[name]
    return f"an input of type {kind} has no {name}; it goes with {', '.join(types)}"


class OwnInput(Field):
    """An `input` that holds a value of its own: what that is depends on its type."""

    def kind(self, props: Mapping[str, Any]) -> Kind:
        """What an input with these properties holds."""
        return KINDS.get(props.get("type") or "text", TEXT_KIND)

    def radio_group(self, props: Mapping[str, Any]) -> str | None:
        """The name that a radio button shares with the others of which one is checked; None for any other input."""
        return props.get("name") or None if props.get("type") == "radio" else None

    def held(self, props: Mapping[str, Any]) -> Held | None:
        """Its value, or of a radio button whether it is the chosen one."""
        kind = self.kind(props)
        return Held(kind.changes, kind.types) if kind.event is not None else None

    def implied_events(self, props: Mapping[str, Any]) -> tuple[EventSpec, ...]:
        """`input` where the user types or slides, `change` where they choose, none where nothing changes."""
        event = self.kind(props).event
        return (value_event(event, props),) if event else ()

    def check_together(self, props: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Mistakes of the value, and properties that don't go with the type."""
        yield from super().check_together(props)
        name = props.get("type") or "text"
        if is_bound(props, "type"):
            return
        for given, value in props.items():
            if value is not None and value is not False and name not in FITS.get(given, (name,)):
                yield given, _misfit(given, name)

    def check_value(self, props: Mapping[str, Any]) -> None:
        """Raises ValueError when the value is not of the input's type."""
        if is_bound(props, "value", "type"):
            return
        value = props.get("value")
        if isinstance(value, bool) and props.get("type") is None:
            raise ValueError('a field that is true or false needs "type: checkbox"')
        kind = self.kind(props)
        kind.check(props, kind.parse(value))

    def read(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """What the user entered or chose."""
        return self.kind(props).read(props, data)

    def view(self, props: Mapping[str, Any]) -> View:
        """The field, with what the user changes as the value alone."""
        kind = self.kind(props)
        view = super().view(props)
        return view._replace(attributes={**view.attributes, **kind.fixed(props)}, value=kind.shown(props))

    def first_view(self, props: Mapping[str, Any]) -> View:
        """The field with its value as attributes."""
        view = super().first_view(props)
        return view._replace(attributes={**view.attributes, **self.kind(props).first(props)})


class InputElement(SharesText, OwnInput):
    """The `input`: its value is its own, or the text of a document."""


INPUT = InputElement(
    "input",
    "A field for one value, its content: a text, or what its `type` says.",
    "- input: 3\n  type: number\n  id: cups\n  min: 1",
    own={
        "value": Property(
            Value,
            "What the field holds: a text; a number or nothing for number and range; true or false for checkbox; "
            "which choice it is for radio; the chosen names for file.",
        ),
        "shared_text": SHARED_TEXT,
        "checked": Property(Flag, "Whether a radio button is the chosen one."),
        "type": Attribute(one_of(*KINDS), "What the field is for; text by default."),
        **attributes("name placeholder required readonly disabled autocomplete maxlength minlength pattern size list"),
        "min": Attribute(Text, "The lowest value: a number, date or time."),
        "max": Attribute(Text, "The highest value: a number, date or time."),
        "step": Attribute(Step, "The steps between values, or any."),
        **attributes(f"multiple accept capture alpha colorspace dirname form src alt width height {SUBMITTING}"),
        **attributes("popovertarget popovertargetaction"),
    },
)
