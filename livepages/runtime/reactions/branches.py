"""What stands in a branch: the copies of a fragment, by their keys; and the one case of a `match`."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Final

from livepages.runtime.blueprints.node import Match, Mold, Node
from livepages.runtime.reactions.reaction import Host, Reaction
from livepages.runtime.state.scopes import Scope
from livepages.runtime.state.tracking import Effect
from livepages.runtime.tree.planting import plant
from livepages.schema.expressions.expressions import Expression
from livepages.schema.expressions.expressions import Scope as Names

OTHERWISE: Final = object()
"""Stands for all values that have no case of their own."""


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

    def _former(self) -> Reaction | None:
        """What kept the copies here before the page became another."""
        return self.host.inheritance.branch(self.node.number) if self.host.inheritance is not None else None

    def _go_on(self, number: int, former: Mold, mold: Mold, scope: Scope) -> None:
        """Have a copy of what a mold was before the page became another go on as one of what it is now."""
        assert self.host.inheritance is not None, "there were copies before"
        live = self.host.inheritance.renew_row(number, former, mold)
        if scope is not self.scope:
            self.host.enter(number, scope)
        self.host.start(live, scope)

    def _evaluate(self, expression: object, scope: Names, what: str, reader: Effect | None = None) -> Any:
        """The value of an expression, which this reads or another `reader`; None where it has none."""
        if not isinstance(expression, Expression):
            return expression
        try:
            return self.host.tracker.watch(reader or self, expression.evaluate, scope)
        except ValueError as error:
            self.host.failed(self, what, error)
            return None


class MatchReaction(BranchReaction):
    """The one case that a value says. Its rows have one entry: that of the number of the case."""

    __slots__ = ()

    @property
    def _branch(self) -> Match:
        assert isinstance(self.node.branch, Match), "the node of a match"
        return self.node.branch

    def start(self) -> None:
        former = self._former()
        if isinstance(former, MatchReaction) and former.rows:
            self._follow(former)
        else:
            self._show(self._found(), is_first=True)

    def run(self) -> None:
        self.forget()
        self._show(self._found(), is_first=False)

    def case(self, number: int) -> tuple[object, Mold]:
        """The value of a case and what stands there; the one after the last is that for all other values."""
        cases = self._branch.cases
        return cases[number] if number < len(cases) else (OTHERWISE, self._branch.otherwise)

    def _found(self) -> int:
        """The number of the case that is the one."""
        value = self._evaluate(self._branch.subject, self.scope, "match")
        cases = self._branch.cases
        return next((at for at, (case, _) in enumerate(cases) if _is_same(case, value)), len(cases))

    def _show(self, found: int, *, is_first: bool) -> None:
        if found in self.rows:
            return
        for number in self.rows.values():
            if self._is_there(number):
                self.host.tree.remove(number)
        self.rows = {found: self._plant(self.case(found)[1], 0, self.scope, is_first=is_first)}

    def _is_there(self, number: int) -> bool:
        """Whether what stands there has not been taken away by a handler."""
        return number in self.host.tree.overlay.added

    def _follow(self, former: MatchReaction) -> None:
        """Go on from what another one showed: it stays where its case is still the one."""
        found = self._found()
        (was, number), (value, mold) = next(iter(former.rows.items())), self.case(found)
        assert isinstance(was, int), "the number of a case"
        if _is_same(former.case(was)[0], value):
            self.rows = {found: number}
            if self._is_there(number):
                self._go_on(number, former.case(was)[1], mold, self.scope)
        else:
            self.rows = {was: number} if was != found else {-1: number}
            self._show(found, is_first=True)


def _is_same(case: object, value: object) -> bool:
    """Whether a value is that of a case; true is not 1."""
    return case == value and isinstance(case, bool) == isinstance(value, bool)
