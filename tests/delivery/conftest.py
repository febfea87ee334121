"""What the tests of delivery share."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from livepages.schema.site.site import Site
from tests.delivery.servers import TRANSPORTS
from tests.delivery.sites import delivery_site

MakeSite = Callable[..., Site]


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> str:
    """Each way in which messages come and go."""
    name: str = request.param
    return name


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Makes the site, with limits of its own."""
    return lambda **limits: delivery_site(tmp_path, **limits)


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log; whatever a test does to the server, nothing in it may fail."""
    caplog.set_level(logging.INFO)
    yield caplog
    failures = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR or record.exc_info]
    assert [record.getMessage() for record in failures] == []


def lines_of(log: pytest.LogCaptureFixture, part: str) -> list[str]:
    """The lines of the log that have a part."""
    return [record.getMessage() for record in log.records if part in record.getMessage()]
