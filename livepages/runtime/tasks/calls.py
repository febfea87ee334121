"""Calls of handlers: in order, watched for blocking, their errors logged with an id."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Coroutine, Generator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Any

from livepages.runtime.tasks.tasks import Tasks
from livepages.schema.code.handlers import Handler, own_traceback

log = logging.getLogger(__name__)

BLOCKING = 0.1
"""Seconds that a handler may hold the event loop before the log names it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A handler raised: the id under which the log has it, what it said, and the traceback in the site's own files."""

    id: str
    message: str
    trace: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended: with a value, or with a failure."""

    value: object = None
    failure: Failure | None = None


Done = Callable[[Outcome], None]


class Watched(Coroutine[Any, Any, Any]):
    """A coroutine, each step of which is timed."""

    def __init__(self, inner: Coroutine[Any, Any, Any], name: str) -> None:
        self._inner = inner
        self._name = name

    def send(self, value: Any) -> Any:
        with Watch(self._name):
            return self._inner.send(value)

    def throw(self, *error: Any) -> Any:
        with Watch(self._name):
            return self._inner.throw(*error)

    def close(self) -> None:
        self._inner.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        step = partial(self.send, None)
        while True:
            try:
                waited = step()
            except StopIteration as end:
                return end.value
            try:
                step = partial(self.send, (yield waited))
            except BaseException as error:  # whatever is thrown in is the inner coroutine's to handle
                step = partial(self.throw, error)


class Watch:
    """Says in the log when what is done under it holds the event loop for too long."""

    __slots__ = ("_name", "_start")

    def __init__(self, name: str) -> None:
        self._name = name
        self._start = 0.0

    def __enter__(self) -> None:
        self._start = time.perf_counter()

    def __exit__(self, *error: object) -> None:
        spent = time.perf_counter() - self._start
        if spent > BLOCKING:
            log.warning(
                "The handler %s blocked all pages for %.0f ms: make it async, or move the work to a thread "
                "with `await asyncio.to_thread(...)`.",
                self._name,
                spent * 1000,
            )


class Calls:
    """Calls the handlers of one site.

    Calls start in the order in which they were asked for; async handlers may overlap at their awaits.
    """

    def __init__(self, tasks: Tasks, folder: Path) -> None:
        self._tasks = tasks
        self._folder = folder
        self._starting = 0

    @property
    def are_starting(self) -> bool:
        """Whether there are calls that begin with the event loop's next turn."""
        return self._starting > 0

    def start(self, handler: Handler, arguments: Mapping[str, Any], done: Done) -> None:
        """Call a handler; `done` gets the outcome, at once or later."""
        if handler.is_async or self._starting:
            self._starting += 1
            self._tasks.run(self._run(handler, arguments, done), handler.name)
        else:
            done(self._now(handler, arguments))

    async def call(self, handler: Handler, arguments: Mapping[str, Any]) -> Outcome:
        """Call a handler and wait until it is done."""
        if not handler.is_async:
            return self._now(handler, arguments)
        try:
            return Outcome(await Watched(handler.function(**arguments), handler.name))
        except Exception as error:
            return self._failed(handler, error)

    async def _run(self, handler: Handler, arguments: Mapping[str, Any], done: Done) -> None:
        self._starting -= 1
        done(await self.call(handler, arguments))

    def _now(self, handler: Handler, arguments: Mapping[str, Any]) -> Outcome:
        try:
            with Watch(handler.name):
                return Outcome(handler.function(**arguments))
        except Exception as error:
            return self._failed(handler, error)

    def _failed(self, handler: Handler, error: Exception) -> Outcome:
        identifier = f"E-{token_hex(3)}"
        trace = own_traceback(error, self._folder)
        log.error("%s: the handler %s failed.\n%s", identifier, handler.name, trace)
        return Outcome(failure=Failure(identifier, f"{type(error).__name__}: {error}", trace))
