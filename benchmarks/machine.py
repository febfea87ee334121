"""The machine that is measured on: what it is, and which of its cores are whose."""

from __future__ import annotations

import os
import platform
import resource
from pathlib import Path
from typing import NamedTuple


class Cores(NamedTuple):
    """A core for the server and one for the load; the same one on a machine that has no more."""

    server: int
    load: int


def cores() -> Cores:
    """The cores to use: the first two of those that this process may run on."""
    allowed = sorted(os.sched_getaffinity(0))
    return Cores(allowed[0], allowed[1] if len(allowed) > 1 else allowed[0])


def raise_file_limit() -> int:
    """Let this process and its children open as many files as they may at most; how many that is."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def facts() -> dict[str, str | int | float]:
    """What a reader needs to know of the machine to judge absolute figures."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": os.cpu_count() or 1,
        "memory, MiB": int(_first("/proc/meminfo", "MemTotal").split()[0]) // 1024,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load before, 1 minute": round(os.getloadavg()[0], 2),
    }


def _first(path: str, key: str) -> str:
    """The first value of a key in a file of lines such as `key : value`."""
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return ""
