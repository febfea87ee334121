"""Elements as handlers see them."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from typing import Any

from livepages.runtime.blueprints.node import ROOT, Kind, Node
from livepages.runtime.pages.class_names import ClassNames
from livepages.runtime.pages.kit import ElementError
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.state.container import sendable
from livepages.runtime.state.pending import MISSING
from livepages.runtime.tree.growing import grow
from livepages.runtime.tree.radios import uncheck_others
from livepages.schema.expressions.expressions import as_text
from livepages.schema.findings.suggest import suggestion
from livepages.schema.site.element_type import INDEPENDENT
from livepages.schema.site.properties import Property


class Update:
    """What `update()` gives: the tabs have been told already; awaiting it lets what was said go out."""

    __slots__ = ()

    def __await__(self) -> Generator[Any, None, None]:
        return asyncio.sleep(0).__await__()


class Element:
    """An element of a live page. Its properties are attributes; setting one changes the page, and an update shows it.

    Two are equal when they are the same element. Using one that has been removed raises ElementError; one that the
    file has given another type is the one that took over from it.
    """

    __slots__ = ("_first", "_live")
    _live: LivePage
    _first: int

    def __init__(self, live: LivePage, number: int) -> None:
        object.__setattr__(self, "_live", live)
        object.__setattr__(self, "_first", live.tree.overlay.first(number))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and (self._live, self._first) == (other._live, other._first)

    def __hash__(self) -> int:
        return hash((id(self._live), self._first))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._node.describe() if self._live.tree.exists(self._number) else 'removed'}>"

    # Finding

    def _at(self, number: int) -> Element:
        """Another element of the same page."""
        make = self._live.kit.element or Element
        element: Element = make(self._live, number)
        return element

    @property
    def _number(self) -> int:
        """The number that it has now."""
        return self._live.tree.overlay.latest(self._first)

    @property
    def _node(self) -> Node:
        if not self._live.tree.exists(self._number):
            raise ElementError("This element has been removed from its page.")
        return self._live.tree.node(self._number)

    def __getitem__(self, identifier: str) -> Element:
        """The element with this id in this one. Raises KeyError with a sentence that names those there are."""
        tree, node = self._live.tree, self._node
        owner = node.number if node.kind is Kind.FRAGMENT else node.owner
        number = tree.find(owner, identifier)
        if number is None or (owner != self._number and self._number not in tree.ancestors(number)):
            known = sorted(name for kin, name in [*tree.blueprint.ids, *tree.overlay.owned] if kin == owner)
            hint = suggestion(identifier, known) or (f"There are {', '.join(known)}." if known else "There are no ids.")
            if (owner, identifier) in tree.blueprint.chosen_ids:
                hint = "It is that of an element in a `match` or `empty`, which does not show now."
            raise KeyError(f'There is no element with the id "{identifier}" here. {hint}')
        return self._at(number)

    def __contains__(self, identifier: object) -> bool:
        try:
            return isinstance(identifier, str) and self[identifier] is not None
        except KeyError:
            return False

    @property
    def id(self) -> str | None:
        """The element's id."""
        return self._node.id

    @property
    def address(self) -> tuple[str, int]:
        """Where it is on the wire: the name of its stream, and its number there."""
        return self._live.stream.name, self._node.number

    @property
    def parent(self) -> Element | None:
        """The element around it; None for those at the top of a page."""
        parent = self._live.tree.parent(self._node.number)
        return self._at(parent) if parent != ROOT else None

    @property
    def children(self) -> list[Element]:
        """The elements directly in it."""
        return [self._at(number) for number in self._live.tree.children(self._node.number)]

    # Properties

    def _property(self, name: str) -> tuple[Node, str, Property]:
        """The element's node, the name as the file has it, and the property. Raises AttributeError with a sentence."""
        node = self._node
        if node.type is None:
            if name == "show" and self._number != ROOT:
                return node, name, SHOW
            raise AttributeError(
                f"{node.describe() or 'the page'} has no property {name!r} of its own: "
                "only the elements in it have, by their ids."
            )
        properties = node.type.properties
        if name in properties:
            return node, name, properties[name]
        for known in (name.rstrip("_"), name.rstrip("_").replace("_", "-")):
            if known in properties:
                return node, known, properties[known]
        raise AttributeError(f"{node.describe()} has no property {name!r}. {suggestion(name, properties) or ''}")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        _, known, prop = self._property(name)
        value = self._live.tree.prop(self._number, known)
        return prop.default if value is MISSING else value

    @property
    def classes(self) -> ClassNames:
        """Its CSS classes."""
        _, _, prop = self._property("classes")
        value = self._live.tree.prop(self._number, "classes")
        return ClassNames(prop.default if value is MISSING else value, lambda text: setattr(self, "classes", text))

    def __setattr__(self, name: str, value: Any) -> None:
        node, known, prop = self._property(name)
        self._assign(node, known, prop, str(value) if isinstance(value, ClassNames) else value)

    def _assign(self, node: Node, name: str, prop: Property, value: Any) -> None:
        tree = self._live.tree
        if name in node.bindings:
            raise ElementError(f"{node.describe()}.{name} is bound to an expression: change what that reads.")
        if name == "id":
            raise ElementError("An element's id can't be changed.")
        if value is None:
            checked: Any = MISSING
        else:
            try:
                checked = sendable(prop.check_live(as_text(value) if name == "text" else value))
            except ValueError as error:
                raise ElementError(f"{node.describe()}.{name}: {error}.") from None
        self._check_together(node, name, checked)
        if name == "text":
            for child in list(tree.children(self._number)):
                tree.remove(child)
        tree.pending.contest(self._number, name, tree.prop(self._number, name))
        tree.set_prop(self._number, name, checked)
        if name == "checked" and checked is True:
            uncheck_others(tree, self._number)

    def _check_together(self, node: Node, name: str, value: Any) -> None:
        """Raise ElementError for a value that does not go with the element's other properties."""
        if node.type is None or name in INDEPENDENT:
            return
        props = {**self._live.tree.props(self._number), name: value}
        if value is MISSING:
            del props[name]
        for wrong, sentence in node.type.check_together(props):
            if wrong == name:
                raise ElementError(f"{node.describe()}.{name}: {sentence}.")

    # Children

    def append(self, element: Any) -> Element:
        """Put an element at the end: a dict as in YAML, a text, or an Element to move here. Returns it.

        A list puts in all of its elements and returns the first. Raises ElementError, and changes nothing, when
        something in it is not right.
        """
        return self._put(element, None)

    def prepend(self, element: Any) -> Element:
        """Put an element at the beginning, as `append` does at the end."""
        return self._put(element, 0)

    def insert(self, index: int, element: Any) -> Element:
        """Put an element before the child number `index`, as `append` does at the end."""
        return self._put(element, index)

    def _put(self, element: Any, index: int | None) -> Element:
        node, tree = self._node, self._live.tree
        if node.kind is Kind.MOUNT or (node.type is not None and not node.type.children):
            raise ElementError(f"{node.describe()} can't have elements in it.")
        if "text" in node.bindings:
            raise ElementError(f"{node.describe()}.text is bound to an expression: there can't be elements beside it.")
        text = tree.prop(self._number, "text")
        numbers = self._take(element, index) if isinstance(element, Element) else self._make(element, index)
        if text is not MISSING and text != "":
            self._text_to_child(text, len(numbers) if index is not None and index < 1 else 0)
        return self._at(numbers[0])

    def _make(self, element: Any, index: int | None) -> tuple[int, ...]:
        node, tree = self._node, self._live.tree
        specs = self._live.kit.read(element)
        if not specs:
            raise ElementError("There is no element in an empty text, list or dict.")
        index = len(tree.children(self._number)) if index is None else index
        owner = node.number if node.kind is Kind.FRAGMENT else node.owner
        try:
            numbers = grow(tree, self._number, index, specs, owner)
        except ValueError as error:
            raise ElementError(f"{error}.".replace("..", ".")) from None
        if self._live.kit.components:
            self._live.begin(numbers)
        return numbers

    def _take(self, element: Element, index: int | None) -> tuple[int, ...]:
        if element._live is not self._live:
            raise ElementError("An element can't be moved to another page.")
        others = [child for child in self._live.tree.children(self._number) if child != element._number]
        index = len(others) if index is None else index
        try:
            self._live.tree.move(element._node.number, self._number, index)
        except ValueError as error:
            raise ElementError(f"{error}.") from None
        return (element._number,)

    def _text_to_child(self, text: str, index: int) -> None:
        """Make a child of the element's own text, since elements have come beside it."""
        tree = self._live.tree
        tree.set_prop(self._number, "text", MISSING)
        grow(tree, self._number, index, self._live.kit.read(text), self._node.owner)

    def clear(self) -> None:
        """Take away all that is in the element."""
        tree, node = self._live.tree, self._node
        for child in list(tree.children(node.number)):
            tree.remove(child)
        if "text" in node.bindings:
            self._live.reactions.repeat(node.number)
        elif node.type is not None and "text" in node.type.properties:
            tree.set_prop(node.number, "text", MISSING)

    def remove(self) -> None:
        """Take the element away from its page."""
        if self._number == ROOT:
            raise ElementError("A page can't be removed, nor a shared element: hide what is in it, or clear it.")
        self._live.tree.remove(self._node.number)

    # Showing

    def update(self) -> Update:
        """Show the tabs what has changed in this element; awaiting it lets that go out before the handler goes on."""
        self._live.commit(within=self._node.number)
        return Update()


SHOW = Property(bool, "Whether it is on the page at all.", default=True)
