"""Live edit: from saving a file to what is painted, and to what every tab knows."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from benchmarks.browser import Watcher, watching
from benchmarks.cards import write_cards
from benchmarks.contenders.contender import Contender, Work
from benchmarks.edits import EDITS, State
from benchmarks.load import Load, load_on
from benchmarks.scenarios.scenario import Goal, Scenario
from benchmarks.sizes import Sizes
from benchmarks.tab import percentile

PAUSE = 0.15, 0.3
"""Seconds between two saves, at random, so that these keep no step with frames and timers."""
PATIENCE = 30.0
CARD = "What card 0 has to say"
PARAGRAPH = "document.getElementById('text-0').textContent"


class Live(Scenario):
    """From the moment a file is replaced to when Chromium has painted what it changes, and to when many tabs know."""

    name = "live"
    units = MappingProxyType(
        {f"{edit.name}, {share}": "ms" for edit in EDITS for share in ("p50", "p95")}
        | {"large site, p50": "ms", "many tabs, first": "ms", "many tabs, all": "ms"}
    )
    goals = (
        *(Goal(f"{edit.name}, p50", 60) for edit in EDITS),
        *(Goal(f"{edit.name}, p95", 150) for edit in EDITS),
        Goal("large site, p50", 400),
        Goal("many tabs, all", 1000),
    )

    def title(self, sizes: Sizes) -> str:
        return (
            f"{sizes.saves} saves of each kind until Chromium has painted them; of a site of {sizes.site_lines:,} "
            f"lines, and until each of {sizes.live_tabs} tabs has the patch, the slowest time of all"
        )

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        small, large = folder / "small", folder / "large"
        small.mkdir()
        large.mkdir()
        return {
            **await _small(contender, sizes, small),
            **await _large(contender, sizes, large),
        }


async def _small(contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
    """A small site, edited in every way in turn."""
    state = State()
    state.write(folder)
    times: dict[str, list[float]] = {edit.name: [] for edit in EDITS}
    with contender.serving(Work(site=folder), folder) as server:
        async with watching(f"http://127.0.0.1:{server.port}/") as watcher:
            for _ in range(sizes.saves):
                for edit in EDITS:
                    await asyncio.sleep(random.uniform(*PAUSE))  # noqa: S311
                    state = edit.after(state)
                    save = _saving(folder / edit.file, state.files()[edit.file])
                    times[edit.name].append(await watcher.until_painted(edit.shows(state), save, edit.meanwhile))
    return {
        f"{name}, {share}": percentile(found, part) * 1000
        for name, found in times.items()
        for share, part in (("p50", 0.5), ("p95", 0.95))
    }


async def _large(contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
    """A site of many lines with one text changed, seen by a browser, then by many tabs instead."""
    file = write_cards(folder, sizes.site_lines)
    text = file.read_text(encoding="utf-8")
    with contender.serving(Work(site=folder), folder) as server, load_on(server.port) as load:
        async with watching(f"http://127.0.0.1:{server.port}/") as watcher:
            painted = [await _edit_large(watcher, file, text, number) for number in range(sizes.saves)]
        await load.open(sizes.live_tabs, lambda load: contender.open(load))
        await asyncio.sleep(sizes.warm_up)
        told = [await _tell_all(load, file, text) for _ in range(sizes.saves)]
    return {
        "large site, p50": percentile(painted, 0.5) * 1000,
        "many tabs, first": percentile([first for first, _ in told], 0.5) / 1e6,
        "many tabs, all": max(last for _, last in told) / 1e6,
    }


async def _edit_large(watcher: Watcher, file: Path, text: str, number: int) -> float:
    await asyncio.sleep(random.uniform(*PAUSE))  # noqa: S311
    save = _saving(file, text.replace(CARD, f"{CARD} in version {number}", 1))
    return await watcher.until_painted(f"{PARAGRAPH} === '{CARD} in version {number} about itself.'", save)


async def _tell_all(load: Load, file: Path, text: str) -> tuple[int, int]:
    """Nanoseconds from a save to its arrival at the first tab and at the last."""
    await asyncio.sleep(random.uniform(*PAUSE))  # noqa: S311
    load.deliveries.record()
    _saving(file, text.replace(CARD, f"{CARD} @{time.monotonic_ns()}@", 1))()
    latencies = await asyncio.wait_for(load.deliveries.gather(len(load.tabs)), PATIENCE)
    return min(latencies), max(latencies)


def _saving(file: Path, text: str) -> Callable[[], float]:
    """What saves a file as editors do, by putting another in its place, and says when, by the monotonic clock."""

    def save() -> float:
        beside = file.with_name(f".{file.name}.new")
        beside.write_text(text, encoding="utf-8")
        moment = time.monotonic()
        beside.replace(file)
        return moment

    return save
