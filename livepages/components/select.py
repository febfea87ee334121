"""The field for a choice among options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from livepages.components.attribute_types import Attribute, Positive, perhaps
from livepages.components.attributes import attributes
from livepages.components.field import Field, is_bound, value_event
from livepages.components.options import (
    Choices,
    Options,
    flat,
    option_text,
    options_html,
)
from livepages.schema.site.element_type import Held
from livepages.schema.site.events import EventSpec
from livepages.schema.site.properties import Property, Text
from livepages.schema.values.view import View


def _value(value: object) -> str | list[str] | None:
    if value is None:
        return None
    return [option_text(item) for item in value] if isinstance(value, list) else option_text(value)


Value = Annotated[Any, BeforeValidator(_value), WithJsonSchema({"type": ["string", "number", "array", "null"]})]


def chosen(props: Mapping[str, Any]) -> list[str]:
    """The values that the field holds, one at most unless it is `multiple`."""
    value = props.get("value")
    if isinstance(value, list):
        return value
    return [] if value is None or value == "" else [value]


def choices_of(props: Mapping[str, Any]) -> Choices:
    """The options of the field, as they were checked."""
    choices: Choices = props.get("options") or ()
    return choices


def values_of(props: Mapping[str, Any]) -> set[str]:
    """The values of all options."""
    return {option.value for option in flat(choices_of(props))}


def empty_line(props: Mapping[str, Any]) -> str | None:
    """The text of the line that shows while nothing is chosen, None where the field needs none.

    Without it the browser would show the first option as chosen, of which the server knows nothing.
    """
    is_list = props.get("multiple") is True or (props.get("size") or 1) > 1
    return None if is_list or "" in values_of(props) else props.get("placeholder") or ""


class SelectElement(Field):
    """The `select`: its value is that of the chosen option, a list of them where several can be chosen."""

    def implied_events(self, props: Mapping[str, Any]) -> tuple[EventSpec, ...]:
        """The `change` that brings the choice to the server."""
        return (value_event("change", props),)

    def held(self, props: Mapping[str, Any]) -> Held:
        """The value of the chosen option, a list of them where several can be chosen."""
        several = props.get("multiple") is True
        return Held("value", frozenset(("list",) if several else ("str", "int", "float", "bool")))

    def check_value(self, props: Mapping[str, Any]) -> None:
        """Raises ValueError when the value is none of the options, or a list where one can be chosen."""
        if is_bound(props, "value", "options", "multiple"):
            return
        if isinstance(props.get("value"), list) and props.get("multiple") is not True:
            raise ValueError("expected one value; for a list write multiple: true")
        known = values_of(props)
        for value in chosen(props):
            if value not in known:
                raise ValueError(f'"{value}" is none of the options{perhaps(value, known)}')

    def read(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """What the user chose, of the options that can be chosen and those that were."""
        if "value" not in data:
            return {}
        sent = data["value"]
        if not isinstance(sent, list if props.get("multiple") is True else str):
            raise ValueError("expected a list of options" if props.get("multiple") is True else "expected an option")
        held = chosen(props)
        free = {option.value for option in flat(choices_of(props)) if not option.disabled}.union(held or [""])
        values = sent if isinstance(sent, list) else [sent]
        if not all(isinstance(value, str) and value in free for value in values) or len(set(values)) < len(values):
            raise ValueError("expected options that can be chosen")
        return {"value": sent}

    def view(self, props: Mapping[str, Any]) -> View:
        """The field with its options; what is chosen is the value alone."""
        known = values_of(props)
        values = [value for value in chosen(props) if value in known]
        return (
            super()
            .view(props)
            ._replace(
                value=values if props.get("multiple") is True else "".join(values[:1]),
                inner=options_html(choices_of(props), empty_line=empty_line(props)),
            )
        )

    def first_view(self, props: Mapping[str, Any]) -> View:
        """The field with what is chosen marked among its options."""
        view = self.view(props)
        values = view.value if isinstance(view.value, list) else [str(view.value)]
        selected = [value for value in values if value in values_of(props)]
        return view._replace(inner=options_html(choices_of(props), selected, empty_line(props)))


SELECT = SelectElement(
    "select",
    "A field for a choice among options; its content is the value of the chosen one.",
    "- select: tea\n  id: drink\n  options: {tea: Tea, coffee: Coffee}",
    own={
        "value": Property(Value, "The value of the chosen option; a list of values with multiple."),
        "options": Property(
            Options,
            "The options: a list of texts or of mappings with value, label and disabled; or a mapping of values to "
            "labels, or of groups to their options.",
        ),
        **attributes("multiple name required disabled autocomplete form"),
        "placeholder": Property(Text, "What shows while nothing is chosen."),
        "size": Attribute(Positive, "How many options show at once."),
    },
)
