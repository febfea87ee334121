"""How many messages one side of a socket may send."""

from __future__ import annotations

from collections.abc import Callable

BURST = 2.0
"""Seconds' worth of messages that may come at once."""


class Allowance:
    """A token bucket: `rate` gives the messages a second, as it is now, and `clock` the time in seconds."""

    __slots__ = ("_clock", "_counted", "_left", "_rate")

    def __init__(self, rate: Callable[[], float], clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._left = BURST * rate()
        self._counted = clock()

    def takes_one(self) -> bool:
        """Whether one more message is within what is allowed."""
        rate, now = self._rate(), self._clock()
        self._left = min(BURST * rate, self._left + (now - self._counted) * rate) - 1
        self._counted = now
        return self._left >= 0
