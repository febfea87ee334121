"""The soak, for a moment only."""

from __future__ import annotations

import pytest

from tests.delivery.soak import soak

pytestmark = pytest.mark.real_time


async def test_nothing_is_left_behind() -> None:
    run = await soak(6, tabs=30)
    last = run.figures[-1]
    assert run.visits > 30
    assert max(figures["connected"] for figures in run.figures) > 10
    assert (last["rooms"], last["tabs"], last["sockets"]) == (1, 0, 0)
    assert last["tasks"] == run.figures[0]["tasks"]
