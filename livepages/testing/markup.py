"""From HTML to a document."""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser
from types import MappingProxyType

from livepages.schema.values.view import VOID_TAGS, FieldValue
from livepages.testing.dom import Element, Text, option_value
from livepages.testing.fields import Field

NO_FIELDS = frozenset("button submit reset image hidden".split())
"""Types of input that hold nothing which a user changes."""
FIRST_BREAK_DROPPED = frozenset(("pre", "textarea", "listing"))
"""Elements in which HTML leaves out a line break at the very beginning (HTML Standard, 13.2.6.4.7)."""

SVG_NAMES = MappingProxyType({name.lower(): name for name in ("viewBox", "preserveAspectRatio")})
"""Attributes of SVG whose names keep their capitals in HTML (HTML Standard, 13.2.6.1)."""


class MarkupError(ValueError):
    """HTML with tags that are not closed as they were opened."""


def parse(html: str) -> list[Element | Text]:
    """The nodes at the top of `html`. Raises MarkupError."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    if parser.open is not parser.root:
        raise MarkupError(f"<{parser.open.tag}> is never closed")
    nodes = parser.root.children
    for node in nodes:
        node.parent = None
    return nodes


class _Parser(HTMLParser):
    """Builds the document below `root`; `open` is the element that the next node belongs to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {SVG_NAMES.get(name, name): value or "" for name, value in attrs})
        self.open.insert(len(self.open.children), element)
        self.open = element
        if tag in VOID_TAGS:
            self._close(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID_TAGS:
            self._close(self.open)

    def handle_endtag(self, tag: str) -> None:
        if tag != self.open.tag:
            raise MarkupError(f"</{tag}> stands where <{self.open.tag}> is open")
        self._close(self.open)

    def _close(self, element: Element) -> None:
        assert element.parent is not None, "only the root has no parent"
        self.open = element.parent
        element.field = read_field(element)

    def handle_data(self, data: str) -> None:
        children = self.open.children
        if not children and self.open.tag in FIRST_BREAK_DROPPED:
            data = data.removeprefix("\n")
        if children and isinstance(children[-1], Text):
            children[-1].data += data
        elif data:
            self.open.insert(len(children), Text(data))


def read_field(element: Element) -> Field | None:
    """The field that an element is, holding what its HTML says; the attributes that say so are taken away."""
    attributes = element.attributes
    if element.tag == "textarea":
        return Field("textarea", element.content)
    if element.tag == "select":
        multiple = "multiple" in attributes
        return Field("select-multiple" if multiple else "select", chosen(element, multiple))
    kind = attributes.get("type", "text")
    if element.tag != "input" or kind in NO_FIELDS:
        return None
    if kind in ("checkbox", "radio"):
        return Field(kind, attributes.pop("checked", None) is not None)
    value = attributes.pop("value", "")
    if kind == "file":
        return Field(kind, [])
    return Field(kind, number(value) if kind in ("number", "range") else value)


def chosen(select: Element, multiple: bool) -> FieldValue:
    """What a select shows as chosen: without a mark, the first option that can be."""
    options = [element for element in select.walk() if element.tag == "option"]
    marked = [option_value(option) for option in options if "selected" in option.attributes]
    for option in options:
        option.attributes.pop("selected", None)
    if multiple:
        return list(marked)
    free = [option_value(option) for option in options if "disabled" not in option.attributes]
    shows_one = int(select.attributes.get("size", "1")) < 2
    return next(iter([*marked[-1:], *(free if shows_one else ())]), "")


def number(text: str) -> FieldValue:
    """The number that a field shows, None while it is empty."""
    if not text:
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def without_space(nodes: Iterable[Element | Text]) -> list[Element | Text]:
    """The nodes without texts of nothing but white space."""
    return [node for node in nodes if not isinstance(node, Text) or node.data.strip()]
