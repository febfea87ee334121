"""What follows from state on one live page: bound properties and branches, evaluated when what they read is written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from itertools import count
from typing import Final

from livepages.runtime.blueprints.node import ROOT, Each, Node
from livepages.runtime.reactions.branches import BranchReaction, MatchReaction
from livepages.runtime.reactions.each import EachReaction
from livepages.runtime.reactions.faults import Faults
from livepages.runtime.reactions.inheritance import Inheritance, Rows
from livepages.runtime.reactions.reaction import PropertyReaction, Reaction
from livepages.runtime.reactions.titles import TitleReaction
from livepages.runtime.state.scopes import EventScope, PageScope, RowScope, Scope
from livepages.runtime.state.state_change import take_over
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.state.tracking import Tracker
from livepages.runtime.tree.tree import Tree, ignore
from livepages.schema.findings.diagnostics import Diagnostic
from livepages.schema.site.bindings import Binding

log = logging.getLogger(__name__)

MOST_PASSES: Final = 100
"""Times that reactions can make others run; beyond that something changes what it reads itself."""


class Reactions:
    """The reactions of one tree. `evaluated` counts the evaluations of bound properties.

    `faults` takes in the expressions that have no value, `inheritance` is what there was before another definition.
    `wanted` is called when something has to be evaluated that was up to date before.
    """

    def __init__(self, tree: Tree, scope: Scope, tracker: Tracker, faults: Faults, wanted: Callable[[], None]) -> None:
        self.tree = tree
        self.scope = scope
        self.tracker = tracker
        self.evaluated = 0
        self.faults = faults
        self._logged: set[str] = set()
        self._wanted = wanted
        self._serials = count()
        self._waiting: dict[Reaction, None] = {}
        self._by_number: dict[int, list[Reaction]] = {}
        self._scopes: dict[int, Scope] = {}
        self._states: dict[int, tuple[PageScope | RowScope, StateRoot]] = {}
        self.inheritance: Inheritance | None = None
        tree.dropped = self.stop

    def scope_of(self, number: int) -> Scope:
        """What names mean where a node stands."""
        if self._scopes:
            for each in (number, *self.tree.ancestors(number)):
                if each in self._scopes:
                    return self._scopes[each]
        return self.scope

    def enter(self, row: int, scope: Scope) -> None:
        """What names mean in a row."""
        self._scopes[row] = scope

    def start(self, nodes: Iterable[Node], scope: Scope) -> None:
        """Begin the reactions of nodes that are new: evaluate what is bound, and go on whenever it has to be."""
        for node in nodes:
            if node.state and not isinstance(scope, EventScope):
                root = StateRoot(f"{node.name}.state", node.state, self.tracker)
                if self.inheritance is not None and (former := self.inheritance.state(node.number)) is not None:
                    take_over(root, former)
                scope.add(root)
                self._states[node.number] = (scope, root)
            for name, binding in node.bindings.items():
                self._begin(PropertyReaction(self, node, scope, next(self._serials), name, binding))
            if node.branch is not None:
                kind = EachReaction if isinstance(node.branch, Each) else MatchReaction
                self._begin(kind(self, node, scope, next(self._serials)))

    def follow_title(self, title: Binding, tell: Callable[[str], None]) -> None:
        """Tell what a page is called whenever that changes."""
        self._begin(TitleReaction(self, self.tree.node(ROOT), self.scope, next(self._serials), title, tell))

    def _begin(self, reaction: Reaction) -> None:
        reaction.start()
        if reaction.reads_anything or isinstance(reaction, BranchReaction):
            self._by_number.setdefault(reaction.node.number, []).append(reaction)

    def stop(self, number: int) -> None:
        """A node is gone for good."""
        self._scopes.pop(number, None)
        if number in self._states:
            scope, root = self._states.pop(number)
            scope.drop(root)
        for reaction in self._by_number.pop(number, ()):
            self._waiting.pop(reaction, None)
            self.faults.clear(reaction)
            reaction.end()

    def stop_unseen(self) -> None:
        """Nodes are gone for good that are in others which have been taken away."""
        for number in [each for each in {**self._by_number, **self._states} if not self.tree.exists(each)]:
            self.stop(number)

    def want(self, reaction: Reaction) -> None:
        """Have a reaction run before the tabs are told anything."""
        if not self._waiting:
            self._wanted()
        self._waiting[reaction] = None

    def repeat(self, number: int) -> None:
        """Have what is bound on a node evaluated anew, though nothing that it has read may have changed."""
        for reaction in self._by_number.get(number, ()):
            self.want(reaction)

    def settle(self) -> None:
        """Run what has to be run, until there is nothing left; branches first, since what is in them may go."""
        self._logged.clear()
        for _ in range(MOST_PASSES):
            if not self._waiting:
                return
            waiting, self._waiting = self._waiting, {}
            for reaction in sorted(waiting, key=_order):
                if not reaction.is_over:
                    self._run(reaction)
        self._waiting.clear()
        log.error("What is bound on a page goes on changing what it reads; it is left as it is.")

    def _run(self, reaction: Reaction) -> None:
        """Run a reaction; an error of the program's own in one of them must not keep the others from running."""
        self.faults.clear(reaction)
        try:
            reaction.run()
        except Exception:
            log.exception("What is bound on %s %s failed.", reaction.node.describe(), reaction.node.position)

    def bequeath(self, rows: Rows) -> Inheritance:
        """Read nothing any more; what there is goes to others, and rows are in another tree."""
        reactions = [each for several in self._by_number.values() for each in several]
        inheritance = Inheritance(reactions, {number: root for number, (_, root) in self._states.items()}, rows)
        self.close()
        return inheritance

    def close(self) -> None:
        """Read nothing any more."""
        for number in list(self._by_number):
            self.stop(number)
        self.tree.dropped = ignore

    def failed(self, reaction: Reaction, what: str, error: Exception) -> None:
        """An expression has no value."""
        node = reaction.node
        name = node.describe()
        message = f"{name if name == what else f'{name}.{what}'}: {str(error).rstrip('.')}."
        line = f"{node.position}: {message}"
        if line not in self._logged:
            self._logged.add(line)
            log.warning("%s", line)
        self.faults.add(Diagnostic("error", "expression-failed", message, node.position), reaction)


def _order(reaction: Reaction) -> tuple[bool, int]:
    return not isinstance(reaction, BranchReaction), reaction.serial
