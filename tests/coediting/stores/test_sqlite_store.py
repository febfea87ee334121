"""The store on disk: what it keeps, whom it tells in which order, and what it does when the disk is full."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from pycrdt import Doc, Text

from livepages.coediting.stores.sizes import ROW_BYTES
from livepages.coediting.stores.store import StoreError
from tests.coediting.stores.stores import append, errors, opened, settled

pytestmark = pytest.mark.real_time

ROOT = Path(__file__).parents[3]


async def test_documents_outlive_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path / "data") as store:
        for update in (b"one", b"", b"two", b"one"):
            await append(store, "a", update)
        await append(store, "ä ?'%", b"\0" * 100_000)
        store.compact("b", b"whole")
    async with opened(tmp_path / "data") as store:
        assert store.load("a") == [b"one", b"", b"two", b"one"]
        assert store.load("ä ?'%") == [b"\0" * 100_000]
        assert store.load("b") == [b"whole"]
        assert store.load("never written") == []
        assert (store.count(), store.has("b"), store.has("never written")) == (3, True, False)
        assert (store.log_size("a"), store.compacted_size("a")) == (9 + 4 * ROW_BYTES, 0)
        assert (store.log_size("b"), store.compacted_size("b")) == (0, 5)


async def test_the_folder_is_for_its_owner_and_not_for_git(tmp_path: Path) -> None:
    folder = tmp_path / "site" / ".livepages"
    async with opened(folder) as store:
        await append(store, "a", b"one")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert (folder / ".gitignore").read_text() == "*\n"
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.glob("documents.sqlite*")}
    assert modes == dict.fromkeys(("documents.sqlite", "documents.sqlite-wal", "documents.sqlite-shm"), 0o600)
    assert {path.name for path in folder.iterdir()} == {".gitignore", "documents.lock", "documents.sqlite"}


async def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await append(store, "a", b"one")
    assert not (tmp_path / ".gitignore").exists()


async def test_what_is_told_to_be_durable_is_in_the_files(tmp_path: Path) -> None:
    async with opened(tmp_path / "data") as store:
        assert store._files.writing.execute("PRAGMA synchronous").fetchone() == (2,), "each commit is synced"
        for number in range(20):
            await append(store, "a", b"%d" % number)
            copy = tmp_path / f"copy {number}"
            copy.mkdir()
            for suffix in ("", "-wal"):
                name = f"documents.sqlite{suffix}"
                (copy / name).write_bytes((tmp_path / "data" / name).read_bytes())
            async with opened(copy) as copied:
                assert copied.load("a") == [b"%d" % each for each in range(number + 1)]


async def test_appending_does_not_wait_and_is_told_of_in_order(tmp_path: Path) -> None:
    heard: list[tuple[str, int, Exception | None]] = []
    async with opened(tmp_path) as store:
        for number in range(2_500):
            key = f"key {number % 3}"
            store.append(key, b"%d" % number, lambda error, number=number: heard.append(("append", number, error)))
            if number % 100 == 0:
                store.settled(key, lambda error, number=number: heard.append(("settled", number, error)))
        assert heard == []
        assert store.load("key 1") == [b"%d" % number for number in range(1, 2_500, 3)]
        assert store.log_size("key 1") == sum(len(update) + ROW_BYTES for update in store.load("key 1"))
    expected = []
    for number in range(2_500):
        expected.append(("append", number, None))
        if number % 100 == 0:
            expected.append(("settled", number, None))
    assert heard == expected


async def test_settled_is_at_once_when_nothing_waits(tmp_path: Path) -> None:
    heard: list[str] = []
    async with opened(tmp_path) as store:
        await append(store, "a", b"one")
        store.append("b", b"other", lambda error: heard.append("b"))
        store.settled("a", lambda error: heard.append("a"))
        store.compact("a", b"whole")
        store.settled("a", lambda error: heard.append("a"))
        assert heard == ["a", "a"], "neither other documents nor compactions matter"
        assert await settled(store, "b") is None
        assert heard == ["a", "a", "b"]


async def test_a_compaction_replaces_what_was_appended_before(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await append(store, "a", b"one")
        await append(store, "b", b"other")
        store.append("a", b"two", lambda error: None)
        store.compact("a", b"one and two")
        store.append("a", b"three", lambda error: None)
        assert store.load("a") == [b"one and two", b"three"]
        assert (store.compacted_size("a"), store.log_size("a")) == (11, 5 + ROW_BYTES)
        await settled(store, "a")
        assert store.load("a") == [b"one and two", b"three"]
    async with opened(tmp_path) as store:
        assert (store.load("a"), store.load("b")) == ([b"one and two", b"three"], [b"other"])
        assert (store.compacted_size("a"), store.log_size("a")) == (11, 5 + ROW_BYTES)


async def test_a_document_that_is_forgotten_is_gone(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await append(store, "a", b"one")
        store.append("b", b"other", lambda error: None)
        for key in ("a", "b", "never written"):
            store.forget(key)
        assert (store.load("a"), store.load("b"), store.count(), store.has("a")) == ([], [], 0, False)
        store.append("b", b"again", lambda error: None)
        assert store.load("b") == [b"again"]
    async with opened(tmp_path) as store:
        assert (store.load("a"), store.load("b"), store.count()) == ([], [b"again"], 1)
    assert b"other" not in (tmp_path / "documents.sqlite").read_bytes()


async def test_what_is_set_aside_is_kept_and_reported(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await append(store, "a", b"good")
        await append(store, "a", b"bad")
        await append(store, "b", b"other")
        with errors() as logged:
            store.set_aside("a", "it is no update", [b"good"])
        assert store.load("a") == [b"good"]
        await append(store, "a", b"more")
    (text,) = logged
    assert text == (
        "The document 'a' was damaged: it is no update. 1 of its updates are still in use; all that it had are kept in "
        f'the table "damaged" of {tmp_path / "documents.sqlite"}.'
    )
    async with opened(tmp_path) as store:
        assert (store.load("a"), store.load("b")) == ([b"good", b"more"], [b"other"])
    assert kept_as_damaged(tmp_path) == [("a", "it is no update", b"good"), ("a", "it is no update", b"bad")]


async def test_an_update_with_a_wrong_checksum_is_set_aside(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for update in (b"one", b"two", b"three"):
            await append(store, "a", update)
    with closing(sqlite3.connect(tmp_path / "documents.sqlite")) as database, database:
        database.execute("UPDATE updates SET content = ? WHERE content = ?", (b"twx", b"two"))
    async with opened(tmp_path) as store:
        with errors() as logged:
            assert store.load("a") == [b"one", b"three"]
            assert store.load("a") == [b"one", b"three"]
        await append(store, "a", b"four")
    assert len(logged) == 1
    assert "'a' was damaged: the checksum of 1 updates is wrong" in logged[0]
    assert [content for _, _, content in kept_as_damaged(tmp_path)] == [b"one", b"twx", b"three"]
    async with opened(tmp_path) as store:
        assert store.load("a") == [b"one", b"three", b"four"]


def kept_as_damaged(folder: Path) -> list[tuple[str, str, bytes]]:
    with closing(sqlite3.connect(folder / "documents.sqlite")) as database:
        return database.execute("SELECT key, reason, content FROM damaged ORDER BY id").fetchall()


# The end


async def test_a_store_that_is_closed_says_so(tmp_path: Path) -> None:
    heard: list[Exception | None] = []
    async with opened(tmp_path) as store:
        store.append("a", b"one", heard.append)
    assert heard == [None]
    await store.close()
    with pytest.raises(StoreError, match="the store of documents is closed"):
        await append(store, "a", b"two")
    with pytest.raises(StoreError, match="the store of documents is closed"):
        store.load("a")
    store.compact("a", b"whole")
    store.forget("a")
    async with opened(tmp_path) as again:
        assert again.load("a") == [b"one"]


# Sizes


async def test_a_log_takes_at_most_three_times_its_document(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    doc: Doc[Text] = Doc()
    text = doc.get("text", type=Text)
    made: list[bytes] = []
    doc.observe(lambda event: made.append(event.update))
    largest = 0
    async with opened(folder) as store:
        for number in range(15_000):
            text.insert(number * 6007 % (number * 6 + 1), f"{number:05} ")
            store.append("a", made.pop(), lambda error: None)
            if store.needs_compaction("a"):
                store.compact("a", doc.get_update())
            if number % 200 == 0:
                await settled(store, "a")
                largest = max(largest, size_of(folder) - 3 * len(doc.get_update()))
    assert largest <= 4 * 1024 * 1024
    assert size_of(folder) <= 3 * len(doc.get_update())
    async with opened(folder) as store:
        loaded: Doc[Text] = Doc()
        for update in store.load("a"):
            loaded.apply_update(update)
    assert str(loaded.get("text", type=Text)) == str(text)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


async def test_a_document_that_shrinks_gives_room_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for _ in range(40):
            store.append("a", b"x" * 100_000, lambda error: None)
        await settled(store, "a")
        assert size_of(tmp_path) > 4_000_000
        store.compact("a", b"small")
    assert size_of(tmp_path) < 50_000
