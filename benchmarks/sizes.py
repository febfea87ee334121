"""How big and how long each scenario is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Numbers of tabs, rows, requests and lines; times in seconds. Each figure is the median of `rounds`.

    `warm_up` passes before anything is measured.
    """

    rounds: int
    warm_up: float
    push_tabs: int
    push_time: float
    click_tabs: int
    click_time: float
    rows: tuple[int, int]
    memory_tabs: int
    get_time: float
    idle_tabs: int
    idle_time: float
    reconnect_tabs: int
    stalled_readers: int
    stalled_time: float
    site_lines: int
    items: tuple[int, int]
    cell_changes: int
    saves: int
    live_tabs: int
    keys: int
    writers: int
    writing_time: float


FULL = Sizes(
    rounds=3,
    warm_up=2,
    push_tabs=1_000,
    push_time=15,
    click_tabs=20,
    click_time=5,
    rows=(200, 2_000),
    memory_tabs=500,
    get_time=5,
    idle_tabs=10_000,
    idle_time=300,
    reconnect_tabs=1_000,
    stalled_readers=20,
    stalled_time=20,
    site_lines=5_000,
    items=(100, 10_000),
    cell_changes=1_000,
    saves=50,
    live_tabs=200,
    keys=400,
    writers=50,
    writing_time=20,
)
"""What is quoted."""
QUICK = Sizes(
    rounds=1,
    warm_up=1,
    push_tabs=300,
    push_time=4,
    click_tabs=20,
    click_time=2,
    rows=(200, 2_000),
    memory_tabs=200,
    get_time=2,
    idle_tabs=10_000,
    idle_time=15,
    reconnect_tabs=1_000,
    stalled_readers=20,
    stalled_time=8,
    site_lines=5_000,
    items=(100, 10_000),
    cell_changes=1_000,
    saves=20,
    live_tabs=200,
    keys=150,
    writers=50,
    writing_time=5,
)
"""A look in a few minutes."""
