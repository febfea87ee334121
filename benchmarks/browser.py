"""A tab of Chromium that says when something was painted, by this machine's monotonic clock."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from playwright.async_api import Page, async_playwright

CHROMIUM = "/usr/bin/chromium"
"""Where Debian puts it; `LIVEPAGES_CHROMIUM` says otherwise."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")
PATIENCE = 30.0
"""Seconds that a page may take to be live, and a change to be painted."""
EVERY_MS = 10
"""How often something is done until then."""
LOOKS = 20
"""How often the clocks are compared; the quickest answer counts."""
WATCH = """() => {
  const shows = () => %(shows)s;
  let isDone = false;
  window.painted = new Promise(resolve => {
    const look = () => {
      if (isDone || !shows()) return;
      isDone = true;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    const meanwhile = () => {
      if (isDone) return clearInterval(timer);
      %(meanwhile)s;
    };
    const timer = setInterval(meanwhile, %(every)s);
  });
}"""
"""The second frame begins when the first, which has what was changed, has been painted."""


class Watcher:
    """A tab that watches what is painted in it."""

    def __init__(self, page: Page, offset: float) -> None:
        self._page = page
        self._offset = offset

    async def until_painted(self, shows: str, save: Callable[[], float], meanwhile: str = "") -> float:
        """Seconds from the moment that `save` gives to that when JavaScript has become true and was painted.

        `meanwhile` is JavaScript that is run again and again until then.
        """
        await self._page.evaluate(WATCH % {"shows": shows, "meanwhile": meanwhile, "every": EVERY_MS})
        saved = save()
        painted: float = await asyncio.wait_for(self._page.evaluate("() => window.painted"), PATIENCE)
        return painted / 1000 + self._offset - saved


@asynccontextmanager
async def watching(url: str) -> AsyncIterator[Watcher]:
    """A tab with a page of livepages, once it is live."""
    path = os.environ.get("LIVEPAGES_CHROMIUM", CHROMIUM)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = await chromium.new_page()
        live = asyncio.Event()

        def hear(frame: str | bytes) -> None:
            if '"type":"ready"' in str(frame):
                live.set()

        page.on("websocket", lambda socket: socket.on("framereceived", hear))
        await page.goto(url)
        await asyncio.wait_for(live.wait(), PATIENCE)
        yield Watcher(page, await _offset(page))
        await chromium.close()


async def _offset(page: Page) -> float:
    """What is to be added to the page's seconds for those of the monotonic clock."""
    found = []
    for _ in range(LOOKS):
        asked = time.monotonic()
        told: float = await page.evaluate("() => performance.now()")
        answered = time.monotonic()
        found.append((answered - asked, (asked + answered) / 2 - told / 1000))
    return min(found)[1]
