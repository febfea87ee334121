"""Messages that are wrong: whoever sends one is told why and sent away, and the others notice nothing."""

from __future__ import annotations

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.coediting.hostile.company import Meet
from tests.coediting.hostile.updates import gap, item
from tests.coediting.writers import Writer, awareness_message, block, number, step_1, step_2, update_message

pytestmark = pytest.mark.real_time

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
    "JSON of older versions": update_message(item(0, b"\x01" + block(b"1"), kind=2)),
    "bytes in a text": update_message(item(0, block(b"abc"), kind=3)),
    "values in a text": update_message(item(0, b"\x01\x77" + block(b"a"), kind=8)),
    "something in what is no text": update_message(b"\x01\x01\x05\x00\x04\x00\x01\x00" + block(b"a") + b"\x00"),
    "something beside itself": update_message(b"\x01\x01\x05\x00\x84\x05\x00" + block(b"a") + b"\x00"),
    "one client twice": update_message(
        b"\x02" + 2 * (b"\x01\x05\x00\x04\x01" + block(b"text") + block(b"a")) + b"\x00"
    ),
    "clients that build on each other": update_message(
        b"\x02\x01\x05\x00\x84\x06\x00" + block(b"a") + b"\x01\x06\x00\x84\x05\x00" + block(b"b") + b"\x00"
    ),
    "a long state vector": step_1(number(50_000) + b"".join(number(n) + b"\x01" for n in range(10**9, 10**9 + 50_000))),
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
