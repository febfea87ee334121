"""Frames that are almost right, in thousands. `LIVEPAGES_FUZZ_FRAMES` says how many."""

from __future__ import annotations

import os
import random

import pytest

from tests.delivery.conftest import MakeSite
from tests.delivery.fuzz import Fuzz
from tests.delivery.servers import serving

pytestmark = pytest.mark.real_time

FRAMES = int(os.environ.get("LIVEPAGES_FUZZ_FRAMES", "5000"))


async def test_frames_that_are_almost_right(make_site: MakeSite) -> None:
    async with serving(make_site()) as served:
        fuzz = Fuzz(served, FRAMES, random.Random(7))
        await fuzz.run()
        assert {0, 1002, 1003, 4400} <= set(fuzz.codes), "some connections held to the end"
