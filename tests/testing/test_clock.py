from __future__ import annotations

import asyncio
import time

import pytest

from livepages.testing import run


def test_an_hour_is_over_at_once() -> None:
    called: list[float] = []

    async def every(seconds: float) -> None:
        while True:
            called.append(round(asyncio.get_running_loop().time() - start))
            await asyncio.sleep(seconds)

    async def main() -> str:
        nonlocal start
        start = asyncio.get_running_loop().time()
        timer = asyncio.ensure_future(every(600))
        await asyncio.sleep(3_600)
        timer.cancel()
        return "done"

    start, before = 0.0, time.perf_counter()
    assert run(main()) == "done"
    assert called == [0, 600, 1200, 1800, 2400, 3000, 3600][: len(called)] and len(called) >= 6
    assert time.perf_counter() - before < 60, "an hour was not waited for; a busy machine is not a failure"


def test_work_in_a_thread_is_waited_for() -> None:
    entered = asyncio.Event()

    async def main() -> str:
        async with asyncio.timeout(60):
            return await asyncio.to_thread(lambda: [entered.set(), "done"][1])

    assert run(main()) == "done"


def test_timeouts_hold() -> None:
    async def main() -> None:
        async with asyncio.timeout(100):
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        run(main())
