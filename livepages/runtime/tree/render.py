"""The HTML of a tree as it is now: the blueprint's own, with what has changed put in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from livepages.runtime.blueprints.markup import MOUNT_END, Printer, mount_tag
from livepages.runtime.blueprints.node import ROOT, Kind, Node, Span
from livepages.runtime.tree.tree import Tree

MountContent = Callable[[str], tuple[str, str, str]]
"""From the name of a shared element to its stream's name, its epoch and position as `data-at`, and its inner HTML."""

NONE: Final[frozenset[int]] = frozenset()


class Renderer:
    """Renders one tree once. `classes` collects the class names of all that was not in the blueprint's HTML."""

    def __init__(self, tree: Tree, mount: MountContent, omit: Collection[int] = NONE) -> None:
        self.tree = tree
        self.mount = mount
        self.omit = omit
        self._printer = Printer()
        self.classes = self._printer.classes
        self._changed: dict[int, list[int]] | None = None
        self._pieces: list[str] = []

    def inner(self, number: int = ROOT) -> str:
        """The HTML of what is in a node."""
        node = self.tree.node(number)
        self._content(node, None, node.span)
        return self._take()

    def outer(self, number: int) -> str:
        """The HTML of a node, itself included."""
        self._node(number)
        return self._take()

    def _take(self) -> str:
        html = "".join(self._pieces)
        self._pieces.clear()
        return html

    def _changed_below(self, number: int) -> list[int]:
        """The children of a node that are changed or have changes below them, in the order of the blueprint's HTML."""
        if self._changed is None:
            self._changed = self._find_changed()
        return self._changed.get(number, [])

    def _find_changed(self) -> dict[int, list[int]]:
        overlay, nodes = self.tree.overlay, self.tree.blueprint.nodes
        changed = {number for number in [*overlay.props, *overlay.children] if number > ROOT}
        changed.update(self.tree.blueprint.mounts)
        changed.update(number for number in self.omit if number > ROOT)
        below: dict[int, list[int]] = {}
        for number in list(changed):
            while number != ROOT:
                parent = nodes[number].parent
                known = below.setdefault(parent, [])
                if number in known:
                    break
                known.append(number)
                number = parent
        for numbers in below.values():
            numbers.sort(key=self.tree.blueprint.place_of)
        return below

    def _node(self, number: int) -> None:
        tree = self.tree
        if number in self.omit or not tree.is_shown(number):
            return
        node = tree.node(number)
        if node.kind is Kind.MOUNT:
            self._mount(node)
            return
        changed = tree.overlay.props.get(number)
        span = _visible(node)
        if changed is None and span is not None:
            self._pieces.append(tree.blueprint.html[span.start : span.inner_start])
            self._content(node, None, span)
            self._pieces.append(tree.blueprint.html[span.inner_end : span.end])
            return
        before, inner, after = self._printer.tags(node, changed)
        self._pieces.append(before)
        self._content(node, inner, span)
        self._pieces.append(after)

    def _content(self, node: Node, inner: str | None, span: Span | None) -> None:
        """What is in a node: its children, or `inner` where it has none; None stands for the blueprint's own."""
        tree = self.tree
        changed = tree.overlay.children.get(node.number)
        if changed is not None or span is None or (inner is not None and not node.children):
            self._pieces.append(inner or "")
            for child in tree.children(node.number):
                self._node(child)
            return
        html, cursor = tree.blueprint.html, span.inner_start
        for child in self._changed_below(node.number):
            part = tree.node(child).span or _NOWHERE
            self._pieces.append(html[cursor : part.start])
            self._node(child)
            cursor = part.end
        self._pieces.append(html[cursor : span.inner_end])

    def _mount(self, node: Node) -> None:
        stream, at, inner = self.mount(node.name)
        self._pieces += [mount_tag(node, stream, at), inner, MOUNT_END]


_NOWHERE = Span(0, 0, 0, 0)


def _visible(node: Node) -> Span | None:
    """The span of a node that is in the blueprint's HTML."""
    return node.span if node.span is not None and node.props.get("show") is not False else None
