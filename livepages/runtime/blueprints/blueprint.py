"""A compiled page: numbered elements, and the HTML of all of it, rendered once for every tab."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Any, Final

from livepages.runtime.blueprints.compile_place import Place
from livepages.runtime.blueprints.compiler import Compiler
from livepages.runtime.blueprints.markup import Printer
from livepages.runtime.blueprints.matching import Forest, match
from livepages.runtime.blueprints.node import ROOT, Kind, Node, Span, molds_of, names_read
from livepages.schema.findings.source import Position
from livepages.schema.site.element import Spec
from livepages.schema.site.site import Component

NO_HEIRS: Final[Mapping[int, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Blueprint:
    """What never changes of a page or shared element; shared by all its live pages.

    `html` is the inner HTML of the root as the file has it, without the properties that are bound to expressions;
    every node's span says which part of it is its own. `mounts` are the numbers of the nodes where shared elements
    show, `live` those of nodes with bindings or branches, `document_nodes` those that can show a document, `reads` the
    names that expressions anywhere in it read. `mounted_names` are those of all shared elements that may show on it,
    and `chosen_ids` the ids, by their owners, of elements that stand there only at times.

    One that comes after another has the same numbers for the elements that stay. `last` is the highest number that
    either has used; `heirs` has, by their old numbers, the new ones of elements that are now of another type, and
    `order` the places of nodes in the document, where those are not in the order of their numbers.
    """

    nodes: Mapping[int, Node]
    ids: Mapping[tuple[int, str], int]
    html: str
    chosen_ids: frozenset[tuple[int, str]]
    mounts: tuple[int, ...]
    mounted_names: tuple[str, ...]
    live: tuple[int, ...]
    document_nodes: tuple[int, ...]
    reads: frozenset[str]
    classes: frozenset[str]
    mistakes: tuple[tuple[str, Position | None], ...]
    last: int
    heirs: Mapping[int, int]
    order: Mapping[int, int] | None

    def place_of(self, number: int) -> int:
        """What puts nodes into document order."""
        return number if self.order is None else self.order[number]

    @property
    def shows_presence(self) -> bool:
        """Whether anything of it depends on who has the page open."""
        return not self.reads.isdisjoint(("tabs", "people"))


def compile_blueprint(
    body: tuple[Spec, ...],
    components: Mapping[str, Component],
    read: Iterable[str] = (),
    values: Mapping[str, Any] | None = None,
    former: Blueprint | None = None,
) -> Blueprint:
    """The blueprint of a body; `read` are names that its page reads beside it, `values` what stands for some names.

    `former` is the blueprint that it comes after.
    """
    compiler = Compiler(components, count(ROOT + 1))
    root = Node(ROOT, ROOT, ROOT, Kind.FRAGMENT)
    compiler.nodes[ROOT] = root
    root.children = compiler.compile(body, Place(values=values))
    heirs, last = _take_over(compiler, former) if former is not None else (NO_HEIRS, len(compiler.nodes) - 1)
    writer = _Writer(compiler.nodes)
    writer.write_root(root)
    return Blueprint(
        nodes=MappingProxyType(compiler.nodes),
        ids=MappingProxyType(compiler.ids),
        html="".join(writer.pieces),
        chosen_ids=frozenset(compiler.chosen_ids),
        mounted_names=tuple(dict.fromkeys(node.name for node in compiler.mounted)),
        mounts=tuple(node.number for node in compiler.nodes.values() if node.kind is Kind.MOUNT),
        live=tuple(node.number for node in compiler.nodes.values() if node.is_live),
        document_nodes=tuple(node.number for node in compiler.nodes.values() if node.can_show_document),
        reads=frozenset((*read, *names_read(compiler.nodes.values()))),
        classes=frozenset(writer.classes),
        mistakes=tuple(compiler.mistakes),
        last=last,
        heirs=heirs,
        order=None if former is None else {number: place for place, number in enumerate(compiler.nodes)},
    )


def _take_over(compiler: Compiler, former: Blueprint) -> tuple[Mapping[int, int], int]:
    """Give the elements that stay their former numbers, and the others ones that nothing has had."""
    matching = match(Forest(former.nodes), Forest(compiler.nodes))
    fresh = count(former.last + 1)
    numbers = {number: matching.pairs.get(number, -1) for number in compiler.nodes}
    numbers = {number: old if old >= 0 else next(fresh) for number, old in numbers.items()}
    compiler.renumber(numbers)
    return {old: numbers[new] for old, new in matching.heirs.items()}, next(fresh) - 1


class _Writer:
    """Writes the HTML of nodes and notes the span of each."""

    def __init__(self, nodes: Mapping[int, Node]) -> None:
        self.nodes = nodes
        self.pieces: list[str] = []
        self.length = 0
        self._printer = Printer()
        self.classes = self._printer.classes

    def write_root(self, root: Node) -> None:
        for child in root.children:
            self._node(self.nodes[child])
        root.span = Span(0, 0, self.length, self.length)

    def _node(self, node: Node) -> None:
        start = self.length
        if node.props.get("show") is False:
            node.span = Span(start, start, start, start)
            self._measure_hidden(node)
            return
        if node.branch is not None:
            self._note_classes(node)
        before, inner, after = self._printer.tags(node)
        self._write(before)
        inner_start = self.length
        self._write(inner)
        for child in node.children:
            self._node(self.nodes[child])
        inner_end = self.length
        self._write(after)
        node.span = Span(start, inner_start, inner_end, self.length)

    def _measure_hidden(self, node: Node) -> None:
        """Nodes that are not in the HTML have no span; their classes are known all the same."""
        for child in node.children:
            self._measure_hidden(self.nodes[child])
        self._note_classes(node)

    def _note_classes(self, node: Node) -> None:
        """Take in the classes of a node that is not in the HTML now, and of what may come to stand in it."""
        self._printer.tags(node)
        for mold in molds_of(node.branch):
            for inner in mold.nodes:
                self._note_classes(inner)

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
