"""The time, as expressions read it."""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from time import time
from typing import Final

NOW: Final = "now"
"""The name by which expressions read the time."""
CLOCK: Final = "now()"
"""The name by which filters find the clock; nobody can write it."""

Wall = Callable[[], float]
"""Tells the seconds since 1970."""


class Clock:
    """The names that expressions read the time by, as a mapping: `now` is in whole seconds since 1970.

    That is what date filters take, and it can be reckoned with and kept as state.
    """

    __slots__ = ("_wall",)

    def __init__(self, wall: Wall = time) -> None:
        self._wall = wall

    def __contains__(self, name: object) -> bool:
        return name in (NOW, CLOCK)

    def __getitem__(self, name: str) -> object:
        return self if name == CLOCK else self.now()

    def now(self) -> int:
        """The time in whole seconds, which is another in the next."""
        second = floor(self._wall())
        self.holds_until(second + 1)
        return second

    def seconds(self) -> float:
        """The time. Who reads it says by `holds_until` when what was made of it is something else."""
        return self._wall()

    def holds_until(self, moment: float) -> None:
        """What is being worked out from the time stays the same until a moment."""


def clock_in(scope: Callable[[str], object]) -> Clock:
    """The clock of a scope, or that of the system where it has none."""
    clock = scope(CLOCK)
    return clock if isinstance(clock, Clock) else Clock()
