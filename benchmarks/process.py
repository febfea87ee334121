"""A server process: started on a core of its own, watched from outside, ended by its id."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

LAUNCHER = Path(__file__).parent / "servers" / "launch.py"
PATIENCE = 60.0
"""Seconds that a server has to listen, and to collect its garbage."""


class ServerFailed(RuntimeError):
    """A server did not do what it should. Its text has the end of what it printed."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class ServerProcess:
    """A server on a port of 127.0.0.1.

    `program` is what Python runs: a file, or `-m` and a module, with its arguments. A small launcher runs it, which
    also collects garbage when it is told to. It works in `folder`.
    """

    def __init__(
        self,
        python: Path,
        program: Sequence[str],
        port: int,
        *,
        core: int,
        environ: Mapping[str, str],
        folder: Path,
    ) -> None:
        self.port = port
        self._output = tempfile.TemporaryFile()  # noqa: SIM115
        self._collected, told = os.pipe()
        self.started = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603
            [str(python), str(LAUNCHER), *program],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            pass_fds=(told,),
            cwd=folder,
            env={**os.environ, **environ, "BENCHMARK_COLLECTED": str(told)},
        )
        os.close(told)
        self.pid = self._process.pid
        os.sched_setaffinity(self.pid, {core})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def wait(self) -> None:
        """Wait until it listens. Raises ServerFailed."""
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                self._check()
                time.sleep(0.002)
            else:
                return

    def _check(self) -> None:
        if self._process.poll() is not None or time.monotonic() - self.started > PATIENCE:
            raise ServerFailed(f"The server does not listen.\n{self.output()}")

    def output(self) -> str:
        """The end of what it has printed."""
        size = self._output.seek(0, os.SEEK_END)
        self._output.seek(max(0, size - 4000))
        return self._output.read().decode(errors="replace")

    def cpu(self) -> float:
        """Seconds of CPU that all its threads have used, to the nanosecond.

        The kernel numbers the CPU clock of another process by its id (clock_getcpuclockid(3)).
        """
        return time.clock_gettime((~self.pid << 3) | 2)

    def memory(self) -> int:
        """Bytes of memory that are its own: its proportional set size."""
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
        raise ServerFailed("The kernel does not tell the memory of processes.")

    def collect(self) -> None:
        """Have it collect its garbage, and wait until it has."""
        os.kill(self.pid, signal.SIGUSR1)
        ready, _, _ = select.select([self._collected], [], [], PATIENCE)
        if not ready or not os.read(self._collected, 1):
            raise ServerFailed(f"The server does not answer a signal.\n{self.output()}")

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._output.close()
        os.close(self._collected)
