"""Carries out what the file says that happens, in order; handlers are left to whoever has it carried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from livepages.runtime.blueprints.node import Kind
from livepages.runtime.events.stage import Stage
from livepages.runtime.state.container import StateError
from livepages.runtime.state.state_actions import value_in, write
from livepages.runtime.state.targets import find
from livepages.runtime.wire.wire import Focus, Go, Toast
from livepages.schema.expressions.expressions import as_text
from livepages.schema.findings.source import Position
from livepages.schema.reference.action_props import as_written
from livepages.schema.site.actions import (
    Action,
    CallAction,
    CloseAction,
    EmitAction,
    FocusAction,
    GoAction,
    OpenAction,
    ToastAction,
    target_of,
)
from livepages.schema.values.addresses import safe_url

TabAction = GoAction | ToastAction | OpenAction | CloseAction | FocusAction


class ActionFailed(Exception):
    """An action can't be carried out. Its text is a sentence; `position` is where the file has the action."""

    def __init__(self, message: str, position: Position | None) -> None:
        super().__init__(message)
        self.position = position


class Call(NamedTuple):
    """A handler that is to be called, with what `with` gives."""

    handler: str
    arguments: Mapping[str, Any]
    stage: Stage


class Emission(NamedTuple):
    """What happens where a component is used that has raised an event."""

    actions: tuple[Action, ...]
    stage: Stage


def perform(actions: tuple[Action, ...], stage: Stage) -> Iterator[Call]:
    """Carry out actions, and give out the calls of handlers when it is their turn.

    Raises ActionFailed; what comes after it does not happen.
    """
    for action in actions:
        follows = _try(action, stage)
        if isinstance(follows, Call):
            yield follows
        elif follows is not None:
            yield from perform(follows.actions, follows.stage)


def _try(action: Action, stage: Stage) -> Call | Emission | None:
    try:
        with stage.tracker.running(None):
            if action.when is None or value_in(action.when, stage.scope):
                return _carry_out(action, stage)
    except ValueError as error:
        reason = error.reason if isinstance(error, StateError) else str(error)
        message = as_written(f"{_describe(action)}: {reason.rstrip('.')}.")
        raise ActionFailed(message, action.position) from None
    return None


def _carry_out(action: Action, stage: Stage) -> Call | Emission | None:
    match action:
        case CallAction():
            scope = stage.scope
            arguments = {name: value_in(value, scope) for name, value in action.arguments.items()}
            return Call(action.handler, arguments, stage)
        case EmitAction():
            return _emit(action, stage)
        case GoAction() | ToastAction() | OpenAction() | CloseAction() | FocusAction():
            _command(action, stage)
        case _:
            write(action, stage.scope)
    return None


def _emit(action: EmitAction, stage: Stage) -> Emission | None:
    component = stage.component()
    spec = component.events.get(action.name) if component is not None else None
    if component is None or spec is None:
        return None
    return Emission(spec.steps, stage.outside(component, value_in(action.value, stage.scope)))


def _command(action: TabAction, stage: Stage) -> None:
    match action:
        case GoAction():
            message: Go | Toast | Focus = Go(safe_url(as_text(value_in(action.url, stage.scope))))
        case ToastAction():
            message = Toast(as_text(value_in(action.text, stage.scope)), action.kind)
        case FocusAction():
            live, node = stage.element(action.id)
            if node.kind is not Kind.ELEMENT:
                raise StateError(f"{node.describe()} can't have the focus, only what stands in it")
            message = Focus(live.stream.name, node.number)
        case OpenAction() | CloseAction():
            _open(action.id, stage, is_open=isinstance(action, OpenAction))
            return
    for tab in stage.tabs:
        tab.send(message)


def _open(identifier: str, stage: Stage, *, is_open: bool) -> None:
    """Open or close an element, in tabs too whose users have done otherwise meanwhile."""
    live, node = stage.element(identifier)
    if node.bind is not None:
        find(node.bind, live.reactions.scope_of(node.number)).write(is_open)
    elif "open" in node.bindings:
        raise StateError("it is bound to an expression: change what that reads")
    elif node.type is None or "open" not in node.type.properties:
        raise StateError(f"{node.describe()} can't be opened or closed")
    else:
        live.tree.set_prop(node.number, "open", is_open)
        live.tree.pending.touch(node.number, "open", not is_open)


def _describe(action: Action) -> str:
    """An action as the file names it: `set votes[drink]`, `open more`."""
    name = type(action).__name__.removesuffix("Action").lower()
    target = target_of(action)
    what = target if target is not None else getattr(action, "id", "")
    return f"{name} {what}".rstrip()
