"""The streams of a tab's document: where each stands, and what patches and snapshots make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from livepages.schema.values.view import FieldValue
from livepages.testing.dom import Element, Text
from livepages.testing.markup import chosen, parse

Operation = list[Any]


class OutOfStep(AssertionError):
    """A patch that does not fit the document: the server believes that the tab shows something else."""


class Streams:
    """All streams of a document. `tab` is the tab's own id, `gap` is called when a patch is missing."""

    def __init__(self, body: Element, tab: str, gap: Callable[[], None]) -> None:
        self.body = body
        self.tab = tab
        self.gap = gap
        self.css_version = 0
        self.css = ""
        self.whole_css = ""
        self._mounts: list[Mount] = []
        self.adopt(body)

    def adopt(self, element: Element) -> None:
        """Take in the streams whose roots are in an element that has come."""
        for each in (element, *element.walk()):
            if each.is_stream and not any(mount.root is each for mount in self._mounts):
                self._mounts.append(Mount(each, self))

    @property
    def mounts(self) -> list[Mount]:
        """The streams that are in the document now."""
        self._mounts = [mount for mount in self._mounts if self.body in mount.root.ancestors()]
        return self._mounts

    @property
    def positions(self) -> dict[str, tuple[str, int]]:
        """Where each stands, as a hello says it."""
        return {mount.name: (mount.epoch, mount.pos) for mount in self.mounts}

    def patch(self, name: str, prev: int, pos: int, operations: list[Operation]) -> None:
        """Apply a patch. Raises OutOfStep where it does not fit."""
        for mount in self.mounts:
            if mount.name != name or pos <= mount.pos:
                continue
            if prev != mount.pos:
                self.gap()
                continue
            for operation in operations:
                mount.apply(operation)
            mount.pos = pos

    def snapshot(self, name: str, epoch: str, pos: int, html: str, classes: str | None = None) -> None:
        """Put what the server has in place of a stream's content; what the user has typed stays.

        `classes` are those of its root, if they are said.
        """
        for mount in self.mounts:
            if mount.name == name:
                if classes is not None:
                    mount.root.attributes.pop("class", None)
                    mount.root.attributes |= {"class": classes} if classes else {}
                mount.renew(html)
                mount.epoch, mount.pos = epoch, pos

    def learn_css(self, version: int, text: str, whole: bool = False) -> None:
        """The growing style sheet, or the whole one, which takes the place of that of the page too."""
        if version > self.css_version:
            self.css_version = version
            self.css, self.whole_css = ("", text) if whole else (text, self.whole_css)


class Mount:
    """One stream: its root, and its elements by their numbers."""

    def __init__(self, root: Element, streams: Streams) -> None:
        self.root = root
        self.streams = streams
        self.name = root.attributes["data-stream"]
        self.epoch, _, pos = root.attributes["data-at"].rpartition(":")
        self.pos = int(pos)
        self.nodes: dict[int, Element] = {}
        self._number(root.elements)

    def _number(self, elements: list[Element]) -> None:
        for element in elements:
            if element.number is not None:
                if element.number in self.nodes:
                    raise OutOfStep(f"the stream {self.name} has two elements {element.number}")
                self.nodes[element.number] = element
            if not element.is_stream:
                self._number(element.elements)

    def _forget(self, elements: list[Element]) -> None:
        for element in elements:
            if element.number is not None:
                self.nodes.pop(element.number, None)
            if not element.is_stream:
                self._forget(element.elements)

    def element(self, number: int) -> Element:
        """The element of a number. Raises OutOfStep."""
        element = self.root if number == 0 else self.nodes.get(number)
        if element is None:
            raise OutOfStep(f"the stream {self.name} shows no element {number}")
        return element

    def renew(self, html: str) -> None:
        """Put new content in place of all."""
        former = self.nodes
        self.root.fill(parse(html))
        self.nodes = {}
        self._number(self.root.elements)
        for number, element in list(self.nodes.items()):
            old = former.get(number)
            if element.field is not None and old is not None and old.field is not None and old.tag == element.tag:
                old.field.receive(element.field.held, is_own=False)
                element.replace_by(old)
                self.nodes[number] = old
        self.streams.adopt(self.root)

    def apply(self, operation: Operation) -> None:
        """Apply one operation. Raises OutOfStep where it does not fit."""
        name, *rest = operation
        if name not in OPERATIONS:
            raise OutOfStep(f"there is no operation {name!r}")
        OPERATIONS[name](self, *rest)

    # The operations

    def text(self, number: int, text: str) -> None:
        """Replace the text content."""
        element = self.element(number)
        self._forget(element.elements)
        element.fill([Text(text)] if text else [])

    def attribute(self, number: int, name: str, value: str | None) -> None:
        """Set or remove an attribute."""
        element = self.element(number)
        if value is None:
            element.attributes.pop(name, None)
        else:
            element.attributes[name] = value

    def property(self, number: int, name: str, value: FieldValue) -> None:
        """Set a property that the document shows as an attribute."""
        self.attribute(number, name, "" if value is True else None if value is False else str(value))

    def value(self, number: int, value: FieldValue, origin: str | None) -> None:
        """What a field holds."""
        element = self.element(number)
        if element.field is None:
            raise OutOfStep(f"the element {number} of {self.name} is no field")
        element.field.receive(value, is_own=origin == self.streams.tab)

    def markup(self, number: int, html: str) -> None:
        """Replace the inner HTML of an opaque element."""
        element = self.element(number)
        self._forget(element.elements)
        element.fill(parse(html))
        if element.tag == "select":
            chosen(element, multiple=True)

    def insert(self, parent: int, before: int | None, html: str) -> None:
        """New children of an element."""
        container, index = self._place(parent, before)
        for offset, child in enumerate(parse(html)):
            container.insert(index + offset, child)
            if isinstance(child, Element):
                self._number([child])
                self.streams.adopt(child)

    def move(self, parent: int, before: int | None, number: int) -> None:
        """An element to another place."""
        element = self.element(number)
        if element.is_stream and element.parent is None:
            raise OutOfStep(f"the element {number} of {self.name} has no place to be moved from")
        if before == number:
            raise OutOfStep(f"the element {number} of {self.name} is to stand before itself")
        if number == parent or element in self.element(parent).ancestors():
            raise OutOfStep(f"the element {number} of {self.name} is to be put into itself")
        element.detach()
        container, index = self._place(parent, before)
        container.insert(index, element)

    def remove(self, number: int) -> None:
        """Take an element away."""
        element = self.element(number)
        self._forget([element])
        element.detach()

    def animate(self, number: int) -> None:
        """Play an animation again: only an element that has one can."""
        if "animate__animated" not in self.element(number).attributes.get("class", "").split():
            raise OutOfStep(f"the element {number} of {self.name} has no animation to play")

    def css(self, version: int, text: str, whole: bool = False) -> None:
        """The growing style sheet, or all of it."""
        self.streams.learn_css(version, text, whole)

    def _place(self, parent: int, before: int | None) -> tuple[Element, int]:
        container = self.element(parent)
        if before is None:
            return container, len(container.children)
        if (following := self.element(before)).parent is not container:
            raise OutOfStep(f"the element {before} of {self.name} is not directly in {parent}")
        return container, container.children.index(following)


OPERATIONS: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        "text": Mount.text,
        "attr": Mount.attribute,
        "prop": Mount.property,
        "value": Mount.value,
        "html": Mount.markup,
        "insert": Mount.insert,
        "move": Mount.move,
        "remove": Mount.remove,
        "animate": Mount.animate,
        "css": Mount.css,
    }
)
"""The vocabulary of patches: the names on the wire, and what each does."""
