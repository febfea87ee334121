"""All contenders and all scenarios."""

from __future__ import annotations

from benchmarks.contenders.contender import Contender
from benchmarks.contenders.justpy import Justpy
from benchmarks.contenders.livepages import Livepages
from benchmarks.contenders.nicegui import Nicegui
from benchmarks.contenders.picows import Picows
from benchmarks.contenders.starlette import Starlette
from benchmarks.scenarios.cell import Cell
from benchmarks.scenarios.click import Click
from benchmarks.scenarios.editor import Editor
from benchmarks.scenarios.get import Get
from benchmarks.scenarios.hostile import Hostile
from benchmarks.scenarios.idle import Idle
from benchmarks.scenarios.large_site import LargeSite
from benchmarks.scenarios.live import Live
from benchmarks.scenarios.memory import Memory
from benchmarks.scenarios.push import Push
from benchmarks.scenarios.reconnect import Reconnect
from benchmarks.scenarios.scenario import Scenario
from benchmarks.scenarios.stalled import Stalled
from benchmarks.scenarios.start import Start

CONTENDERS: tuple[Contender, ...] = (Livepages(), Picows(), Starlette(), Justpy(), Nicegui())
PEERS = frozenset(("justpy", "nicegui"))
"""Those that are measured only when they are asked for: their environments are large."""
SCENARIOS: tuple[Scenario, ...] = (
    Push(),
    Click(),
    Memory(),
    Get(),
    Idle(),
    Reconnect(),
    Stalled(),
    Start(),
    LargeSite(),
    Cell(),
    Hostile(),
    Live(),
    Editor(),
)
