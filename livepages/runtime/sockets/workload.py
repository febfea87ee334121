"""The messages of one socket that are still to be worked on, one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Final

from livepages.runtime.sockets.allowance import Allowance
from livepages.runtime.sockets.turns import Turns

SLICE: Final = 0.005
"""Seconds of work after which others have their turn."""
SHARE: Final = 0.1
"""Seconds in each second in which messages are worked on as they come; beyond it they wait for a turn."""

Job = Iterator[None]
"""The work that a message makes: each step of it is short, but there can be many."""


class Workload:
    """Works on messages at once while that takes little time, and else in turns with other sockets.

    `waits` is called when nothing more should come for now, and `goes_on` when it may again.
    """

    def __init__(self, turns: Turns, waits: Callable[[], None], goes_on: Callable[[], None]) -> None:
        self._turns = turns
        self._waits = waits
        self._goes_on = goes_on
        self._jobs: deque[Job] = deque()
        self._is_waiting = self._is_held = False
        self._time = Allowance(lambda: SHARE, perf_counter)

    def add(self, job: Job) -> None:
        """One more message has come."""
        self._jobs.append(job)
        if self._is_waiting:
            return
        if self._time.has_some:
            self._turn()
        else:
            self._wait()

    def clear(self) -> None:
        """Nothing of it is to be done any more."""
        self._jobs.clear()

    def _wait(self) -> None:
        if not self._is_held:
            self._is_held = True
            self._waits()
        self._is_waiting = True
        self._turns.ask(self._turn)

    def _turn(self) -> None:
        self._is_waiting = False
        try:
            self._work()
        finally:
            if self._jobs:
                self._wait()
            elif self._is_held:
                self._is_held = False
                self._goes_on()

    def _work(self) -> None:
        """Work on for a slice of time, or until nothing is left."""
        started = perf_counter()
        try:
            while self._jobs and perf_counter() - started < SLICE:
                job = self._jobs.popleft()
                if _steps(job):
                    self._jobs.appendleft(job)
        finally:
            self._time.take(perf_counter() - started)


def _steps(job: Job) -> bool:
    """Take one step; whether there was one left."""
    for _ in job:
        return True
    return False
