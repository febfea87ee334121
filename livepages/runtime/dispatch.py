"""Events of tabs: checked against what their page declares, applied, and handed to their handlers."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from livepages.runtime.calls import Outcome
from livepages.runtime.given import Given
from livepages.runtime.hub import Hub
from livepages.runtime.live_page import LivePage
from livepages.runtime.node import ROOT, Node
from livepages.runtime.room import PAGE_STREAM, Room
from livepages.runtime.tab import Tab
from livepages.runtime.wire import Error, Event, event_data
from livepages.schema.bindings import Binding, lookup_in
from livepages.schema.events import EventSpec

log = logging.getLogger(__name__)


class Refusal(Exception):
    """An event that changes nothing: `code` is its kind on the wire, the text says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Dispatcher:
    """Takes the events of a site's tabs. `development` sends tracebacks to the tab of the event."""

    def __init__(self, hub: Hub, *, development: bool = False) -> None:
        self.hub = hub
        self.development = development

    def receive(self, room: Room, tab: Tab, event: Event) -> None:
        """Apply an event once, and tell its tab so."""
        if event.id > tab.applied:
            tab.applied = event.id
            try:
                self._apply(room, tab, event)
            except Refusal as refusal:
                refuse(tab, refusal.code, str(refusal), event.id)
        self._acknowledge(tab, tab.applied)

    def _acknowledge(self, tab: Tab, event: int) -> None:
        """Acknowledge all events up to one; not before the handlers that are about to start have."""
        if self.hub.calls.are_starting:
            self.hub.loop.call_soon(tab.acknowledge, event)
        else:
            tab.acknowledge(event)

    def _apply(self, room: Room, tab: Tab, event: Event) -> None:
        live, node, spec = self._find(room, event)
        changes = self._changes(live, node, event)
        if changes:
            self._set(room, tab, live, node, changes)
        if spec.handler is None:
            self.hub.show(room)
            return
        handler = self.hub.site.handlers[spec.handler]
        given = Given(self.hub, room, tab, live, node, event, changes)
        arguments = given.arguments(handler, self._extra(spec, live))
        self.hub.calls.start(handler, arguments, lambda outcome: self._done(room, tab, event, outcome))

    def _find(self, room: Room, event: Event) -> tuple[LivePage, Node, EventSpec]:
        """The element of an event and what it declares. Raises Refusal when there is no such thing on the page."""
        live = room.streams.get(event.stream)
        if live is None or not _is_mounted(room, event.stream):
            raise Refusal("unknown-element", f"The page has no stream {event.stream[:60]!r}.")
        if event.node == ROOT or not live.tree.is_live(event.node):
            raise Refusal("unknown-element", f"The page shows no element {event.node}.")
        node = live.tree.node(event.node)
        spec = node.events.get(event.on)
        if spec is None:
            raise Refusal("unknown-event", f"{node.describe()} declares no event {event.on[:60]!r}.")
        return live, node, spec

    def _changes(self, live: LivePage, node: Node, event: Event) -> dict[str, Any]:
        assert node.type is not None, "only elements declare events"
        if not node.type.has_state:
            return {}
        try:
            return node.type.changes_from(live.tree.props(node.number), event_data(event.data))
        except ValueError as error:
            raise Refusal("wrong-value", f"{node.describe()}: {error}.") from None

    def _set(self, room: Room, tab: Tab, live: LivePage, node: Node, changes: Mapping[str, Any]) -> None:
        """Keep what the user has changed on the element, and have the other tabs told of it."""
        tree = live.tree
        for name, value in changes.items():
            if name in node.bindings:
                continue
            tree.set_prop(node.number, name, value)
            if name == "checked" and value is True:
                tree.check_radio(node.number)
            tree.pending.origins[node.number] = tab.id
            if live.stream.name == PAGE_STREAM and room.page.scope == "tab":
                tree.pending.untouch(node.number, name)

    def _extra(self, spec: EventSpec, live: LivePage) -> Mapping[str, Any]:
        """What the event's `with` gives."""
        if not spec.arguments:
            return spec.arguments
        lookup = lookup_in({**live.params, "params": live.params})
        return {
            name: value.evaluate(lookup) if isinstance(value, Binding) else value
            for name, value in spec.arguments.items()
        }

    def _done(self, room: Room, tab: Tab, event: Event, outcome: Outcome) -> None:
        """Show what a handler has changed, unless it said not to by returning something; report its failure."""
        if outcome.failure is not None:
            failure = outcome.failure
            message = failure.message if self.development else "Something went wrong on the server."
            trace = failure.trace if self.development else None
            tab.send(Error("handler-failed", message, event.id, failure.id, trace))
        if outcome.value is None:
            self.hub.show(room)


def refuse(tab: Tab, code: str, message: str, event: int | None = None) -> None:
    """Tell a tab that something it sent changed nothing, and leave one line in the log."""
    log.warning("Tab %s: %s: %s", tab.id, code, message)
    tab.send(Error(code, message, event))


def _is_mounted(room: Room, stream: str) -> bool:
    """Whether a shared element is shown on the page."""
    if stream == PAGE_STREAM:
        return True
    return any(
        live.tree.is_live(number) and live.mounts[live.tree.node(number).name].stream.name == stream
        for live in room.streams.values()
        for number in live.tree.blueprint.mounts
    )
