"""Chromium without a network in the middle of pushes and clicks: it comes back by replay, with all of both.

`LIVEPAGES_OFFLINE_SECONDS` says for how long it is gone.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.network import network_to
from tests.browser.serving import Watched, live_tab, serving

SECONDS = float(os.environ.get("LIVEPAGES_OFFLINE_SECONDS", "2"))
PUSHES, CLICKS = 100, 20

SITE = """
title: Offline
handlers: offline.py
scope: shared
every: {EVERYms: push}
body:
  - button: Click
    id: click
    on: {click: count}
  - p: "0"
    id: clicks
  - div:
    id: pushes
"""
HANDLERS = f"""
def push(page):
    pushed = page.data["pushed"] = page.data.get("pushed", 0)
    if page.data.get("clicked") and pushed < {PUSHES}:
        page.data["pushed"] = pushed + 1
        page["pushes"].append({{"i": str(pushed + 1)}})
    else:
        return False


def count(page, event):
    page.data["clicked"] = page.data.get("clicked", 0) + 1
    page["clicks"].text = str(page.data["clicked"])
"""


def click(watched: Watched, times: int, every: float) -> None:
    """Click so many times."""
    for _ in range(times):
        watched.page.locator("#click").click()
        watched.page.wait_for_timeout(every * 1000)


def test_it_comes_back_by_replay(browser: Browser, tmp_path: Path) -> None:
    interval = max(10, int(SECONDS * 1.6 * 1000 / PUSHES))
    (tmp_path / "site.yaml").write_text(SITE.replace("EVERY", str(interval)), encoding="utf-8")
    (tmp_path / "offline.py").write_text(HANDLERS, encoding="utf-8")
    with serving(tmp_path) as server, network_to(server) as network, live_tab(browser, network.address) as watched:
        watched.page.evaluate("window.survivor = 'the first page'")
        documents = [url for url in watched.requests if url == f"{network.address}/"]
        click(watched, 5, 0.05)
        expect(watched.page.locator("#clicks")).to_have_text("5")
        network.go()
        expect(watched.page.locator(".livepages-mark")).to_have_text("Reconnecting…")
        seen = watched.page.locator("#pushes i").count()
        click(watched, 10, SECONDS / 10)
        assert watched.page.locator("#clicks").inner_text() == "5", "it was offline"
        assert watched.page.locator("#pushes i").count() == seen
        network.come_back()
        click(watched, 5, 0.05)
        expect(watched.page.locator("#clicks")).to_have_text(str(CLICKS), timeout=20_000)
        expect(watched.page.locator("#pushes i")).to_have_count(PUSHES, timeout=20_000 + 1000 * SECONDS)
        numbers = watched.page.locator("#pushes i").all_inner_texts()
        assert numbers == [str(number) for number in range(1, PUSHES + 1)]
        assert watched.page.evaluate("window.survivor") == "the first page"
        assert [url for url in watched.requests if url == f"{network.address}/"] == documents
        kinds = {frame["type"] for frame in watched.frames}
        assert kinds & {"snapshot", "reload", "error"} == set()
        positions = [(patch["prev"], patch["pos"]) for patch in watched.patches()]
        assert [prev for prev, _ in positions[1:]] == [pos for _, pos in positions[:-1]], "each patch came once"
        watched.complaints[:] = [line for line in watched.complaints if "WebSocket connection to" not in line]
