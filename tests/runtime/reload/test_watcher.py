"""What editors do to files, and which changes the watcher makes of it. All files and events are real ones."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from livepages.runtime.reload.watcher import Watcher

pytestmark = pytest.mark.real_time
PATIENCE = 30.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "static").mkdir(parents=True)
    for name in ("site.yaml", "site.py", "other.yaml", "static/logo.svg"):
        (folder / name).write_text("before")
    return folder


def watcher_of(folder: Path, *names: str) -> Watcher:
    return Watcher([folder / name for name in names], folder / "static")


async def changes(watcher: Watcher) -> set[str]:
    """The names of the files that change next."""
    return {path.name for path in await asyncio.wait_for(watcher.changed(), PATIENCE)}


async def after(watcher: Watcher, path: Path) -> set[str]:
    """What has changed up to now, when nothing more should come than `path`, which changes last."""
    in_place(path)
    found: set[str] = set()
    while path.name not in found:
        found |= await changes(watcher)
    return found - {path.name}


def in_place(path: Path) -> None:
    path.write_text(f"after {time.time_ns()}")


def write_and_rename(path: Path) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text("after")
    temporary.replace(path)


def like_vim(path: Path) -> None:
    """The old file becomes the backup, a new one is written, the backup goes."""
    path.with_name("4913").touch()
    path.with_name("4913").unlink()
    path.rename(f"{path}~")
    path.write_text("after")
    Path(f"{path}~").unlink()


def in_pieces(path: Path) -> None:
    with path.open("w") as file:
        for character in "after":
            file.write(character)
            file.flush()


def link_anew(path: Path) -> None:
    target = path.with_name("target")
    target.write_text("after")
    path.unlink()
    path.symlink_to(target)


@pytest.mark.parametrize("save", [in_place, write_and_rename, like_vim, in_pieces, link_anew])
async def test_however_an_editor_saves_it_is_one_change_of_one_file(folder: Path, save: Callable[[Path], None]) -> None:
    async with watcher_of(folder, "site.yaml", "other.yaml") as watcher:
        save(folder / "site.yaml")
        assert await changes(watcher) == {"site.yaml"}
        assert (folder / "site.yaml").read_text().startswith("after")
        assert await after(watcher, folder / "other.yaml") == set()


async def test_touch_and_other_files_are_no_changes(folder: Path) -> None:
    async with watcher_of(folder, "site.yaml", "other.yaml") as watcher:
        assert await after(watcher, folder / "other.yaml") == set()
        (folder / "site.yaml").touch()
        (folder / "site.yaml").write_text("before")
        (folder / "static" / "logo.svg").touch()
        (folder / "notes.txt").write_text("of somebody else")
        (folder / ".site.yaml.swp").write_text("of an editor")
        (folder / "__pycache__").mkdir()
        (folder / "__pycache__" / "site.cpython-311.pyc").write_text("")
        assert await after(watcher, folder / "other.yaml") == set()


async def test_a_file_that_stays_empty_is_one_in_the_end(folder: Path) -> None:
    async with watcher_of(folder, "site.yaml") as watcher:
        (folder / "site.yaml").write_text("")
        assert await changes(watcher) == {"site.yaml"}


async def test_deletion_and_coming_back(folder: Path) -> None:
    async with watcher_of(folder, "site.yaml", "missing.py") as watcher:
        (folder / "site.yaml").unlink()
        assert await changes(watcher) == {"site.yaml"}
        (folder / "site.yaml").write_text("before")
        assert await changes(watcher) == {"site.yaml"}
        (folder / "missing.py").write_text("came")
        assert await changes(watcher) == {"missing.py"}


async def test_a_checkout_of_thirty_files_is_a_few_changes_at_most(folder: Path) -> None:
    names = [f"part{number}.yaml" for number in range(30)]

    def git(*arguments: str) -> None:
        command = ["git", "-c", "user.name=T", "-c", "user.email=t@t", *arguments]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    git("init", "-b", "one")
    for branch in ("one", "two"):
        for name in names:
            (folder / name).write_text(f"{branch} {name}")
        if branch == "two":
            git("checkout", "-b", "two")
        git("add", ".")
        git("commit", "-m", branch)
    async with watcher_of(folder, *names) as watcher:
        checkout = asyncio.create_task(asyncio.to_thread(git, "checkout", "one"))
        found: list[set[str]] = []
        while set().union(*found) != set(names):
            found.append(await changes(watcher))
        await checkout
    assert len(found) <= 3
    assert sum(map(len, found)) == 30


async def test_a_folder_that_comes_goes_and_comes_again(folder: Path) -> None:
    part = folder / "parts" / "inner" / "nav.yaml"
    async with watcher_of(folder, "site.yaml", "parts/inner/nav.yaml") as watcher:
        for content in ("one", "two"):
            part.parent.mkdir(parents=True)
            part.write_text(content)
            assert await changes(watcher) == {"nav.yaml"}
            part.write_text(f"{content} again")
            assert await changes(watcher) == {"nav.yaml"}
            shutil.rmtree(folder / "parts")
            assert await changes(watcher) == {"nav.yaml"}


async def test_a_site_behind_a_link_that_leads_to_the_next_release(folder: Path, tmp_path: Path) -> None:
    after = tmp_path / "after"
    after.mkdir()
    (after / "site.yaml").write_text("after")
    current = tmp_path / "current"
    current.symlink_to(folder)
    async with Watcher([current / "site.yaml"]) as watcher:
        (folder / "site.yaml").write_text("edited")
        assert await changes(watcher) == {"site.yaml"}
        (tmp_path / "next").symlink_to(after)
        (tmp_path / "next").replace(current)
        assert await changes(watcher) == {"site.yaml"}
        (after / "site.yaml").write_text("edited there")
        assert await changes(watcher) == {"site.yaml"}


async def test_other_files_can_be_followed(folder: Path, tmp_path: Path) -> None:
    added, late = tmp_path / "added" / "new.yaml", tmp_path / "added" / "late.yaml"
    added.parent.mkdir()
    added.write_text("here")
    async with watcher_of(folder, "site.yaml", "other.yaml") as watcher:
        since = time.time() + 1
        late.write_text("written while the site was read")
        os.utime(late, (since + 1, since + 1))
        watcher.follow({folder / "site.yaml", added, late}, since)
        assert await changes(watcher) == {"late.yaml"}
        (folder / "other.yaml").write_text("not followed any more")
        assert await after(watcher, folder / "site.yaml") == set()
        added.write_text("changed")
        assert await changes(watcher) == {"new.yaml"}


async def test_static_files(folder: Path) -> None:
    static = folder / "static"
    async with watcher_of(folder, "site.yaml") as watcher:
        assert await after(watcher, folder / "site.yaml") == set()
        write_and_rename(static / "logo.svg")
        assert await changes(watcher) == {"logo.svg"}
        (static / "img").mkdir()
        (static / "img" / "deep.png").write_text("new")
        assert await changes(watcher) == {"deep.png"}
        for noise in (".hidden", "logo.svg~", ".logo.svg.swp", "#logo.svg#", "4913"):
            (static / noise).write_text("noise")
        (static / "__pycache__").mkdir()
        (static / "__pycache__" / "x.png").write_text("noise")
        assert await after(watcher, static / "logo.svg") == set()


async def test_a_static_folder_that_comes_later(folder: Path) -> None:
    shutil.rmtree(folder / "static")
    async with watcher_of(folder, "site.yaml") as watcher:
        assert await after(watcher, folder / "site.yaml") == set()
        (folder / "static").mkdir()
        assert await after(watcher, folder / "site.yaml") == set()
        (folder / "static" / "new.png").write_text("new")
        assert await changes(watcher) == {"new.png"}


async def test_what_is_changed_while_nobody_waits_comes_together(folder: Path) -> None:
    async with watcher_of(folder, "site.yaml", "site.py", "other.yaml") as watcher:
        for name in ("site.yaml", "site.py"):
            (folder / name).write_text("after")
        assert await changes(watcher) == {"site.yaml", "site.py"}


def take_all_files() -> ExitStack:
    """Reach the limit of open files, so that there is none left for the system's events."""
    taken = ExitStack()
    try:
        while True:
            taken.callback(os.close, os.open("/dev/null", os.O_RDONLY))
    except OSError:
        return taken


class Warnings(logging.Handler):
    """Waits for a number of warnings."""

    def __init__(self, expected: int) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []
        self.expected = expected
        self.all_there = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
        if len(self.texts) == self.expected:
            self.all_there.set()


async def test_without_events_files_are_looked_at_again_and_again(folder: Path) -> None:
    warnings = Warnings(2)
    log = logging.getLogger("livepages.runtime.reload.folder_watch")
    log.addHandler(warnings)
    watcher = watcher_of(folder, "site.yaml")
    with take_all_files() as taken:
        async with watcher:
            warnings.all_there.wait(PATIENCE)
            taken.close()
            log.removeHandler(warnings)
            in_place(folder / "site.yaml")
            assert await changes(watcher) == {"site.yaml"}
            in_place(folder / "static" / "logo.svg")
            assert await changes(watcher) == {"logo.svg"}
    assert len(warnings.texts) == 2
    assert all("the site's files are looked at every 0.25 s instead" in text for text in warnings.texts)


async def test_a_watcher_ends_with_its_threads(folder: Path) -> None:
    async with watcher_of(folder, "site.yaml") as watcher:
        threads = [watch.thread for watch in watcher._watches]
        assert all(thread.is_alive() for thread in threads)
    for thread in threads:
        await asyncio.to_thread(thread.join, PATIENCE)
        assert not thread.is_alive()
