"""What stands in a branch: the copies of a fragment, by their keys; and the one case of a `match`."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from livepages.runtime.node import Match, Mold, Node
from livepages.runtime.planting import plant
from livepages.runtime.reaction import Host, Reaction
from livepages.runtime.scopes import Scope
from livepages.runtime.tracking import Effect
from livepages.schema.expressions import Expression
from livepages.schema.expressions import Scope as Names


class BranchReaction(Reaction):
    """Keeps the copies in a fragment as they should be. `rows` are the numbers of their fragments by their keys."""

    __slots__ = ("rows",)

    def __init__(self, host: Host, node: Node, scope: Scope, serial: int) -> None:
        super().__init__(host, node, scope, serial)
        self.rows: dict[Hashable, int] = {}

    def _plant(self, mold: Mold, index: int, scope: Scope, *, is_first: bool) -> int:
        tree = self.host.tree
        number = plant(tree, self.node.number, index, mold)
        if scope is not self.scope:
            self.host.enter(number, scope)
        added = tree.overlay.added
        self.host.start((added[number - each] for each in mold.live), scope)
        if not is_first:
            tree.come(number)
        return number

    def _evaluate(self, expression: object, scope: Names, what: str, reader: Effect | None = None) -> Any:
        """The value of an expression, which this reads or another `reader`; None where it has none."""
        if not isinstance(expression, Expression):
            return expression
        try:
            return self.host.tracker.watch(reader or self, expression.evaluate, scope)
        except ValueError as error:
            self.host.failed(self.node, what, error)
            return None


class MatchReaction(BranchReaction):
    """The one case that a value says."""

    __slots__ = ()

    def start(self) -> None:
        self._show(is_first=True)

    def run(self) -> None:
        self.forget()
        self._show(is_first=False)

    def _show(self, *, is_first: bool) -> None:
        branch = self.node.branch
        assert isinstance(branch, Match), "the node of a match"
        value = self._evaluate(branch.subject, self.scope, "match")
        found = next((at for at, (case, _) in enumerate(branch.cases) if _is_case(case, value)), len(branch.cases))
        if found in self.rows:
            return
        for number in self.rows.values():
            self.host.tree.remove(number)
        mold = branch.cases[found][1] if found < len(branch.cases) else branch.otherwise
        self.rows = {found: self._plant(mold, 0, self.scope, is_first=is_first)}


def _is_case(case: object, value: object) -> bool:
    """Whether a value is that of a case; true is not 1."""
    return case == value and isinstance(case, bool) == isinstance(value, bool)
