"""What tells a tab of one tree to show another: of a page as it was, and as it is by its new definition."""

from __future__ import annotations

from collections.abc import Collection

from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.runtime.blueprints.node import Kind, Node
from livepages.runtime.state.pending import MISSING, Pending
from livepages.runtime.tree.diff import Diff
from livepages.runtime.tree.rearrangement import Rearrangement
from livepages.runtime.tree.render import MountContent
from livepages.runtime.tree.tree import Tree
from livepages.runtime.wire.operations import Attribute, Operation


class Comparison:
    """The operations from one tree to another in which the same number means the same element.

    `changed` are the numbers by which the blueprints of the two differ. `classes` collects the class names that come.
    """

    def __init__(self, old: Tree, new: Tree, changed: Collection[int], mount: MountContent) -> None:
        self.old = old
        self.new = new
        self.classes: set[str] = set()
        overlays = (old.overlay, new.overlay)
        touched = (each for overlay in overlays for each in (*overlay.touched, *overlay.added))
        self._candidates = dict.fromkeys([*changed, *touched])
        self._mount = mount

    def operations(self) -> list[Operation]:
        """The operations in an order in which each finds what it names."""
        moving = [number for number in self._candidates if self._is_elsewhere(number)]
        places = Rearrangement(self.old, self.new, moving, self._mount, self.classes)
        pending, marks = Pending(), list[Operation]()
        for number in self._candidates:
            if self._is_shown_in_both(number):
                self._note_props(number, pending)
                marks += _marks(self.old.node(number), self.new.node(number))
        diff = Diff(self.new, pending, self._mount, places)
        operations = diff.operations()
        self.classes |= diff.classes
        return [*operations, *marks]

    def _is_shown_in_both(self, number: int) -> bool:
        """Whether a node is an element that the tabs have and keep."""
        return all(
            tree.exists(number) and tree.node(number).kind is Kind.ELEMENT and tree.is_live(number)
            for tree in (self.old, self.new)
        )

    def _is_elsewhere(self, number: int) -> bool:
        """Whether a node is new or gone, shown or hidden, in another or has others in it."""
        old, new = self.old, self.new
        if not (old.exists(number) and new.exists(number)):
            return True
        return (
            tuple(old.children(number)) != tuple(new.children(number))
            or old.is_shown(number) != new.is_shown(number)
            or old.parent(number) != new.parent(number)
        )

    def _note_props(self, number: int, pending: Pending) -> None:
        """Note the properties that are not as they were."""
        old, new = self.old.props(number), self.new.props(number)
        if old is new:
            return
        for name in {**old, **new}:
            before, after = old.get(name, MISSING), new.get(name, MISSING)
            if before != after or type(before) is not type(after):
                pending.touch(number, name, before)


def _marks(old: Node, new: Node) -> list[Operation]:
    """What has changed of that by which the browser knows an element: its id, and the events that it declares."""
    before, after = _known_by(old), _known_by(new)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [Attribute(new.number, name, after.get(name)) for name in names]


def differences(old: Blueprint, new: Blueprint) -> frozenset[int]:
    """The numbers of the nodes that are in one of two blueprints only, or not the same in both."""
    return frozenset(
        number
        for number in {**old.nodes, **new.nodes}
        if number not in old.nodes or number not in new.nodes or _differ(old.nodes[number], new.nodes[number])
    )


def _differ(old: Node, new: Node) -> bool:
    return (
        old.parent != new.parent
        or old.children != new.children
        or old.props != new.props
        or _known_by(old) != _known_by(new)
    )


def _known_by(node: Node) -> dict[str, str]:
    """The attributes by which the client and the site's own CSS know a node, beside its number."""
    known = {"id": node.dom_id} if node.dom_id is not None else {}
    if node.events and (tokens := node.tokens):
        known["data-on"] = tokens
    return known
