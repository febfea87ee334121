"""The HTML of nodes."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple

from livepages.runtime.blueprints.node import Kind, Node
from livepages.runtime.state.pending import MISSING, current
from livepages.schema.site.element_type import ElementType, inner_html
from livepages.schema.values.view import VOID_TAGS, View, attributes_html, text_html

REFERENCES = frozenset(
    "for form list commandfor popovertarget headers aria-activedescendant aria-controls aria-describedby aria-details "
    "aria-errormessage aria-flowto aria-labelledby aria-owns".split()
)
"""Attributes whose value is the id of another element, or several."""
ALIKE = frozenset(("text", "show"))
"""Properties that change nothing in the tags of elements which show their text as it is."""


class Tags(NamedTuple):
    """A node's start tag, the content that is not child elements, and its end tag; empty where it has none."""

    before: str
    inner: str
    after: str


NO_TAGS = Tags("", "", "")


class Printer:
    """The tags of many elements. `classes` collects the class names in them.

    Elements that are equal but for their numbers and texts, as those of rows are, are looked at once.
    """

    __slots__ = ("_looks", "classes")

    def __init__(self) -> None:
        self.classes: set[str] = set()
        self._looks: dict[tuple[ElementType, int], Look] = {}

    def tags(self, node: Node, changed: Mapping[str, Any] | None = None) -> Tags:
        """The HTML around and in a node, some of whose properties may be changed."""
        if node.kind is not Kind.ELEMENT:
            return NO_TAGS
        kind = node.type
        assert kind is not None, "an element has a type"
        text: Any = None
        if changed:
            text = changed.get("text")
            is_alike = kind.shows_text_as_it_is and changed.keys() <= ALIKE and text is not MISSING
            if not is_alike:
                return self._look(kind, current(node.props, changed)).tags(node)
        key = (kind, id(node.props))
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._look(kind, node.props)
        return look.tags(node, text)

    def _look(self, kind: ElementType, props: Mapping[str, Any]) -> Look:
        view = kind.first_view(props)
        self.classes.update(view.attributes.get("class", "").split())
        return Look(view)


class Look:
    """The HTML of an element but for its marks."""

    __slots__ = ("_after", "_attributes", "_inner", "_view")

    def __init__(self, view: View) -> None:
        self._view = view
        self._attributes = None if REFERENCES.intersection(view.attributes) else attributes_html(view.attributes)
        self._inner = inner_html(view)
        self._after = "" if view.tag in VOID_TAGS else f"</{view.tag}>"

    def tags(self, node: Node, text: str | None = None) -> Tags:
        """The tags of a node that looks so, or has another text."""
        attributes = self._attributes
        if attributes is None:
            attributes = attributes_html(own_references(node, self._view).attributes)
        inner = self._inner if text is None else text_html(text)
        return Tags(f"<{self._view.tag}{marks_of(node)}{attributes}>", inner, self._after)


def marks_of(node: Node) -> str:
    """The attributes by which the client knows a node: its number, its id, and the events it listens to."""
    marks = f' data-n="{node.number}"'
    if node.dom_id is not None:
        marks += f' id="{escape(node.dom_id)}"'
    if node.events and (tokens := node.tokens):
        marks += f' data-on="{escape(tokens)}"'
    return marks


def own_references(node: Node, view: View) -> View:
    """The view of a node within a component, whose references mean the ids of that component."""
    if not node.owner or REFERENCES.isdisjoint(view.attributes):
        return view
    attributes = {
        name: " ".join(f"{each}-{abs(node.owner)}" for each in value.split()) if name in REFERENCES else value
        for name, value in view.attributes.items()
    }
    return view._replace(attributes=attributes)


def mount_tag(node: Node, stream: str, at: str) -> str:
    """The start tag of the root of another stream."""
    return f'<livepages-shared data-n="{node.number}" data-stream="{stream}" data-at="{at}">'


MOUNT_END = "</livepages-shared>"
