"""The time on pages: shown as it passes, to those who look, and worked out no more often than it has to be."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from livepages.runtime.hub.hub import Hub
from livepages.runtime.state.page_clock import LONGEST, PageClock
from livepages.runtime.state.tracking import Effect, Readers, Tracker
from livepages.testing import OpenSite, open_site
from livepages.testing.clock import wall
from tests.runtime.support import write_site

NOW = """
scope: shared
body:
  - {p: "${now}", id: now}
  - {p: "${now | date('%Y')}", id: year}
  - {p: "Still", id: still}
"""
AGO = """
scope: shared
state: {started: 0, words: [tea, milk]}
body:
  - {button: Start, id: start, on: {click: {set: {started: "${now}"}}}}
  - {p: "${started | ago}", id: ago}
  - {p: "${word} ${started | ago}", each: word in words}
"""


def hub_of(site: OpenSite) -> Hub:
    hub: Hub = site.app.state.hub  # type: ignore[attr-defined]
    return hub


def evaluated(site: OpenSite) -> int:
    """How often anything bound on the site's pages has been worked out."""
    return sum(room.live.reactions.evaluated for room in hub_of(site).rooms)


async def early_in_a_second() -> None:
    """Wait until a tenth of the next second is over."""
    await asyncio.sleep(1.1 - wall() % 1)


async def test_now_is_told_once_a_second_to_all_tabs_at_once(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, NOW)) as site:
        tab, other = await site.open(), await site.open()
        await early_in_a_second()
        await site.settle()
        first, count, frames = int(tab["now"].text), evaluated(site), len(tab.operations())
        await asyncio.sleep(3)
        await site.settle()
        assert tab.operations()[frames:] == [["text", 1, str(first + passed)] for passed in (1, 2, 3)]
        assert other["now"].text == tab["now"].text == str(first + 3)
        assert evaluated(site) - count == 6
        await tab.verify()


async def test_time_does_not_pass_where_nobody_looks(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, NOW)) as site:
        tab = await site.open()
        await early_in_a_second()
        await site.settle()
        first, count = int(tab["now"].text), evaluated(site)
        await tab.disconnect()
        await asyncio.sleep(60)
        assert evaluated(site) == count
        await tab.connect()
        await tab.settle()
        assert int(tab["now"].text) == first + 60
        await tab.verify()
        await asyncio.sleep(1)
        await tab.settle()
        assert int(tab["now"].text) == first + 61


async def test_a_document_shows_the_time_at_which_it_is_fetched(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, NOW)) as site:
        await early_in_a_second()
        first = int(wall())
        assert f">{first}</p>" in (await site.get("/")).text
        await asyncio.sleep(100)
        assert f">{first + 100}</p>" in (await site.get("/")).text


async def test_how_long_ago_is_worked_out_when_its_text_changes(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, AGO)) as site:
        tab = await site.open()
        await early_in_a_second()
        await tab.click("start")
        count, found = evaluated(site), []
        for pause in (9.5, 1, 1, 48.5, 60, 3_480, 7_200):
            await asyncio.sleep(pause)
            await site.settle()
            found.append((tab["ago"].text, (evaluated(site) - count) // 3))
        assert found == [
            ("just now", 0),
            ("10 seconds ago", 1),
            ("11 seconds ago", 2),
            ("1 minute ago", 51),
            ("2 minutes ago", 52),
            ("1 hour ago", 110),
            ("3 hours ago", 112),
        ]
        assert [row.text for row in tab.find_all("p")][1:] == ["tea 3 hours ago", "milk 3 hours ago"]
        await tab.verify()


async def test_what_the_time_decides_comes_and_goes(tmp_path: Path) -> None:
    text = """
        scope: shared
        title: "${ends - now if ends > now else 'over'}"
        state: {ends: 0, jobs: []}
        body:
          - button: Start
            id: start
            on: {click: {set: {ends: "${now + 3}", jobs: "${[{at: now + 1}, {at: now + 2}]}"}}}
          - {p: Running, id: running, show: "${now < ends}"}
          - ul: [{li: "${job.at - ends}", each: "job in jobs | where('at', '>', now)"}]
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.open()
        await early_in_a_second()
        await tab.click("start")
        assert "running" in tab and len(tab.find_all("li")) == 2
        await asyncio.sleep(2.5)
        await site.settle()
        assert "running" in tab and not tab.find_all("li")
        assert tab.title == "1"
        await asyncio.sleep(1)
        await site.settle()
        assert "running" not in tab
        assert tab.title == "over"
        await tab.verify()


async def test_shared_elements_components_and_timers_know_the_time(tmp_path: Path) -> None:
    text = """
        state: {seen: 0}
        every: {10s: {set: {site.seen: "${now}"}}}
        components:
          clock: {props: {caption: str}, body: [{p: "${caption} ${now}", id: own}]}
        shared:
          wall: [{p: "${now - site.seen < 11}", id: fresh}, {p: "${now}", id: now}]
        pages:
          /: {body: [{shared: wall}, {clock: {caption: It is}}]}
          /other: {body: [{shared: wall}]}
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab, other = await site.open(), await site.open("/other")
        await early_in_a_second()
        first = int(wall())
        await asyncio.sleep(30)
        await site.settle()
        assert tab["now"].text == other["now"].text == str(first + 30)
        assert tab["fresh"].text == "true"
        assert f"It is {first + 30}" in tab.text
        await tab.verify()
        await other.verify()
        shared, room = hub_of(site).shared_pages["wall"], next(iter(hub_of(site).rooms)).live
    count = shared.reactions.evaluated, room.reactions.evaluated
    await asyncio.sleep(30)
    assert (shared.reactions.evaluated, room.reactions.evaluated) == count


async def test_what_a_handler_puts_in_shows_the_time_as_it_passes(tmp_path: Path) -> None:
    text = """
        components: {clock: {body: [{p: "${now}", id: now}]}}
        body: [{div: , id: box}, {button: Go, on: {click: go}}]
        """
    code = "def go(page):\n    page['box'].append({'clock': None})\n"
    async with open_site(write_site(tmp_path, text, code)) as site:
        tab = await site.open()
        await early_in_a_second()
        await tab.click("Go")
        first = int(tab.find("#box p").text)
        await asyncio.sleep(5)
        await site.settle()
        assert tab.find("#box p").text == str(first + 5)
        await tab.verify()


async def test_a_page_that_does_not_read_the_time_is_left_alone(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, "state: {cups: 3}\nbody: [{p: '${cups}'}]")) as site:
        await site.open()
        count = evaluated(site)
        await asyncio.sleep(7_200)
        assert evaluated(site) == count


class Reader(Effect):
    """Reads a clock when it is run, and notes that it has to be run anew."""

    def __init__(self, clock: PageClock, tracker: Tracker) -> None:
        super().__init__()
        self.clock = clock
        self.tracker = tracker
        self.is_due = True
        self.told = 0
        self.found: list[int] = []

    def invalidate(self, readers: Readers, key: Any) -> None:
        self.is_due = True
        self.told += 1

    def run(self) -> None:
        if self.is_due:
            self.forget()
            self.is_due = False
            with self.tracker.running(self):
                self.found.append(self.clock.now())


class Wall:
    """A clock that says what it is told to."""

    def __init__(self, time: float) -> None:
        self.time = time

    def __call__(self) -> float:
        return self.time


def test_a_clock_that_is_set_back_is_followed() -> None:
    told, tracker = Wall(1_000.5), Tracker()
    clock = PageClock(told, tracker, lambda: None)
    reader = Reader(clock, tracker)
    for time in (1_000.5, 1_000.9, 1_001.0, 500.2, 500.9, 501.0):
        told.time = time
        clock.catch_up()
        reader.run()
    assert reader.found == [1_000, 1_001, 500, 501]


def test_far_moments_do_not_pile_up() -> None:
    told, tracker = Wall(0.0), Tracker()
    clock = PageClock(told, tracker, lambda: None)
    reader = Reader(clock, tracker)
    with tracker.running(reader):
        for moment in range(100_000):
            clock.holds_until(moment * 60.0)
    told.time = LONGEST
    clock.catch_up()
    assert reader.told == LONGEST // 60 + 1


@pytest.mark.parametrize("reads", [True, False])
async def test_the_timer_waits_only_while_somebody_looks_and_reads(*, reads: bool) -> None:
    loop, tracker = asyncio.get_running_loop(), Tracker()
    calls: list[float] = []
    start = loop.time()
    clock = PageClock(loop.time, tracker, lambda: calls.append(loop.time() - start))
    reader = Reader(clock, tracker)
    if reads:
        reader.run()
    await asyncio.sleep(5)
    assert calls == []
    clock.start()
    await asyncio.sleep(5)
    count = len(calls)
    assert count == (1 if reads else 0)
    clock.stop()
    reader.run()
    await asyncio.sleep(5)
    assert len(calls) == count
