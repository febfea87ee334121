"""Puts copies of molds into a tree."""

from __future__ import annotations

from livepages.runtime.blueprints.node import Kind, Mold, Node
from livepages.runtime.tree.tree import Tree


def plant(tree: Tree, parent: int, index: int, mold: Mold) -> int:
    """Put a copy of what a mold holds into `parent` at `index` of its children; the number of its fragment."""
    nodes = copy_of(tree, parent, mold)
    root = nodes[0].number
    tree.overlay.added.update([(node.number, node) for node in nodes])
    for number in mold.ids.values():
        node = nodes[number]
        assert node.id is not None, "only what has an id is listed by it"
        tree.overlay.owned[node.owner, node.id] = node.number
    tree.overlay.mounts.update([root - each for each in mold.mounts])
    tree.own_children(parent).insert(index, root)
    return root


def copy_of(tree: Tree, parent: int, mold: Mold) -> list[Node]:
    """The nodes of a copy of a mold in `parent` of a tree, which they are not put into: the fragment first."""
    top = tree.overlay.next_number()
    tree.overlay.last_number -= mold.size
    outside = _owners(tree, parent, max(mold.reach, 1))
    fragment = Node(top, parent, outside[0], Kind.FRAGMENT, children=tuple([top - each for each in mold.roots]))
    return [fragment, *mold.copy(top, outside)]


def _owners(tree: Tree, number: int, count: int) -> list[int]:
    """The owner of a node, the owner of that one, and so on."""
    owners: list[int] = []
    for _ in range(count):
        number = tree.node(number).owner
        owners.append(number)
    return owners
