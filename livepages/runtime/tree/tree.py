"""The elements of one live page: a blueprint, and an overlay of what differs from it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import Any

from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.runtime.blueprints.node import ROOT, Kind, Node
from livepages.runtime.state.pending import MISSING, Pending, current
from livepages.runtime.tree.overlay import Overlay
from livepages.runtime.tree.siblings import FEW, PlaceOf, Siblings
from livepages.schema.site.site import Component


class Tree:
    """Numbered elements that can be read and changed; what changes is noted in `pending` until it is sent.

    Numbers of nodes that are not in the tree (any more) raise KeyError. `dropped` is told of each that goes for good.
    """

    __slots__ = ("blueprint", "components", "dropped", "overlay", "pending")

    def __init__(self, blueprint: Blueprint, components: Mapping[str, Component]) -> None:
        self.blueprint = blueprint
        self.components = components
        self.overlay = Overlay()
        self.pending = Pending()
        self.dropped: Callable[[int], None] = ignore

    # Reading

    def node(self, number: int) -> Node:
        """The node of a number."""
        return self.overlay.added[number] if number < 0 else self.blueprint.nodes[number]

    def props(self, number: int) -> Mapping[str, Any]:
        """All properties of a node as they are now."""
        changed = self.overlay.props.get(number)
        own = self.node(number).props
        return current(own, changed) if changed else own

    def prop(self, number: int, name: str) -> Any:
        """One property of a node as it is now; MISSING if it is not set."""
        changed = self.overlay.props.get(number)
        if changed and name in changed:
            return changed[name]
        return self.node(number).props.get(name, MISSING)

    def children(self, number: int) -> tuple[int, ...] | list[int]:
        """The nodes directly below a node, fragments and hidden ones included."""
        changed = self.overlay.children.get(number)
        return self.node(number).children if changed is None else changed

    def parent(self, number: int) -> int:
        """The node above a node."""
        return self.overlay.parents.get(number, self.node(number).parent)

    def ancestors(self, number: int) -> Iterator[int]:
        """The nodes above a node, the root last."""
        while number != ROOT:
            number = self.parent(number)
            yield number

    def find(self, owner: int, identifier: str) -> int | None:
        """The node with an id among those of an owner, None if it is not in the tree."""
        number = self.overlay.owned.get((owner, identifier), self.blueprint.ids.get((owner, identifier)))
        return number if number is not None and self.exists(number) else None

    def mounts(self) -> Iterator[Node]:
        """The nodes on the page where shared elements show."""
        numbers = (*self.blueprint.mounts, *self.overlay.mounts)
        return (self.node(number) for number in numbers if self.is_live(number))

    def exists(self, number: int) -> bool:
        """Whether a node is in the tree, shown or not."""
        if number not in (self.overlay.added if number < 0 else self.blueprint.nodes):
            return False
        gone = self.overlay.gone
        return not gone or (number not in gone and gone.isdisjoint(self.ancestors(number)))

    def is_shown(self, number: int) -> bool:
        """Whether a node itself is to be shown."""
        return self.prop(number, "show") is not False

    def is_live(self, number: int) -> bool:
        """Whether a node is on the page: in the tree, and shown with all above it."""
        if not self.exists(number):
            return False
        parents = self.overlay.parents
        while number != ROOT:
            if not self.is_shown(number):
                return False
            number = parents[number] if number in parents else self.node(number).parent
        return True

    def descendants(self, number: int) -> Iterator[int]:
        """The nodes below a node, in document order, fragments and hidden ones included."""
        for child in self.children(number):
            yield child
            yield from self.descendants(child)

    # The browser's view: elements only, without fragments and what is hidden

    def dom_parent(self, number: int) -> int:
        """The element around a node in the browser."""
        parent = self.parent(number)
        while parent != ROOT and self.node(parent).kind is Kind.FRAGMENT:
            parent = self.parent(parent)
        return parent

    def dom_children(self, number: int) -> Iterator[int]:
        """The elements directly in a node in the browser."""
        for child in self.children(number):
            if self.is_shown(child):
                yield from self.dom_roots(child)

    def dom_roots(self, number: int) -> Iterator[int]:
        """The elements that a node is in the browser: itself, or what a fragment holds."""
        if self.node(number).kind is Kind.FRAGMENT:
            yield from self.dom_children(number)
        else:
            yield number

    def dom_next(self, number: int, passed: Container[int] = (), place: PlaceOf | None = None) -> int | None:
        """The element after a node in the browser, None if it is the last in its parent; some may be passed over.

        `place` knows the places of children in their parents, where somebody asks for many.
        """
        following = self._dom_next(number, place or self._place)
        while following is not None and following in passed:
            following = self._dom_next(following, place or self._place)
        return following

    def placing(self, count: int) -> PlaceOf:
        """Says the places of nodes in their parents as they are now, where somebody asks for so many."""
        return self._place if count <= FEW else Siblings(self.children).place

    def _place(self, parent: int, number: int) -> int:
        return self.children(parent).index(number)

    def _dom_next(self, number: int, place: PlaceOf) -> int | None:
        while True:
            parent = self.parent(number)
            siblings = self.children(parent)
            for index in range(place(parent, number) + 1, len(siblings)):
                if self.is_shown(siblings[index]) and (root := next(self.dom_roots(siblings[index]), None)) is not None:
                    return root
            if parent == ROOT or self.node(parent).kind is not Kind.FRAGMENT:
                return None
            number = parent

    # Changing

    def set_prop(self, number: int, name: str, value: Any) -> None:
        """Set a property; MISSING takes it away."""
        old = self.prop(number, name)
        if old is value or (old == value and type(old) is type(value)):
            return
        if name == "show":
            self._note_roots(number)
        else:
            self.pending.touch(number, name, old)
        self.overlay.props.setdefault(number, {})[name] = value

    def come(self, number: int) -> None:
        """Note the elements of a node that has been planted as new ones."""
        for root in self.dom_roots(number):
            self.pending.place(root, None)

    def arrange(self, parent: int, first: int, numbers: list[int], moved: Sequence[int]) -> None:
        """Give the children of a node, from its child `first` on, a new order.

        `moved` are those that do not keep their place among the others, in the order in which they stand until now.
        """
        self._note_all(moved)
        self.own_children(parent)[first : first + len(numbers)] = numbers

    def move(self, number: int, parent: int, index: int) -> None:
        """Put a node to another place; `index` counts the children of `parent` without it."""
        if parent == number or number in self.ancestors(parent):
            raise ValueError("an element can't be moved into itself")
        self._note_roots(number)
        self.own_children(self.parent(number)).remove(number)
        self.own_children(parent).insert(index, number)
        self.overlay.parents[number] = parent

    def remove(self, number: int) -> None:
        """Take a node and all below it away."""
        self.remove_all(self.parent(number), [number])

    def remove_all(self, parent: int, numbers: Sequence[int]) -> None:
        """Take children of a node, in the order in which they stand, and all below them away."""
        self._note_all(numbers)
        for number in numbers:
            self._take(number)
        siblings = self.own_children(parent)
        if len(numbers) == 1:
            siblings.remove(numbers[0])
        else:
            gone = set(numbers)
            siblings[:] = [child for child in siblings if child not in gone]

    def _take(self, number: int) -> None:
        """Forget a node and all below it, but for where the tabs have it."""
        below = list(self.descendants(number))
        self._reanchor([number, *below])
        roots = set(self.dom_roots(number))
        for each in below:
            if each not in roots:
                self.pending.forget(each)
        if number >= 0:
            self.overlay.gone.add(number)
        for each in [number, *below]:
            self._drop(each)

    def _reanchor(self, gone: list[int]) -> None:
        """Elements that left others which go now: what counts is the element around those that is known to go."""
        for number in filter(self.pending.left.__contains__, gone):
            anchor = number
            while anchor != ROOT and anchor not in self.pending.placed:
                anchor = self.parent(anchor)
            if anchor not in (ROOT, number):
                self.pending.anchor(number, anchor)

    def _drop(self, number: int) -> None:
        """Forget what the overlay holds of a node that is no longer in the tree."""
        self.dropped(number)
        self.overlay.props.pop(number, None)
        self.overlay.children.pop(number, None)
        if self.overlay.parents.pop(number, None) is not None and number >= 0:
            self.overlay.gone.add(number)
        self.overlay.growths.pop(number, None)
        self.overlay.rows.pop(number, None)
        node = self.overlay.added.pop(number, None)
        self.overlay.mounts.discard(number)
        if node is not None and node.id is not None and self.overlay.owned.get((node.owner, node.id)) == number:
            del self.overlay.owned[node.owner, node.id]

    def own_children(self, number: int) -> list[int]:
        """The child list of a node in the overlay, so that it can be changed."""
        children = self.overlay.children.get(number)
        if children is None:
            children = self.overlay.children[number] = list(self.node(number).children)
        return children

    # What the browser has

    def _note_all(self, numbers: Sequence[int]) -> None:
        place = self.placing(len(numbers))
        for number in numbers:
            self._note_roots(number, place)

    def _note_roots(self, number: int, place: PlaceOf | None = None) -> None:
        """Note, before a change of place, where the elements of a node are in the browser."""
        placed = self.pending.placed
        for root in list(self.dom_roots(number)):
            if root not in placed:
                there = self.is_in_browser(root)
                was = (self.dom_parent(root), self.dom_next(root, placed, place)) if there else (None,)
                self.pending.place(root, *was)

    def is_in_browser(self, number: int) -> bool:
        """Whether the tabs have a node, as far as they have been told."""
        while number != ROOT:
            if number in self.pending.placed:
                return self.pending.placed[number] is not None
            if not self.is_shown(number):
                return False
            number = self.parent(number)
        return True


def ignore(number: int) -> None:
    """Nobody wants to know."""
