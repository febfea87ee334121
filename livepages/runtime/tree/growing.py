"""Puts what handlers have written into a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from livepages.runtime.blueprints.compile_place import Place
from livepages.runtime.blueprints.compiler import Compiler
from livepages.runtime.blueprints.node import Node
from livepages.runtime.tree.overlay import Growth
from livepages.runtime.tree.tree import Tree
from livepages.schema.site.element import ComponentSpec, Spec, walk


def grow(tree: Tree, parent: int, index: int, specs: tuple[Spec, ...], owner: int) -> tuple[int, ...]:
    """Compile elements and put them into `parent` at `index` of its children; their numbers.

    Raises ValueError for an id that its owner has already, and for values that are wrong in a component.
    """
    compiler, numbers = compile_within(tree, specs, parent, owner)
    for key in compiler.ids:
        if key in tree.blueprint.chosen_ids:
            raise ValueError(f'the id "{key[1]}" is that of an element in a `match` or `empty`')
        if tree.find(*key) is not None and not _gives_up(compiler, key):
            raise ValueError(f'there is an element with the id "{key[1]}" already')
    tree.overlay.added.update(compiler.nodes)
    tree.overlay.owned.update({key: number for key, number in compiler.ids.items() if compiler.nodes[number].id})
    _remember(tree, specs, numbers, compiler.nodes)
    tree.own_children(parent)[index:index] = numbers
    for number in numbers:
        tree.come(number)
    return numbers


def _gives_up(compiler: Compiler, key: tuple[int, str]) -> bool:
    """Whether an element can do without an id that is there already: it is only the name of the document it shows."""
    node = compiler.nodes[compiler.ids[key]]
    use = node.type.document(node.props) if node.type is not None else None
    if use is None or use.name != node.id:
        return False
    node.id = None
    return True


def compile_within(tree: Tree, specs: tuple[Spec, ...], parent: int, owner: int) -> tuple[Compiler, tuple[int, ...]]:
    """Nodes that are to stand in `parent` of a tree, and the numbers of those that stand directly in it.

    Raises ValueError for values that are wrong in a component.
    """
    fresh = iter(tree.overlay.next_number, 0)
    compiler = Compiler(tree.components, fresh, serials=fresh)
    numbers = compiler.compile(specs, Place(parent=parent, owner=owner, around=_tags_around(tree, parent)))
    if compiler.mistakes:
        raise ValueError(compiler.mistakes[0][0])
    if compiler.mounted:
        raise ValueError("a shared element is mounted in the site's file, not by a handler")
    return compiler, numbers


def _tags_around(tree: Tree, number: int) -> tuple[str, ...]:
    """The tags of a node and of the elements around it, from the outside in."""
    kinds = [tree.node(each).type for each in (number, *tree.ancestors(number))]
    return tuple(kind.tag for kind in reversed(kinds) if kind is not None)


def _remember(tree: Tree, specs: tuple[Spec, ...], numbers: tuple[int, ...], nodes: Mapping[int, Node]) -> None:
    """Remember how elements with components in them were written: components change with the site's file."""
    for spec, number in zip(specs, numbers, strict=True) if tree.components else ():
        if any(isinstance(each, ComponentSpec) for each in walk((spec,))):
            tree.overlay.growths[number] = Growth(spec, nodes if len(numbers) == 1 else dict(_within(nodes, number)))


def _within(nodes: Mapping[int, Node], number: int) -> Iterator[tuple[int, Node]]:
    """A node and all below it, as they were made."""
    yield number, nodes[number]
    for child in nodes[number].children:
        yield from _within(nodes, child)
