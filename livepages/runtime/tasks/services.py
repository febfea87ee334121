"""Tasks that startup began, such as those that run for ever: they go on in the code that the site has now."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import Any

from livepages.runtime.tasks.recipe import Coro, Gone, Misfit, Recipe, recipe_of
from livepages.runtime.tasks.service import Service
from livepages.runtime.tasks.tasks import Tasks
from livepages.schema.code.handlers import Handlers
from livepages.schema.code.site_finder import SiteFinder

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds in which a task that is cancelled should have ended."""

STARTUP: ContextVar[object] = ContextVar("STARTUP", default=None)
"""The startup that code runs in; None outside of any, and in the tasks that it starts."""


class Services:
    """The site's tasks. Those that began during its startup, in its own code, begin anew with each version of that."""

    def __init__(self, tasks: Tasks, handlers: Handlers) -> None:
        self._tasks = tasks
        self._finder = handlers.finder
        self._startup: object | None = None
        self._services: list[Service] = []

    @contextmanager
    def starting(self) -> Iterator[None]:
        """While this is open, what it calls is startup."""
        self._startup = object()
        token = STARTUP.set(self._startup)
        try:
            yield
        finally:
            self._startup = None
            STARTUP.reset(token)

    def run(self, coroutine: Coro, name: str) -> asyncio.Task[Any]:
        """Start a task; what it raises is logged under `name`."""
        is_startup = self._startup is not None and STARTUP.get() is self._startup
        recipe = recipe_of(coroutine, self._finder) if is_startup else None
        if recipe is None:
            return self._tasks.run(coroutine, name)
        service = Service(coroutine, name, recipe, lambda following: recipe_of(following, self._finder))
        self._services = [other for other in self._services if not other.is_over]
        self._services.append(service)
        return self._start(service)

    def _start(self, service: Service) -> asyncio.Task[Any]:
        context = copy_context()
        context.run(STARTUP.set, None)
        task = self._tasks.run(service.run(), service.name, context)
        service.runs_as(task)
        return task

    async def restart(self, handlers: Handlers) -> None:
        """The site has these handlers now. If they are of code that was read afresh, services begin anew in that.

        Each is cancelled, and its function called with the arguments that it had when it has ended, in the same task.
        One whose function is gone ends; one whose arguments don't fit goes on as it is; the log says so.
        """
        if handlers.finder is self._finder:
            return
        self._finder = handlers.finder
        self._services = [service for service in self._services if not service.is_over and self._renew(service)]
        await self._wait([service.renewed.wait() for service in self._services])

    def _renew(self, service: Service) -> bool:
        """Have a service begin anew; whether it goes on. One that has failed may do better in the new code."""
        try:
            service.hand_over(_follow(service.recipe, self._finder))
        except Gone as gone:
            if service.is_running:
                log.warning("The task %s ends: %s.", service.name, gone)
            service.cancel()
            return False
        except Misfit as misfit:
            if service.is_running:
                log.warning("The task %s goes on in its old code: %s.", service.name, misfit)
            return service.is_running
        if not service.is_running:
            self._start(service)
        return True

    async def end(self) -> None:
        """Cancel all services, and wait until they have ended."""
        for service in self._services:
            service.cancel()
        await self._wait([service.ended() for service in self._services])
        self._services = []

    async def _wait(self, ends: list[Coro]) -> None:
        """Wait for some time until services have ended."""
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*ends)
        except TimeoutError:
            log.warning("Tasks of the startup were cancelled and have not ended within %s s.", PATIENCE)


def _follow(recipe: Recipe, finder: SiteFinder | None) -> Callable[[], Coro]:
    if finder is None:
        raise Gone("the site has no code of its own any more")
    return recipe.follow(finder)
