"""Those who do not read what they are sent."""

from __future__ import annotations

import asyncio

import pytest

from tests.coediting.hostile.company import Meet, write_much
from tests.coediting.writers import Writer

pytestmark = pytest.mark.real_time


async def test_one_that_asks_while_it_does_not_read_is_answered_when_it_does(meet: Meet) -> None:
    async with meet() as company:
        lazy = await Writer.connect(company.url)
        assert lazy._socket is not None
        lazy._socket.transport.pause_reading()
        company.ann.insert(0, "news ")
        await write_much(company.ann)
        asked = asyncio.create_task(lazy.flushed())
        for _ in range(3):
            await company.bob.flushed()
        lazy._socket.transport.resume_reading()
        await asked
        assert lazy.text == company.ann.text
        await lazy.close()
        await company.is_at_peace()


async def test_one_that_does_not_read_for_long_is_sent_away(meet: Meet) -> None:
    async with meet(stall_time="50ms") as company:
        lazy = await Writer.connect(company.url)
        assert lazy._socket is not None
        lazy._socket.transport.pause_reading()
        await write_much(company.ann)
        lazy._socket.transport.resume_reading()
        assert await lazy.closed() == 4508
        await company.is_at_peace()
