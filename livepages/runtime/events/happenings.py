"""What happens to no element: at startup, by a timer, when a tab comes or goes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from livepages.runtime.events.actions import ActionFailed, Call, perform
from livepages.runtime.events.stage import Stage
from livepages.runtime.rooms.tab import Tab
from livepages.runtime.tasks.calls import Calls, Done, Failure, Outcome
from livepages.schema.code.handlers import Handler, Handlers
from livepages.schema.site.actions import Action, CallAction

log = logging.getLogger(__name__)

Given = Mapping[str, Any]
"""What handlers can ask for, by the names of their parameters."""


class HandlerFailed(Exception):
    """A handler raised, which the log has already."""

    def __init__(self, name: str, failure: Failure) -> None:
        super().__init__(f"the handler {name} failed")
        self.name = name
        self.failure = failure


class Turn:
    """The call of a handler that others follow. One that has ended late has them go on, if it has ended well."""

    __slots__ = ("_go_on", "_is_late", "_outcome")

    def __init__(self, go_on: Callable[[], None]) -> None:
        self._go_on = go_on
        self._outcome: Outcome | None = None
        self._is_late = False

    def done(self, outcome: Outcome) -> None:
        """The call has ended."""
        self._outcome = outcome
        if self._is_late and outcome.failure is None:
            self._go_on()

    def holds_up(self) -> bool:
        """Whether what follows can't happen now: the call goes on, or it has failed."""
        self._is_late = self._outcome is None
        return self._outcome is None or self._outcome.failure is not None


def call_in_turn(calls: Iterator[Call], start: Callable[[Call, Done], None], go_on: Callable[[], None]) -> bool:
    """Have handlers called, each when the one before it has ended, and none after one that failed.

    Returns whether any was called. Where one has not ended yet, `go_on` is to do this again once it has.
    """
    called = False
    for call in calls:
        called, turn = True, Turn(go_on)
        start(call, turn.done)
        if turn.holds_up():
            break
    return called


class Happenings:
    """Carries out actions, and has handlers called for them: those that `handlers` are when it begins.

    `failed` is called with the failure of one that nobody waits for, and the tabs that it concerns.
    """

    def __init__(self, calls: Calls, handlers: Handlers) -> None:
        self.failed: Callable[[Failure, tuple[Tab, ...]], None] = _ignore
        self._calls = calls
        self.handlers = handlers

    def change(self, handlers: Handlers) -> None:
        """Call these handlers from now on. What is under way goes on with those that it began with."""
        self.handlers = handlers

    async def run(self, actions: tuple[Action, ...], stage: Stage, given: Given) -> None:
        """Carry out actions, each after the one before it has ended. Raises HandlerFailed, ActionFailed."""
        handlers = self.handlers
        try:
            for call in perform(actions, stage):
                handler = handlers[call.handler]
                outcome = await self._calls.call(handler, arguments_of(handler, given, call.arguments))
                if outcome.value is None:
                    stage.show()
                if outcome.failure is not None:
                    raise HandlerFailed(handler.name, outcome.failure)
        finally:
            _show(actions, stage)

    async def run_quietly(self, actions: tuple[Action, ...], stage: Stage, given: Given) -> None:
        """Carry out actions; what fails is in the log."""
        try:
            await self.run(actions, stage, given)
        except ActionFailed as failed:
            note(failed)
        except HandlerFailed as failed:
            self.failed(failed.failure, stage.tabs)

    def start(self, actions: tuple[Action, ...], stage: Stage, given: Given) -> None:
        """Carry out actions as `run` does, without being waited for; what fails is in the log."""
        calls = perform(actions, stage)
        start = partial(self._start, self.handlers, given)

        def go_on() -> None:
            try:
                call_in_turn(calls, start, go_on)
            except ActionFailed as failed:
                note(failed)
            _show(actions, stage)

        go_on()

    def _start(self, handlers: Handlers, given: Given, call: Call, done: Done) -> None:
        """Call a handler. That of a page which has ended may be gone, too."""
        handler = handlers.get(call.handler)
        if handler is None:
            log.info("There is no handler %s any more.", call.handler)
            return

        def ended(outcome: Outcome) -> None:
            if outcome.failure is not None:
                self.failed(outcome.failure, call.stage.tabs)
            if outcome.value is None:
                call.stage.show()
            done(outcome)

        self._calls.start(handler, arguments_of(handler, given, call.arguments), ended)


def _ignore(failure: Failure, tabs: tuple[Tab, ...]) -> None:
    """Nobody is told."""


def arguments_of(handler: Handler, given: Given, extra: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a handler: what `with` gives, and what it asks for."""
    own = {name: value for name, value in extra.items() if handler.takes_any or name in handler.asks}
    return own | {name: given[name] for name in handler.asks if name in given}


def note(failed: ActionFailed) -> None:
    """Leave a line in the log about an action that failed."""
    log.warning("%s: %s", failed.position or "An action", failed)


def only_calls(actions: tuple[Action, ...]) -> bool:
    """Whether nothing but handlers can change anything, which may keep that to themselves."""
    return all(isinstance(action, CallAction) for action in actions)


def _show(actions: tuple[Action, ...], stage: Stage) -> None:
    """Show what actions have changed."""
    if not only_calls(actions):
        stage.show()
