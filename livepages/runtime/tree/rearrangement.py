"""From where elements are in one tree to where they are in another: insertions, moves and removals."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from livepages.runtime.blueprints.node import ROOT, Kind
from livepages.runtime.tree.orders import longest_rising
from livepages.runtime.tree.render import MountContent, Renderer
from livepages.runtime.tree.tree import Tree
from livepages.runtime.wire.operations import Insert, Move, Operation, Remove


class Rearrangement:
    """The operations that bring the elements which tabs have from one tree to their places in another.

    The same number means the same element in both. `candidates` are all nodes that differ: new or gone, shown or
    hidden, or with other children. `classes` collects the class names of what comes.
    """

    def __init__(
        self, old: Tree, new: Tree, candidates: Collection[int], mount: MountContent, classes: set[str]
    ) -> None:
        self.old = old
        self.new = new
        self.mount = mount
        self.classes = classes
        self._there: dict[int, bool] = {}
        self.parents = self._parents(candidates)
        self.moved = {
            child
            for parent in self.parents
            if new.is_live(parent)
            for child in new.dom_children(parent)
            if self._stays(child) and old.dom_parent(child) != parent
        }

    def operations(self, emptied: frozenset[int] = frozenset()) -> list[Operation]:
        """The operations in an order in which each finds what it names."""
        live = [parent for parent in self.parents if self.new.is_live(parent)]
        arrivals = [each for parent in sorted(live, key=self._depth) for each in self._arrivals(parent)]
        return [*arrivals, *self._removals()]

    def is_new(self, number: int) -> bool:
        """Whether all of a node is told by an insertion."""
        return not self._was_there(number)

    def _was_there(self, number: int) -> bool:
        """Whether the tabs have a node."""
        found = self._there.get(number)
        if found is None:
            found = self._there[number] = self.old.is_live(number)
        return found

    def _stays(self, number: int) -> bool:
        """Whether an element that is on the new page is on the old one too."""
        return self._was_there(number)

    def _depth(self, number: int) -> int:
        return sum(1 for _ in self.new.ancestors(number))

    def _parents(self, candidates: Collection[int]) -> dict[int, None]:
        """The elements in which something comes, goes or moves."""
        parents: dict[int, None] = {}
        for number in candidates:
            for tree in (self.old, self.new):
                if number == ROOT:
                    parents[ROOT] = None
                elif tree.exists(number):
                    parents[tree.dom_parent(number)] = None
                    if tree.node(number).kind is Kind.ELEMENT:
                        parents[number] = None
        return parents

    def _arrivals(self, parent: int) -> Iterator[Operation]:
        """What brings the children of an element into their places, from the last to the first."""
        wanted = list(self.new.dom_children(parent))
        still = self._still(parent, wanted)
        is_there = parent == ROOT or self._was_there(parent)
        following: int | None = None
        for child in reversed(wanted):
            if self._stays(child):
                if child not in still:
                    yield Move(parent, following, child)
            elif is_there:
                yield self._insertion(parent, following, child)
            following = child

    def _still(self, parent: int, wanted: list[int]) -> set[int]:
        """The children that keep their places while the others find theirs around them."""
        if parent != ROOT and not self._was_there(parent):
            return set()
        places = {child: place for place, child in enumerate(self.old.dom_children(parent))}
        staying = [child for child in wanted if child in places]
        return {staying[index] for index in longest_rising([places[child] for child in staying])}

    def _insertion(self, parent: int, following: int | None, child: int) -> Operation:
        renderer = Renderer(self.new, self.mount, omit=self.moved)
        html = renderer.outer(child)
        self.classes |= renderer.classes
        return Insert(parent, following, html)

    def _removals(self) -> Iterator[Operation]:
        """The outermost elements that are no more."""
        for parent in self.parents:
            if parent == ROOT or (self._was_there(parent) and self.new.is_live(parent)):
                for child in self.old.dom_children(parent):
                    if not self.new.is_live(child):
                        yield Remove(child)
