"""Many who write in one document, for a moment only.

`LIVEPAGES_SOAK_WRITERS`, `LIVEPAGES_SOAK_SECONDS` and `LIVEPAGES_SOAK_KILLS` make it as large as one likes.
"""

from __future__ import annotations

import os

import pytest

from tests.coediting.soak import RATE, Findings, soak

pytestmark = pytest.mark.real_time

WRITERS = int(os.environ.get("LIVEPAGES_SOAK_WRITERS", "12"))
SECONDS = float(os.environ.get("LIVEPAGES_SOAK_SECONDS", "8"))
KILLS = int(os.environ.get("LIVEPAGES_SOAK_KILLS", "3"))
EMPTY = 32 * 1024
"""Bytes that a store has without any document: each table and each index of SQLite has a page at least."""
LEAST = 32 * 1024
"""Bytes of updates that are not worth a compaction: 16 KiB of a log, and as much as it could double."""


def assert_all_is_there(found: Findings) -> None:
    """Nothing is lost, and the store is small."""
    assert found.lost == []
    assert found.texts == 1
    assert found.denials == []
    assert found.log == ""
    assert found.stored <= 3 * found.document + EMPTY
    assert found.kept <= max(3 * found.document, LEAST)


async def test_all_who_lose_their_connections_converge() -> None:
    found = await soak(WRITERS, SECONDS, kills=0)
    assert_all_is_there(found)
    assert found.edits > WRITERS * SECONDS * RATE / 4, "they have been writing"
    assert found.drops >= WRITERS / 4, "many have lost their connection"
    assert len(found.delays) > 5, "what one wrote the others got at once"
    settled = found.memory[len(found.memory) // 4]
    assert max(found.memory) < settled + 10 + 20 * found.document / 1e6, "the server's memory stays as it is"


async def test_a_server_that_is_killed_forgets_nothing_that_was_seen() -> None:
    found = await soak(WRITERS, SECONDS, KILLS, seed=2)
    assert found.kills == KILLS
    assert found.forgotten == 0
    assert_all_is_there(found)
