from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.tasks.tasks import Tasks
from livepages.runtime.tasks.timers import Timers
from livepages.schema.code.handlers import Handlers
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position, Source
from livepages.schema.loader import read_site
from livepages.schema.site.actions import Action, CallAction
from livepages.schema.site.site import Timer
from livepages.testing import open_site
from tests.runtime.support import write_site


class Beats:
    """Timers, and when each called in seconds from the start. A call takes as long as `takes` says for its handler."""

    def __init__(self, **takes: float) -> None:
        self._takes = takes
        self._tasks = Tasks()
        self._loop = asyncio.get_running_loop()
        self._start = self._loop.time()
        self._timers = Timers(self._tasks, self._happen)
        self.called: dict[str, list[float]] = {}
        self.ended: dict[str, list[float]] = {}

    async def _happen(self, actions: tuple[Action, ...]) -> None:
        (name,) = [action.handler for action in actions if isinstance(action, CallAction)]
        self.called.setdefault(name, []).append(self._now())
        await asyncio.sleep(self._takes.get(name, 0))
        self.ended.setdefault(name, []).append(self._now())

    def _now(self) -> float:
        return round(self._loop.time() - self._start, 2)

    def change(self, **seconds: float) -> None:
        """Have timers that call these handlers every so many seconds, written on another line each time."""
        self._line = getattr(self, "_line", 0) + 1
        self._timers.change(
            tuple(
                Timer(round(each * 1000), (CallAction(name, position=Position(SOURCE, self._line, 1)),))
                for name, each in seconds.items()
            )
        )

    async def until(self, seconds: float) -> dict[str, list[float]]:
        """What was called up to a moment, since the last time."""
        await asyncio.sleep(self._start + seconds - self._loop.time())
        called, self.called = self.called, {}
        return called

    def close(self) -> None:
        """End all of it."""
        self._tasks.cancel()

    def __len__(self) -> int:
        return len(self._tasks)


SOURCE = Source(Path("site.yaml"), "site.yaml", "")


async def test_a_timer_calls_at_once_and_then_on_a_fixed_beat() -> None:
    beats = Beats(tick=0.9)
    beats.change(tick=1)
    assert await beats.until(3.5) == {"tick": [0, 1, 2, 3]}
    beats.close()


async def test_beats_that_are_missed_are_left_out() -> None:
    beats = Beats(tick=2.5)
    beats.change(tick=1)
    assert await beats.until(7) == {"tick": [0, 3, 6]}
    beats.close()


async def test_a_timer_that_is_the_same_just_goes_on() -> None:
    beats = Beats()
    beats.change(a=1, b=2)
    for change in range(1, 35):
        await asyncio.sleep(0.1)
        beats.change(**({"a": 1, "b": 2} if change % 2 else {"b": 2, "a": 1}))
    assert await beats.until(3.5) == {"a": [0, 1, 2, 3], "b": [0, 2]}
    assert len(beats) == 2


async def test_a_timer_that_is_removed_ends_and_a_new_one_begins_at_once() -> None:
    beats = Beats()
    beats.change(a=1, b=1)
    await beats.until(1.5)
    beats.change(a=1)
    assert await beats.until(3.5) == {"a": [2, 3]}
    assert len(beats) == 1
    beats.change(a=1, c=5)
    assert await beats.until(9) == {"a": [4, 5, 6, 7, 8], "c": [3.5, 8.5]}


async def test_another_interval_counts_from_the_last_beat() -> None:
    beats = Beats()
    beats.change(a=10)
    await beats.until(4)
    beats.change(a=5)
    assert await beats.until(12) == {"a": [5, 10]}
    beats.change(a=20)
    assert await beats.until(51) == {"a": [30, 50]}
    beats.change(a=0.3)
    assert await beats.until(52) == {"a": [51.2, 51.5, 51.8]}


async def test_other_actions_wait_for_the_beat_of_those_in_whose_place_they_are() -> None:
    beats = Beats()
    beats.change(a=10, b=4)
    await beats.until(5)
    beats.change(c=10, b=4)
    assert await beats.until(11) == {"c": [10], "b": [8]}
    beats.change(d=3, b=4)
    assert await beats.until(17) == {"d": [13, 16], "b": [12, 16]}
    beats.change(b=8, e=1)
    assert await beats.until(20.5) == {"e": [17, 18, 19, 20]}


async def test_a_call_under_way_ends_before_its_timer_is_gone() -> None:
    beats = Beats(a=5)
    beats.change(a=10)
    await beats.until(1)
    beats.change()
    assert len(beats) == 1
    assert await beats.until(30) == {}
    assert (beats.ended, len(beats)) == ({"a": [5]}, 0)


async def test_calls_do_not_overlap_when_the_interval_gets_shorter() -> None:
    beats = Beats(a=5)
    beats.change(a=10)
    await beats.until(1)
    beats.change(a=2)
    assert await beats.until(13) == {"a": [6, 12]}
    assert beats.ended == {"a": [5, 11]}


async def test_a_timer_that_comes_back_while_its_call_is_under_way_is_no_second_one() -> None:
    beats = Beats(a=5)
    beats.change(a=10)
    await beats.until(1)
    beats.change()
    beats.change(a=10)
    assert await beats.until(21) == {"a": [10, 20]}
    assert len(beats) == 1


async def test_closing_cuts_calls_off() -> None:
    beats = Beats(a=5)
    beats.change(a=10)
    await beats.until(1)
    beats.close()
    assert await beats.until(10) == {}
    assert (beats.ended, len(beats)) == ({}, 0)


SITE = """
scope: shared
every: {1s: tick, 3s: [fail, quiet]}
body: [{p: "0", id: n}, {p: "", id: quiet}]
"""
HANDLERS = """
def tick(page):
    page["n"].text = int(page["n"].text) + 1
def fail(page):
    raise LookupError("x")
def quiet(page):
    page["quiet"].text = "set"
    return True
"""


async def test_a_pages_timers_change_all_its_tabs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS)) as site:
        tab, other = await site.open(), await site.open()
        first = int(tab["n"].text)
        await asyncio.sleep(2)
        await site.settle()
        assert int(tab["n"].text) == int(other["n"].text) == first + 2
        assert tab.operations()[-1] == ["text", 1, str(first + 2)]
        assert "the handler fail failed" in caplog.text


async def test_a_sites_timers_change_shared_elements_and_pages(tmp_path: Path) -> None:
    text = """
        every: {1s: tick}
        shared: {clock: [{p: "0", id: n}]}
        pages:
          /: {body: [{shared: clock}]}
          /all: {scope: shared, body: [{p: "", id: here}]}
        """
    python = """
        def tick(shared, site):
            shared["n"].text = int(shared["n"].text) + 1
            site.page("/all")["here"].text = shared["n"].text
        """
    async with open_site(write_site(tmp_path, text, python)) as site:
        tab, other = await site.open("/"), await site.open("/all")
        before = int(tab["n"].text)
        await asyncio.sleep(5)
        await site.settle()
        assert int(tab["n"].text) == before + 5 == int(other["here"].text)


async def test_a_tabs_timer_ends_with_its_page(tmp_path: Path) -> None:
    text = "every: {1s: tick}\nlimits: {tab_time: 10s, unopened_time: 5s}\nbody: [{p: x}]"
    python = """
        def tick(page, site):
            site.data[id(page.data)] = site.data.get(id(page.data), 0) + 1
        """
    async with open_site(write_site(tmp_path, text, python)) as site:
        data = site.app.state.hub.handle.data
        tab = await site.open()
        await site.get("/")
        await asyncio.sleep(100)
        unopened, opened = sorted(data.values())
        assert unopened <= 11 and opened >= 100
        await tab.disconnect()
        await asyncio.sleep(30)
        ended = max(data.values())
        await asyncio.sleep(30)
        assert max(data.values()) == ended <= 130


async def test_new_functions_are_called_from_the_next_beat_on_and_calls_under_way_end_in_the_old(
    tmp_path: Path,
) -> None:
    text = "scope: shared\nevery: {4s: [slow, last]}\nbody: [{p: '', id: n}]"
    python = """
        import asyncio
        async def slow(site):
            site.data.setdefault("told", []).append("slow one begins")
            await asyncio.sleep(2)
            site.data["told"].append("slow one ends")
        def last(site):
            site.data["told"].append("last one")
        """
    async with open_site(write_site(tmp_path, text, python)) as site:
        hub = site.app.state.hub
        await asyncio.sleep(1)
        write_site(tmp_path, text, python.replace("one", "two"))
        read = read_site(tmp_path, ELEMENT_TYPES, Diagnostics(), hub.site)
        assert read is not None
        hub.happenings.change(read.handlers)
        for room in hub.rooms:
            room.timers.change(read.pages[0].every)
        await asyncio.sleep(6)
        first = ["slow one begins", "slow one ends", "slow two begins"]
        assert hub.handle.data["told"][:1] == first[:1]
        assert [told for told in hub.handle.data["told"] if told.startswith("slow")] == [*first, "slow two ends"]
        assert [told for told in hub.handle.data["told"] if told.startswith("last")] == ["last one", "last two"]


async def test_handlers_that_are_gone_are_still_called_by_what_is_under_way(tmp_path: Path) -> None:
    text = "every: {10s: [slow, last]}\nscope: shared\nbody: [{p: ''}]"
    python = """
        import asyncio
        async def slow():
            await asyncio.sleep(2)
        def last(site):
            site.data["told"] = True
        """
    async with open_site(write_site(tmp_path, text, python)) as site:
        hub = site.app.state.hub
        await asyncio.sleep(1)
        hub.happenings.change(Handlers({}))
        for room in hub.rooms:
            room.timers.change(())
        await asyncio.sleep(3)
        assert hub.handle.data["told"]
