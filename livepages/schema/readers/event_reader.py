"""Reads what is declared under `on`: of elements, of components in use, and of pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from typing import Any

from livepages.schema.expressions.mistakes import listed, there_are
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import did_you_mean, suggestion
from livepages.schema.readers.action_reader import ActionReader
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.action_keys import ON_DOCUMENT, ON_SHARED_DOCUMENT, TIMES, Place
from livepages.schema.site.actions import CallAction
from livepages.schema.site.element_type import ElementType
from livepages.schema.site.events import EventSpec, modifiers_in_words, modifiers_of
from livepages.schema.site.vocabulary import Vocabulary
from livepages.schema.yaml.tree import Mapping, Node, Scalar, Sequence

FEW = 4
"""How many element types a hint names that have an event."""


class EventReader:
    """Reads the events of one region, whose names `values` knows, in one kind of place."""

    def __init__(self, vocabulary: Vocabulary, values: ValueReader, place: Place, diagnostics: Diagnostics) -> None:
        handlers = vocabulary.handlers
        self.types = vocabulary.types
        self.actions = ActionReader(handlers, values, place, diagnostics)
        on_document = ON_SHARED_DOCUMENT if values.region.is_shared else ON_DOCUMENT
        self.document_actions = ActionReader(handlers, values, on_document, diagnostics)
        self.values = values
        self.diagnostics = diagnostics

    def read(self, kind: ElementType, props: AnyMapping[str, Any], node: Node) -> dict[str, EventSpec]:
        """The events of an element, which has these properties, by their keys."""
        events = {}
        of_server = kind.server_events(props)
        for key, value in self._entries(f"{kind.name}.on", "click", node):
            known = self._is_known(kind, key, of_server)
            actions = self.document_actions if key.text in of_server else self.actions
            event = self._read_event(f"{kind.name}.on.{key.text}", key.text, value, actions)
            if known and event is not None:
                events[key.text] = event
        return events

    def read_own(self, owner: str, names: Collection[str], node: Node) -> dict[str, EventSpec]:
        """The events, of these names, of what is no HTML element: a page, or a component in use."""
        events = {}
        for key, value in self._entries(f"{owner}.on", next(iter(sorted(names)), "click"), node):
            if key.text not in names:
                hint = suggestion(key.text, names) or there_are(sorted(names))
                message = f'"{owner}" has no event "{key.text}".'
                self.diagnostics.error("unknown-event", message, key.position, hint=hint)
            event = self._read_event(f"{owner}.on.{key.text}", key.text, value, self.actions)
            if event is not None:
                events[key.text] = event
        return events

    def _entries(self, what: str, example: str, node: Node) -> Iterator[tuple[Scalar, Node]]:
        """The events of a mapping with what is declared for them."""
        if isinstance(node, Mapping):
            yield from ((key, value) for key, value in node.entries if not key.broken)
        elif not (isinstance(node, Scalar) and node.value is None):
            handler = node.text if isinstance(node, Scalar) else "save"
            message = f"{what}: expected a mapping of events to handlers."
            hint = f"Such as `on: {{{example}: {handler}}}`."
            self.diagnostics.error("wrong-value", message, node.position, hint=hint)

    def _is_known(self, kind: ElementType, key: Scalar, of_server: Collection[str]) -> bool:
        name, *modifiers = key.text.split(".")
        if name not in kind.events:
            hint = self._event_hint(kind, name)
            self.diagnostics.error("unknown-event", f'"{kind.name}" has no event "{name}".', key.position, hint=hint)
            return False
        allowed = modifiers_of(name) if name not in of_server else frozenset()
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
        hint = suggestion(modifier, allowed) or modifiers_in_words(event) if allowed else "It comes from the server."
        message = f'The event "{event}" has no modifier "{modifier}".'
        self.diagnostics.error("unknown-modifier", message, key.position, hint=hint)

    def _read_event(self, what: str, key: str, node: Node, reader: ActionReader) -> EventSpec | None:
        """An event with what happens then; None where nothing does that could be read."""
        if isinstance(node, Sequence) and not node.items:
            message = f"{what}: there is nothing in this list."
            self.diagnostics.error("wrong-value", message, node.position, hint="Take the event out.")
            return None
        times, rest = self._times(what, node)
        actions = reader.read(rest, what)
        if not actions:
            return None
        event = EventSpec(key, debounce=times.get("debounce"), throttle=times.get("throttle"))
        match actions:
            case (CallAction(when=None, handler=handler, arguments=arguments),):
                return replace(event, handler=handler, arguments=arguments)
            case _:
                return replace(event, actions=actions)

    def _times(self, what: str, node: Node) -> tuple[dict[str, int], Node]:
        """A debounce or throttle, of which an event has one, and what stands beside it."""
        if not isinstance(node, Mapping):
            return {}, node
        times: dict[str, int] = {}
        given = [(name, value) for name, value in node.entries if name.text in TIMES]
        for name, value in given:
            time = self.values.read_literal(TIMES[name.text], value, f"{what}.{name.text}")
            if name is not given[0][0]:
                message = f"{what}.{name.text}: an event has either debounce or throttle."
                self.diagnostics.error("wrong-value", message, name.position, hint="Remove one of them.")
            elif time is not None:
                times[name.text] = time
        rest = [(name, value) for name, value in node.entries if name.text not in TIMES]
        return times, Mapping(rest, node.position)
