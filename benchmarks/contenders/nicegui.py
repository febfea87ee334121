"""NiceGUI, over the socket.io that its client speaks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlencode

from benchmarks.contenders.contender import SERVERS, Contender, Work
from benchmarks.environment import NICEGUI
from benchmarks.load import Load
from benchmarks.tab import Deliveries, Tab

CLIENT = re.compile(r"'client_id': '([^']+)', 'next_message_id': (\d+)")
BUTTON = re.compile(r'"(\d+)":\{"tag":"q-btn".*?"listener_id":"([^"]+)","type":"click"')


class NiceguiTab(Tab):
    """A tab that speaks engine.io 4 and socket.io 5, as far as a page of NiceGUI needs."""

    def __init__(self, deliveries: Deliveries, html: str) -> None:
        super().__init__(deliveries)
        client = CLIENT.search(html)
        assert client is not None, "a page of NiceGUI names its client"
        button = BUTTON.search(html)
        self.client = client[1]
        self.next_message = client[2]
        self.button = (int(button[1]), button[2]) if button else (0, "")

    @property
    def query(self) -> str:
        """What its socket's address says."""
        return urlencode(
            {
                "EIO": 4,
                "transport": "websocket",
                "client_id": self.client,
                "next_message_id": self.next_message,
                "implicit_handshake": "true",
                "document_id": token_hex(16),
                "tab_id": token_hex(16),
                "old_tab_id": "",
            }
        )

    def greet(self) -> None:
        """The server opens the conversation."""

    def told(self, message: bytes) -> None:
        if message.startswith(b'42["update"'):
            self.is_answered()
        elif message.startswith(b"0"):
            self.say("40")
        elif message.startswith(b"40"):
            self.is_live()
        elif message == b"2":
            self.say("3")

    def click_message(self) -> str:
        number, listener = self.button
        event = {"id": number, "client_id": self.client, "listener_id": listener, "args": []}
        return f"42{json.dumps(['event', event])}"


class Nicegui(Contender):
    """NiceGUI."""

    name = "nicegui"
    environment = NICEGUI

    def program(self, work: Work, port: int, folder: Path) -> list[str]:
        arguments = [port, work.rate, work.filler, work.rows]
        return [str(SERVERS / "nicegui_server.py"), *map(str, arguments)]

    async def open(self, load: Load, *, receive_buffer: int = 0) -> Tab:
        page = await load.web.get()
        tab = NiceguiTab(load.deliveries, page.body.decode())
        await load.connect(tab, f"/_nicegui_ws/socket.io/?{tab.query}", receive_buffer=receive_buffer)
        return tab
