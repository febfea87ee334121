"""The closed set of operations that patches are made of.

Each is a JSON array on the wire that begins with its name. `node` is a number within the stream; 0 is its root.
"""

from __future__ import annotations

import msgspec

from livepages.schema.values.view import FieldValue


class Operation(msgspec.Struct, array_like=True, tag_field="name", gc=False):
    """The base of all operations."""


class Text(Operation, tag="text"):
    """Replace the text content of an element."""

    node: int
    text: str


class Attribute(Operation, tag="attr"):
    """Set an attribute, or remove it where the value is None."""

    node: int
    attribute: str
    value: str | None


class Property(Operation, tag="prop"):
    """Set a property of the DOM object, such as `open` or `checked`."""

    node: int
    property: str
    value: FieldValue


class Value(Operation, tag="value"):
    """What a field holds. `origin` is the tab whose user typed it, None where a handler set it."""

    node: int
    value: FieldValue
    origin: str | None = None


class Markup(Operation, tag="html"):
    """Replace the inner HTML of an opaque element."""

    node: int
    html: str


class Insert(Operation, tag="insert"):
    """New child elements of `parent`, before the child numbered `before` or at the end."""

    parent: int
    before: int | None
    html: str


class Move(Operation, tag="move"):
    """An element to another place in `parent` (which may be a new one), before `before` or at the end."""

    parent: int
    before: int | None
    node: int


class Remove(Operation, tag="remove"):
    """Take an element away."""

    node: int


class Animate(Operation, tag="animate"):
    """Play the element's animation again."""

    node: int


class Css(Operation, tag="css"):
    """The growing part of the site's style sheet; it replaces those of lower versions.

    Where `whole` is true it is all of the sheet, in place of what the page links to and of all that came after it.
    """

    version: int
    text: str
    whole: bool = False
