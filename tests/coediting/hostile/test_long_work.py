"""Updates that take the server long: others are answered meanwhile, and nothing of what was honest is lost."""

from __future__ import annotations

import pytest

from tests.coediting.hostile.company import Company, Meet
from tests.coediting.hostile.updates import backwards
from tests.coediting.writers import Writer, update_message

pytestmark = pytest.mark.real_time

MANY = 3_000
"""Letters that two write backwards, each without the other: each of one's is to be put in before all of the other's."""


def has_all(writer: Writer) -> bool:
    return writer.text.count("a" * MANY) == 2 or writer.text.count("a" * 2 * MANY) == 1


async def bring(company: Company, client: int) -> Writer:
    """Somebody sends what he has written while he was away."""
    writer = await Writer.connect(company.url)
    writer.send(update_message(backwards(client, MANY)))
    await writer.sent()
    return writer


async def test_others_write_on_while_a_long_update_is_applied(meet: Meet) -> None:
    async with meet() as company:
        first = await bring(company, 5)
        await company.ann.until(lambda: "a" * MANY in company.ann.text)
        second = await bring(company, 6)
        await company.writes_on()
        assert not has_all(company.ann)
        await company.ann.until(lambda: has_all(company.ann))
        for writer in (first, second):
            assert (writer.is_connected, writer.denials) == (True, [])
            await writer.close()
        await company.is_at_peace()


async def test_what_one_sent_before_he_went_is_applied_to_its_end(meet: Meet) -> None:
    async with meet() as company:
        for client in (5, 6):
            writer = await bring(company, client)
            writer.insert(0, f"the last of {client}. ")
            await writer.sent()
            await writer.close()
        await company.ann.until(lambda: has_all(company.ann))
        await company.ann.until(lambda: all(f"the last of {client}. " in company.ann.text for client in (5, 6)))
        await company.is_at_peace()
