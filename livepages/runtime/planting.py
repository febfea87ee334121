"""Puts copies of molds into a tree."""

from __future__ import annotations

from livepages.runtime.node import Kind, Mold, Node, owner_in
from livepages.runtime.tree import Tree


def plant(tree: Tree, parent: int, index: int, mold: Mold) -> int:
    """Put a copy of what a mold holds into `parent` at `index` of its children; the number of its fragment."""
    root = tree.overlay.next_number()
    tree.overlay.last_number -= mold.size
    added, owned = tree.overlay.added, tree.overlay.owned
    outside = _owners(tree, parent, max(mold.reach, 1))
    children = tuple([root - each for each in mold.roots])
    added[root] = Node(root, parent, outside[0], Kind.FRAGMENT, children=children)
    for node in mold.copy(root, outside):
        added[node.number] = node
    for (holder, identifier), number in mold.ids.items():
        owned[owner_in(root, holder, outside), identifier] = root - number
    tree.overlay.mounts.update([root - each for each in mold.mounts])
    tree.own_children(parent).insert(index, root)
    return root


def _owners(tree: Tree, number: int, count: int) -> list[int]:
    """The owner of a node, the owner of that one, and so on."""
    owners: list[int] = []
    for _ in range(count):
        number = tree.node(number).owner
        owners.append(number)
    return owners
