"""From pending changes to the smallest list of operations that tells a tab of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol

from livepages.runtime.blueprints.markup import own_references
from livepages.runtime.blueprints.node import Node
from livepages.runtime.state.pending import MISSING, Pending
from livepages.runtime.tree.places import Places
from livepages.runtime.tree.render import MountContent
from livepages.runtime.tree.tree import Tree
from livepages.runtime.wire.operations import Animate, Attribute, Markup, Operation, Property, Text, Value
from livepages.schema.site.element_type import ElementType
from livepages.schema.values.view import Html, View, text_html

JUST_TEXT: Final = frozenset({"text"})


class Moves(Protocol):
    """What comes, goes and moves."""

    def operations(self, emptied: frozenset[int]) -> list[Operation]:
        """The operations for that; `emptied` are elements that get a text after these, in place of all in them."""

    def is_new(self, number: int) -> bool:
        """Whether all of a node is told by these operations."""


class Diff:
    """The operations for the pending changes of a tree, and the class names that they bring.

    `places` are the operations for what comes, goes and moves, where that is not among the pending changes but follows
    from an edit of the file. By that an animation plays only where it is another one.
    """

    def __init__(self, tree: Tree, pending: Pending, mount: MountContent, places: Moves | None = None) -> None:
        self.tree = tree
        self.pending = pending
        self.classes: set[str] = set()
        self.places = places
        self._is_edit = places is not None
        if places is None and (pending.placed or tree.pending.placed):
            self.places = Places(tree, pending, mount, self.classes)

    def operations(self) -> list[Operation]:
        """The operations in an order in which each finds what it names."""
        changes = [change for number in self.pending.touched for change in self._changes(number)]
        if self.places is None:
            return changes
        contents = [change for change in changes if isinstance(change, Text | Markup)]
        cleared = [change for change in contents if not (change.text if isinstance(change, Text) else change.html)]
        rest = [change for change in changes if change not in cleared]
        return [*cleared, *self.places.operations(frozenset(content.node for content in contents)), *rest]

    def _changes(self, number: int) -> Iterator[Operation]:
        tree = self.tree
        if not tree.is_live(number) or (self.places is not None and self.places.is_new(number)):
            return
        node = tree.node(number)
        if node.type is None:
            return
        touched = self.pending.touched[number]
        if node.type.shows_text_as_it_is and touched.keys() == JUST_TEXT:
            changes = _inner_changes(number, touched["text"] or "", tree.prop(number, "text") or "")
        else:
            changes = self._view_changes(node, node.type, touched)
        yield from changes
        if changes and tree.prop(number, "animate") and (not self._is_edit or "animate" in touched):
            yield Animate(number)

    def _view_changes(self, node: Node, kind: ElementType, touched: Mapping[str, Any]) -> list[Operation]:
        """From the view of the former properties to that of what they are now."""
        number, now = node.number, self.tree.props(node.number)
        former = {name: value for name, value in {**now, **touched}.items() if value is not MISSING}
        before = own_references(node, kind.view(former))
        after = own_references(node, kind.view(now))
        changes = [
            *_inner_changes(number, before.inner or "", after.inner or ""),
            *self._attribute_changes(number, before, after),
        ]
        if after.value is not None and _holds_anew(before, after, changes):
            changes.append(Value(number, after.value, self.pending.origins.get(number)))
        return changes

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


def _inner_changes(number: int, before: str, after: str) -> list[Operation]:
    if before == after and isinstance(before, Html) is isinstance(after, Html):
        return []
    if isinstance(after, Html) or isinstance(before, Html):
        return [Markup(number, str(text_html(after)))]
    return [Text(number, after)]
