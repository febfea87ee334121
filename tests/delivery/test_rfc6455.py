"""WebSocket as RFC 6455 has it, byte by byte: what is answered, and with which code a connection ends."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest

from tests.delivery.conftest import MakeSite
from tests.delivery.raw import (
    BINARY,
    CLOSE,
    CONT,
    PING,
    PONG,
    TEXT,
    Ended,
    RawSocket,
    close_frame,
    frame,
    text_frame,
)
from tests.delivery.servers import Served, serving

pytestmark = pytest.mark.real_time

BROKEN = b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited"
"""UTF-8 up to a surrogate, which UTF-8 can't have (Autobahn, 6.3)."""
ASK = json.dumps({"type": "event", "id": 1, "stream": "page", "node": 10**6, "on": "click"}).encode()
"""An event that the server answers with an error and an acknowledgement."""

CLOSED = {
    "reserved bit 1": (frame(TEXT, b"{}", reserved=4), 1002),
    "reserved bit 2": (frame(TEXT, b"{}", reserved=2), 1002),
    "reserved bit 3": (frame(PING, b"", reserved=1), 1002),
    "reserved data opcode": (frame(3, b"{}"), 1002),
    "reserved control opcode": (frame(11, b"{}"), 1002),
    "not masked": (frame(TEXT, b"{}", mask=None), 1002),
    "empty and not masked": (frame(TEXT, mask=None), 1002),
    "ping of 126 bytes": (frame(PING, b"x" * 126), 1002),
    "pong of 126 bytes": (frame(PONG, b"x" * 126), 1002),
    "close of 126 bytes": (frame(CLOSE, b"\x03\xe8" + b"x" * 124), 1002),
    "fragmented ping": (frame(PING, b"x", fin=False), 1002),
    "fragmented close": (frame(CLOSE, b"\x03\xe8", fin=False), 1002),
    "continuation of nothing": (frame(CONT, b"{}"), 1002),
    "unfinished continuation of nothing": (frame(CONT, b"{}", fin=False), 1002),
    "text within a message": (frame(TEXT, b"{", fin=False) + frame(TEXT, b"}"), 1002),
    "binary within a message": (frame(TEXT, b"{", fin=False) + frame(BINARY, b"}"), 1002),
    "reserved bit within a message": (frame(TEXT, b"{", fin=False) + frame(CONT, b"}", reserved=4), 1002),
    "broken text": (frame(TEXT, BROKEN), 1007),
    "broken text in two fragments": (frame(TEXT, BROKEN[:12], fin=False) + frame(CONT, BROKEN[12:]), 1007),
    "broken text in bytes": (
        frame(TEXT, BROKEN[:1], fin=False)
        + b"".join(frame(CONT, BROKEN[at : at + 1], fin=False) for at in range(1, len(BROKEN)))
        + frame(CONT),
        1007,
    ),
    "text that ends within a character": (frame(TEXT, '"ä"'.encode()[:2]), 1007),
    "broken reason": (close_frame(1000, BROKEN), 1007),
    "close of one byte": (frame(CLOSE, b"\x03"), 1002),
    "too large": (b"\x81\xff" + (2**62).to_bytes(8) + b"\x00\x00\x00\x00", 1009),
    "length with its highest bit": (b"\x81\xff" + (2**63).to_bytes(8) + b"\x00\x00\x00\x00", 1009),
    "too large by one byte": (b"\x81\xff" + (2**20 + 1).to_bytes(8) + b"\x00\x00\x00\x00", 1009),
    "fragments that are too large": (
        frame(TEXT, b" " * 600_000, fin=False) + frame(CONT, b" " * 600_000),
        1009,
    ),
    "binary": (frame(BINARY, b"{}"), 1003),
    "empty binary": (frame(BINARY), 1003),
    "fragmented binary": (frame(BINARY, b"{", fin=False) + frame(CONT, b"}"), 1003),
}
"""What is sent, and the code with which it is closed."""

ECHOED = {
    "empty": b"",
    "normal": close_frame(1000)[6:],
    **{str(code): code.to_bytes(2) for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 4999)},
    "with a reason": b"\x03\xe8" + "bye ✓".encode(),
    "with the longest reason": b"\x03\xe8" + b"x" * 123,
}
REFUSED_CODES = (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)


async def socket_of(served: Served, stage: str) -> RawSocket:
    """A connection before its hello, or a live one."""
    return await served.socket() if stage == "before hello" else await served.raw(await served.tab())


async def still_serves(served: Served) -> None:
    """A tab comes, sends an event, and gets what it changes."""
    line = await served.open("/own")
    line.tab.fire("add")
    await line.settled()
    assert line.tab.text("added") == "1"


@pytest.mark.parametrize("stage", ["before hello", "live"])
async def test_what_is_against_the_protocol_is_closed(make_site: MakeSite, stage: str) -> None:
    async with serving(make_site()) as served:
        seen = {}
        for name, (data, _) in CLOSED.items():
            socket = await socket_of(served, stage)
            await socket.send(data)
            seen[name] = await socket.closing()
            with suppress(Ended):
                await socket.send(close_frame(1000))  # where the server waits for the answer
            await socket.ended()
        assert seen == {name: code for name, (_, code) in CLOSED.items()}
        await still_serves(served)


@pytest.mark.parametrize("stage", ["before hello", "live"])
async def test_a_close_is_echoed(make_site: MakeSite, stage: str) -> None:
    async with serving(make_site()) as served:
        for name, sent in ECHOED.items():
            socket = await socket_of(served, stage)
            await socket.send(frame(CLOSE, sent))
            received = await socket.receive()
            assert (received.opcode, received.payload) == (CLOSE, sent), name
            await socket.ended()
        await still_serves(served)


@pytest.mark.parametrize("stage", ["before hello", "live"])
async def test_a_close_with_a_code_that_may_not_be_sent(make_site: MakeSite, stage: str) -> None:
    async with serving(make_site()) as served:
        for code in REFUSED_CODES:
            socket = await socket_of(served, stage)
            await socket.send(close_frame(code))
            assert await socket.closing() == 1002, code


@pytest.mark.parametrize("stage", ["before hello", "live"])
async def test_a_close_within_a_fragmented_message_is_echoed(make_site: MakeSite, stage: str) -> None:
    """Autobahn's case 7.1.5."""
    async with serving(make_site()) as served:
        socket = await socket_of(served, stage)
        await socket.send(frame(TEXT, b"fragment1", fin=False) + close_frame(1000) + frame(CONT, b"fragment2"))
        received = await socket.receive()
        assert (received.opcode, received.payload) == (CLOSE, b"\x03\xe8")
        await socket.ended()


@pytest.mark.parametrize("stage", ["before hello", "live"])
async def test_nothing_is_taken_after_a_close(make_site: MakeSite, stage: str) -> None:
    async with serving(make_site()) as served:
        socket = await socket_of(served, stage)
        await socket.send(close_frame(1000) + frame(TEXT, ASK) + frame(PING, b"late") + close_frame(1001))
        assert [(await socket.receive()).payload] == [b"\x03\xe8"]
        await socket.ended()


@pytest.mark.parametrize("stage", ["before hello", "live"])
async def test_pings_are_answered_with_what_they_carry(make_site: MakeSite, stage: str) -> None:
    async with serving(make_site()) as served:
        socket = await socket_of(served, stage)
        for payload in (b"", b"hello", b"\x00\xff\xfe\xfd", b"x" * 125):
            await socket.send(frame(PING, payload))
            received = await socket.receive()
            assert (received.opcode, received.payload) == (PONG, payload)
        await socket.send(b"".join(frame(PING, bytes([number])) for number in range(10)))
        assert [(await socket.receive()).payload for _ in range(10)] == [bytes([number]) for number in range(10)]


async def test_pongs_that_nobody_asked_for_are_ignored(make_site: MakeSite) -> None:
    async with serving(make_site()) as served:
        socket = await socket_of(served, "live")
        await socket.send(frame(PONG) + frame(PONG, b"x" * 125) + frame(PING, b"after"))
        assert (await socket.receive()).payload == b"after"


async def test_a_message_in_fragments_with_pings_between_them(make_site: MakeSite) -> None:
    async with serving(make_site()) as served:
        socket = await socket_of(served, "live")
        parts = [ASK[at : at + 7] for at in range(0, len(ASK), 7)]
        data = frame(TEXT, parts[0], fin=False)
        for part in parts[1:]:
            data += frame(PING, part) + frame(CONT, b"", fin=False) + frame(CONT, part, fin=False)
        await socket.send(data + frame(CONT))
        assert [(await socket.receive()).payload for _ in parts[1:]] == parts[1:]
        assert (await socket.message("error"))["event"] == 1
        assert (await socket.message("ack"))["event"] == 1


@pytest.mark.parametrize("stage", ["before hello", "live"])
async def test_a_close_right_behind_what_would_be_closed(make_site: MakeSite, stage: str) -> None:
    """Both come in one packet: the other side's close was first on the wire."""
    async with serving(make_site()) as served:
        for data in (frame(BINARY, b"{}"), frame(TEXT, b"{}"), frame(TEXT, BROKEN), frame(TEXT, ASK)):
            socket = await socket_of(served, stage)
            await socket.send(data + close_frame(1000))
            assert await socket.closing() == 1000
            await socket.ended()


async def test_bytes_that_come_one_by_one(make_site: MakeSite) -> None:
    async with serving(make_site()) as served:
        socket = await socket_of(served, "live")
        for byte in frame(TEXT, ASK, mask=b"\xff\x00\xaa\x55"):
            await socket.send(bytes([byte]))
        assert (await socket.message("ack"))["event"] == 1


async def test_any_number_of_empty_fragments(make_site: MakeSite) -> None:
    async with serving(make_site()) as served:
        socket = await socket_of(served, "live")
        empty = frame(CONT, fin=False) * 5_000
        await socket.send(frame(TEXT, fin=False) + empty + frame(CONT, ASK, fin=False) + empty)
        [protocol] = served.server.server_state.connections
        await socket.send(frame(PING, b"so far"))
        assert (await socket.receive()).payload == b"so far"
        assert len(protocol.frames) < 3  # type: ignore[union-attr]
        await socket.send(frame(CONT))
        assert (await socket.message("ack"))["event"] == 1


async def test_a_message_of_the_largest_size(make_site: MakeSite) -> None:
    async with serving(make_site()) as served:
        for padded in (ASK.ljust(125), ASK.ljust(126), ASK.ljust(65_535), ASK.ljust(65_536), ASK.ljust(2**20)):
            socket = await socket_of(served, "live")
            await socket.send(frame(TEXT, padded))
            assert (await socket.message("ack"))["event"] == 1


async def test_messages_that_are_not_of_the_protocol_are_answered(make_site: MakeSite) -> None:
    async with serving(make_site()) as served:
        socket = await socket_of(served, "live")
        deep = b"[" * 100_000
        for text in (b"", b"{", b"null", b'"\xc3\xa4"', b'{"type":"no"}', deep, b'{"type":"hello","x":' + deep):
            await socket.send(frame(TEXT, text))
            assert (await socket.message("error"))["code"] == "bad-frame", text[:20]
        await socket.send(frame(TEXT, ASK))
        assert (await socket.message("ack"))["event"] == 1


async def test_what_is_sent_together_with_the_handshake_does_no_harm(make_site: MakeSite) -> None:
    """A client must wait for the answer before it sends (RFC 6455, 4.1); what it sends before may be dropped."""
    async with serving(make_site()) as served:
        for data, _ in CLOSED.values():
            await served.socket(early=data)
        for early in (close_frame(1000), frame(PING), text_frame({"type": "ack"}), b"\r\n" * 10):
            await served.socket(early=early)
        await still_serves(served)
