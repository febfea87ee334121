"""Work at a steady pace, by a load that never sleeps: every server is asked as often, whatever it can take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

Job = Callable[[], Awaitable[object]]


async def paced(jobs: Sequence[Job], every: float, duration: float) -> tuple[int, float]:
    """Do each job every so many seconds, evenly spread, until the time is over.

    A job that takes longer is done again at once. Returns how many were done, and the sum of their times.
    """
    start = time.monotonic()
    count, times = 0, 0.0

    async def work(job: Job, first: float) -> None:
        nonlocal count, times
        beat = start + first
        while beat < start + duration:
            await asyncio.sleep(beat - time.monotonic())
            begun = time.monotonic()
            await job()
            count += 1
            times += time.monotonic() - begun
            beat = max(beat + every, time.monotonic())

    await asyncio.gather(*(work(job, every * number / len(jobs)) for number, job in enumerate(jobs)))
    return count, times


@asynccontextmanager
async def awake() -> AsyncIterator[None]:
    """Keep this process from sleeping.

    To wake a process costs the one that sends to it some 20 µs in a virtual machine. A server whose clients are
    elsewhere does not pay that, and one that keeps its load busy would not either.
    """
    loop = asyncio.get_running_loop()
    handle = loop.call_soon(lambda: None)

    def turn() -> None:
        nonlocal handle
        handle = loop.call_soon(turn)

    turn()
    try:
        yield
    finally:
        handle.cancel()
