"""The HTML of nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from livepages.runtime.node import Kind, Node
from livepages.schema.element_type import inner_html, start_tag
from livepages.schema.view import VOID_TAGS, View

REFERENCES = frozenset(
    "for form list commandfor popovertarget headers aria-activedescendant aria-controls aria-describedby aria-details "
    "aria-errormessage aria-flowto aria-labelledby aria-owns".split()
)
"""Attributes whose value is the id of another element, or several."""


class Tags(NamedTuple):
    """A node's start tag, the content that is not child elements, and its end tag; empty where it has none."""

    before: str
    inner: str
    after: str


NO_TAGS = Tags("", "", "")


def element_tags(node: Node, props: Mapping[str, Any], classes: set[str]) -> Tags:
    """The HTML around and in a node with these properties; the class names in it are added to `classes`."""
    if node.kind is not Kind.ELEMENT:
        return NO_TAGS
    assert node.type is not None, "an element has a type"
    view = node.type.first_view(props)
    classes.update(view.attributes.get("class", "").split())
    after = "" if view.tag in VOID_TAGS else f"</{view.tag}>"
    return Tags(start_tag(own_references(node, view), marks_of(node)), inner_html(view), after)


def marks_of(node: Node) -> dict[str, str]:
    """The attributes by which the client knows a node: its number, its id, and the events it listens to."""
    marks = {"data-n": str(node.number)}
    if node.dom_id is not None:
        marks["id"] = node.dom_id
    if node.events:
        marks["data-on"] = " ".join(event.token for event in node.events.values())
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
