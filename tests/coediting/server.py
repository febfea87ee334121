"""`livepages serve` in a process of its own, which can be killed, started again and measured."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).parents[2]
SITE = """
title: Documents
limits: {limits}
scope: shared
body:
  - editor: notes
"""
NO_LIMITS: Mapping[str, int | str] = MappingProxyType({})
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A site with one document, `notes`. It can be pinned to one of the machine's cores."""

    def __init__(self, folder: Path, *, core: int | None = None, limits: Mapping[str, int | str] = NO_LIMITS) -> None:
        self._site = folder / "site"
        self._site.mkdir()
        (self._site / "site.yaml").write_text(SITE.format(limits=dict(limits)).lstrip(), encoding="utf-8")
        self._log = folder / "log.txt"
        self._core = core
        self.data = folder / "data"
        self.url = ""
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait until it listens."""
        with self._log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "livepages", "serve", str(self._site), "--data", str(self.data)),
                *("-p", "0", "--no-reload", "--log-level", "warning"),
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            )
        if self._core is not None:
            os.sched_setaffinity(self.process.pid, {self._core})
        assert self.process.stdout is not None
        found = re.search(rb"http://(\S+)/", await self.process.stdout.readline())
        assert found is not None, self.log
        self.url = f"ws://{found[1].decode()}/_livepages/documents/notes"

    async def end(self, number: int) -> None:
        """Send it a signal, and wait until it has ended."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(number)
        await self.process.wait()

    @property
    def log(self) -> str:
        """What it has said."""
        return self._log.read_text(encoding="utf-8")

    def memory(self) -> float:
        """Its memory, in MB."""
        assert self.process is not None
        pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def seconds_of_work(self) -> float:
        """How long it has been at work so far."""
        assert self.process is not None
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / TICKS

    def stored(self) -> int:
        """The bytes of all its files."""
        return sum(path.stat().st_size for path in self.data.rglob("*") if path.is_file())

    def kept(self) -> int:
        """The bytes of all updates in them, with 40 more for each."""
        with closing(sqlite3.connect(self.data / "documents.sqlite")) as database:
            (found,) = database.execute("SELECT sum(length(content) + 40) FROM updates").fetchone()
        return int(found)


@asynccontextmanager
async def running(folder: Path, **limits: int | str) -> AsyncIterator[Server]:
    """A server with these limits, which ends with what is done meanwhile."""
    server = Server(folder, limits=limits)
    await server.start()
    try:
        yield server
    finally:
        await server.end(signal.SIGKILL)
