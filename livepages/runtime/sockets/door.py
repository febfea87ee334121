"""Where new sockets wait to be let in, so that everyone else is answered while thousands come at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

AT_ONCE: Final = 8
"""Sockets that are let in before all others have had their turn; each takes about half a millisecond."""


class Door:
    """The door of one server."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._is_busy = False

    def enter(self, admit: Callable[[], None]) -> None:
        """Have a socket let in when those before it are."""
        self._waiting.append(admit)
        if not self._is_busy:
            self._go_on()

    def _go_on(self) -> None:
        self._is_busy = bool(self._waiting)
        if self._is_busy:
            asyncio.get_running_loop().call_soon(self._let_in)

    def _let_in(self) -> None:
        try:
            for _ in range(min(AT_ONCE, len(self._waiting))):
                self._waiting.popleft()()
        finally:
            self._go_on()
