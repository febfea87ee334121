"""A network between tabs and a server that can be taken away."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.delivery.proxy import Proxy, through_proxy


class Network:
    """A network that can be taken away."""

    def __init__(self, proxy: Proxy, loop: asyncio.AbstractEventLoop) -> None:
        self._proxy = proxy
        self._loop = loop
        self.address = f"http://127.0.0.1:{proxy.port}"

    def go(self) -> None:
        """Nothing comes through any more."""
        self._proxy.refuses = True
        self._loop.call_soon_threadsafe(self._proxy.cut)

    def come_back(self) -> None:
        """New connections come through."""
        self._proxy.refuses = False


@contextmanager
def network_to(address: str) -> Iterator[Network]:
    """A network in front of a server, in a thread of its own."""
    loop = asyncio.new_event_loop()
    is_up, is_over = threading.Event(), asyncio.Event()
    made: list[Network] = []

    async def run() -> None:
        async with through_proxy(urlsplit(address).port or 0) as proxy:
            made.append(Network(proxy, loop))
            is_up.set()
            await is_over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    try:
        assert is_up.wait(10)
        yield made[0]
    finally:
        loop.call_soon_threadsafe(is_over.set)
        thread.join(10)
        loop.close()
