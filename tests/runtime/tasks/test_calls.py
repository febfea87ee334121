from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from typing import Any

import pytest

from livepages.runtime.tasks.calls import BLOCKING, Calls, Outcome
from livepages.runtime.tasks.tasks import Tasks
from livepages.schema.code.handlers import Handler


def handler(function: Any) -> Handler:
    return Handler(function.__name__, function)


@pytest.fixture
def calls() -> Calls:
    return Calls(Tasks(), Path(__file__).parent)


async def test_a_plain_function_is_called_at_once(calls: Calls) -> None:
    outcomes: list[Outcome] = []
    calls.start(handler(lambda page: page + 1), {"page": 1}, outcomes.append)
    assert outcomes == [Outcome(2)]


async def test_calls_start_in_order_whatever_they_are(calls: Calls) -> None:
    order: list[str] = []

    async def slow(name: str) -> None:
        order.append(f"{name} starts")
        await asyncio.sleep(1)
        order.append(f"{name} ends")

    def fast(name: str) -> None:
        order.append(name)

    for each, name in ((slow, "a"), (fast, "b"), (slow, "c")):
        calls.start(handler(each), {"name": name}, lambda outcome: None)
    await asyncio.sleep(2)
    calls.start(handler(fast), {"name": "d"}, lambda outcome: None)
    assert order == ["a starts", "b", "c starts", "a ends", "c ends", "d"]


async def test_a_failure_has_an_id_and_a_traceback_of_own_files_only(
    calls: Calls, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        int("x")

    async def broken_later() -> None:
        await asyncio.sleep(1)
        broken()

    for function in (broken, broken_later):
        outcome = await calls.call(handler(function), {})
        assert outcome.failure is not None and outcome.value is None
        assert outcome.failure.message == "ValueError: invalid literal for int() with base 10: 'x'"
        assert 'File "test_calls.py"' in outcome.failure.trace and "runtime/tasks/calls.py" not in outcome.failure.trace
        assert outcome.failure.id in caplog.text and len(outcome.failure.id) == 8
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]


async def test_a_handler_that_blocks_is_named(calls: Calls, caplog: pytest.LogCaptureFixture) -> None:
    def blocks() -> None:
        until = time.perf_counter() + BLOCKING * 1.2
        while time.perf_counter() < until:
            pass

    async def blocks_later() -> int:
        await asyncio.sleep(1)
        blocks()
        return 3

    async def waits() -> None:
        await asyncio.sleep(10)

    await calls.call(handler(blocks), {})
    assert (await calls.call(handler(blocks_later), {})).value == 3
    await calls.call(handler(waits), {})
    messages = [record.getMessage() for record in caplog.records]
    assert [message.split(" blocked")[0] for message in messages] == ["The handler blocks", "The handler blocks_later"]
    assert all("asyncio.to_thread" in message for message in messages)


async def test_a_handler_may_catch_what_it_awaits(calls: Calls) -> None:
    async def failing() -> None:
        await asyncio.sleep(1)
        raise LookupError("x")

    async def catching() -> str:
        try:
            await failing()
        except LookupError as error:
            return f"caught {error}"
        return "not caught"

    async def timed() -> str:
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(2)
        except TimeoutError:
            return "timeout"
        return "no timeout"

    assert (await calls.call(handler(catching), {})).value == "caught x"
    assert (await calls.call(handler(timed), {})).value == "timeout"


async def test_a_handler_is_cancelled_with_its_site(caplog: pytest.LogCaptureFixture) -> None:
    tasks, ended = Tasks(), []

    async def forever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    Calls(tasks, Path()).start(handler(forever), {}, lambda outcome: None)
    await asyncio.sleep(0)
    assert len(tasks) == 1
    await tasks.close()
    assert ended == [True] and len(tasks) == 0 and not caplog.records


async def test_what_a_task_raises_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def broken() -> None:
        raise LookupError("x")

    task = Tasks().run(broken(), "mine")
    with caplog.at_level(logging.ERROR):
        await asyncio.wait([task])
        await asyncio.sleep(0)
    (record,) = caplog.records
    assert record.getMessage() == "The task mine failed." and record.exc_info is not None
