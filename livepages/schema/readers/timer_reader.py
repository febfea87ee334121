"""Reads what happens by itself: `startup` and `every`."""

from __future__ import annotations

from livepages.schema.code.handlers import Handlers
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.action_reader import ActionReader
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.action_keys import Place
from livepages.schema.site.actions import Action, CallAction
from livepages.schema.site.events import milliseconds
from livepages.schema.site.site import Timer
from livepages.schema.yaml.tree import Mapping, Node, Scalar

SHORTEST = 10
"""Milliseconds between two calls of a timer, at the least."""


class TimerReader:
    """Reads handlers and actions that no event calls, in one kind of place of one region."""

    def __init__(self, handlers: Handlers | None, values: ValueReader, place: Place, diagnostics: Diagnostics) -> None:
        self.actions = ActionReader(handlers, values, place, diagnostics)
        self.diagnostics = diagnostics

    def read_actions(self, node: Node | None, what: str) -> tuple[Action, ...]:
        """A handler, an action, or a list of these."""
        return self.actions.read(node, what) if node is not None else ()

    def read(self, node: Node | None) -> tuple[Timer, ...]:
        """The timers of a page, or of the site: one for each of several handlers, one for a list with actions."""
        if node is None:
            return ()
        if not isinstance(node, Mapping):
            message = "every: expected a mapping of intervals to handlers."
            self.diagnostics.error("wrong-value", message, node.position, hint="Such as `every: {1s: tick}`.")
            return ()
        timers: list[Timer] = []
        for key, value in node.entries:
            interval = self._interval(key)
            actions = self.read_actions(value, f"every.{key.text}")
            if all(isinstance(action, CallAction) for action in actions):
                timers += [Timer(interval, (action,)) for action in actions]
            else:
                timers.append(Timer(interval, actions))
        return tuple(timers)

    def _interval(self, key: Scalar) -> int:
        try:
            interval = milliseconds(key.text)
        except ValueError as error:
            self.diagnostics.error("wrong-value", f"every: {error}.", key.position)
            return SHORTEST
        if interval < SHORTEST:
            message = f'every: expected an interval of {SHORTEST}ms or more, not "{key.text}".'
            self.diagnostics.error("wrong-value", message, key.position)
        return interval
