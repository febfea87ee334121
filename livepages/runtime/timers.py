"""What happens again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def run_timer(interval: float, call: Callable[[], Awaitable[None]]) -> None:
    """Call at once and then every `interval` seconds, on a fixed beat.

    A call that takes longer than its interval is followed by the next beat that is still to come.
    """
    loop = asyncio.get_running_loop()
    beat = loop.time()
    while True:
        await call()
        now = loop.time()
        beat += interval * max(1, -(-(now - beat) // interval))
        await asyncio.sleep(beat - now)
