"""Reads what an element's `on` declares."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from types import MappingProxyType
from typing import Any

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element_type import ElementType
from livepages.schema.events import EventSpec, modifiers_of
from livepages.schema.handlers import EVENT_NAMES, Handlers
from livepages.schema.properties import Milliseconds, Property
from livepages.schema.suggest import did_you_mean, suggestion
from livepages.schema.value_reader import ValueReader
from livepages.schema.yaml_tree import Mapping, Node, Scalar

CALL_KEYS: AnyMapping[str, Property] = MappingProxyType(
    {
        "call": Property(str, "The handler's name."),
        "with": Property(dict[str, Any], "Values for the handler's own parameters, by their names."),
        "debounce": Property(Milliseconds, "Wait until there was no such event for this long, such as 300ms."),
        "throttle": Property(Milliseconds, "At most one such event in this time, such as 100ms."),
    }
)
"""What an event's entry can say when it is a mapping."""


class EventReader:
    """Reads the events of one region's elements."""

    def __init__(self, handlers: Handlers | None, values: ValueReader, diagnostics: Diagnostics) -> None:
        self.handlers = handlers
        self.values = values
        self.diagnostics = diagnostics

    def read(self, kind: ElementType, node: Node) -> dict[str, EventSpec]:
        """The events of an element by their keys."""
        if not isinstance(node, Mapping):
            self.diagnostics.error(
                "wrong-value",
                "on: expected a mapping of events.",
                node.position,
                hint="Such as `on: {click: save}`.",
            )
            return {}
        events = {}
        for key, value in node.entries:
            if self._known(kind, key) and (event := self._read_event(key.text, value)) is not None:
                events[key.text] = event
        return events

    def _known(self, kind: ElementType, key: Scalar) -> bool:
        name, *modifiers = key.text.split(".")
        if name not in kind.events:
            near = did_you_mean(name.removeprefix("on"), kind.events)
            hint = f'Did you mean "{near}"?' if near else f"`livepages components {kind.name}` lists its events."
            self.diagnostics.error("unknown-event", f'"{kind.name}" has no event "{name}".', key.position, hint=hint)
            return False
        allowed = modifiers_of(name)
        for modifier in modifiers:
            if modifier not in allowed:
                near = suggestion(modifier, allowed)
                hint = near or "There are " + ", ".join(sorted(allowed, key=lambda word: (len(word) < 3, word))[:12]) + "."
                message = f'The event "{name}" has no modifier "{modifier}".'
                self.diagnostics.error("unknown-modifier", message, key.position, hint=hint)
                return False
        return True

    def _read_event(self, key: str, node: Node) -> EventSpec | None:
        if isinstance(node, Scalar) and isinstance(node.value, str):
            check_handler(self.handlers, node, EVENT_NAMES, frozenset(), self.diagnostics)
            return EventSpec(key, node.value)
        if not isinstance(node, Mapping):
            message = f"on.{key}: expected a handler's name, or a mapping with `call`."
            self.diagnostics.error("wrong-value", message, node.position)
            return None
        return self._read_call(key, node)

    def _read_call(self, key: str, node: Mapping) -> EventSpec | None:
        options: dict[str, Any] = {}
        for name, value in node.entries:
            if name.text not in CALL_KEYS:
                hint = suggestion(name.text, CALL_KEYS) or f"There are {', '.join(CALL_KEYS)}."
                self.diagnostics.error("unknown-property", f'An event has no "{name.text}".', name.position, hint=hint)
            elif (read := self.values.read(CALL_KEYS[name.text], value, f"on.{key}.{name.text}")) is not None:
                options[name.text] = read
        if "debounce" in options and "throttle" in options:
            self.diagnostics.error("wrong-value", f"on.{key}: debounce and throttle exclude each other.", node.position)
        call = node.get("call")
        if call is None:
            self.diagnostics.error("missing-key", f"on.{key}: `call` with a handler's name is missing.", node.position)
            return None
        arguments = self._arguments(node)
        check_handler(self.handlers, call, EVENT_NAMES, frozenset(arguments), self.diagnostics)
        return EventSpec(
            key, options.get("call"), MappingProxyType(arguments), options.get("debounce"), options.get("throttle")
        )

    def _arguments(self, node: Mapping) -> dict[str, Any]:
        given = node.get("with")
        if not isinstance(given, Mapping):
            return {}
        for name, _ in given.entries:
            if name.text in EVENT_NAMES:
                message = f'"{name.text}" is given to handlers anyway: `with` needs another name.'
                self.diagnostics.error("wrong-value", message, name.position)
        return {name.text: self.values.bind(value) for name, value in given.entries}


def check_handler(
    handlers: Handlers | None, node: Node, given: frozenset[str], extra: frozenset[str], diagnostics: Diagnostics
) -> None:
    """Report a handler that does not exist, or whose parameters can't be given.

    `given` are the names that the place gives, `extra` those of its `with`.
    """
    if handlers is None or not isinstance(node, Scalar):
        return
    name = node.text
    if name not in handlers:
        message = f'There is no handler "{name}".'
        diagnostics.error("unknown-handler", message, node.position, hint=_where_to_define(name, handlers))
        return
    for _, sentence in handlers[name].mistakes(given, extra):
        diagnostics.error("handler-parameter", f"{sentence}.", node.position)


def _where_to_define(name: str, handlers: Handlers) -> str:
    if near := suggestion(name, handlers):
        return near
    if not handlers.modules:
        return "Name the file of its functions under `handlers:`, such as `handlers: site.py`."
    files = ", ".join(f"{stem}.py" for stem in handlers.modules)
    return f"Define a function of that name in {files}."
