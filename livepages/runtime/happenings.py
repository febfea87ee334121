"""What happens to no element: at startup, by a timer, when a tab comes or goes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from livepages.runtime.actions import ActionFailed, Call, perform
from livepages.runtime.calls import Calls, Failure, Outcome
from livepages.runtime.stage import Stage
from livepages.runtime.tab import Tab
from livepages.schema.actions import Action, CallAction
from livepages.schema.handlers import Handler, Handlers

log = logging.getLogger(__name__)

Given = Mapping[str, Any]
"""What handlers can ask for, by the names of their parameters."""


class HandlerFailed(Exception):
    """A handler raised, which the log has already."""

    def __init__(self, name: str, failure: Failure) -> None:
        super().__init__(f"the handler {name} failed")
        self.name = name
        self.failure = failure


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
        """Carry out actions without waiting for handlers that are async; what fails is in the log."""
        try:
            for call in perform(actions, stage):
                if not self._start(call, given):
                    break
        except ActionFailed as failed:
            note(failed)
        _show(actions, stage)

    def _start(self, call: Call, given: Given) -> bool:
        """Call a handler; whether it has not failed yet. That of a page which has ended may be gone, too."""
        handler, outcomes = self.handlers.get(call.handler), list[Outcome]()
        if handler is None:
            log.info("There is no handler %s any more.", call.handler)
            return False

        def done(outcome: Outcome) -> None:
            outcomes.append(outcome)
            if outcome.failure is not None:
                self.failed(outcome.failure, call.stage.tabs)
            if outcome.value is None:
                call.stage.show()

        self._calls.start(handler, arguments_of(handler, given, call.arguments), done)
        return all(outcome.failure is None for outcome in outcomes)


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
