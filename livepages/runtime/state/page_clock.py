"""The time on one live page: who has read it is told when what was made of it is something else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import ceil, floor, inf
from typing import Final

from livepages.runtime.state.tracking import Readers, Tracker
from livepages.schema.values.clock import Clock, Wall

LONGEST: Final = 3_600
"""Seconds after which the time is looked at again in any case: clocks are set anew, and moments must not pile up."""


class PageClock(Clock):
    """Reads of the time are those of a source whose keys are the moments, in seconds, at which they are out of date.

    A timer waits for the first of these only between `start` and `stop`, while somebody looks; it calls `passed`.
    """

    __slots__ = ("_is_on", "_latest", "_passed", "_readers", "_timer", "_until")

    def __init__(self, wall: Wall, tracker: Tracker, passed: Callable[[], object]) -> None:
        super().__init__(wall)
        self._readers = Readers(tracker)
        self._passed = passed
        self._is_on = False
        self._latest = 0.0
        self._until = inf
        self._timer: asyncio.TimerHandle | None = None

    def holds_until(self, moment: float) -> None:
        """Who works something out now reads the time, and is told at that moment."""
        if self._readers.tracker.current is None:
            return
        now = self._look()
        due = max(min(ceil(moment), floor(now) + LONGEST), floor(now) + 1)
        self._readers.read(due)
        if due < self._until:
            self._wait(due)

    def _look(self) -> float:
        now = self._latest = self._wall()
        return now

    def catch_up(self) -> None:
        """Tell those for whom it is time."""
        latest = self._latest
        now = self._look()
        was_set_back = now < latest
        self._readers.changed(*(moment for moment in self._moments() if was_set_back or moment <= now))

    def start(self) -> None:
        """Somebody looks from now on."""
        if not self._is_on:
            self._is_on = True
            self._wait_for_next()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._is_on = False
        self._until = inf
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _moments(self) -> list[int]:
        return [moment for moment in self._readers.places() if isinstance(moment, int)]

    def _wait_for_next(self) -> None:
        coming = [moment for moment in self._moments() if moment > self._latest]
        if coming:
            self._wait(min(coming))

    def _wait(self, moment: int) -> None:
        """Have the timer go off at a moment."""
        if not self._is_on:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._until = moment
        delay = max(moment - self._wall(), 0)
        self._timer = asyncio.get_running_loop().call_later(delay, self._go_off)

    def _go_off(self) -> None:
        self._timer, self._until = None, inf
        try:
            self.catch_up()
            self._passed()
        finally:
            self._wait_for_next()
