"""The part of a tree's pending changes that an update of one element tells of."""

from __future__ import annotations

from livepages.runtime.blueprints.node import ROOT
from livepages.runtime.state.pending import Pending
from livepages.runtime.tree.tree import Tree


def take_part(tree: Tree, number: int) -> Pending:
    """Take out the changes of a node and of all below it; nothing while what is around it does not show.

    Elements around it that are new, or have moved, come along with all that is in them.
    """
    if number == ROOT:
        part, tree.pending = tree.pending, Pending()
        return part
    if not tree.is_live(tree.parent(number)):
        return Pending()
    root = _widened(tree, number)
    pending = tree.pending
    return pending.split([each for each in {**pending.touched, **pending.placed} if _is_within(tree, each, root)])


def _widened(tree: Tree, number: int) -> int:
    """The node itself, or the outermost around it without which the tabs could not show it."""
    root = number
    for above in tree.ancestors(number):
        if above in tree.pending.placed or "text" in tree.pending.touched.get(above, {}):
            root = above
    return root


def _is_within(tree: Tree, number: int, root: int) -> bool:
    """Whether a node is `root` or below it; one that is gone is where the tabs have it."""
    if not tree.exists(number):
        was = tree.pending.placed.get(number)
        if was is None or not tree.exists(was.parent):
            return False
        number = was.parent
    return number == root or root in tree.ancestors(number)
