"""Whether a document can be written in."""

from __future__ import annotations

from time import monotonic
from typing import Final

LATE: Final = 2.0
"""Seconds in which changes still come of those who have not heard that a document is locked now."""


class Lock:
    """The lock of one document, which its elements close and open."""

    def __init__(self, *, is_closed: bool) -> None:
        self._is_closed = is_closed
        self._closed = -LATE

    def set(self, *, is_closed: bool) -> None:
        """Its elements say this of it now."""
        if is_closed and not self._is_closed:
            self._closed = monotonic()
        self._is_closed = is_closed

    @property
    def holds(self) -> bool:
        """Whether it is closed, and was before anything that comes now was written."""
        return self._is_closed and monotonic() - self._closed > LATE
