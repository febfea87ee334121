"""A clock that does not wait: for tests of what takes time."""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar, TypeVarTuple, Unpack

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")


def run(main: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine like `asyncio.run`, but on a clock that jumps ahead whenever there is nothing left to do.

    `asyncio.sleep(3600)` is over at once, and in that hour every timer has been called as often as it should be.
    Work that asyncio gives to threads is waited for in real time; other threads are not.
    """
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(main)


def wall() -> float:
    """Seconds since 1970 by the running loop, whose clock may be one that jumps."""
    loop = asyncio.get_running_loop()
    return loop.wall() if isinstance(loop, JumpingLoop) else time.time()


class _Selector(selectors.DefaultSelector):
    """Adds up the seconds that the loop would have waited, in place of waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0
        self.threads = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0 or self.threads:
            return super().select(timeout)
        ready = super().select(0)
        if not ready:
            self.skipped += timeout
        return ready


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop whose time jumps to the next moment at which something is due."""

    def __init__(self) -> None:
        self._jumps = _Selector()
        super().__init__(self._jumps)

    def time(self) -> float:
        """Seconds on the loop's own clock."""
        return super().time() + self._jumps.skipped

    def wall(self) -> float:
        """Seconds since 1970, in a world that waits for this clock."""
        return time.time() + self._jumps.skipped

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Arguments]], Result], *args: *Arguments
    ) -> asyncio.Future[Result]:
        """Run a function in a thread; until it is done, time passes as it does elsewhere."""
        future = super().run_in_executor(executor, func, *args)
        self._jumps.threads += 1
        future.add_done_callback(self._thread_ended)
        return future

    def _thread_ended(self, future: asyncio.Future[Any]) -> None:
        self._jumps.threads -= 1
