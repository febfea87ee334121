"""Updates that are right in form, and meant ill."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Array, Doc, Map, XmlFragment

from tests.coediting.hostile.company import Meet
from tests.coediting.hostile.updates import DELETION, item, nested, types_in_types
from tests.coediting.server import running
from tests.coediting.writers import Writer, block, update_message

pytestmark = pytest.mark.real_time


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
    async with running(tmp_path) as server:
        ann = await Writer.connect(server.url)
        hostile = await Writer.connect(server.url)
        hostile.send(update_message(update))
        hostile.send(update_message(DELETION))
        assert await hostile.closed() == 4400
        ann.insert(0, "here")
        await ann.flushed()
        await ann.close()


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
