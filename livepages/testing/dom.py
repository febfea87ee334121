"""A small document: elements and texts, as far as patches and tests need them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from livepages.schema.values.view import VOID_TAGS, FieldValue, attributes_html
from livepages.testing.fields import Field

RAW_TEXT = frozenset(("script", "style"))
"""Elements whose text is not escaped in HTML."""


class Text:
    """A piece of text."""

    __slots__ = ("data", "parent")

    def __init__(self, data: str) -> None:
        self.data = data
        self.parent: Element | None = None


class Element:
    """An element of the document; `field` is what it holds, None unless it is a field of a form."""

    __slots__ = ("attributes", "children", "field", "parent", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | Text] = []
        self.parent: Element | None = None
        self.field: Field | None = None

    @property
    def number(self) -> int | None:
        """Its number in the stream around it."""
        text = self.attributes.get("data-n")
        return int(text) if text is not None else None

    @property
    def is_stream(self) -> bool:
        """Whether it is the root of a stream."""
        return "data-stream" in self.attributes

    @property
    def tokens(self) -> tuple[str, ...]:
        """The events that it declares, with their modifiers and without their times."""
        return tuple(token.partition("/")[0] for token in self.attributes.get("data-on", "").split())

    @property
    def elements(self) -> list[Element]:
        """The elements directly in it."""
        return [child for child in self.children if isinstance(child, Element)]

    def walk(self) -> Iterator[Element]:
        """The elements in it at any depth, in document order."""
        for child in self.elements:
            yield child
            yield from child.walk()

    def ancestors(self) -> Iterator[Element]:
        """The elements around it, the nearest first."""
        if self.parent is not None:
            yield self.parent
            yield from self.parent.ancestors()

    @property
    def content(self) -> str:
        """All text in it, as it stands."""
        return "".join(child.data if isinstance(child, Text) else child.content for child in self.children)

    def insert(self, index: int, child: Element | Text) -> None:
        """Put a child that has no parent to a place among the children."""
        child.parent = self
        self.children.insert(index, child)

    def detach(self) -> None:
        """Take the element out of its parent."""
        if self.parent is not None:
            self.parent.children.remove(self)
            self.parent = None

    def replace_by(self, other: Element) -> None:
        """Give another element of this kind its place, attributes and children."""
        assert self.parent is not None, "the root is not replaced"
        other.attributes, other.parent = self.attributes, self.parent
        other.fill(self.children)
        self.parent.children[self.parent.children.index(self)] = other

    def fill(self, children: Sequence[Element | Text]) -> None:
        """Put these in place of all that is in it."""
        for child in self.children:
            child.parent = None
        for child in children:
            child.parent = self
        self.children = list(children)


def inner_html(element: Element) -> str:
    """What is in an element as HTML."""
    field = element.field
    if field is not None and field.kind == "textarea":
        text = str(field.held)
        return escape(f"\n{text}" if text.startswith("\n") else text, quote=False)
    if field is not None and field.kind.startswith("select"):
        held = field.held if isinstance(field.held, list) else [field.held]
        return "".join(_outer(child, held) for child in element.children)
    text = "".join(_outer(child) for child in element.children)
    return f"\n{text}" if element.tag == "pre" and text.startswith("\n") else text


def outer_html(element: Element) -> str:
    """An element as HTML that says what its fields hold now. Attributes are sorted, positions of streams left out."""
    return _outer(element)


def _outer(node: Element | Text, chosen: Sequence[FieldValue] | None = None) -> str:
    """A node as HTML; `chosen` are the values of the options that are, within a select."""
    if isinstance(node, Text):
        raw = node.parent is not None and node.parent.tag in RAW_TEXT
        return node.data if raw else escape(node.data, quote=False)
    attributes = {name: value for name, value in node.attributes.items() if name != "data-at"}
    if chosen is not None and node.tag == "option" and option_value(node) in chosen:
        attributes["selected"] = ""
    if node.field is not None:
        attributes.update(_field_attributes(node.field))
    start = f"<{node.tag}{attributes_html(dict(sorted(attributes.items())))}>"
    if node.tag in VOID_TAGS:
        return start
    inner = inner_html(node) if chosen is None else "".join(_outer(child, chosen) for child in node.children)
    return f"{start}{inner}</{node.tag}>"


def _field_attributes(field: Field) -> dict[str, str]:
    if field.is_ticked:
        return {"checked": ""} if field.held is True else {}
    if field.kind in ("file", "password", "textarea") or field.kind.startswith("select"):
        return {}
    return {"value": str(field.held)} if field.held not in (None, "") else {}


def option_value(option: Element) -> str:
    """The value that an option stands for."""
    return option.attributes.get("value", option.content)
