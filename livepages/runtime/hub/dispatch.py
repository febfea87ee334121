"""Events of tabs: checked against what their page declares, applied, and handed to their handlers."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from secrets import token_hex
from typing import Any

from livepages.runtime.blueprints.node import ROOT, Kind, Node
from livepages.runtime.events.actions import ActionFailed, Call, perform
from livepages.runtime.events.fields import Refused, check_form, take
from livepages.runtime.events.happenings import call_in_turn, note, only_calls
from livepages.runtime.events.stage import Stage
from livepages.runtime.hub.findings import VAGUE, Findings
from livepages.runtime.hub.given import Given
from livepages.runtime.hub.hub import Hub
from livepages.runtime.pages.form_values import check_values
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.rooms.room import PAGE_STREAM, Room
from livepages.runtime.rooms.tab import Tab
from livepages.runtime.tasks.calls import Done, Outcome
from livepages.runtime.wire.wire import Error, Event, event_data
from livepages.schema.code.handlers import Handlers
from livepages.schema.site.actions import Action
from livepages.schema.site.events import EventSpec

log = logging.getLogger(__name__)


class Refusal(Exception):
    """An event that changes nothing: `code` is its kind on the wire, the text says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Dispatcher:
    """Takes the events of a site's tabs. `findings` knows what a tab may be told of failures."""

    def __init__(self, hub: Hub, findings: Findings | None = None) -> None:
        self.hub = hub
        self.findings = findings or Findings()

    def receive(self, room: Room, tab: Tab, event: Event) -> None:
        """Apply an event once, and tell its tab so."""
        if event.id > tab.applied:
            tab.applied = event.id
            try:
                self._apply(room, tab, event)
            except Refusal as refusal:
                refuse(tab, refusal.code, str(refusal), event.id)
            except Refused as refused:
                log.info("Tab %s: %s", tab.id, refused)
            except Exception as error:
                self._failed(tab, event, error)
        self._acknowledge(tab, tab.applied)

    def _failed(self, tab: Tab, event: Event, error: Exception) -> None:
        """The program itself has failed. The tab is told, and goes on."""
        identifier = f"E-{token_hex(3)}"
        log.error("%s: the event %s failed.", identifier, event.on[:60], exc_info=error)
        message = f"{type(error).__name__}: {error}" if self.findings.development else VAGUE
        tab.send(Error("server-error", message, event.id, identifier))

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
            take(room, tab, live, node, changes)
        if event.data.form is not None:
            check_form(tab, live, node)
            _check_values(live, node, event.data.form)
        given = Given(self.hub, room, tab, live, node, event, changes)
        done = partial(self._done, room, tab, event)
        if spec.handler is not None and not spec.arguments:
            self._call(self.hub.site.handlers, spec.handler, given, spec.arguments, done)
        elif spec.handler is None and not spec.actions:
            self.hub.show(room)
        else:
            stage = self._stage(room, tab, live, node, event, given.value)
            self._perform(spec.steps, stage, given, done, event.id)

    def _find(self, room: Room, event: Event) -> tuple[LivePage, Node, EventSpec]:
        """The element of an event and what it declares. Raises Refusal when there is no such thing on the page."""
        live = room.streams.get(event.stream)
        if live is None or not _is_mounted(room, event.stream):
            raise Refusal("unknown-element", f"The page has no stream {event.stream[:60]!r}.")
        if event.node == ROOT or not live.tree.is_live(event.node):
            raise Refusal("unknown-element", f"The page shows no element {event.node}.")
        node = live.tree.node(event.node)
        spec = node.events.get(event.on) if node.kind is Kind.ELEMENT else None
        if spec is None or not node.hears(spec):
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

    def _stage(self, room: Room, tab: Tab, live: LivePage, node: Node, event: Event, value: Any) -> Stage:
        """Where an event happens. What everyone sees alike has no session but that of the event."""
        said = {"value": value, "event": event_data(event.data)}
        if live is not room.live or room.page.scope == "shared":
            said["session"] = tab.session.state
        around = live.reactions.scope_of(node.number)
        return Stage(around, self.hub.kit.tracker, lambda: self.hub.show(room), said, live, node.number, (tab,))

    def _perform(self, actions: tuple[Action, ...], stage: Stage, given: Given, done: Done, event: int) -> None:
        """Carry out the actions of an event, and show what they have changed; handlers alone do that themselves."""
        calls, handlers = perform(actions, stage), self.hub.site.handlers

        def start(call: Call, ended: Done) -> None:
            own = given if call.stage is stage else given.emitted(call.stage.node, call.stage.said["value"])

            def told(outcome: Outcome) -> None:
                done(outcome)
                ended(outcome)

            self._call(handlers, call.handler, own, call.arguments, told)

        def go_on() -> None:
            called = False
            try:
                called = call_in_turn(calls, start, go_on)
            except Refusal as refusal:
                refuse(stage.tabs[0], refusal.code, str(refusal), event)
            except ActionFailed as failed:
                note(failed)
                for tab in stage.tabs:
                    tab.send(Error("action-failed", str(failed), event))
            if not (called and only_calls(actions)):
                stage.show()

        go_on()

    def _call(self, handlers: Handlers, name: str, given: Given, extra: Mapping[str, Any], done: Done) -> None:
        """Call a handler. Raises Refusal where an edit of the site has taken it away."""
        handler = handlers.get(name)
        if handler is None:
            raise Refusal("unknown-event", f'There is no handler "{name}" any more.')
        self.hub.calls.start(handler, given.arguments(handler, extra), done)

    def _done(self, room: Room, tab: Tab, event: Event, outcome: Outcome) -> None:
        """Show what a handler has changed, unless it said not to by returning something; report its failure."""
        if outcome.failure is not None:
            tab.send(self.findings.error_of(outcome.failure, event.id))
        if outcome.value is None:
            self.hub.show(room)


def refuse(tab: Tab, code: str, message: str, event: int | None = None) -> None:
    """Tell a tab that something it sent changed nothing, and leave one line in the log."""
    log.warning("Tab %s: %s: %s", tab.id, code, message)
    tab.send(Error(code, message, event))


def _check_values(live: LivePage, form: Node, values: Mapping[str, Any]) -> None:
    try:
        check_values(live, form, values)
    except ValueError as error:
        raise Refusal("wrong-value", f"{error}.") from None


def _is_mounted(room: Room, stream: str) -> bool:
    """Whether a shared element is shown on the page."""
    if stream == PAGE_STREAM:
        return True
    return any(
        live.mounts[node.name].stream.name == stream for live in room.streams.values() for node in live.tree.mounts()
    )
