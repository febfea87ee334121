"""Reads the names of handlers."""

from __future__ import annotations

from livepages.schema.code.handlers import Handler, Handlers
from livepages.schema.expressions.mistakes import listed
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import did_you_mean, suggestion
from livepages.schema.yaml.tree import Node, Scalar

NOTHING: frozenset[str] = frozenset()


class HandlerReader:
    """Finds the handlers that a site's file names. `handlers` is None where they could not be loaded."""

    def __init__(self, handlers: Handlers | None, diagnostics: Diagnostics) -> None:
        self.handlers = handlers
        self.diagnostics = diagnostics

    def read(self, node: Node, what: str, given: frozenset[str], extra: frozenset[str] = NOTHING) -> Handler | None:
        """The handler of a name. One that does not exist is reported, and parameters of it that can't be given.

        `given` are the names that the place gives, `extra` those of its `with`.
        """
        if isinstance(node, Scalar) and node.broken:
            return None
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            self.diagnostics.error("wrong-value", f"{what}: expected the name of a handler.", node.position)
            return None
        if self.handlers is None:
            return None
        handler = self.handlers.get(node.text)
        if handler is None:
            hint = self._where_to_define(node.text, self.handlers)
            self.diagnostics.error("unknown-handler", f'There is no handler "{node.text}".', node.position, hint=hint)
            return None
        self._check(handler, node, given, extra)
        return handler

    def _check(self, handler: Handler, node: Node, given: frozenset[str], extra: frozenset[str]) -> None:
        known = given | extra
        meant: set[str | None] = set()
        for name, sentence in handler.mistakes(given, extra):
            if name in meant:
                continue
            near = None
            if name in extra:
                hint = f'Add "{name}" to its parameters, or take it out of `with`.'
            elif name in known:
                hint = "Remove the / from its parameters."
            else:
                near = did_you_mean(name, known)
                meant.add(near)
                hint = f"A handler here can ask for {listed(sorted(known), 'and')}."
            hint = f'Did you mean "{near}"?' if near else hint
            self.diagnostics.error("handler-parameter", f"{sentence}.", node.position, hint=hint)

    def _where_to_define(self, name: str, handlers: Handlers) -> str:
        if not handlers.modules:
            return "Name the Python file of its functions under `handlers:`, such as `handlers: board.py`."
        tail = name.rpartition(".")[2]
        same = [known for known in handlers if known.rpartition(".")[2] == tail]
        if near := f'Did you mean "{same[0]}"?' if same else suggestion(name, handlers):
            return near
        files = " or ".join(f"{stem}.py" for stem in handlers.modules)
        return f'Define a function "{tail}" in {files}.'
