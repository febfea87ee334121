"""The store on disk and its surroundings: whose the folder is, and what happens when the disk is full."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from livepages.coediting.stores import sqlite_store
from livepages.coediting.stores.sizes import LEAST_LOG, ROW_BYTES
from livepages.coediting.stores.sqlite_store import SqliteStore
from livepages.coediting.stores.store import StoreError, StoreInUse
from tests.coediting.stores.stores import append, errors, opened, settled

pytestmark = pytest.mark.real_time

ROOT = Path(__file__).parents[3]


# The folder


async def test_only_one_may_have_a_folder(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        with pytest.raises(StoreInUse) as raised:
            SqliteStore(tmp_path, asyncio.get_running_loop(), patience=0.05)
        assert str(raised.value) == (
            f"The documents in {tmp_path} are in use by another livepages; "
            "end that, or choose another folder with --data."
        )
        await append(store, "a", b"one")
    async with opened(tmp_path, patience=0) as store:
        assert store.load("a") == [b"one"]


HOLDER = """
import asyncio, sys
from pathlib import Path
from livepages.coediting.stores.sqlite_store import SqliteStore

async def main():
    store = SqliteStore(Path(sys.argv[1]), asyncio.get_running_loop())
    store.append("a", b"one", lambda error: print("ready", flush=True))
    await asyncio.to_thread(sys.stdin.readline)
    await store.close()

asyncio.run(main())
"""


async def test_a_process_that_is_ending_is_waited_for(tmp_path: Path) -> None:
    command = partial(subprocess.Popen, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    with await asyncio.to_thread(command, [sys.executable, "-c", HOLDER, tmp_path]) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert await asyncio.to_thread(holder.stdout.readline) == "ready\n"
        with pytest.raises(StoreInUse):
            SqliteStore(tmp_path, asyncio.get_running_loop(), patience=0.05)
        loop = asyncio.get_running_loop()
        second = asyncio.create_task(asyncio.to_thread(SqliteStore, tmp_path, loop, 20.0))
        await asyncio.sleep(0)
        holder.stdin.close()
        store = await second
        assert store.load("a") == [b"one"]
        await store.close()
    assert holder.returncode == 0


@pytest.mark.parametrize("below", ["", "deeper"])
async def test_a_folder_that_cannot_be_made_is_told_with_a_way_out(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    folder = tmp_path / "file" / below
    with pytest.raises(
        StoreError, match=r"folder .*file.* can't be made: .*; choose another folder with --data DIR, or"
    ):
        SqliteStore(folder, asyncio.get_running_loop())


async def test_a_folder_that_cannot_be_written_is_told_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "documents.lock").mkdir()
    with pytest.raises(StoreError, match=r"can't be used: unable to open database file; choose another .* --data none"):
        SqliteStore(tmp_path, asyncio.get_running_loop())


async def test_a_lock_that_is_no_lock_is_told_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "documents.lock").write_text("something else" * 100)
    with pytest.raises(StoreError, match=r"can't be used: file is not a database; delete .*documents.lock"):
        SqliteStore(tmp_path, asyncio.get_running_loop())


# The disk is full


def let_grow(store: SqliteStore, pages: int) -> None:
    """How many pages the file may have from now on; the writer must be at rest."""
    store._files.writing.execute(f"PRAGMA max_page_count = {pages}").fetchall()


async def test_a_full_disk_is_told_and_tried_again(tmp_path: Path) -> None:
    heard: list[tuple[str, Exception | None]] = []
    async with opened(tmp_path) as store:
        await append(store, "a", b"one")
        let_grow(store, 1)
        with errors() as logged:
            for name, key, size in (("first", "a", 40_000), ("second", "a", 50_000), ("other", "b", 60_000)):
                store.append(key, b"x" * size, lambda error, name=name: heard.append((name, error)))
            store.settled("a", lambda error: heard.append(("settled", error)))
            assert isinstance(await settled(store, "b"), StoreError)
            with pytest.raises(StoreError):
                await append(store, "a", b"x" * 50_000)
        assert [name for name, _ in heard] == ["first", "second", "settled", "other"]
        assert {str(error) for _, error in heard} == set(logged)
        assert len(logged) == 1
        assert logged[0] == (
            f"Documents can't be written to {tmp_path / 'documents.sqlite'}: database or disk is full. "
            "See that the disk has room and can be written; what is changed next is tried again."
        )
        assert (store.load("a"), store.load("b"), store.count()) == ([b"one"], [], 1)
        assert store.log_size("a") == 3 + ROW_BYTES
        let_grow(store, 1_000_000)
        await append(store, "a", b"two")
        assert await settled(store, "a") is None
    assert read_later(tmp_path) == [b"one", b"two"]


def read_later(folder: Path) -> list[bytes]:
    with closing(sqlite3.connect(folder / "documents.sqlite")) as database:
        return [content for (content,) in database.execute("SELECT content FROM updates ORDER BY id")]


async def test_a_compaction_that_fails_leaves_the_log_and_no_update_fails_with_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for _ in range(5):
            await append(store, "a", b"x" * 4_000)
        assert store.needs_compaction("a")
        (pages,) = store._files.writing.execute("PRAGMA page_count").fetchone()
        let_grow(store, pages + 2)
        with errors() as logged:
            store.compact("a", b"y" * 200_000)
            await append(store, "a", b"small")
        assert len(logged) == 1
        assert store.load("a") == [b"x" * 4_000] * 5 + [b"small"]
        assert (store.log_size("a"), store.compacted_size("a")) == (20_005 + 6 * ROW_BYTES, 0)
        assert not store.needs_compaction("a"), "it is put off"
        let_grow(store, 1_000_000)
        await append(store, "a", b"x" * LEAST_LOG)
        assert store.needs_compaction("a")
        store.compact("a", b"whole")
        assert store.load("a") == [b"whole"]
    assert read_later(tmp_path) == [b"whole"]


FULL = """
import asyncio, resource, signal, sys
from pathlib import Path
from livepages.coediting.stores.sqlite_store import SqliteStore

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

async def main():
    store = SqliteStore(Path(sys.argv[1]), asyncio.get_running_loop())
    news = asyncio.Queue()
    async def append(update):
        store.append("a", update, news.put_nowait)
        return await news.get()
    assert await append(b"one") is None
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    print(type(await append(b"x" * 200_000)).__name__)
    print(type(await append(b"y" * 200_000)).__name__)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(await append(b"two"))
    await store.close()

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
async def test_a_file_that_the_system_does_not_let_grow_is_told_and_tried_again(tmp_path: Path) -> None:
    command = partial(subprocess.run, capture_output=True, text=True, timeout=60, cwd=ROOT, check=False)
    ended = await asyncio.to_thread(command, [sys.executable, "-c", FULL, tmp_path])
    assert (ended.stdout.split(), ended.returncode) == (["StoreError", "StoreError", "None"], 0), ended.stderr
    async with opened(tmp_path) as store:
        assert store.load("a") == [b"one", b"two"]


async def test_more_than_the_disk_can_take_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_store, "MOST_WAITING", 1_000)
    async with opened(tmp_path) as store:
        first = asyncio.ensure_future(append(store, "a", b"x" * 900))
        second = asyncio.ensure_future(append(store, "a", b"y" * 101))
        await asyncio.wait([first, second])
        assert first.exception() is None
        with pytest.raises(StoreError, match=r"'a' can't be kept: the disk is too slow for all that waits\."):
            await second
        await append(store, "a", b"y" * 101)
        assert store.load("a") == [b"x" * 900, b"y" * 101]


async def test_what_follows_may_fail_without_harm_to_others(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with opened(tmp_path) as store:
        store.append("a", b"one", lambda error: 1 / 0 and None)
        await append(store, "a", b"two")
    assert "ZeroDivisionError" in caplog.text
