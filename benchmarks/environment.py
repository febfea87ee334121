"""The virtual environments that servers and the load run in: made once, kept, made anew when what they hold changes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / ".venvs"

VERSIONS = """
import json, sys
from importlib.metadata import version
print(json.dumps({name: version(name) for name in sys.argv[1:]}))
"""
"""Prints the versions of packages as JSON."""


class EnvironmentFailed(RuntimeError):
    """pip could not install what an environment needs. Its text is what pip said."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment of its own name, with what `requirements` says to pip."""

    name: str
    requirements: tuple[str, ...]
    shown: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where it is."""
        return FOLDER / self.name

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def _stamp(self) -> Path:
        return self.folder / "requirements.txt"

    @property
    def _wanted(self) -> str:
        """What the stamp of a finished environment says."""
        lines = [sys.version, *self.requirements]
        if str(ROOT) in self.requirements:
            lines.append((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        return "\n".join(lines)

    @property
    def is_ready(self) -> bool:
        """Whether it is there and holds what it should."""
        return self._stamp.is_file() and self._stamp.read_text(encoding="utf-8") == self._wanted

    def make(self) -> None:
        """Make it if it is not ready. Raises EnvironmentFailed."""
        if self.is_ready:
            return
        sys.stderr.write(f"Making the environment {self.name}: {' '.join(self.requirements)}\n")
        shutil.rmtree(self.folder, ignore_errors=True)
        venv.create(self.folder, with_pip=True)
        install = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run([*install, *self.requirements], capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise EnvironmentFailed(f"The environment {self.name} could not be made.\n{done.stderr}")
        self._stamp.write_text(self._wanted, encoding="utf-8")

    def versions(self) -> dict[str, str]:
        """The versions of the packages in it that a report names."""
        command = [str(self.python), "-c", VERSIONS, *self.shown]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        versions: dict[str, str] = json.loads(done.stdout)
        return versions


LIVEPAGES = Environment(
    "livepages", ("--editable", str(ROOT)), ("livepages", "starlette", "uvicorn", "uvloop", "httptools", "websockets")
)
"""livepages as it is in this folder; bare Starlette runs in it too, so that both have the same versions."""
LOAD = Environment("load", ("picows==2.3.1", "playwright>=1.55", "uvloop==0.23.0"), ("picows", "playwright", "uvloop"))
"""What makes the load, and the bare picows server; Playwright drives Chromium."""
JUSTPY = Environment(
    "justpy",
    ("justpy==0.14.0", "fastapi==0.96.0", "starlette==0.27.0", "uvicorn<0.30", "websockets<14"),
    ("justpy", "starlette", "uvicorn", "websockets"),
)
"""JustPy, with the last versions of its parts that it starts with."""
NICEGUI = Environment("nicegui", ("nicegui==3.18.0",), ("nicegui", "starlette", "uvicorn", "uvloop", "wsproto"))
