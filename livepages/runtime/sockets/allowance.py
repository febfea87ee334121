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
        self._left = self.burst
        self._counted = clock()

    @property
    def burst(self) -> float:
        """How many messages may come at once."""
        return BURST * self._rate()

    def takes_one(self) -> bool:
        """Whether one more message is within what is allowed."""
        now = self._clock()
        self._left = min(self.burst, self._left + (now - self._counted) * self._rate()) - 1
        self._counted = now
        return self._left >= 0

    def take(self, messages: float) -> None:
        """Count something else as so many messages."""
        self._left -= messages
