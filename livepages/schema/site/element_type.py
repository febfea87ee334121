"""What a type of element is: its properties, its events, what its content means, and how it looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from livepages.schema.site.events import GLOBAL_EVENTS, EventSpec
from livepages.schema.site.properties import Animation, Attributes, Classes, Flag, Identifier, Property, Style, Text
from livepages.schema.values.view import Html, View, text_html

COMMON = MappingProxyType(
    {
        "id": Property(Identifier, "A name by which handlers find the element; unique on its page."),
        "classes": Property(Classes, "CSS classes: Tailwind's, or the site's own.", default=""),
        "style": Property(Style, "CSS of this element alone: text, or a mapping of CSS properties."),
        "show": Property(Flag, "Whether the element is on the page at all.", default=True),
        "animate": Property(Animation | None, "An animation of animate.css, played on first show and on every change."),
        "title": Property(Text, "A hint that is shown when the pointer rests on the element."),
        "attrs": Property(Attributes, "Any other HTML attributes, aria-* and data-* among them."),
    }
)
"""The properties that elements of every type have."""


class Held(NamedTuple):
    """What an element holds that its user changes: in which property, and the types of state that fit it."""

    property: str
    types: frozenset[str]


class DocumentUse(NamedTuple):
    """The document that an element shows: its name, and what the element says of it.

    `is_rich` says whether it is for formatted text, which ends with a line break. `initial` is what one begins with
    that nobody has written in, `max_length` how many characters it takes, and `is_locked` that nobody can write in it
    here. What only looks at a document says none of this.
    """

    name: str
    is_rich: bool = False
    initial: str = ""
    max_length: int | None = None
    is_locked: bool = False
    only_looks: bool = False


INDEPENDENT = frozenset({"text", *COMMON} - {"attrs"})
"""Properties whose values go with any of the others: there is nothing to check together."""


class ElementType:
    """A type of element. One instance a type; subclasses say how theirs look.

    `own` are the properties beside the common ones. `content` names the property that a content which is not a
    list is kept in, None where the type takes none; `children` says whether a list of elements can be the content.
    """

    tag = ""
    """The HTML element that it is, empty where that depends on the properties."""
    has_state = False
    """Whether users change properties of it, as `changes_from` reads them from events."""
    shows_documents = False
    """Whether elements of this type can show a document."""
    shows_text_as_it_is = False
    """Whether the property `text` is the element's text content, and changes nothing else in its view."""

    def __init__(
        self,
        name: str,
        doc: str,
        *,
        example: str = "",
        group: str = "",
        own: Mapping[str, Property] = MappingProxyType({}),
        content: str | None = "text",
        children: bool = False,
        events: frozenset[str] = frozenset(),
    ) -> None:
        self.name = name
        self.doc = doc
        self.example = example
        self.group = group
        self.own = own
        self.content = content
        self.children = children
        self.own_events = events

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        """All properties by name, the common ones first."""
        return MappingProxyType({**COMMON, **self.own})

    @cached_property
    def events(self) -> frozenset[str]:
        """The events that elements of this type can declare."""
        return GLOBAL_EVENTS | self.own_events

    def check_together(self, props: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Mistakes that only several properties together show: pairs of the property at fault and a sentence."""
        return iter(())

    def implied_events(self, props: Mapping[str, Any]) -> tuple[EventSpec, ...]:
        """Events that the element listens to though nobody declared them, such as a field's `input`."""
        return ()

    def bound_events(self, props: Mapping[str, Any]) -> tuple[EventSpec, ...]:
        """The events that it listens to so that a state which is tied to it follows its user."""
        return self.implied_events(props)

    def changes_from(self, props: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """The properties that an event's data changes on the element itself, such as a field's value.

        `data` holds what the browser sent, each entry of its declared type. Raises ValueError when it does not fit
        the element.
        """
        return {}

    def held(self, props: Mapping[str, Any]) -> Held | None:
        """What `bind` ties to a state; None where the user changes nothing of the element."""
        return None

    def document(self, props: Mapping[str, Any]) -> DocumentUse | None:
        """The document that many write in through this element; None where it shows none."""
        return None

    def server_events(self, props: Mapping[str, Any]) -> frozenset[str]:
        """Events that the server raises, such as a document's `change`; no browser sends them."""
        return frozenset()

    def radio_group(self, props: Mapping[str, Any]) -> str | None:
        """The name that a radio button shares with the others of which one is checked; None for anything else."""
        return None

    def misplaced(self, around: Sequence[str], tag: str) -> str | None:
        """Why an HTML element can't stand within others, as a sentence without its full stop; None where it can.

        `around` are the tags of the elements that it would stand in, from the outside in.
        """
        return None

    def view(self, props: Mapping[str, Any]) -> View:
        """How the element looks with these properties."""
        raise NotImplementedError

    def first_view(self, props: Mapping[str, Any]) -> View:
        """The view as HTML alone can say it: what a field holds is in its attributes or its content."""
        return self.view(props)

    def common_attributes(self, props: Mapping[str, Any]) -> dict[str, str]:
        """The HTML attributes of the properties that all elements have."""
        attributes: dict[str, str] = {}
        classes = props.get("classes", "")
        if animation := props.get("animate"):
            classes = f"{classes} animate__animated animate__{animation}".lstrip()
        if classes:
            attributes["class"] = classes
        for name in ("style", "title"):
            if props.get(name):
                attributes[name] = props[name]
        attributes.update(props.get("attrs", {}))
        return attributes


def inner_html(view: View) -> Html:
    """The HTML of the view's own content, empty where it has child elements instead."""
    return text_html(view.inner) if view.inner is not None else Html("")
