"""livepages itself: `livepages serve` with a site of benchmarks/sites/."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from benchmarks.contenders.contender import Contender, Work
from benchmarks.environment import LIVEPAGES
from benchmarks.load import Load
from benchmarks.tab import Deliveries, Tab

SITES = Path(__file__).parents[1] / "sites"
SOCKET = "/_livepages/socket"
PAGE = re.compile(r'<html[^>]* data-page="([^"]+)" data-build="([^"]+)"')
STREAM = re.compile(r'data-stream="([^"]+)" data-at="([^:"]+):(\d+)"')
BUTTON = re.compile(r'<button[^>]* data-n="(\d+)"')
PATCH = re.compile(rb'\{"type":"patch","stream":"([^"]+)","prev":(\d+),"pos":(\d+),')


class LivepagesTab(Tab):
    """A tab that keeps the books of livepages' client: positions of streams, and numbers of events.

    `gaps` are the patches that did not follow from what the tab had, `patches` those that did.
    """

    def __init__(self, deliveries: Deliveries, html: str) -> None:
        super().__init__(deliveries)
        page = PAGE.search(html)
        assert page is not None, "a page of livepages names itself"
        button = BUTTON.search(html)
        self.button = int(button[1]) if button else 0
        self.streams: dict[str, list[Any]] = {name: [at, int(pos)] for name, at, pos in STREAM.findall(html)}
        self.who = {"page": page[1], "build": page[2], "tab": token_urlsafe(12), "secret": token_urlsafe(24)}
        self.events = self.patches = self.gaps = 0
        self.is_shown = False

    def greet(self) -> None:
        self.say(json.dumps({"type": "hello", **self.who, "streams": self.streams}))

    def told(self, message: bytes) -> None:
        patch = PATCH.match(message)
        if patch is not None:
            self._patched(patch[1].decode(), int(patch[2]), int(patch[3]))
        elif message.startswith(b'{"type":"ready"'):
            self.is_live()
        elif message.startswith(b'{"type":"ack"'):
            if json.loads(message)["event"] == self.events and self.is_shown:
                self.is_answered()
        elif message.startswith(b'{"type":"snapshot"'):
            snapshot = json.loads(message)
            self.streams[snapshot["stream"]] = [snapshot["epoch"], snapshot["pos"]]
        elif not message.startswith(b'{"type":"beat"'):
            self.refuse(message)

    def _patched(self, name: str, prev: int, pos: int) -> None:
        stream = self.streams[name]
        if prev == stream[1]:
            stream[1] = pos
            self.patches += 1
            self.is_shown = True
        elif pos > stream[1]:
            self.gaps += 1

    def click_message(self) -> str:
        self.events += 1
        self.is_shown = False
        return (
            f'{{"type":"event","id":{self.events},"stream":"page","node":{self.button},"on":"click",'
            '"data":{"button":0,"x":10,"y":10}}'
        )

    def again(self) -> LivepagesTab:
        """The same tab for its next connection."""
        tab = LivepagesTab.__new__(LivepagesTab)
        Tab.__init__(tab, self.deliveries)
        tab.button, tab.streams, tab.who = self.button, self.streams, self.who
        tab.events, tab.patches, tab.gaps, tab.is_shown = self.events, self.patches, self.gaps, False
        tab.stamp = self.stamp
        return tab


class Livepages(Contender):
    """livepages, as a user starts it."""

    name = "livepages"
    environment = LIVEPAGES

    def program(self, work: Work, port: int, folder: Path) -> list[str]:
        site = self._site(work, folder)
        return ["-m", "livepages", "serve", str(site), "--port", str(port), "--log-level", "warning"]

    def _site(self, work: Work, folder: Path) -> Path:
        if work.site is not None:
            return work.site
        if work.rate:
            return SITES / ("push" if work.rate == 20 else "flood")
        site = folder / "site"
        shutil.copytree(SITES / "page", site)
        rows = "".join(f"- p: Row {row}\n" for row in range(work.rows))
        (site / "rows.yaml").write_text(rows, encoding="utf-8")
        return site

    async def open(self, load: Load, *, receive_buffer: int = 0) -> LivepagesTab:
        page = await load.web.get()
        tab = LivepagesTab(load.deliveries, page.body.decode())
        await load.connect(tab, SOCKET, receive_buffer=receive_buffer)
        return tab
