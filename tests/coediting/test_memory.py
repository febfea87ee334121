"""What clients make the server hold, measured where there is nothing but the server."""

from __future__ import annotations

import weakref
from pathlib import Path
from time import monotonic

import pytest
from websockets.asyncio.client import connect

from tests.coediting.hostile.company import meeting, url_of, write_much
from tests.coediting.hostile.updates import gap, half_good
from tests.coediting.server import running
from tests.coediting.writers import Writer, update_message
from tests.delivery.servers import TRANSPORTS, eventually

pytestmark = pytest.mark.real_time

SOME = 12
"""MB that a server needs for its work, whatever comes."""


async def test_what_waits_for_changes_that_never_come(tmp_path: Path) -> None:
    """From one that does not answer, so that what is missing could still come."""
    async with running(tmp_path, document_size=200_000) as server:
        ann = await Writer.connect(server.url)
        before = server.memory()
        async with connect(server.url, proxy=None) as socket:
            for _ in range(500):
                await socket.send(update_message(gap(100_000)))
        ann.insert(0, "here")
        await ann.flushed()
        assert server.memory() - before < SOME
        await ann.close()


async def test_what_waits_behind_a_good_character(tmp_path: Path) -> None:
    async with running(tmp_path, document_size=200_000) as server:
        ann = await Writer.connect(server.url)
        before = server.memory()
        hostile = await Writer.connect(server.url)
        for _ in range(400):
            hostile.send(update_message(half_good(100_000)))
        hostile.send("the end")
        assert await hostile.closed() == 4400
        assert "builds on changes" in hostile.denials[0]
        ann.insert(0, "here")
        await ann.flushed()
        assert server.memory() - before < SOME
        await ann.close()


async def test_what_one_that_does_not_read_will_get_when_it_does(tmp_path: Path) -> None:
    async with running(tmp_path) as server:
        ann, lazy = await Writer.connect(server.url), await Writer.connect(server.url)
        await write_much(ann)
        assert lazy._socket is not None
        lazy._socket.transport.pause_reading()
        before, size = server.memory(), len(ann.text)
        for _ in range(3):
            await write_much(ann)
        assert server.memory() - before < SOME
        ann.insert(0, "news ")
        await ann.flushed()
        lazy._socket.transport.resume_reading()
        await lazy.until(lambda: len(lazy.text) == size + 5)
        assert lazy.text == ann.text
        for writer in (ann, lazy):
            await writer.close()


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_documents_that_nobody_uses_any_more(tmp_path: Path, transport: str) -> None:
    """They go at once, without waiting for the garbage collector, which does not know how large they are."""
    async with meeting(tmp_path, transport, {}) as company:
        key, library = "name=hall/notes", company.served.hub.documents._library
        for words in ("", "one "):
            guest = await Writer.connect(url_of(company.served, key))
            assert guest.text == f"{words}\n"
            guest.insert(0, "one ")
            await guest.flushed()
            await guest.close()
            document = library._documents[key]
            parts = [weakref.ref(part) for part in (document, document._content, document.text)]
            await eventually(lambda document=document: document.is_idle)
            del document
            library.sweep(monotonic() + 100)
            await eventually(lambda parts=parts: not any(part() for part in parts))
