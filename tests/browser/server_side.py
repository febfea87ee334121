"""What a server holds that runs in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from starlette.applications import Starlette

Result = TypeVar("Result")


def in_loop(app: Starlette, function: Callable[[], Result]) -> Result:
    """Call a function in the event loop of a site's server."""

    async def call() -> Result:
        return function()

    return asyncio.run_coroutine_threadsafe(call(), app.state.hub.loop).result(30)
