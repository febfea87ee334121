"""One thing that follows from state: a property that is bound to an expression, or what stands in a branch."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Iterable
from typing import Any, Protocol

from livepages.runtime.blueprints.node import Mold, Node
from livepages.runtime.state.container import sendable
from livepages.runtime.state.pending import MISSING
from livepages.runtime.state.scopes import Scope
from livepages.runtime.state.tracking import Effect, Readers, Tracker
from livepages.runtime.tree.tree import Tree
from livepages.schema.expressions.expressions import as_text
from livepages.schema.site.bindings import Binding
from livepages.schema.site.element_type import COMMON
from livepages.schema.values.view import Html


class Heritage(Protocol):
    """What there was on a live page before it became another; nodes that stay have the numbers that they had."""

    def branch(self, number: int) -> Reaction | None:
        """What kept the copies in a fragment."""

    def renew_row(self, number: int, former: Mold, mold: Mold) -> list[Node]:
        """Make the copy of a mold in a fragment one of another mold; those of its nodes with something to evaluate."""


class Host(Protocol):
    """Where reactions live: those of one live page."""

    tree: Tree
    tracker: Tracker
    evaluated: int

    @property
    def inheritance(self) -> Heritage | None:
        """What there was before the page became another, while what follows from state begins anew."""

    def want(self, reaction: Reaction) -> None:
        """Have a reaction run before the tabs are told anything."""

    def start(self, nodes: Iterable[Node], scope: Scope) -> None:
        """Begin the reactions of nodes that are new."""

    def enter(self, row: int, scope: Scope) -> None:
        """What names mean in a row."""

    def failed(self, reaction: Reaction, what: str, error: Exception) -> None:
        """An expression has no value."""


class Reaction(Effect):
    """Something that is evaluated at first, and then whenever what it has read is written.

    `serial` counts them in the order in which they began, outer ones before those in them.
    """

    __slots__ = ("host", "is_over", "node", "scope", "serial")

    def __init__(self, host: Host, node: Node, scope: Scope, serial: int) -> None:
        super().__init__()
        self.host = host
        self.node = node
        self.scope = scope
        self.serial = serial
        self.is_over = False

    def invalidate(self, readers: Readers, key: Hashable) -> None:
        """Something that it has read was written."""
        self.host.want(self)

    @abstractmethod
    def start(self) -> None:
        """Evaluate it for the first time, on a node that no tab has."""

    @abstractmethod
    def run(self) -> None:
        """Evaluate it anew."""

    def end(self) -> None:
        """Its node is gone."""
        self.is_over = True
        self.forget()


class PropertyReaction(Reaction):
    """A property that is bound to an expression."""

    __slots__ = ("binding", "name")

    def __init__(self, host: Host, node: Node, scope: Scope, serial: int, name: str, binding: Binding) -> None:
        super().__init__(host, node, scope, serial)
        self.name = name
        self.binding = binding

    def start(self) -> None:
        value = self._value()
        if value is not MISSING:
            self.host.tree.overlay.props.setdefault(self.node.number, {})[self.name] = value

    def run(self) -> None:
        self.forget()
        number, name, tree = self.node.number, self.name, self.host.tree
        value, former = self._value(), tree.prop(number, name)
        if tree.pending.origins and (value != former or type(value) is not type(former)):
            tree.pending.contest(number, name, former)
        tree.set_prop(number, name, value)

    def _value(self) -> Any:
        """The value of the property; MISSING where there is none, or it is wrong.

        An element in which there are others has no text.
        """
        self.host.evaluated += 1
        try:
            value = self.host.tracker.watch(self, self._evaluate, self.scope)
            return MISSING if self.name == "text" and self.host.tree.children(self.node.number) else value
        except ValueError as error:
            self.host.failed(self, self.name, error)
            return MISSING

    def _evaluate(self, scope: Scope) -> Any:
        """The value as the property keeps it. Raises ValueError."""
        value = self.binding.evaluate(scope)
        if self.name == "show":
            return bool(value)
        kind = self.node.type
        prop = kind.properties[self.name] if kind is not None else COMMON[self.name]
        if value is None:
            return MISSING
        if isinstance(value, Html) and self.binding.node().gives_html:
            return sendable(value)
        return sendable(prop.check_live(as_text(value) if self.name == "text" else value))
