"""The field for text of several lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livepages.components.attributes import attributes
from livepages.components.field import Field, check_length, is_bound, value_event
from livepages.components.shares_text import SHARED_TEXT, SharesText
from livepages.schema.site.element_type import Held
from livepages.schema.site.events import EventSpec
from livepages.schema.site.properties import Property, Text
from livepages.schema.values.view import View


class OwnTextarea(Field):
    """A `textarea` that holds a text of its own."""

    def implied_events(self, props: Mapping[str, Any]) -> tuple[EventSpec, ...]:
        """The `input` that brings the text to the server when typing rests."""
        return (value_event("input", props),)

    def held(self, props: Mapping[str, Any]) -> Held | None:
        """Its text."""
        return Held("value", frozenset(("str",)))

    def check_value(self, props: Mapping[str, Any]) -> None:
        """Raises ValueError when the text is longer than `maxlength`."""
        if not is_bound(props, "value"):
            check_length(props, props.get("value") or "")

    def read(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """The text that the user wrote."""
        if "value" not in data:
            return {}
        value = data["value"]
        if not isinstance(value, str):
            raise ValueError("expected a text")
        check_length(props, value)
        return {"value": value}

    def view(self, props: Mapping[str, Any]) -> View:
        """The field, with its text as the value alone."""
        return super().view(props)._replace(value=props.get("value") or "")

    def first_view(self, props: Mapping[str, Any]) -> View:
        """The field with its text as the content, before which the HTML parser drops one line break."""
        view = super().first_view(props)
        text = str(view.value)
        return view._replace(inner=f"\n{text}" if text.startswith("\n") else text)


class TextareaElement(SharesText, OwnTextarea):
    """The `textarea`: its value is a text, its own or a document's."""


TEXTAREA = TextareaElement(
    "textarea",
    "A field for text of several lines; its content is its value.",
    "- textarea:\n  id: message\n  placeholder: Enter message here\n  debounce: 500ms",
    own={
        "value": Property(Text, "The text in the field."),
        "shared_text": SHARED_TEXT,
        **attributes(
            "placeholder rows cols maxlength minlength name required readonly disabled wrap autocomplete dirname form"
        ),
    },
)
