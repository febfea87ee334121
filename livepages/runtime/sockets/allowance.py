"""How much one side of a socket may send, or make others do."""

from __future__ import annotations

from collections.abc import Callable

BURST = 2.0
"""Seconds' worth that may come at once."""


class Allowance:
    """A token bucket: `rate` gives what is allowed in a second, as it is now, and `clock` the time in seconds."""

    __slots__ = ("_clock", "_counted", "_left", "_rate")

    def __init__(self, rate: Callable[[], float], clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._left = self.burst
        self._counted = clock()

    @property
    def burst(self) -> float:
        """How much may come at once."""
        return BURST * self._rate()

    def takes_one(self) -> bool:
        """Whether one more message is within what is allowed."""
        self._fill()
        self._left -= 1
        return self._left >= 0

    @property
    def has_some(self) -> bool:
        """Whether anything of what is allowed is left."""
        self._fill()
        return self._left > 0

    def take(self, amount: float) -> None:
        """Count something else as so much."""
        self._left -= amount

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self.burst, self._left + (now - self._counted) * self._rate())
        self._counted = now
