"""Tasks that startup began go on in new code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.hub.hub import Hub
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.loader import read_site
from livepages.schema.site.sameness import startup_changed
from livepages.testing import open_site
from tests.runtime.support import write_site

TEXT = "startup: begin\nbody: [{p: x}]"
FEED = """
import asyncio

def begin(site):
    site.data["task"] = site.run_task(feed(site, 5))

async def feed(site, step, pause=1):
    try:
        while True:
            site.data.setdefault("told", []).append(("one", step))
            await asyncio.sleep(pause)
    finally:
        site.data["told"].append("end")
"""


class Running:
    """A site at work, and what its handlers have kept."""

    def __init__(self, folder: Path, hub: Hub) -> None:
        self.folder = folder
        self.hub = hub
        self.site = hub.site

    @property
    def data(self) -> dict[Any, Any]:
        return self.hub.handle.data

    def told(self) -> list[Any]:
        """What was told since the last time."""
        told: list[Any] = self.data.pop("told", [])
        self.data["told"] = []
        return told

    async def change(self, python: str, **files: str) -> bool:
        """Save another handler file, which is read while the site is at work; whether its startup is another."""
        write_site(self.folder, TEXT, python)
        for name, text in files.items():
            (self.folder / f"{name}.py").write_text(dedent(text))
        diagnostics = Diagnostics()
        site = read_site(self.folder, ELEMENT_TYPES, diagnostics, self.site)
        assert site is not None and not diagnostics.has_errors, [found.message for found in diagnostics]
        changed = startup_changed(self.site, site)
        await self.hub.services.restart(site.handlers)
        self.site = site
        return changed


@asynccontextmanager
async def running(folder: Path, python: str = FEED, **files: str) -> AsyncIterator[Running]:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(dedent(text))
    async with open_site(write_site(folder, TEXT, python)) as site:
        yield Running(folder, site.app.state.hub)


async def test_a_service_begins_anew_with_its_arguments_when_the_old_has_ended(tmp_path: Path) -> None:
    async with running(tmp_path) as site:
        await asyncio.sleep(2.5)
        assert site.told() == [("one", 5)] * 3
        assert not await site.change(FEED.replace('"one"', '"two"'))
        assert site.told() == ["end", ("two", 5)]
        await asyncio.sleep(1.5)
        assert site.told() == [("two", 5)]
        site.data["task"].cancel()
        await asyncio.sleep(1.5)
        assert site.told() == ["end"]


async def test_nothing_begins_anew_when_no_code_has_changed(tmp_path: Path) -> None:
    async with running(tmp_path) as site:
        await asyncio.sleep(0.5)
        assert not await site.change(FEED)
        assert site.told() == [("one", 5)]


async def test_many_changes_at_once_end_in_the_last(tmp_path: Path) -> None:
    slow = FEED.replace("finally:\n", "finally:\n        await asyncio.sleep(3)\n")
    async with running(tmp_path, slow) as site:
        await asyncio.sleep(0.5)
        await asyncio.gather(*[site.change(slow.replace('"one"', f'"{name}"')) for name in ("two", "three", "four")])
        await asyncio.sleep(5)
        assert site.told() == [("one", 5), "end", *[("four", 5)] * 3]


async def test_a_default_that_was_not_given_is_that_of_the_new_code(tmp_path: Path) -> None:
    async with running(tmp_path) as site:
        await site.change(FEED.replace("pause=1", "pause=10, name='x'"))
        site.told()
        await asyncio.sleep(9)
        assert site.told() == []
        await asyncio.sleep(2)
        assert site.told() == [("one", 5)]


async def test_a_function_that_is_gone_ends_its_task(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with running(tmp_path) as site:
        await asyncio.sleep(0.5)
        assert await site.change("def begin(site): pass")
        await asyncio.sleep(1)
        assert site.told() == [("one", 5), "end"]
    assert caplog.messages == ["The task feed ends: there is no feed in the module handlers any more."]


MISFITS = {
    "another parameter": (
        FEED.replace("step,", "step, more,"),
        "its arguments don't fit its function any more: missing a required argument: 'more'",
    ),
    "a parameter less": (
        FEED.replace("site, step, pause=1", "site, pause=1").replace('("one", step)', "1"),
        "its arguments don't fit its function any more: got an unexpected keyword argument 'step'",
    ),
    "not async": (
        FEED.replace("async def feed", "def feed").replace("await asyncio.sleep(pause)", "pass"),
        "its function is not async any more",
    ),
}


@pytest.mark.parametrize("python, why", MISFITS.values(), ids=list(MISFITS))
async def test_a_service_whose_arguments_do_not_fit_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, python: str, why: str
) -> None:
    async with running(tmp_path) as site:
        await asyncio.sleep(0.5)
        await site.change(python)
        await asyncio.sleep(1)
        assert site.told() == [("one", 5)] * 2
        await site.change(FEED.replace('"one"', '"two"'))
        assert site.told() == ["end", ("two", 5)]
    assert caplog.messages == [f"The task feed goes on in its old code: {why}."]


SHAPES = """
import asyncio
import functools
from helper import again

class Feed:
    async def run(self, site):
        await told(site, "method one")

def begin(site):
    async def inner():
        await told(site, "inner one")
    site.run_task(inner())
    site.run_task(Feed().run(site))
    site.run_task(rest(site, 1, 2, name=3))
    site.run_task(decorated(site, callback))
    site.run_task(given(site, lambda: 1))
    site.run_task(asyncio.sleep(100))

async def told(site, *what):
    site.data.setdefault("told", []).append(what)
    await asyncio.sleep(100)

async def rest(site, /, *numbers, **names):
    await told(site, "rest one", numbers, names)

@again
async def decorated(site, call):
    await told(site, "decorated one", call())

def callback():
    return "callback one"

async def given(site, call):
    await told(site, "given one")
"""
AGAIN = """
import functools

def again(function):
    @functools.wraps(function)
    async def wrapper(*args, **named):
        while True:
            await function(*args, **named)
    return wrapper
"""


async def test_what_can_be_called_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with running(tmp_path, SHAPES, helper=AGAIN) as site:
        await asyncio.sleep(1)
        assert len(site.told()) == 5
        await site.change(SHAPES.replace(" one", " two").replace('"inner two"', '"inner one"'))
        await asyncio.sleep(1)
        assert site.told() == [("rest two", (1, 2), {"name": 3}), ("decorated two", "callback two")]
    goes_on, given = "goes on in its old code:", "which belongs to that."
    assert caplog.messages == [
        f"The task begin.<locals>.inner {goes_on} only functions at the top of a module can be called again.",
        f"The task Feed.run {goes_on} it was given an object of Feed, {given}",
        f"The task given {goes_on} it was given the function begin.<locals>.<lambda>, {given}",
    ]


async def test_a_service_that_failed_begins_again_in_new_code(tmp_path: Path) -> None:
    async with running(tmp_path, FEED.replace("await asyncio.sleep(pause)", "1 / 0")) as site:
        await asyncio.sleep(1)
        assert site.told() == [("one", 5), "end"]
        await site.change(FEED)
        await asyncio.sleep(1.5)
        assert site.told() == [("one", 5)] * 2


async def test_a_service_that_is_done_does_not_begin_again(tmp_path: Path) -> None:
    once = FEED.replace("while True:", "if site:")
    async with running(tmp_path, once) as site:
        await asyncio.sleep(2)
        assert site.told() == [("one", 5), "end"]
        await site.change(once.replace("one", "two"))
        await asyncio.sleep(2)
        assert site.told() == []


async def test_a_service_that_does_not_end_is_not_doubled(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    stubborn = FEED.replace(
        "            await asyncio.sleep(pause)",
        """\
            try:
                await asyncio.sleep(pause)
            except asyncio.CancelledError:
                await asyncio.sleep(pause * 4)
                return""",
    )
    async with running(tmp_path, stubborn) as site:
        await asyncio.sleep(0.5)
        await site.change(stubborn.replace("one", "two"))
        assert caplog.messages == ["Tasks of the startup were cancelled and have not ended within 1.0 s."]
        assert site.told() == [("one", 5)]
        await asyncio.sleep(3.5)
        assert site.told() == ["end", ("two", 5)]
        await site.hub.services.end()


async def test_tasks_of_events_and_of_services_end_in_their_old_code(tmp_path: Path) -> None:
    python = """
        import asyncio
        async def begin(site):
            site.data["told"] = []
            site.data["event"] = lambda: site.run_task(inner(site, "event"))
            site.run_task(outer(site))
            await asyncio.sleep(1)
        async def outer(site):
            site.data["told"].append("outer one")
            site.run_task(inner(site, "service"))
            await asyncio.sleep(100)
        async def inner(site, where):
            for number in range(3):
                site.data["told"].append(f"{where} {number} one")
                await asyncio.sleep(10)
        """
    async with running(tmp_path, python) as site:
        site.data["event"]()
        await asyncio.sleep(0.5)
        assert sorted(site.told()) == ["event 0 one", "outer one", "service 0 one"]
        await site.change(python.replace("one", "two"))
        await asyncio.sleep(0.5)
        assert sorted(site.told()) == ["outer two", "service 0 two"]
        await asyncio.sleep(10)
        assert sorted(site.told()) == ["event 1 one", "service 1 one", "service 1 two"]


async def test_the_end_of_services_leaves_other_tasks(tmp_path: Path) -> None:
    async with running(tmp_path) as site:
        await asyncio.sleep(0.5)
        site.hub.handle.run_task(asyncio.sleep(2, site.data.setdefault("done", [])))
        before = len(site.hub.tasks)
        await site.hub.services.end()
        assert (site.told(), len(site.hub.tasks)) == ([("one", 5), "end"], before - 1)


async def test_a_site_that_closes_at_once_leaves_nothing_behind(tmp_path: Path) -> None:
    async with running(tmp_path) as site:
        data = site.data
    assert data["task"].cancelled()


STARTUPS = {
    "another line": (FEED.replace("def begin", "\n\ndef begin"), False),
    "a function that it calls": (FEED.replace('"one"', '"two"'), False),
    "its own code": (FEED.replace("feed(site, 5)", "feed(site, 6)"), True),
}


@pytest.mark.parametrize("python, expected", STARTUPS.values(), ids=list(STARTUPS))
async def test_whether_startup_is_another(tmp_path: Path, python: str, expected: bool) -> None:
    async with running(tmp_path) as site:
        assert await site.change(python) is expected
