"""What happens again and again: the timers of the site, or of one page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import Any

from livepages.runtime.tasks.tasks import Tasks
from livepages.schema.site.actions import Action, CallAction
from livepages.schema.site.sameness import essence
from livepages.schema.site.site import Timer

Happen = Callable[[tuple[Action, ...]], Awaitable[None]]
"""Carries out actions."""


class Timers:
    """Timers that may become others while they run. `happen` is called with the actions of the one whose beat it is."""

    def __init__(self, tasks: Tasks, happen: Happen) -> None:
        self._tasks = tasks
        self._happen = happen
        self._running: list[_Running] = []

    def change(self, timers: tuple[Timer, ...]) -> None:
        """Have these timers from now on; those that are the same as before just go on.

        One with another interval, or other actions, has its first beat that interval after the last one of the timer
        in whose place it is. New ones begin at once. A call under way is never cut off, nor overlapped by the next.
        """
        former = [running for running in self._running if not running.task.done()]
        self._running = []
        kept = dict(_pairs([running.timer for running in former], timers))
        for place, timer in enumerate(timers):
            running = former[kept[place]] if place in kept else self._start(timer)
            running.change(timer)
            self._running.append(running)
        for place, running in enumerate(former):
            if place not in kept.values():
                running.end()
                self._running.append(running)

    def _start(self, timer: Timer) -> _Running:
        running = _Running(timer, self._happen)
        running.task = self._tasks.run(running.run(), "every")
        return running


class _Running:
    """A timer at work: it calls at once, and then on a fixed beat."""

    task: asyncio.Task[Any]

    def __init__(self, timer: Timer, happen: Happen) -> None:
        self.timer = timer
        self._happen = happen
        self._changed = asyncio.Event()
        self._ended = False

    def change(self, timer: Timer) -> None:
        """Be this timer from now on, with the beats so far."""
        called = [action.handler for action in timer.actions if isinstance(action, CallAction)]
        self.task.set_name(f"every {timer.interval}ms: {', '.join(called) or 'actions'}")
        self.timer = timer
        self._ended = False
        self._changed.set()

    def end(self) -> None:
        """Call no more."""
        self._ended = True
        self._changed.set()

    async def run(self) -> None:
        """Call, wait for the next beat, and so on.

        A call that takes longer than the interval is followed by the next beat that is still to come.
        """
        last = asyncio.get_running_loop().time()
        while not self._ended:
            await self._happen(self.timer.actions)
            last = await self._next(last)

    async def _next(self, last: float) -> float:
        """Wait for the beat after the `last` one, or the end; the timer may become another meanwhile."""
        now = asyncio.get_running_loop().time
        while not self._ended:
            interval = self.timer.interval / 1000
            due = last + interval * max(1, -(-(now() - last) // interval))
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(due):
                    await self._changed.wait()
                continue
            return due
        return last


def _pairs(former: list[Timer], timers: tuple[Timer, ...]) -> Iterator[tuple[int, int]]:
    """The places of timers, each with that of the former one which it goes on from.

    That is one with the same actions, of several that with the same interval; or else one with the same interval, or
    that in the same place.
    """
    before = [(timer.interval, essence(timer.actions), place) for place, timer in enumerate(former)]
    after = [(timer.interval, essence(timer.actions), place) for place, timer in enumerate(timers)]
    free, open_ = list(before), list(after)
    for parts in ((0, 1), (1,), (0,), (2,)):
        for new in list(open_):
            old = next((old for old in free if all(old[part] == new[part] for part in parts)), None)
            if old is not None:
                free.remove(old)
                open_.remove(new)
                yield new[2], old[2]
