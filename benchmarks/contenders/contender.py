"""What all contenders have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environment import Environment
from benchmarks.load import Load
from benchmarks.machine import cores
from benchmarks.process import ServerProcess, free_port
from benchmarks.tab import Tab

SERVERS = Path(__file__).parents[1] / "servers"


@dataclass(frozen=True)
class Work:
    """What a server is to do.

    `rate` is how many times a second it pushes to all tabs, a text with `filler` bytes beside its time. Where that is
    0, each tab has a page of its own with a button and `rows` rows. `body` is a file for servers that answer every
    GET with the same, `site` a site of livepages to serve as it is.
    """

    rate: float = 0
    filler: int = 24
    rows: int = 2
    body: Path | None = None
    site: Path | None = None


PUSH = Work(rate=20)
"""About 100 bytes, twenty times a second."""
FLOOD = Work(rate=100, filler=16_384)


class Contender(ABC):
    """A program that serves pages or sockets, or a bare library that shows what the least is."""

    name: str
    environment: Environment

    @abstractmethod
    def program(self, work: Work, port: int, folder: Path) -> list[str]:
        """What Python runs. `folder` is an empty one that it may use."""

    @abstractmethod
    async def open(self, load: Load, *, receive_buffer: int = 0) -> Tab:
        """A new tab that is live."""

    def environ(self) -> dict[str, str]:
        """What its environment variables say."""
        return {}

    @contextmanager
    def starting(self, work: Work, folder: Path) -> Iterator[ServerProcess]:
        """Its server, started on its core."""
        port = free_port()
        own = folder / f"{self.name}-{port}"
        own.mkdir()
        program = self.program(work, port, own)
        python = self.environment.python
        with ServerProcess(python, program, port, core=cores().server, environ=self.environ(), folder=own) as server:
            yield server

    @contextmanager
    def serving(self, work: Work, folder: Path) -> Iterator[ServerProcess]:
        """Its server, once it listens."""
        with self.starting(work, folder) as server:
            server.wait()
            yield server
