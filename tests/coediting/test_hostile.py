"""Clients that send what they should not: each is told why and sent away, and the others notice nothing."""

from __future__ import annotations

import asyncio
import logging
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from copy import copy
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from pycrdt import Array, Doc, Map, Text, XmlFragment, merge_updates
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.loader import load_site
from tests.coediting.soak import Server
from tests.coediting.writers import Writer, awareness_message, block, number, step_1, step_2, update_message
from tests.delivery.fuzz import resident
from tests.delivery.servers import TRANSPORTS, Served, eventually, serving

pytestmark = pytest.mark.real_time

DELETION = b"\x00\x01\x05\x01\x00\x01"
"""An update that takes out the first thing that client 5 has put in."""
SITE = """
title: Hostile
limits: {limits}
pages:
  /:
    scope: shared
    body:
      - editor: notes
      - textarea: ""
        shared_text: plain
  /room/{{name}}:
    scope: shared
    params: {{name: {{type: str, pattern: "^[a-z]+$"}}}}
    body:
      - editor: notes
  /own:
    body:
      - editor: mine
"""
MOST = 20_000
"""Bytes of a message in the tests of its length."""


class Company:
    """Two who write in a document while somebody else does what he should not."""

    def __init__(self, served: Served, ann: Writer, bob: Writer) -> None:
        self.served = served
        self.ann = ann
        self.bob = bob
        self.url = ann.url
        self._count = 0

    async def writes_on(self) -> None:
        """Both write, and each gets what the other wrote."""
        self._count += 1
        for writer in (self.ann, self.bob):
            writer.insert(0, f"{'ann' if writer is self.ann else 'bob'} {self._count} ")
        for writer in (self.ann, self.bob):
            await writer.until(lambda writer=writer: writer.text.count(f" {self._count} ") >= 2)

    async def is_at_peace(self) -> None:
        """Nobody of them has noticed anything, and all have the same: they, the server, and who comes new."""
        await self.writes_on()
        for writer in (self.ann, self.bob):
            await writer.flushed()
            assert (writer.is_connected, writer.denials) == (True, [])
        fresh = await Writer.connect(self.url)
        kept = str(self.served.hub.documents.open("notes", None).text)
        assert {self.ann.text, self.bob.text, fresh.text, kept} == {self.ann.text}
        await fresh.close()


Meet = Callable[..., AbstractAsyncContextManager[Company]]


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> str:
    """Each way in which messages come and go."""
    name: str = request.param
    return name


@pytest.fixture
def meet(tmp_path: Path, transport: str) -> Meet:
    """Serves the site, with limits of its own, to two who write."""

    @asynccontextmanager
    async def meeting(**limits: int | str) -> AsyncIterator[Company]:
        (tmp_path / "site.yaml").write_text(SITE.format(limits=limits).lstrip(), encoding="utf-8")
        site = load_site(tmp_path, ELEMENT_TYPES)
        async with serving(site, transport, data=tmp_path / "data") as served:
            ann = await Writer.connect(url_of(served, "notes"))
            bob = await Writer.connect(url_of(served, "notes"))
            try:
                company = Company(served, ann, bob)
                await company.writes_on()
                yield company
            finally:
                for writer in (ann, bob):
                    await writer.close()

    return meeting


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log; whatever a client sends, nothing in the server may fail."""
    caplog.set_level(logging.INFO)
    yield caplog
    failures = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR or record.exc_info]
    assert [record.getMessage() for record in failures] == []


def url_of(served: Served, key: str) -> str:
    """The address of a document."""
    return f"ws://127.0.0.1:{served.port}/_livepages/documents/{key}"


# Updates, written byte by byte


def item(clock: int, content: bytes, *, client: int = 5, kind: int = 4, root: bytes = b"text") -> bytes:
    """An update of one item that stands at the beginning of a shared type (Yjs, UpdateEncoderV1)."""
    return bytes((1, 1)) + number(client) + number(clock) + bytes((kind, 1)) + block(root) + content + b"\x00"


def nested(depth: int) -> bytes:
    """An update with lists in each other, as a value within a list."""
    return item(0, b"\x01" + b"\x75\x01" * depth + b"\x7e", kind=8)


def gap(size: int = 3) -> bytes:
    """An update that builds on one that never comes, and says so: its text is to stand after that one's."""
    doc: Doc[Text] = Doc()
    text = doc.get("text", type=Text)
    text += "one"
    state = doc.get_state()
    text += "x" * size
    return doc.get_update(state)


def half_good(size: int) -> bytes:
    """An update of which one character can be applied, and all the rest builds on what never comes."""
    return merge_updates(item(0, block(b"a"), client=random.getrandbits(32)), gap(size))


def types_in_types(depth: int) -> bytes:
    """An update of shared texts, each of which is in the one before."""
    inner = (b"\x07\x00\x05" + number(clock) + b"\x02" for clock in range(depth - 1))
    return b"\x01" + number(depth) + b"\x05\x00\x07\x01" + block(b"text") + b"\x02" + b"".join(inner) + b"\x00"


# Messages that are wrong

WRONG: dict[str, bytes | str] = {
    "empty": b"",
    "text": "hello",
    "unknown": number(9),
    "denial": b"\x02\x00" + block(b"no"),
    "unknown step": b"\x00\x07" + block(b""),
    "no step": b"\x00",
    "endless number": b"\xff" * 40,
    "endless step": b"\x00" + b"\xff" * 40,
    "too large a number": b"\x00\x02" + number(2**60),
    "long block": b"\x00\x02" + number(2**40) + b"x",
    "truncated": update_message(item(0, block(b"abc")))[:-4],
    "truncated update": update_message(item(0, block(b"abc"))[:-4]),
    "something after the end": update_message(item(0, block(b"abc"))) + b"x",
    "no update": update_message(b"\x07 is no update"),
    "empty update": update_message(b""),
    "no answer": step_2(b"\xff\xff\xff\xff"),
    "no state vector": step_1(b"\xff\xff\xff"),
    "gap": update_message(gap()),
    "many clients": update_message(number(2**53)),
    "many items": update_message(b"\x01" + number(2**31) + b"\x05\x00"),
    "long text": update_message(item(0, number(2**31) + b"abc")),
    "deep JSON": update_message(item(0, block(b"[" * 5_000 + b"]" * 5_000), kind=5)),
    "presence without JSON": awareness_message((7, 1, "{")),
    "presence that is no object": awareness_message((7, 1, "[1]")),
    "presence that is deep": awareness_message((7, 1, "[" * 4_000)),
    "long presence": awareness_message((7, 1, '{"a": "%s"}' % ("x" * 5_000))),
    "presence of too many": b"\x01" + block(number(5_000) + b"\x01\x01" + block(b"{}") * 5_000),
    "presence that is cut": b"\x01" + block(number(2) + b"\x07\x01" + block(b"{}")),
    "presence without UTF-8": b"\x01" + block(b"\x01\x07\x01" + block(b"\xff\xfe")),
}


async def test_what_is_wrong_ends_one_connection_with_a_reason(meet: Meet) -> None:
    async with meet() as company:
        for name, message in WRONG.items():
            hostile = await Writer.connect(company.url)
            hostile.send(message)
            assert (name, await hostile.closed()) == (name, 4400)
            (reason,) = hostile.denials
            assert reason.startswith("The server can't take this change: ")
            assert reason.endswith(".")
            await company.writes_on()
        await company.is_at_peace()


async def test_what_is_said_before_anything_else(meet: Meet) -> None:
    """Without having asked, or answered."""
    async with meet() as company:
        for name, message in WRONG.items():
            if name == "gap":
                continue  # what it builds on could still come in the answer
            async with connect(company.url, proxy=None) as socket:
                await socket.send(message)
                with pytest.raises(ConnectionClosed):
                    while True:
                        await socket.recv()
                assert (name, socket.close_code) == (name, 4400)
        await company.is_at_peace()


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


# Random bytes


def damaged(chance: random.Random, message: bytes) -> bytes:
    """The same bytes with a few changed, left out, put in or cut off."""
    found = bytearray(message)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(5):
            case 0 if at < len(found):
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                del found[at : at + chance.randrange(1, 4)]
            case 2:
                found[at:at] = chance.randbytes(chance.randrange(1, 9))
            case 3 if at < len(found):
                found[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
            case _:
                del found[at:]
    return bytes(found)


def some_messages(writer: Writer) -> list[bytes]:
    """Messages that are right, to be damaged."""
    doc: Doc[Text] = Doc()
    doc.apply_update(writer.doc.get_update())
    text, state = doc.get("text", type=Text), doc.get_state()
    text.insert(0, "äöü words ", {"bold": True})
    text.insert_embed(3, {"image": "a.png"})
    text.format(0, 4, {"italic": True})
    del text[1:8]
    change = doc.get_update(state)
    told = awareness_message((doc.client_id, 1, '{"user": {"name": "Eve"}}'))
    return [update_message(change), update_message(change), step_2(doc.get_update()), step_1(state), told]


@pytest.mark.parametrize("seed", [1, 2])
async def test_damaged_messages(meet: Meet, seed: int) -> None:
    chance = random.Random(seed)
    async with meet() as company:
        codes: Counter[int | None] = Counter()
        before = resident()
        for turn in range(80):
            hostile = await Writer.connect(company.url)
            for _ in range(4):
                message = chance.choice(some_messages(hostile))
                hostile.send(chance.randbytes(40) if chance.random() < 0.2 else damaged(chance, message))
            if chance.random() < 0.3:
                hostile.drop()
                continue
            hostile.send("the end")
            codes[await hostile.closed()] += 1
            assert len(hostile.denials) == 1
            if turn % 20 == 0:
                await company.writes_on()
        assert set(codes) == {4400}
        assert resident() - before < 20
        await company.is_at_peace()


# Updates that are right in form, and meant ill


@pytest.mark.parametrize("clock", [1, 1_000, 2**31 - 1, 2**32 - 1])
async def test_a_text_after_a_gap_is_in_nobodys_document(meet: Meet, clock: int) -> None:
    """One that does not say by its neighbours that something is missing: only its number tells."""
    async with meet() as company:
        hostile = await Writer.connect(company.url)
        hostile.send(update_message(item(clock, block(b"evil"))))
        assert await hostile.closed() == 4400
        await company.is_at_peace()
        assert "evil" not in company.ann.text


@pytest.mark.parametrize("update", [nested(100_000), types_in_types(145_000)], ids=["values", "types"])
async def test_what_is_deeper_than_any_stack(tmp_path: Path, update: bytes) -> None:
    """The server has a process of its own, which the library would end that reads, or deletes, what is so deep."""
    server = Server(tmp_path, None)
    await server.start()
    try:
        ann = await Writer.connect(server.url)
        hostile = await Writer.connect(server.url)
        hostile.send(update_message(update))
        hostile.send(update_message(DELETION))
        assert await hostile.closed() == 4400
        ann.insert(0, "here")
        await ann.flushed()
        await ann.close()
    finally:
        await server.end(signal.SIGKILL)


async def test_values_that_are_too_deep_for_browsers(meet: Meet) -> None:
    """Their stack is smaller than the server's: what the server took in would break them."""
    async with meet() as company:
        hostile = await Writer.connect(company.url)
        hostile.send(update_message(nested(5_000)))
        assert await hostile.closed() == 4400
        await company.is_at_peace()


@pytest.mark.parametrize("content", [Map({"a": 1}), Array([1, "a", [2]]), XmlFragment()], ids=["map", "array", "xml"])
async def test_other_types_at_the_place_of_the_text(meet: Meet, content: Any) -> None:
    """Whether they are taken or not, they disturb nobody."""
    async with meet() as company:
        doc: Doc[Any] = Doc()
        doc["text"] = copy(content)
        hostile = await Writer.connect(company.url)
        hostile.send(update_message(doc.get_update()))
        hostile.send(update_message(item(0, b"\x02", kind=7)))
        hostile.send("the end")
        assert await hostile.closed() == 4400
        await company.is_at_peace()


async def test_what_waits_for_changes_that_never_come_takes_no_memory(meet: Meet) -> None:
    """From one that does not answer, so that what is missing could still come."""
    async with meet(document_size=200_000) as company:
        before = resident()
        async with connect(company.url, proxy=None) as socket:
            for _ in range(300):
                await socket.send(update_message(gap(100_000)))
        await company.is_at_peace()
        assert resident() - before < 12


async def test_what_waits_behind_a_good_character_takes_no_memory(meet: Meet) -> None:
    async with meet(document_size=200_000) as company:
        messages = [update_message(half_good(100_000)) for _ in range(150)]
        before = resident()
        hostile = await Writer.connect(company.url)
        for message in messages:
            hostile.send(message)
        hostile.send("the end")
        assert await hostile.closed() == 4400
        assert "builds on changes" in hostile.denials[0]
        await company.is_at_peace()
        assert resident() - before < 8


async def test_documents_that_nobody_uses_any_more_take_no_memory(meet: Meet) -> None:
    async with meet() as company:
        key, library = "name=hall/notes", company.served.hub.documents._library
        guest = await Writer.connect(url_of(company.served, key))
        guest.insert(0, "x" * 900_000)
        await guest.flushed()
        await guest.close()
        before = resident()
        for _ in range(60):
            guest = await Writer.connect(guest.url)
            assert len(guest.text) > 900_000
            await guest.close()
            await eventually(lambda: library._documents[key].is_idle)
            library.sweep(monotonic() + 100)
        assert resident() - before < 15
        await company.is_at_peace()


async def write_much(writer: Writer) -> None:
    """Write more than the buffers of any kernel take for one that does not read, and take it out again."""
    for _ in range(30):
        writer.insert(0, "x" * 500_000)
        writer.delete(0, 500_000)
        await writer.flushed()


async def test_one_that_does_not_read_takes_no_memory(meet: Meet) -> None:
    async with meet() as company:
        lazy = await Writer.connect(company.url)
        assert lazy._socket is not None
        lazy._socket.transport.pause_reading()
        before, size = resident(), len(company.ann.text)
        await write_much(company.ann)
        assert resident() - before < 40
        company.ann.insert(0, "news ")
        await company.ann.flushed()
        lazy._socket.transport.resume_reading()
        await lazy.until(lambda: len(lazy.text) == size + 5)
        assert lazy.text == company.ann.text
        await lazy.close()
        await company.is_at_peace()


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


# Cursors


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


# Who may come, and to what


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


# Limits


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
