"""Messages that were right before some bytes of them changed."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from pycrdt import Doc, Text

from tests.coediting.hostile.company import Meet
from tests.coediting.writers import Writer, awareness_message, step_1, step_2, update_message

pytestmark = pytest.mark.real_time


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
        await company.is_at_peace()
