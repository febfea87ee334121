"""Who may come, to what, and how much of it there can be."""

from __future__ import annotations

import pytest
from websockets.exceptions import InvalidStatus

from tests.coediting.hostile.company import Meet, url_of
from tests.coediting.writers import Writer, step_1, update_message

pytestmark = pytest.mark.real_time

MOST = 20_000
"""Bytes of a message in the tests of its length."""


async def test_pages_of_other_sites_are_refused(meet: Meet) -> None:
    async with meet() as company:
        with pytest.raises(InvalidStatus, match="403"):
            await Writer.connect(company.url, origin="http://elsewhere.example")
        own = await Writer.connect(company.url, origin=f"http://127.0.0.1:{company.served.port}")
        assert own.text == company.ann.text
        await own.close()


async def test_what_no_page_shows_is_no_document(meet: Meet) -> None:
    keys = [
        *("", "nothing", "mine", "notes/", "/notes", "no%74es", "%00", "%ff", "..%2fnotes"),
        *("name=kitchen/plain", "name=K9/notes", "name=/notes", "other=kitchen/notes", "name=kitchen&name=hall/notes"),
        *("~nobody/mine", "~/mine"),
    ]
    async with meet() as company:
        for key in keys:
            lost = Writer(url_of(company.served, key))
            await lost.open()
            assert (key, await lost.closed()) == (key, 4404)
            assert lost.denials == ["No page shows a document of this name."]


async def test_a_message_that_is_too_large(meet: Meet) -> None:
    async with meet(document_message=MOST) as company:
        hostile = await Writer.connect(company.url)
        hostile.insert(0, "x" * 2 * MOST)
        assert await hostile.closed() == 4413
        (reason,) = hostile.denials
        assert "too large" in reason
        assert f"{MOST:,} may" in reason
        await company.is_at_peace()
        assert "xx" not in company.ann.text


async def test_a_message_that_is_far_too_large_is_not_even_read(meet: Meet) -> None:
    async with meet(document_message=MOST) as company:
        hostile = await Writer.connect(company.url)
        hostile.send(update_message(b"x" * (1 << 20) * 18))  # uvicorn's own limit is 16 MB
        assert await hostile.closed() == 1009
        await company.is_at_peace()


async def test_too_many_messages(meet: Meet) -> None:
    async with meet(events_per_second=10) as company:
        hostile = await Writer.connect(company.url)
        for _ in range(500):
            hostile.send(step_1(hostile.doc.get_state()))
        assert await hostile.closed() == 4529
        assert hostile.denials == ["There are too many changes at once."]
        await company.is_at_peace()


async def test_a_document_that_is_full_can_be_emptied(meet: Meet) -> None:
    async with meet(document_size=30_000) as company:
        company.ann.insert(0, "x" * 20_000)
        await company.ann.flushed()
        greedy = await Writer.connect(company.url)
        greedy.insert(0, "y" * 15_000)
        assert await greedy.closed() == 4413
        (reason,) = greedy.denials
        assert reason == "This document is full: it can have 30,000 bytes, and this change is too much."
        await company.is_at_peace()
        company.ann.delete(0, 20_000)
        await company.bob.until(lambda: len(company.bob.text) < 10_000)
        company.bob.insert(0, "z" * 15_000)
        await company.ann.until(lambda: "z" * 15_000 in company.ann.text)
        await company.is_at_peace()


async def test_deleting_is_possible_when_nothing_can_be_put_in(meet: Meet) -> None:
    async with meet(document_size=30_000) as company:
        while company.ann.is_connected:
            company.ann.insert(0, "x" * 500)
            await company.ann.settled()
        assert company.ann.close_code == 4413
        await company.bob.flushed()
        left = len(company.bob.text)
        while left > 100:
            company.bob.delete(0, 100)
            left -= 100
        await company.bob.flushed()
        assert (company.bob.is_connected, company.bob.denials) == (True, [])
        company.bob.insert(0, "room again ")
        fresh = await Writer.connect(company.url)
        await fresh.until(lambda: fresh.text == company.bob.text)
        await fresh.close()


async def test_there_are_only_so_many_documents(meet: Meet) -> None:
    async with meet(documents=2) as company:
        hall = await Writer.connect(url_of(company.served, "name=hall/notes"))
        hall.insert(0, "hall ")
        await hall.flushed()
        late = Writer(url_of(company.served, "name=kitchen/notes"))
        await late.open()
        assert await late.closed() == 4413
        assert late.denials == ["There are 2 documents already, which is all that this site keeps."]
        again = await Writer.connect(hall.url)
        assert again.text == hall.text
        await again.close()
        await hall.close()
        await company.is_at_peace()


async def test_there_are_only_so_many_sockets(meet: Meet, log: pytest.LogCaptureFixture) -> None:
    async with meet(tabs_per_address=1) as company:
        others = [await Writer.connect(company.url) for _ in range(6)]
        late = Writer(company.url)
        await late.open()
        assert await late.closed() == 4529
        assert late.denials == ["Too many people have documents of this site open: this one has to wait."]
        assert "A document was refused: 127.0.0.1 has 8 already." in log.messages
        await others.pop().close()
        await company.writes_on()
        again = await Writer.connect(company.url)
        assert again.text == company.ann.text
        for writer in (again, *others):
            await writer.close()
