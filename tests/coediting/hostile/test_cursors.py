"""Cursors of those who would move others', or leave theirs behind."""

from __future__ import annotations

import pytest

from tests.coediting.hostile.company import Meet
from tests.coediting.writers import Writer, awareness_message
from tests.delivery.servers import eventually

pytestmark = pytest.mark.real_time


async def test_nobody_moves_the_cursor_of_another(meet: Meet) -> None:
    async with meet() as company:
        company.ann.tell({"user": {"name": "Ann"}})
        ann = company.ann.doc.client_id
        await company.bob.until(lambda: ann in company.bob.states)
        hostile = await Writer.connect(company.url)
        hostile.tell({"user": {"name": "Eve"}})
        for state in ('{"user": {"name": "Evil"}}', "null"):
            hostile.send(awareness_message((ann, 1_000, state)))
        await hostile.flushed()
        await company.bob.flushed()
        assert company.bob.states[ann] == {"user": {"name": "Ann"}}
        assert company.bob.states[hostile.doc.client_id] == {"user": {"name": "Eve"}}
        company.ann.tell({"user": {"name": "Anna"}})
        await company.bob.until(lambda: company.bob.states[ann] == {"user": {"name": "Anna"}})
        hostile.drop()
        await company.bob.until(lambda: hostile.doc.client_id not in company.bob.states)
        assert ann in company.bob.states
        await company.is_at_peace()


async def test_nobody_takes_the_cursor_of_another_by_being_silent_of_his_own(meet: Meet) -> None:
    async with meet() as company:
        company.ann.tell({"user": {"name": "Ann"}})
        ann = company.ann.doc.client_id
        await company.bob.until(lambda: ann in company.bob.states)
        hostile = await Writer.connect(company.url)
        hostile.send(awareness_message((ann, 2**52, '{"user": {"name": "Evil"}}')))
        await hostile.flushed()
        await company.bob.flushed()
        assert company.bob.states[ann] == {"user": {"name": "Ann"}}
        hostile.drop()
        company.ann.tell({"user": {"name": "Anna"}})
        await company.bob.until(lambda: company.bob.states.get(ann) == {"user": {"name": "Anna"}})


async def test_the_cursors_of_those_who_come_and_go_take_no_memory(meet: Meet) -> None:
    async with meet() as company:
        document = company.served.hub.documents.open("notes", None)
        hostile = await Writer.connect(company.url)
        for client in range(500):
            hostile.send(awareness_message((10**6 + client, 1, "{}")))
        await hostile.flushed()
        assert len(document.awareness) == 1
        hostile.drop()
        await eventually(lambda: len(document.awareness) == 0)
        await company.is_at_peace()
