"""Reads what a site does by itself: `startup` and `every`."""

from __future__ import annotations

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.events import milliseconds
from livepages.schema.handler_reader import HandlerReader
from livepages.schema.handlers import PAGE_TIMER_NAMES, SITE_NAMES, Handler, Handlers
from livepages.schema.site import Timer
from livepages.schema.yaml_tree import Mapping, Node, Scalar, Sequence

SHORTEST = 10
"""Milliseconds between two calls of a timer, at the least."""


class TimerReader:
    """Reads handlers that no event calls."""

    def __init__(self, handlers: Handlers | None, diagnostics: Diagnostics) -> None:
        self.handlers = HandlerReader(handlers, diagnostics)
        self.diagnostics = diagnostics

    def read(self, node: Node | None, *, page: bool) -> tuple[Timer, ...]:
        """The timers of a page, or of the site."""
        if node is None:
            return ()
        if not isinstance(node, Mapping):
            message = "every: expected a mapping of intervals to handlers."
            self.diagnostics.error("wrong-value", message, node.position, hint="Such as `every: {1s: tick}`.")
            return ()
        given = PAGE_TIMER_NAMES if page else SITE_NAMES
        timers: list[Timer] = []
        for key, value in node.entries:
            interval = self._interval(key)
            timers += [Timer(interval, handler) for handler in self.read_handlers(value, given, f"every.{key.text}")]
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

    def read_handlers(self, node: Node | None, given: frozenset[str], what: str) -> tuple[Handler, ...]:
        """One handler, or a list of them, whose parameters are among `given`."""
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else [node]
        found = (self.handlers.read(item, what, given) for item in items)
        return tuple(handler for handler in found if handler is not None)
