"""Interactive elements (HTML Standard, 4.11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livepages.components.attribute_types import Attribute
from livepages.components.attributes import attributes
from livepages.components.html import HtmlElement
from livepages.schema.site.element_type import Held
from livepages.schema.site.events import DIALOG_EVENTS, EventSpec
from livepages.schema.site.properties import Flag, Property, Text

GROUP = "Interactive elements"


class OpenElement(HtmlElement):
    """An element that the user can open or close; `open` follows when its events say so.

    `follows` names the event that the element listens to unasked, None where opening is each tab's own affair.
    """

    has_state = True

    def __init__(self, *arguments: Any, follows: str | None = None, **options: Any) -> None:
        super().__init__(*arguments, states=("open",), **options)
        self.follows = follows

    def implied_events(self, props: Mapping[str, Any]) -> tuple[EventSpec, ...]:
        """The event that tells the server that the user closed the element."""
        return (EventSpec(self.follows),) if self.follows else ()

    def bound_events(self, props: Mapping[str, Any]) -> tuple[EventSpec, ...]:
        """The event that tells the server that the user opened or closed the element."""
        return (EventSpec(self.follows or "toggle"),)

    def held(self, props: Mapping[str, Any]) -> Held:
        """Whether it is open."""
        return Held("open", frozenset(("bool",)))

    def changes_from(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """Whether the element is open now."""
        if (is_open := data.get("open")) is None:
            return {}
        if not isinstance(is_open, bool):
            raise ValueError("open must be true or false")
        return {"open": is_open}


class DialogElement(OpenElement):
    """A dialog; the client shows it modally unless its mark says otherwise."""

    def html_attributes(self, props: Mapping[str, Any]) -> dict[str, str]:
        """The HTML attributes, and the mark."""
        found = super().html_attributes(props)
        return found if props.get("modal", True) else {**found, "data-modeless": ""}


INTERACTIVE = (
    OpenElement(
        "details",
        "Content behind its summary; a tab opens its own, and `on: {toggle: ...}` makes it the page's affair.",
        """
        - details:
            - summary: More
            - p: The small print
        """,
        group=GROUP,
        own=attributes(
            "",
            open=Attribute(Flag, "Whether the content shows."),
            name=Attribute(Text, "The name of a group of which one is open at a time."),
        ),
    ),
    HtmlElement(
        "summary", "What shows of a details element while it is closed.", "- details: [{summary: More}]", group=GROUP
    ),
    DialogElement(
        "dialog",
        "A box above the page; Escape closes it, and so does a button of a form with `method: dialog` in it.",
        """
        - dialog:
            - p: Saved.
            - form:
                - button: Close
                  type: submit
              method: dialog
          open: true
        """,
        group=GROUP,
        own={
            **attributes("closedby", open=Attribute(Flag, "Whether the dialog shows.")),
            "modal": Property(Flag, "Whether nothing else on the page can be used while it shows.", default=True),
        },
        events=DIALOG_EVENTS,
        follows="close",
    ),
)
