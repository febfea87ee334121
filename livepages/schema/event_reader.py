"""Reads what an element's `on` declares."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from types import MappingProxyType
from typing import Any

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element_type import ElementType
from livepages.schema.events import EventSpec, modifiers_in_words, modifiers_of
from livepages.schema.handler_reader import HandlerReader
from livepages.schema.handlers import EVENT_NAMES
from livepages.schema.mistakes import listed, there_are
from livepages.schema.properties import Milliseconds, Property
from livepages.schema.suggest import did_you_mean, suggestion
from livepages.schema.value_reader import ValueReader
from livepages.schema.vocabulary import Vocabulary
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

FEW = 4
"""How many element types a hint names that have an event."""


class EventReader:
    """Reads the events of one region's elements."""

    def __init__(self, vocabulary: Vocabulary, values: ValueReader, diagnostics: Diagnostics) -> None:
        self.types = vocabulary.types
        self.handlers = HandlerReader(vocabulary.handlers, diagnostics)
        self.values = values
        self.diagnostics = diagnostics

    def read(self, kind: ElementType, node: Node) -> dict[str, EventSpec]:
        """The events of an element by their keys."""
        if isinstance(node, Scalar) and node.value is None:
            return {}
        if not isinstance(node, Mapping):
            handler = node.text if isinstance(node, Scalar) else "save"
            message = f"{kind.name}.on: expected a mapping of events to handlers."
            self.diagnostics.error("wrong-value", message, node.position, hint=f"Such as `on: {{click: {handler}}}`.")
            return {}
        events = {}
        for key, value in node.entries:
            if key.broken:
                continue
            known = self._is_known(kind, key)
            event = self._read_event(f"{kind.name}.on.{key.text}", key.text, value)
            if known and event is not None:
                events[key.text] = event
        return events

    def _is_known(self, kind: ElementType, key: Scalar) -> bool:
        name, *modifiers = key.text.split(".")
        if name not in kind.events:
            hint = self._event_hint(kind, name)
            self.diagnostics.error("unknown-event", f'"{kind.name}" has no event "{name}".', key.position, hint=hint)
            return False
        allowed = modifiers_of(name)
        for modifier in modifiers:
            if modifier not in allowed:
                self._unknown_modifier(name, modifier, allowed, key)
                return False
        return True

    def _event_hint(self, kind: ElementType, name: str) -> str:
        if near := did_you_mean(name.removeprefix("on"), kind.events):
            return f'Did you mean "{near}"?'
        having = [f'"{other.name}"' for other in self.types.values() if name in other.own_events]
        if 0 < len(having) <= FEW:
            return f"It is an event of {listed(having, 'and')}."
        return f"`livepages components {kind.name}` lists its events."

    def _unknown_modifier(self, event: str, modifier: str, allowed: frozenset[str], key: Scalar) -> None:
        hint = suggestion(modifier, allowed) or modifiers_in_words(event)
        message = f'The event "{event}" has no modifier "{modifier}".'
        self.diagnostics.error("unknown-modifier", message, key.position, hint=hint)

    def _read_event(self, what: str, key: str, node: Node) -> EventSpec | None:
        if isinstance(node, Mapping):
            return self._read_call(what, key, node)
        if isinstance(node, Scalar) and isinstance(node.value, str):
            self.handlers.read(node, what, EVENT_NAMES)
            return EventSpec(key, node.text)
        if not (isinstance(node, Scalar) and node.broken):
            message = f"{what}: expected the name of a handler, or a mapping with `call`."
            self.diagnostics.error("wrong-value", message, node.position)
        return None

    def _read_call(self, what: str, key: str, node: Mapping) -> EventSpec | None:
        call: Node | None = None
        arguments: dict[str, Any] | None = {}
        times: dict[str, int] = {}
        meant: set[str | None] = set()
        for name, value in node.entries:
            if name.text == "call":
                call = value
            elif name.text == "with":
                arguments = self._arguments(f"{what}.with", value)
            elif name.text in CALL_KEYS:
                times |= self._time(f"{what}.{name.text}", name, value, times)
            else:
                meant.add(self._unknown_key(what, name))
        if call is None:
            if "call" not in meant:
                hint = "Write it under `call`, such as `call: save`."
                message = f"{what}: the handler's name is missing."
                self.diagnostics.error("missing-key", message, node.position, hint=hint)
            return None
        if arguments is None or (isinstance(call, Scalar) and call.broken):
            return None
        handler = self.handlers.read(call, f"{what}.call", EVENT_NAMES, frozenset(arguments) - EVENT_NAMES)
        return EventSpec(key, handler.name, MappingProxyType(arguments), **times) if handler is not None else None

    def _time(self, what: str, name: Scalar, node: Node, before: AnyMapping[str, int]) -> dict[str, int]:
        """A debounce or throttle, of which an event has one."""
        value = self.values.read_literal(CALL_KEYS[name.text], node, what)
        if before:
            message = f"{what}: an event has either debounce or throttle."
            self.diagnostics.error("wrong-value", message, name.position, hint="Remove one of them.")
        return {} if value is None or before else {name.text: value}

    def _unknown_key(self, what: str, name: Scalar) -> str | None:
        if name.broken:
            return "call"
        near = did_you_mean(name.text, CALL_KEYS)
        hint = f'Did you mean "{near}"?' if near else there_are(CALL_KEYS)
        self.diagnostics.error("unknown-property", f'{what} has no "{name.text}".', name.position, hint=hint)
        return near

    def _arguments(self, what: str, node: Node) -> dict[str, Any] | None:
        """What `with` gives; None where that is not known."""
        if isinstance(node, Scalar) and node.value is None:
            return None if node.broken else {}
        if not isinstance(node, Mapping):
            message = f"{what}: expected a mapping of the handler's parameters to values."
            self.diagnostics.error("wrong-value", message, node.position, hint="Such as `with: {row: 3}`.")
            return None
        for name, _ in node.entries:
            if name.text in EVENT_NAMES:
                message = f'{what}: every handler can ask for "{name.text}", so `with` can\'t give it.'
                self.diagnostics.error("wrong-value", message, name.position, hint="Choose another name.")
        return {name.text: self.values.bind(value) for name, value in node.entries}
