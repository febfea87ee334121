"""From pending changes to the smallest list of operations that tells a tab of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from livepages.runtime.markup import own_references
from livepages.runtime.node import ROOT
from livepages.runtime.operations import (
    Animate,
    Attribute,
    Insert,
    Markup,
    Move,
    Operation,
    Property,
    Remove,
    Text,
    Value,
)
from livepages.runtime.pending import MISSING, Pending
from livepages.runtime.render import MountContent, Renderer
from livepages.runtime.tree import Tree
from livepages.schema.view import Html, View, text_html


class Diff:
    """The operations for the pending changes of a tree, and the class names that they bring."""

    def __init__(self, tree: Tree, pending: Pending, mount: MountContent) -> None:
        self.tree = tree
        self.pending = pending
        self.mount = mount
        self.classes: set[str] = set()
        live = {number: old for number, old in pending.placed.items() if tree.is_live(number)}
        self.inserted = {number for number, old in live.items() if old is None}
        self.moved = {number for number, old in live.items() if old is not None}
        self.removed = {number for number, old in pending.placed.items() if old is not None and number not in live}

    def operations(self) -> list[Operation]:
        """The operations in an order in which each finds what it names."""
        changes = [change for number in self.pending.touched for change in self._changes(number)]
        cleared = [change for change in changes if isinstance(change, Text) and not change.text]
        rest = [change for change in changes if change not in cleared]
        return [*cleared, *self._places(), *self._removals(), *rest]

    # Elements that come, go and move

    def _places(self) -> Iterator[Operation]:
        """Insertions and moves, from the outside in and from right to left: each stands before one that is there."""
        waiting = {number for number in self.inserted | self.moved if not self._is_covered(number)}
        for number in sorted(waiting, key=self._depth):
            chain = []
            current: int | None = number
            while current is not None and current in waiting:
                waiting.discard(current)
                chain.append(current)
                current = self.tree.dom_next(current)
            for each in reversed(chain):
                yield self._place(each)

    def _depth(self, number: int) -> int:
        return sum(1 for _ in self.tree.ancestors(number))

    def _place(self, number: int) -> Operation:
        parent, before = self.tree.dom_parent(number), self.tree.dom_next(number)
        if number in self.moved:
            return Move(parent, before, number)
        renderer = Renderer(self.tree, self.mount, omit=self.moved)
        html = renderer.outer(number)
        self.classes |= renderer.classes
        return Insert(parent, before, html)

    def _is_covered(self, number: int) -> bool:
        """Whether a node is in the HTML of an insertion above it."""
        if number in self.moved:
            return False
        for above in self.tree.ancestors(number):
            if above in self.moved:
                return False
            if above in self.inserted:
                return True
        return False

    def _removals(self) -> Iterator[Operation]:
        for number in self.removed:
            if not self._goes_along(number):
                yield Remove(number)

    def _goes_along(self, number: int) -> bool:
        """Whether a removed node is in another one that is removed."""
        if self.pending.placed[number] in self.removed:
            return True
        return self.tree.exists(number) and any(above in self.removed for above in self.tree.ancestors(number))

    # Elements that stay and change

    def _changes(self, number: int) -> Iterator[Operation]:
        tree = self.tree
        if not tree.is_live(number) or number in self.inserted or self._is_covered(number):
            return
        node = tree.node(number)
        if node.type is None:
            return
        now = tree.props(number)
        old = {**now, **self.pending.touched[number]}
        former = {name: value for name, value in old.items() if value is not MISSING}
        before = own_references(node, node.type.view(former))
        after = own_references(node, node.type.view(now))
        changes = [*_content_changes(number, before, after), *self._attribute_changes(number, before, after)]
        if after.value is not None and _holds_anew(before, after, changes):
            changes.append(Value(number, after.value, self.pending.origins.get(number)))
        yield from changes
        if changes and now.get("animate"):
            yield Animate(number)

    def _attribute_changes(self, number: int, before: View, after: View) -> Iterator[Operation]:
        for name in [*after.attributes, *(name for name in before.attributes if name not in after.attributes)]:
            value = after.attributes.get(name)
            if value != before.attributes.get(name):
                yield Attribute(number, name, value)
                if name == "class" and value:
                    self.classes.update(value.split())
        for name, state in after.properties.items():
            if state != before.properties.get(name):
                yield Property(number, name, state)


def _holds_anew(before: View, after: View, changes: list[Operation]) -> bool:
    """Whether a field has to be told what it holds: it is something else, or its options are new."""
    if any(isinstance(change, Markup) for change in changes):
        return True
    return after.value != before.value or type(after.value) is not type(before.value)


def _content_changes(number: int, before: View, after: View) -> Iterator[Operation]:
    if before.inner == after.inner and type(before.inner) is type(after.inner):
        return
    if isinstance(after.inner, Html) or isinstance(before.inner, Html):
        yield Markup(number, text_html(after.inner or ""))
    elif (before.inner or "") != (after.inner or ""):
        yield Text(number, after.inner or "")


def is_within(tree: Tree, number: int, root: int) -> bool:
    """Whether a node is `root` or below it; one that is gone is where it was last."""
    return number == root or root == ROOT or root in tree.ancestors(number)


def numbers_within(tree: Tree, pending: Pending, root: int) -> frozenset[int]:
    """The nodes with pending changes that are `root` or below it, those that left it included."""
    found: set[int] = set()
    for number in [*pending.touched, *pending.placed]:
        known: Any = number if tree.exists(number) else pending.placed.get(number)
        if known is not None and tree.exists(known) and is_within(tree, known, root):
            found.add(number)
    return frozenset(found)
