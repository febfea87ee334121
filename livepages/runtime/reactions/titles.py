"""Titles that are bound to state, which follow it in the tabs that are open."""

from __future__ import annotations

from collections.abc import Callable

from livepages.runtime.blueprints.node import Node
from livepages.runtime.reactions.reaction import Host, Reaction
from livepages.runtime.state.scopes import Scope
from livepages.schema.expressions.expressions import as_text
from livepages.schema.site.bindings import Binding


class TitleReaction(Reaction):
    """The title of a page; `tell` is called with each that it gets after the first."""

    __slots__ = ("binding", "tell", "text")

    def __init__(
        self, host: Host, node: Node, scope: Scope, serial: int, binding: Binding, tell: Callable[[str], None]
    ) -> None:
        super().__init__(host, node, scope, serial)
        self.binding = binding
        self.tell = tell
        self.text = ""

    def start(self) -> None:
        self.text = self._value()

    def run(self) -> None:
        self.forget()
        former, self.text = self.text, self._value()
        if self.text != former:
            self.tell(self.text)

    def _value(self) -> str:
        """The title; empty where it has none."""
        try:
            with self.host.tracker.running(self):
                return as_text(self.binding.evaluate(self.scope))
        except ValueError as error:
            self.host.failed(self, "title", error)
            return ""
