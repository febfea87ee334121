"""Each example site, served once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.serving import SITES, serving


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the site that the test file is named for: `test_clock.py` gets `sites/clock`."""
    name = Path(str(request.path)).stem.removeprefix("test_")
    with serving(SITES / name) as address:
        yield address
