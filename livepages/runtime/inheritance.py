"""What the reactions of a live page leave to those of its next definition: rows, and the states of components."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from livepages.runtime.branches import BranchReaction
from livepages.runtime.node import Mold, Node
from livepages.runtime.reaction import Reaction
from livepages.runtime.state_root import StateRoot

RenewRow = Callable[[int, Mold, Mold], list[Node]]
"""Makes the copy of a mold in a fragment one of another mold; the nodes of it with something to evaluate."""


class Inheritance:
    """The rows and states there were, by the numbers of their nodes, which are the same for what stays."""

    def __init__(
        self, reactions: Iterable[Reaction], states: Iterable[tuple[int, StateRoot]], renew_row: RenewRow
    ) -> None:
        self.renew_row = renew_row
        self._branches = {each.node.number: each for each in reactions if isinstance(each, BranchReaction)}
        self._states = dict(states)

    def branch(self, number: int) -> BranchReaction | None:
        """What kept the copies in a fragment."""
        return self._branches.get(number)

    def state(self, number: int) -> StateRoot | None:
        """What a component kept for itself."""
        return self._states.get(number)
