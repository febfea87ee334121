"""Elements that come, go and move: from where they were and where they are to insertions, moves and removals."""

from __future__ import annotations

from collections.abc import Iterator

from livepages.runtime.blueprints.node import ROOT
from livepages.runtime.state.pending import Pending
from livepages.runtime.tree.render import MountContent, Renderer
from livepages.runtime.tree.tree import Tree
from livepages.runtime.wire.operations import Insert, Move, Operation, Remove


class Places:
    """The operations for what has come, gone and moved in some of the pending changes of a tree.

    What is still pending in the tree itself is not told now: the tabs have that where it was. `classes` collects the
    class names of what comes.
    """

    def __init__(self, tree: Tree, pending: Pending, mount: MountContent, classes: set[str]) -> None:
        self.tree = tree
        self.pending = pending
        self.mount = mount
        self.classes = classes
        self._place = tree.placing(len(pending.placed))
        live = {number: was for number, was in pending.placed.items() if tree.is_live(number)}
        self.inserted = {number for number, was in live.items() if was is None}
        self.moved = {number for number, was in live.items() if was is not None}
        self.removed = {number for number, was in pending.placed.items() if was is not None and number not in live}
        self.moved -= self._still()
        self.emptied: frozenset[int] = frozenset()

    def operations(self, emptied: frozenset[int]) -> list[Operation]:
        """The operations in an order in which each finds what it names.

        `emptied` are elements that get a text after these operations, in place of all that they have then.
        """
        self.emptied = emptied
        operations = [*self._arrivals(), *self._removals()]
        self._lose()
        return operations

    def _next(self, number: int) -> int | None:
        """The element after this one, among those that the tabs have in their places now or will have."""
        return self.tree.dom_next(number, self.tree.pending.placed, self._place)

    def _still(self) -> set[int]:
        """Elements that are where they were: in the same element, before one that is where it was."""
        verdicts: dict[int | None, bool] = {None: True}
        for number in self.moved:
            chain: list[int] = []
            current: int | None = number
            while current in self.moved and current not in verdicts:
                following = self._next(current)
                if self.pending.placed[current] != (self.tree.dom_parent(current), following):
                    verdicts[current] = False
                else:
                    chain.append(current)
                    current = following
            verdict = verdicts.get(current, current not in self.inserted)
            verdicts.update(dict.fromkeys(chain, verdict))
        return {number for number in self.moved if verdicts[number]}

    def _arrivals(self) -> Iterator[Operation]:
        """Insertions and moves, from the outside in and from right to left: each stands before one that is there."""
        coming = self.inserted | self.moved
        arrivals = [number for number in self.pending.placed if number in coming and not self.is_covered(number)]
        renderer = Renderer(self.tree, self.mount, omit=self.moved)
        waiting = set(arrivals)
        for number in sorted(arrivals, key=self._depth):
            chain = []
            current: int | None = number
            while current is not None and current in waiting:
                waiting.discard(current)
                chain.append(current)
                current = self._next(current)
            for each in reversed(chain):
                yield self._arrival(each, current, renderer)
                current = each
        self.classes |= renderer.classes

    def _depth(self, number: int) -> int:
        return sum(1 for _ in self.tree.ancestors(number))

    def _arrival(self, number: int, following: int | None, renderer: Renderer) -> Operation:
        parent = self.tree.dom_parent(number)
        if number in self.moved:
            return Move(parent, following, number)
        return Insert(parent, following, renderer.outer(number))

    def is_new(self, number: int) -> bool:
        """Whether all of a node is told by an insertion: its own, or one above it."""
        return number in self.inserted or self.is_covered(number)

    def is_covered(self, number: int) -> bool:
        """Whether a node is in the HTML of an insertion above it."""
        if number in self.moved:
            return False
        for above in self.tree.ancestors(number):
            if above in self.moved:
                return False
            if above in self.inserted:
                return True
        return False

    def _removals(self) -> Iterator[Operation]:
        for number, was in self.pending.placed.items():
            if number in self.removed and was is not None and not self._goes(was.parent):
                yield Remove(number)

    def _goes(self, number: int) -> bool:
        """Whether what is in an element that the tabs have goes from them, with it or with one around it."""
        while number != ROOT:
            if number in self.removed or number in self.emptied:
                return True
            if number in self.moved:
                return False
            number = self._parent_in_tabs(number)
        return False

    def _parent_in_tabs(self, number: int) -> int:
        was = self.pending.placed.get(number) or self.tree.pending.placed.get(number)
        if was is not None:
            return was.parent
        return self.tree.dom_parent(number) if self.tree.exists(number) else ROOT

    def _lose(self) -> None:
        """What is still pending and was in an element that goes is something that the tabs do not have any more."""
        if self.removed or self.emptied:
            placed = self.tree.pending.placed
            lost = [number for number, was in placed.items() if was is not None and self._goes(was.parent)]
            placed.update(dict.fromkeys(lost))
