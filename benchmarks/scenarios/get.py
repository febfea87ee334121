"""Requests for a page."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from benchmarks.contenders.contender import Contender, Work
from benchmarks.contenders.livepages import Livepages
from benchmarks.load import load_on
from benchmarks.pace import awake, paced
from benchmarks.scenarios.scenario import Goal, Scenario
from benchmarks.sizes import Sizes
from benchmarks.web import Web

AT_ONCE = 8
EVERY = 0.005
"""Seconds between two requests of each of them, unless the answer takes longer."""
PLAIN, GZIP = "CPU per GET", "CPU per GET, gzip"


class Get(Scenario):
    """CPU of a GET, against a constant response of the same bytes; as it is, and compressed on the fly."""

    name = "get"
    contenders = ("livepages", "starlette", "justpy", "nicegui")
    units = MappingProxyType({PLAIN: "µs", GZIP: "µs", "bytes": "B", "bytes, gzip": "B"})
    goals = (Goal(PLAIN, 1.5, "starlette"), Goal(GZIP, 1.5, "starlette"))

    def title(self, sizes: Sizes) -> str:
        return (
            f"GET of a page of its own of {sizes.rows[0]:,} rows, {AT_ONCE / EVERY:,.0f} a second; bare Starlette "
            "answers with constant bytes"
        )

    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        work = Work(rows=sizes.rows[0], body=await _page_of_livepages(sizes, folder))
        figures: dict[str, float] = {}
        with contender.serving(work, folder) as server, load_on(server.port) as load:
            for name, size, encoding in ((PLAIN, "bytes", "identity"), (GZIP, "bytes, gzip", "gzip")):
                async with awake():
                    await _get(load.web, encoding, sizes.warm_up)
                    spent = server.cpu()
                    count, figures[size] = await _get(load.web, encoding, sizes.get_time)
                    figures[name] = (server.cpu() - spent) / count * 1e6
        return figures


async def _page_of_livepages(sizes: Sizes, folder: Path) -> Path:
    """A file with the page's bytes, for the server that always answers the same."""
    path = folder / "page.html"
    if not path.exists():
        with Livepages().serving(Work(rows=sizes.rows[0]), folder) as server, load_on(server.port) as load:
            path.write_bytes((await load.web.get()).body)
    return path


async def _get(web: Web, encoding: str, duration: float) -> tuple[int, int]:
    """Ask until the time is over: how often, and how many bytes each answer had."""
    size = 0

    async def job() -> None:
        nonlocal size
        answer = await web.get("/", {"accept-encoding": encoding})
        assert answer.status == 200, answer.status
        size = len(answer.body)

    count, _ = await paced([job] * AT_ONCE, EVERY, duration)
    return count, size
