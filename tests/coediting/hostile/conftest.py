"""Where those are met who should not do what they do."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coediting.hostile.company import Meet, meeting
from tests.delivery.servers import TRANSPORTS


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> str:
    """Each way in which messages come and go."""
    name: str = request.param
    return name


@pytest.fixture
def meet(tmp_path: Path, transport: str) -> Meet:
    """Serves the site, with limits of its own, to two who write."""
    return lambda **limits: meeting(tmp_path, transport, limits)


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log; whatever a client sends, nothing in the server may fail."""
    caplog.set_level(logging.INFO)
    yield caplog
    failures = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR or record.exc_info]
    assert [record.getMessage() for record in failures] == []
