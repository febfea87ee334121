"""What all tests share: tests may be coroutines, on a clock that does not wait."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest

from livepages.testing import run


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "real_time: a coroutine that needs the real clock, such as for sockets")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop in the main thread, where coroutines can't run then."""
    items.sort(key=lambda item: "browser" in item.path.parent.parts)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments: dict[str, Any] = {name: pyfuncitem.funcargs[name] for name in names}
    runner = asyncio.run if pyfuncitem.get_closest_marker("real_time") else run
    runner(pyfuncitem.obj(**arguments))
    return True
