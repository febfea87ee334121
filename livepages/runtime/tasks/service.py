"""A task in which one coroutine can follow another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from livepages.runtime.tasks.recipe import Coro, Recipe

log = logging.getLogger(__name__)


class Service:
    """A task that goes on, with another coroutine, when its code changes: whoever holds it can still cancel it.

    `recipe` is that of its coroutine; `recipe_of` finds that of the next. `renewed` is clear while a coroutine that is
    to be followed by another one has not ended. `is_over` says that it has ended, and not by failing.
    """

    def __init__(self, coroutine: Coro, name: str, recipe: Recipe, recipe_of: Callable[[Coro], Recipe | None]) -> None:
        self.name = name
        self.recipe = recipe
        self.is_over = False
        self.renewed = asyncio.Event()
        self.renewed.set()
        self._recipe_of = recipe_of
        self._first = coroutine
        self._next: Callable[[], Coro] | None = lambda: coroutine
        self._task: asyncio.Task[Any] | None = None
        self._is_under_way = False

    @property
    def is_running(self) -> bool:
        """Whether its task has not ended."""
        return self._task is not None and not self._task.done()

    def runs_as(self, task: asyncio.Task[Any]) -> None:
        """`task` is the one that it runs in."""
        self._task = task
        task.add_done_callback(self._ended)

    def hand_over(self, begin: Callable[[], Coro]) -> None:
        """End the coroutine, if it runs; what `begin` makes is the next."""
        if self._is_under_way and self._next is None and self._task is not None:
            self.renewed.clear()
            self._task.cancel()
        self._next = begin

    def cancel(self) -> None:
        """End for good."""
        self._next = None
        if self._task is not None:
            self._task.cancel()

    async def ended(self) -> None:
        """Wait until its task has ended."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def run(self) -> Any:
        """What the last of its coroutines returns."""
        self._is_under_way = True
        result = None
        try:
            while self._next is not None:
                result = await self._one(self._next)
        finally:
            self._is_under_way = False
        return result

    async def _one(self, begin: Callable[[], Coro]) -> Any:
        """Run a coroutine to its end. How it ends matters only where no other follows."""
        self._next = None
        self.renewed.set()
        coroutine = begin()
        self.recipe = self._recipe_of(coroutine) or self.recipe
        try:
            return await coroutine
        except asyncio.CancelledError:
            if not self._makes_room():
                raise
        except Exception as error:
            if not self._makes_room():
                raise
            log.error("The task %s failed.", self.name, exc_info=error)

    def _makes_room(self) -> bool:
        """Whether the coroutine has ended for another one, and nobody else has cancelled the task."""
        return self._next is not None and self._task is not None and self._task.uncancel() == 0

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self.renewed.set()
        self._first.close()  # it has not begun where the task was cancelled before
        self.is_over = task.cancelled() or task.exception() is None
