"""Elements as tests see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from livepages.schema.values.view import FieldValue
from livepages.testing.dom import Element, Text, inner_html, outer_html

INLINE = frozenset(
    "a abbr b bdi bdo button cite code data dfn em i kbd label mark q s samp small span strong sub sup time u "
    "var".split()
)
"""Elements that stand in a line of text; all others have lines of their own."""
WITHOUT_TEXT = frozenset("script style svg template datalist".split())


class Handle:
    """An element of a tab's document. One that the server takes away stays as it was last."""

    def __init__(self, element: Element, changed: Callable[[Element], None]) -> None:
        self.element = element
        self._changed = changed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Handle) and self.element is other.element

    def __hash__(self) -> int:
        return id(self.element)

    def __repr__(self) -> str:
        html = outer_html(self.element)
        return f"<Handle {html if len(html) <= 80 else html[:77] + '...'}>"

    def __getitem__(self, attribute: str) -> str:
        """An HTML attribute. Raises KeyError where it is not set."""
        return self.element.attributes[attribute]

    def __contains__(self, attribute: str) -> bool:
        return attribute in self.element.attributes

    @property
    def tag(self) -> str:
        """The name of the HTML element."""
        return self.element.tag

    @property
    def id(self) -> str | None:
        """The HTML id."""
        return self.element.attributes.get("id")

    @property
    def text(self) -> str:
        """What a reader reads in it, blocks on lines of their own."""
        return visible_text(self.element)

    @property
    def html(self) -> str:
        """Its own HTML."""
        return outer_html(self.element)

    @property
    def inner_html(self) -> str:
        """The HTML of what is in it."""
        return inner_html(self.element)

    @property
    def classes(self) -> tuple[str, ...]:
        """Its class names, in order."""
        return tuple(self.element.attributes.get("class", "").split())

    @property
    def events(self) -> tuple[str, ...]:
        """What it declares that it listens to."""
        return self.element.tokens

    @property
    def children(self) -> list[Handle]:
        """The elements directly in it."""
        return [Handle(child, self._changed) for child in self.element.elements]

    @property
    def value(self) -> FieldValue:
        """What the field holds: a text, a number, ticked or not, or a list of texts. Raises TypeError for no field."""
        if self.element.field is None:
            raise TypeError(f"{self!r} is no field")
        return self.element.field.held

    def fill(self, value: Any) -> None:
        """Put a value into the field, as its user would.

        It reaches the server when typing rests: with the next event of the tab, or when the tab settles. Raises
        ValueError for what a user can't enter there.
        """
        field = self.element.field
        if field is None:
            raise TypeError(f"{self!r} is no field")
        if {"disabled", "readonly"} & self.element.attributes.keys():
            raise ValueError(f"{self!r} can't be changed by a user")
        field.held = field.fit(value)
        self._changed(self.element)

    def type(self, text: str) -> None:
        """Type a text at the end of what the field holds."""
        self.fill(f"{self.value or ''}{text}")


def visible_text(element: Element) -> str:
    """The text in an element without what is not text to a reader; blocks are on lines of their own."""
    pieces: list[str] = []
    _collect(element, pieces)
    lines = "".join(pieces).split("\n")
    return "\n".join(line for line in lines if line.strip())


def _collect(element: Element, pieces: list[str]) -> None:
    for child in element.children:
        if isinstance(child, Text):
            pieces.append(child.data)
        elif child.tag == "br":
            pieces.append("\n")
        elif child.tag not in WITHOUT_TEXT and child.field is None:
            edge = "" if child.tag in INLINE else "\n"
            pieces.append(edge)
            _collect(child, pieces)
            pieces.append(edge)
