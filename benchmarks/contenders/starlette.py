"""The floor for a program in Python: a bare Starlette socket, under uvicorn as livepages has it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.contenders.contender import SERVERS, Contender, Work
from benchmarks.contenders.picows import EchoTab
from benchmarks.environment import LIVEPAGES
from benchmarks.load import Load
from benchmarks.tab import Tab


class Starlette(Contender):
    """A bare Starlette socket."""

    name = "starlette"
    environment = LIVEPAGES

    def program(self, work: Work, port: int, folder: Path) -> list[str]:
        arguments = [str(port), str(work.rate), str(work.filler)]
        return [str(SERVERS / "starlette_server.py"), *arguments, *([str(work.body)] if work.body else [])]

    async def open(self, load: Load, *, receive_buffer: int = 0) -> Tab:
        tab = EchoTab(load.deliveries)
        await load.connect(tab, "/socket", receive_buffer=receive_buffer)
        return tab
