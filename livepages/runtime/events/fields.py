"""What users change on elements: kept, written into the state that it is tied to, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livepages.runtime.blueprints.bind import put
from livepages.runtime.blueprints.node import Node
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.pages.refusal import Refusal
from livepages.runtime.rooms.room import PAGE_STREAM, Room
from livepages.runtime.rooms.tab import Tab
from livepages.runtime.state.container import StateError
from livepages.runtime.tree.radios import uncheck_others
from livepages.runtime.wire.wire import Focus, Invalid
from livepages.schema.reference.action_props import as_written

Changes = Mapping[str, Any]


class Refused(ValueError):
    """A value that a state refuses. Its text is a sentence for the user."""


def take(room: Room, tab: Tab, live: LivePage, node: Node, changes: Changes) -> None:
    """Keep what a user has changed on an element, and have the other tabs told of it.

    Raises Refused for what the state that it is tied to refuses: that stays in the field alone.
    """
    if node.bind is None:
        _keep(room, tab, live, node, {name: value for name, value in changes.items() if name not in node.bindings})
        return
    key = (live.stream.name, node.number)
    former = [key] if key in tab.refused else []
    tab.forget_refused(former)
    try:
        with live.kit.tracker.running(None):
            put(node, live.tree.props(node.number), changes, live.reactions.scope_of(node.number))
    except ValueError as error:
        reason = error.reason if isinstance(error, StateError) else str(error)
        reason = as_written(reason)
        message = f"{reason[:1].upper()}{reason[1:].rstrip('.')}."
        _refuse(room, tab, live, node, changes, message)
        raise Refused(message) from None
    _keep(room, tab, live, node, changes)
    if former:
        tab.send(Invalid(*key))


def check_form(tab: Tab, live: LivePage, form: Node) -> None:
    """A form is not sent while its user sees a value in it that was refused. Raises Refused."""
    _prune(tab)
    for stream, number in tab.refused:
        if stream == live.stream.name and form.number in live.tree.ancestors(number):
            tab.send(Focus(stream, number))
            field = live.tree.node(number).describe()
            raise Refused(f"{form.describe()} is not sent, as the value of {field} is refused.")


def _keep(room: Room, tab: Tab, live: LivePage, node: Node, changes: Changes) -> None:
    tree = live.tree
    for name, value in changes.items():
        tree.set_prop(node.number, name, value)
        if name == "checked" and value is True:
            uncheck_others(tree, node.number)
        tree.pending.origins[node.number] = tab.id
        if _is_alone(room, live):
            tree.pending.untouch(node.number, name)


def _refuse(room: Room, tab: Tab, live: LivePage, node: Node, changes: Changes, message: str) -> None:
    """Show the tab why its value is refused. Where nobody else sees the field, it holds the value all the same."""
    if _is_alone(room, live):
        _keep(room, tab, live, node, changes)
    key = (live.stream.name, node.number)

    def ended() -> None:
        del tab.refused[key]
        tab.send(Invalid(*key))

    _prune(tab)
    tab.refused[key] = Refusal(live, node, changes, ended)
    tab.send(Invalid(*key, message))


def _prune(tab: Tab) -> None:
    """Forget what was refused in fields that are gone."""
    tab.forget_refused([key for key, refusal in tab.refused.items() if refusal.concerns_nothing])


def _is_alone(room: Room, live: LivePage) -> bool:
    """Whether only one tab shows the elements of a stream."""
    return live.stream.name == PAGE_STREAM and room.page.scope == "tab"
