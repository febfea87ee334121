"""A site follows its files: what the hub is asked to become, what tabs and the terminal are told."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.hub.hub import Hub
from livepages.runtime.reload.change import Change
from livepages.runtime.reload.reloader import Reload, Reloader
from livepages.runtime.reload.save import Followed, Refreshed, Refused, Save
from livepages.runtime.rooms.room import Room
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.reports import text_report
from livepages.schema.loader import load_site
from livepages.schema.site.site import Site
from livepages.testing import open_site
from tests.runtime.support import write_site

pytestmark = pytest.mark.real_time
PATIENCE = 30.0
GOOD = "title: {}\nbody: [{{h1: Hello}}]\n"
BROKEN = "title: One\nbody: [{dvi: Hello}]\n"


@dataclass
class Titled:
    """A site at work that only has a title."""

    site: Site
    rooms: tuple[Room, ...] = ()
    titles: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    changing: asyncio.Event = field(default_factory=asyncio.Event)
    collected: list[bool] = field(default_factory=list)

    def prepare(self, site: Site) -> Site:
        Hub(site)
        return site

    async def change(self, prepared: Site) -> Change:
        self.changing.set()
        self.collected.append(gc.isenabled())
        await self.gate.wait()
        title = title_of(prepared)
        if title == "failing":
            raise ValueError("a mistake of livepages")
        changed = ("title",) if title != title_of(self.site) else ()
        self.site = prepared
        self.titles.append(title)
        return Change(changed)


def title_of(site: Site) -> str:
    return str(site.pages[0].title)


@dataclass
class Bench:
    """A reloader at work, and what it says."""

    folder: Path
    hub: Titled
    reports: asyncio.Queue[Save] = field(default_factory=asyncio.Queue)
    told: list[Diagnostics | None] = field(default_factory=list)

    def save(self, text: str, name: str = "site.yaml") -> None:
        (self.folder / name).write_text(text)

    async def report(self) -> Save:
        return await asyncio.wait_for(self.reports.get(), PATIENCE)


@asynccontextmanager
async def following(folder: Path, text: str = GOOD.format("One")) -> AsyncIterator[Bench]:
    (folder / "site.yaml").write_text(text)
    bench = Bench(folder, Titled(load_site(folder, ELEMENT_TYPES)))
    bench.hub.gate.set()
    reloader = Reloader(bench.hub, Reload(folder, bench.reports.put_nowait), bench.told.append)
    task = asyncio.create_task(reloader.run())
    try:
        yield bench
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_good_save_is_followed(tmp_path: Path) -> None:
    async with following(tmp_path) as bench:
        bench.save(GOOD.format("Two"))
        save = await bench.report()
    assert isinstance(save, Followed)
    assert (save.files, save.change, bench.hub.titles) == (("site.yaml",), Change(("title",)), ["Two"])
    assert 0 < save.seconds < PATIENCE
    assert bench.told == []


async def test_garbage_waits_until_a_save_is_followed(tmp_path: Path) -> None:
    async with following(tmp_path) as bench:
        for title in ("Two", "failing", "Three"):
            bench.hub.changing.clear()
            bench.save(GOOD.format(title))
            await asyncio.wait_for(bench.hub.changing.wait(), PATIENCE)
        await bench.report()
        await bench.report()
        assert gc.isenabled()
    assert set(bench.hub.collected) == {False}, "however often what is saved while it is read is read"


async def test_a_broken_save_changes_nothing_until_a_good_one_comes(tmp_path: Path) -> None:
    async with following(tmp_path) as bench:
        bench.save(BROKEN)
        refused = await bench.report()
        assert isinstance(refused, Refused)
        assert refused.files == ("site.yaml",)
        assert f"{tmp_path}/site.yaml:2:9: error: There is no element type" in text_report(refused.findings)
        assert (bench.told, bench.hub.titles) == ([refused.findings], [])
        bench.save(GOOD.format("One"))
        followed = await bench.report()
        assert isinstance(followed, Followed) and followed.change == Change()
        assert bench.told == [refused.findings, None]
        bench.save(GOOD.format("Two"))
        await bench.report()
    assert bench.told == [refused.findings, None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("body: [\n", "error: "),
        ("", "error: There is nothing in this file."),
        ("handlers: gone.py\nbody: [x]\n", 'error: handlers: "gone.py" does not exist.'),
        ("handlers: bad.py\nbody: [x]\n", "ZeroDivisionError"),
        ("body: [{p: [{div: x}]}]\n", "error: "),
    ],
)
async def test_whatever_is_broken_is_told_to_the_tabs(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "bad.py").write_text("1 / 0\n")
    async with following(tmp_path) as bench:
        bench.save(text)
        save = await bench.report()
        assert isinstance(save, Refused) and told in text_report(save.findings)
        bench.save(GOOD.format("Two"))
        assert isinstance(await bench.report(), Followed)
    assert bench.told == [save.findings, None]
    assert bench.hub.titles == ["Two"]


async def test_a_site_that_is_gone_for_a_while(tmp_path: Path) -> None:
    async with following(tmp_path) as bench:
        (tmp_path / "site.yaml").unlink()
        save = await bench.report()
        assert isinstance(save, Refused)
        assert text_report(save.findings) == f"error: There is no site.yaml in the folder {tmp_path}.\n\n1 error\n"
        bench.save(GOOD.format("Two"))
        assert isinstance(await bench.report(), Followed)
    assert bench.hub.titles == ["Two"]


async def test_a_file_that_was_missing_comes(tmp_path: Path) -> None:
    async with following(tmp_path) as bench:
        bench.save("title: !include title.yaml\nbody: [x]\n")
        assert isinstance(await bench.report(), Refused)
        bench.save("Included", "title.yaml")
        save = await bench.report()
        assert isinstance(save, Followed) and save.files == ("title.yaml",)
        bench.save("Again", "title.yaml")
        await bench.report()
    assert bench.hub.titles == ["Included", "Again"]


async def test_what_is_saved_during_a_change_is_followed_after_it_together(tmp_path: Path) -> None:
    (tmp_path / "h.py").write_text("def act(): ...\n")
    async with following(tmp_path, "title: One\nhandlers: h.py\nbody: [x]\n") as bench:
        bench.hub.gate.clear()
        bench.save("title: Two\nhandlers: h.py\nbody: [x]\n")
        await asyncio.wait_for(bench.hub.changing.wait(), PATIENCE)
        for title in ("Three", "Four"):
            bench.save(f"title: {title}\nhandlers: h.py\nbody: [x]\n")
        bench.save("def act(page): ...\n", "h.py")
        bench.hub.gate.set()
        saves = [await bench.report() for _ in range(2)]
    assert [save.files for save in saves] == [("site.yaml",), ("h.py", "site.yaml")]
    assert bench.hub.titles == ["Two", "Four"]


async def test_an_error_of_livepages_own_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with following(tmp_path) as bench:
        bench.hub.changing.clear()
        bench.save(GOOD.format("failing"))
        await asyncio.wait_for(bench.hub.changing.wait(), PATIENCE)
        bench.save(GOOD.format("Three"))
        assert isinstance(await bench.report(), Followed)
    assert bench.hub.titles == ["Three"]
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.getMessage() == "What was saved can't be followed, because of an error in livepages."
    assert "a mistake of livepages" in caplog.text


async def test_tabs_load_static_files_anew(tmp_path: Path) -> None:
    static = write_site(tmp_path, "scope: shared\nbody: [{image: logo.svg}]\n") / "static"
    static.mkdir()
    (static / "my logo é.svg").write_text("<svg/>")
    async with open_site(tmp_path) as site:
        first, second = await site.open(), await site.open()
        await second.disconnect()
        hub = site.app.state.hub
        bench = Bench(tmp_path, Titled(hub.site, tuple(hub.rooms)))
        bench.hub.gate.set()
        task = asyncio.create_task(Reloader(bench.hub, Reload(tmp_path, bench.reports.put_nowait)).run())
        bench.save("scope: shared\nbody: []\n")
        assert isinstance(await bench.report(), Followed)
        (static / "my logo é.svg").write_text("<svg><!-- new --></svg>")
        assert await bench.report() == Refreshed(("static/my logo é.svg",), 1)
        await site.settle()
        task.cancel()
        expected = {"type": "static", "paths": ["/static/my%20logo%20%C3%A9.svg"]}
        assert expected in first.frames and expected not in second.frames
        await second.connect()
        assert expected in second.frames
