"""Radio buttons: of a group, one is checked."""

from __future__ import annotations

from collections.abc import Iterator

from livepages.runtime.tree.tree import Tree


def uncheck_others(tree: Tree, number: int) -> None:
    """A radio button has been checked: the others of its group are no longer."""
    group = _group(tree, number)
    if group is not None:
        for other in list(_checked(tree)):
            if other != number and tree.exists(other) and _group(tree, other) == group:
                tree.set_prop(other, "checked", False)


def _group(tree: Tree, number: int) -> str | None:
    kind = tree.node(number).type
    return None if kind is None else kind.radio_group(tree.props(number))


def _checked(tree: Tree) -> Iterator[int]:
    """The nodes that are checked, those that are gone among them."""
    changed = tree.overlay.props
    for number, props in changed.items():
        if props.get("checked") is True:
            yield number
    for nodes in (tree.blueprint.nodes, tree.overlay.added):
        for number, node in nodes.items():
            if node.props.get("checked") is True and "checked" not in changed.get(number, ()):
                yield number
