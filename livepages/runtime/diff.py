"""From pending changes to the smallest list of operations that tells a tab of them."""

from __future__ import annotations

from collections.abc import Iterator

from livepages.runtime.markup import own_references
from livepages.runtime.operations import Animate, Attribute, Markup, Operation, Property, Text, Value
from livepages.runtime.pending import MISSING, Pending
from livepages.runtime.places import Places
from livepages.runtime.render import MountContent
from livepages.runtime.tree import Tree
from livepages.schema.view import Html, View, text_html


class Diff:
    """The operations for the pending changes of a tree, and the class names that they bring."""

    def __init__(self, tree: Tree, pending: Pending, mount: MountContent) -> None:
        self.tree = tree
        self.pending = pending
        self.places = Places(tree, pending, mount)
        self.classes = self.places.classes

    def operations(self) -> list[Operation]:
        """The operations in an order in which each finds what it names."""
        changes = [change for number in self.pending.touched for change in self._changes(number)]
        texts = [change for change in changes if isinstance(change, Text)]
        cleared = [change for change in texts if not change.text]
        rest = [change for change in changes if change not in cleared]
        return [*cleared, *self.places.operations(frozenset(text.node for text in texts)), *rest]

    def _changes(self, number: int) -> Iterator[Operation]:
        tree = self.tree
        if not tree.is_live(number) or number in self.places.inserted or self.places.is_covered(number):
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
        yield Markup(number, str(text_html(after.inner or "")))
    elif (before.inner or "") != (after.inner or ""):
        yield Text(number, after.inner or "")
