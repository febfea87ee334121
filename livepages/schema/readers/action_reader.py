"""Reads what happens: handlers that are called, and actions, one or a list of them in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as AnyMapping
from types import MappingProxyType
from typing import Any

from livepages.schema.code.handlers import EVENT_NAMES, Handlers
from livepages.schema.expressions.mistakes import listed
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.readers.action_entry import ActionEntry
from livepages.schema.readers.handler_reader import HandlerReader
from livepages.schema.readers.state_action_reader import StateActionReader
from livepages.schema.readers.tab_action_reader import TabActionReader
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.action_keys import ACTION_KEYS, ACTION_OPTIONS, TIMES, Place
from livepages.schema.site.actions import Action, CallAction
from livepages.schema.yaml.tree import Mapping, Node, Scalar, Sequence

Read = Callable[[ActionEntry], Iterator[Action]]

MISSING_HINT = "Write a handler under `call`, such as `call: save`, or an action, such as `toggle: done`."


class ActionReader:
    """Reads what happens in one place of one region."""

    def __init__(self, handlers: Handlers | None, values: ValueReader, place: Place, diagnostics: Diagnostics) -> None:
        self.handlers = HandlerReader(handlers, diagnostics)
        self.values = values
        self.place = place
        self.diagnostics = diagnostics
        state, tab = StateActionReader(values, diagnostics), TabActionReader(values, diagnostics)
        self._readers: AnyMapping[str, Read] = {"call": self._call, **state.readers, **tab.readers}

    def read(self, node: Node, what: str) -> tuple[Action, ...]:
        """What a handler's name, an action, or a list of these says."""
        items = node.items if isinstance(node, Sequence) else [node]
        return tuple(action for item in items for action in self._item(item, what))

    def _item(self, node: Node, what: str) -> Iterator[Action]:
        if isinstance(node, Mapping):
            yield from self._action(node, what)
        elif isinstance(node, Scalar) and isinstance(node.value, str):
            self.handlers.read(node, what, self.place.given)
            yield CallAction(node.text, position=node.position)
        elif not (isinstance(node, Scalar) and node.broken):
            message = f"{what}: expected the name of a handler, an action, or a list of these."
            self.diagnostics.error("wrong-value", message, node.position)

    def _action(self, node: Mapping, what: str) -> Iterator[Action]:
        entries = [(key, value) for key, value in node.entries if key.text in ACTION_KEYS]
        unknown = [key for key, _ in node.entries if not _is_known(key)]
        for key in unknown:
            self._unknown_key(what, key)
        if not entries:
            if not unknown:
                message = f"{what}: what is to happen is missing."
                self.diagnostics.error("missing-key", message, node.position, hint=MISSING_HINT)
            return
        if entries[1:]:
            self._more_than_one(what, [key for key, _ in entries])
            return
        ((key, value),) = entries
        beside = {name.text: inner for name, inner in node.entries if name.text in ACTION_OPTIONS}
        if "with" in beside and key.text != "call":
            self._misplaced_with(what, key, node)
        if key.text in self.place.refused:
            message = f"{what}.{key.text}: this has no meaning here, as {self.place.reason}."
            self.diagnostics.error("misplaced-action", message, key.position)
        elif not (isinstance(value, Scalar) and value.broken):
            when = self.values.expression(beside["when"], f"{what}.when") if "when" in beside else None
            entry = ActionEntry(f"{what}.{key.text}", value, when, key.position, beside.get("with"))
            yield from self._readers[key.text](entry)

    def _more_than_one(self, what: str, keys: list[Scalar]) -> None:
        names = listed([f'"{key.text}"' for key in keys], "and")
        message = f"{what}: these are more actions than one: {names}."
        example = ", ".join(f"{{{key.text}: ...}}" for key in keys[:2])
        self.diagnostics.error("wrong-value", message, keys[1].position, hint=f"Write a list: [{example}].")

    def _misplaced_with(self, what: str, key: Scalar, node: Mapping) -> None:
        where = next(name.position for name, _ in node.entries if name.text == "with")
        message = f"{what}.with: only a handler can be given values, not `{key.text}`."
        self.diagnostics.error("wrong-value", message, where, hint="Take it out.")

    def _unknown_key(self, what: str, key: Scalar) -> None:
        """Report a key that no action has."""
        if key.broken:
            return
        if key.text in TIMES:
            message = f"{what}: `{key.text}` can't stand here."
            hint = "It is for events, beside the only action that one has."
            self.diagnostics.error("wrong-value", message, key.position, hint=hint)
            return
        known = (*ACTION_KEYS, *ACTION_OPTIONS, *TIMES)
        near = did_you_mean(key.text, known)
        hint = f'Did you mean "{near}"?' if near else f"There are the actions {listed(ACTION_KEYS, 'and')}."
        self.diagnostics.error("unknown-property", f'{what} has no "{key.text}".', key.position, hint=hint)

    def _call(self, entry: ActionEntry) -> Iterator[Action]:
        arguments = self._arguments(f"{entry.what.rpartition('.')[0]}.with", entry.arguments)
        if arguments is None:
            return
        node = entry.node
        handler = self.handlers.read(node, entry.what, self.place.given, frozenset(arguments) - EVENT_NAMES)
        if handler is not None or self.handlers.handlers is None:
            name = node.text if isinstance(node, Scalar) else ""
            yield CallAction(name, MappingProxyType(arguments), when=entry.when, position=entry.position)

    def _arguments(self, what: str, node: Node | None) -> dict[str, Any] | None:
        """What `with` gives; None where that is not known."""
        if node is None or (isinstance(node, Scalar) and node.value is None):
            return None if isinstance(node, Scalar) and node.broken else {}
        if not isinstance(node, Mapping):
            message = f"{what}: expected a mapping of the handler's parameters to values."
            self.diagnostics.error("wrong-value", message, node.position, hint="Such as `with: {row: 3}`.")
            return None
        for name, _ in node.entries:
            if name.text in EVENT_NAMES and not name.broken:
                message = f'{what}: every handler can ask for "{name.text}", so `with` can\'t give it.'
                self.diagnostics.error("wrong-value", message, name.position, hint="Choose another name.")
        return {name.text: self.values.bind(value) for name, value in node.entries if not name.broken}


def _is_known(key: Scalar) -> bool:
    return key.text in ACTION_KEYS or key.text in ACTION_OPTIONS
