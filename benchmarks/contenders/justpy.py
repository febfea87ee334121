"""JustPy 0.14."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from benchmarks.contenders.contender import SERVERS, Contender, Work
from benchmarks.environment import JUSTPY
from benchmarks.load import Load
from benchmarks.tab import Deliveries, Tab

PAGE = re.compile(r"var page_id = (\d+);")
BUTTON = re.compile(r'"attrs": \{"id": "(\d+)"\}')


class JustpyTab(Tab):
    """A tab that speaks as justpy_core.js and event_handler.js do."""

    def __init__(self, deliveries: Deliveries, html: str) -> None:
        super().__init__(deliveries)
        page = PAGE.search(html)
        assert page is not None, "a page of JustPy names itself"
        button = BUTTON.search(html)
        self.page = int(page[1])
        self.button = int(button[1]) if button else 0
        self.number = 0

    def greet(self) -> None:
        self.say(json.dumps({"type": "connect", "page_id": self.page}))

    def told(self, message: bytes) -> None:
        if message.startswith((b'{"type":"page_update"', b'{"type": "page_update"')):
            self.is_answered()
        elif b'"websocket_update"' in message:
            self.number = json.loads(message)["data"]
            self.is_live()

    def click_message(self) -> str:
        event: dict[str, Any] = {
            "event_type": "click",
            "id": self.button,
            "class_name": "Button",
            "html_tag": "button",
            "vue_type": "html_component",
            "event_target": str(self.button),
            "value": "",
            "page_id": self.page,
            "websocket_id": self.number,
            "event_current_target": str(self.button),
        }
        return json.dumps({"type": "event", "event_data": event})


class Justpy(Contender):
    """JustPy."""

    name = "justpy"
    environment = JUSTPY

    def program(self, work: Work, port: int, folder: Path) -> list[str]:
        arguments = [port, work.rate, work.filler, work.rows]
        return [str(SERVERS / "justpy_server.py"), *map(str, arguments)]

    async def open(self, load: Load, *, receive_buffer: int = 0) -> Tab:
        page = await load.web.get()
        tab = JustpyTab(load.deliveries, page.body.decode())
        await load.connect(tab, "/", receive_buffer=receive_buffer)
        return tab
