"""Where long work of many sockets takes its turns, so that all else is done meanwhile."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from time import perf_counter

Turn = Callable[[], None]
"""Does some of the work. Who is not done asks for another turn."""


class Turns:
    """One turn after the other; after each, everything else has as much time as it has taken."""

    def __init__(self) -> None:
        self._waiting: deque[Turn] = deque()
        self._is_busy = False

    def ask(self, turn: Turn) -> None:
        """Have a turn when those have had theirs who asked before."""
        self._waiting.append(turn)
        if not self._is_busy:
            self._is_busy = True
            asyncio.get_running_loop().call_soon(self._give)

    def _give(self) -> None:
        started = perf_counter()
        try:
            self._waiting.popleft()()
        finally:
            self._is_busy = bool(self._waiting)
            if self._is_busy:
                asyncio.get_running_loop().call_later(perf_counter() - started, self._give)
