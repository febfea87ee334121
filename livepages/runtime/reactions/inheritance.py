"""What the reactions of a live page leave to those of its next definition: rows, and the states of components."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from livepages.runtime.blueprints.node import Mold, Node
from livepages.runtime.reactions.branches import BranchReaction
from livepages.runtime.reactions.reaction import Reaction
from livepages.runtime.state.state_root import StateRoot


class Rows(Protocol):
    """Where rows stand."""

    def renew_row(self, root: int, former: Mold, mold: Mold) -> list[Node]:
        """Make the copy of a mold in a fragment one of another mold; those of its nodes with something to evaluate."""


class Inheritance:
    """The rows and states there were, by the numbers of their nodes, which are the same for what stays."""

    def __init__(self, reactions: Iterable[Reaction], states: Mapping[int, StateRoot], rows: Rows) -> None:
        self._rows = rows
        self._branches = {each.node.number: each for each in reactions if isinstance(each, BranchReaction)}
        self._states = states

    def branch(self, number: int) -> Reaction | None:
        """What kept the copies in a fragment."""
        return self._branches.get(number)

    def renew_row(self, number: int, former: Mold, mold: Mold) -> list[Node]:
        """Make the copy of a mold in a fragment one of another mold; those of its nodes with something to evaluate."""
        return self._rows.renew_row(number, former, mold)

    def state(self, number: int) -> StateRoot | None:
        """What a component kept for itself."""
        return self._states.get(number)
