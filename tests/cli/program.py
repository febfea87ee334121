"""Runs commands: in this process, or served in one of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner, Result

from livepages.cli import app

ROOT = Path(__file__).parents[2]
SITES = ROOT / "sites"
PLAIN = {"FORCE_COLOR": None, "GITHUB_ACTIONS": None, "PY_COLORS": None, "TERMINAL_WIDTH": None}


def run(*arguments: str | Path) -> Result:
    """A command's outcome: its exit code, and what it wrote."""
    return CliRunner(env=PLAIN).invoke(app, [str(argument) for argument in arguments], prog_name="livepages")


def write_site(folder: Path, yaml: str, **modules: str) -> Path:
    """A site in a folder, with its Python modules."""
    folder.mkdir(exist_ok=True)
    (folder / "site.yaml").write_text(yaml, encoding="utf-8")
    for name, code in modules.items():
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    return folder


@dataclass
class Ended:
    """How a process ended: its exit code, what it wrote, and how many seconds it took after the signal."""

    code: int
    out: str
    err: str
    seconds: float = 0.0


def _hear_ctrl_c() -> None:
    """What a shell starts in the background is deaf to it, and so would be what the tests start then."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Program:
    """A command in a process of its own."""

    def __init__(self, *arguments: str | Path, **environment: str) -> None:
        own = {name: value for name, value in os.environ.items() if name not in PLAIN}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "livepages", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**own, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **environment},
            preexec_fn=_hear_ctrl_c,
        )

    def line(self) -> str:
        """The next line that it writes."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")

    def url(self) -> str:
        """The address that it says the site is at."""
        found = re.search(r"http://\S+", self.line())
        assert found is not None, self.end().err
        return found[0]

    def end(self, number: int | None = None) -> Ended:
        """Send it a signal, if one is given, and wait until it has ended."""
        start = time.perf_counter()
        if number is not None:
            self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return Ended(self.process.returncode, out, err, time.perf_counter() - start)


@contextmanager
def program(*arguments: str | Path, **environment: str) -> Iterator[Program]:
    """A command in a process of its own, which does not outlive the test."""
    started = Program(*arguments, **environment)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.end(signal.SIGKILL)
        for stream in (started.process.stdout, started.process.stderr):
            if stream is not None:
                stream.close()
