from __future__ import annotations

import pytest

from livepages.cli.logs import LogLevel


@pytest.mark.parametrize(
    ("level", "number", "of_server"),
    [("debug", 10, "info"), ("info", 20, "warning"), ("warning", 30, "warning"), ("error", 40, "error")],
)
def test_the_server_says_less_than_livepages(level: str, number: int, of_server: str) -> None:
    found = LogLevel(level)
    assert (found.number, found.of_server) == (number, of_server)
