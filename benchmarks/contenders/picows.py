"""The floor: a bare picows server, which is C and does nothing but write."""

from __future__ import annotations

from pathlib import Path

from benchmarks.contenders.contender import SERVERS, Contender, Work
from benchmarks.environment import LOAD
from benchmarks.load import Load
from benchmarks.tab import Tab


class EchoTab(Tab):
    """A tab of a server that sends back what it gets."""

    def click_message(self) -> str:
        """As long as an event of livepages."""
        return '{"type":"event","id":1,"stream":"page","node":2,"on":"click","data":{"button":0,"x":10,"y":10}}'

    def told(self, message: bytes) -> None:
        self.is_answered()


class Picows(Contender):
    """A bare picows server."""

    name = "picows"
    environment = LOAD

    def program(self, work: Work, port: int, folder: Path) -> list[str]:
        return [str(SERVERS / "picows_server.py"), str(port), str(work.rate), str(work.filler)]

    async def open(self, load: Load, *, receive_buffer: int = 0) -> Tab:
        tab = EchoTab(load.deliveries)
        await load.connect(tab, "/socket", receive_buffer=receive_buffer)
        return tab
