"""Damaged files of documents: each is reported and kept, and what is lost is known, never silent."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from livepages.coediting.stores.store import DocumentDamaged, StoreError
from livepages.coediting.stores.wal import commits_after
from tests.coediting.stores.stores import Contents, append, errors, opened, read, some_documents, write

PAGE = 4096


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sound store that was closed, with some documents."""
    folder = tmp_path_factory.mktemp("sound")
    write(folder, some_documents())
    return folder


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that was not closed: its last transactions are in the log of SQLite only."""
    folder = tmp_path_factory.mktemp("open")
    copy = tmp_path_factory.mktemp("killed")

    async def main() -> None:
        async with opened(folder) as store:
            for number in range(40):
                await append(store, f"key {number % 4}", b"%d" % number * 50)
            for number in range(2):
                await append(store, "last", b"%d" % number)
            for suffix in ("", "-wal"):
                shutil.copy(folder / f"documents.sqlite{suffix}", copy)

    asyncio.run(main())
    return copy


def copy_of(folder: Path, target: Path) -> Path:
    """A store that a test may damage. Returns its main file."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    return target / "documents.sqlite"


def kept_aside(folder: Path) -> Path:
    """The one damaged file that was kept."""
    (kept,) = (path for path in folder.iterdir() if re.fullmatch(r"documents\.sqlite\.damaged-\d{8}-\d{6}", path.name))
    return kept


def check_losses(before: Contents, after: Contents, logged: list[str]) -> int:
    """See that all that is lost was reported, and that nothing else has changed. Returns how many updates are lost."""
    text = "\n".join(logged)
    lost = 0
    for key, updates in before.items():
        if after[key] != updates:
            left = iter(updates)
            assert all(update in left for update in after[key]), f"{key}: there is something else, or in another order"
            told = repr(key) in text or re.search(r"\d+ more\.|Others may be lost", text)
            assert told, f"{key} has lost something, and nobody is told"
            lost += len(updates) - len(after[key])
    return lost


def reopened(folder: Path, before: Contents) -> tuple[Contents, list[str]]:
    """What a store that was damaged holds, and what was logged. It can be written, and is sound the next time."""
    with errors() as logged:
        after = read(folder, list(before))
    write(folder, {"written later": [b"one"]})
    with errors() as logged_again:
        assert read(folder, [*before, "written later"]) == {**after, "written later": [b"one"]}
    assert logged_again == []
    return after, logged


def put(data: bytes, place: int, new: bytes) -> bytes:
    return data[:place] + new + data[place + len(new) :]


DAMAGE: dict[str, tuple[Callable[[bytes], bytes], str, float]] = {
    "emptied": (lambda data: b"", "it is empty", 0),
    "only garbage": (lambda data: b"garbage " * 1_000, "file is not a database", 0),
    "a garbage header": (lambda data: put(data, 0, b"\xff" * 100), "file is not a database", 1),
    "garbage where its kind is named": (lambda data: put(data, 0, b"\xff" * 16), "file is not a database", 1),
    "cut in the middle of a page": (lambda data: data[: len(data) // 2 + 100], "", 0.3),
    "cut to one page": (lambda data: data[:PAGE], "", 0),
    "garbage for its first page": (lambda data: put(data, 0, b"\xff" * PAGE), "file is not a database", 1),
    "a page of zeros in the middle": (lambda data: put(data, len(data) // PAGE // 2 * PAGE, bytes(PAGE)), "", 0.8),
    "another database": (lambda data: put(data, 68, bytes(4)), "it isn't a file of documents", 1),
}
"""What was done to a file, what is told to be wrong with it, and what part of its updates comes over at least."""


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_file_is_kept_and_what_is_good_comes_over(name: str, sound: Path, tmp_path: Path) -> None:
    damage, problem, least = DAMAGE[name]
    before = some_documents()
    path = copy_of(sound, tmp_path / "data")
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)

    after, logged = reopened(path.parent, before)

    kept = kept_aside(path.parent)
    assert kept.read_bytes() == damaged
    assert len(logged) == 1
    assert logged[0].startswith(f"The file of documents {path} was damaged: {problem}")
    assert f" It is kept as {kept}. " in logged[0]
    total = sum(map(len, before.values()))
    lost = check_losses(before, after, logged)
    assert total - lost >= least * total
    documents = sum(map(bool, after.values()))
    assert f"in use again: {documents}, with {total - lost} updates." in logged[0]
    assert ("It isn't known that any has lost something." in logged[0]) == (lost == 0)


def test_a_folder_in_place_of_the_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "documents.sqlite"
    path.mkdir()
    (path / "inside").write_text("something")
    _, logged = reopened(tmp_path, {"a": []})
    assert (kept_aside(tmp_path) / "inside").read_text() == "something"
    assert "was damaged: it is a folder." in logged[0]


def test_a_file_that_is_kept_never_takes_the_place_of_another(sound: Path, tmp_path: Path) -> None:
    path = copy_of(sound, tmp_path / "data")
    for number in range(3):
        path.write_bytes(b"garbage %d" % number * 1_000)
        with errors() as logged:
            read(path.parent, [])
        assert len(logged) == 1
    kept = sorted(each.read_bytes()[:9] for each in path.parent.glob("documents.sqlite.damaged-*"))
    assert kept == [b"garbage 0", b"garbage 1", b"garbage 2"]


def test_a_newer_version_is_told_and_left_alone(sound: Path, tmp_path: Path) -> None:
    path = copy_of(sound, tmp_path / "data")
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 2")
    newer = path.read_bytes()
    with errors() as logged, pytest.raises(StoreError, match=r"newer livepages \(version 2 .* knows 1\); update"):
        read(path.parent, [])
    assert logged == []
    assert path.read_bytes() == newer
    assert not list(path.parent.glob("*damaged*"))


def test_a_file_that_was_emptied_is_saved_from_its_log(killed: Path, tmp_path: Path) -> None:
    path = copy_of(killed, tmp_path / "data")
    before = read(path.parent, [f"key {number}" for number in range(4)])
    path = copy_of(killed, tmp_path / "data")
    log = path.with_name("documents.sqlite-wal").read_bytes()
    path.write_bytes(b"")
    after, logged = reopened(path.parent, before)
    assert after == before
    assert len(logged) == 1
    kept = kept_aside(path.parent)
    assert (kept.read_bytes(), kept.with_name(kept.name + "-wal").read_bytes()) == (b"", log)


def test_a_file_that_is_gone_is_saved_from_its_log(killed: Path, tmp_path: Path) -> None:
    path = copy_of(killed, tmp_path / "data")
    path.unlink()
    after, logged = reopened(path.parent, {f"key {number}": [] for number in range(4)})
    assert sum(map(len, after.values())) == 40
    assert "was damaged: it is gone, but not what was written last." in logged[0]


def test_no_byte_of_a_file_can_be_flipped_without_a_report(sound: Path, tmp_path: Path) -> None:
    before = some_documents()
    data = (sound / "documents.sqlite").read_bytes()
    chance = random.Random(7)
    places = [chance.randrange(100), *(chance.randrange(len(data)) for _ in range(40))]
    lost = [flip_and_read(copy_of(sound, tmp_path / "data"), place, before) for place in places]
    assert sum(map(bool, lost)) > 10, "most of the file are updates"
    assert sorted(lost)[len(lost) // 2] <= 1


def test_no_byte_of_the_log_can_be_flipped_without_a_report(killed: Path, tmp_path: Path) -> None:
    before = read(copy_of(killed, tmp_path / "data").parent, [f"key {number}" for number in range(4)])
    log = (killed / "documents.sqlite-wal").read_bytes()
    chance = random.Random(7)
    beginning = log[: -4 * (PAGE + 24)]
    places = [*range(0, 32, 3), *range(32, 56, 3), *(chance.randrange(len(beginning)) for _ in range(30))]
    for place in places:
        path = copy_of(killed, tmp_path / "data")
        flip_and_read(path, place, before, suffix="-wal")


def flip_and_read(path: Path, place: int, before: Contents, suffix: str = "") -> int:
    """How many updates are lost by another byte at a place."""
    file = path.with_name(path.name + suffix)
    data = bytearray(file.read_bytes())
    data[place] ^= 0xFF
    file.write_bytes(data)
    with errors() as logged:
        try:
            after = read(path.parent, list(before))
        except StoreError as error:
            # The number of the version may be what was flipped.
            assert "newer livepages" in str(error)
            return 0
    return check_losses(before, after, logged)


def test_an_opening_that_fails_half_way_loses_nothing(killed: Path, tmp_path: Path) -> None:
    path = copy_of(killed, tmp_path / "data")
    log = path.with_name("documents.sqlite-wal")
    damaged = bytearray(log.read_bytes())
    damaged[20] ^= 0xFF
    log.write_bytes(damaged)
    obstacle = path.with_name("documents.sqlite.new")
    obstacle.mkdir()
    for _ in range(2):
        with pytest.raises(StoreError, match=r"documents\.sqlite can't be opened: .*; choose another folder"):
            read(path.parent, [])
    obstacle.rmdir()
    after, logged = reopened(path.parent, {f"key {number}": [] for number in range(4)})
    assert sum(map(len, after.values())) == 40
    assert "was damaged: the beginning of what was written last can't be read." in logged[0]


def test_the_last_transaction_may_be_half_written(killed: Path, tmp_path: Path) -> None:
    path = copy_of(killed, tmp_path / "data")
    log = path.with_name("documents.sqlite-wal")
    log.write_bytes(log.read_bytes()[:-100])
    with errors() as logged:
        assert read(path.parent, ["last"]) == {"last": [b"0"]}
    assert logged == []


def test_a_former_round_of_the_log_is_no_damage(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()

    async def main() -> None:
        async with opened(tmp_path / "data") as store:
            for number in range(30):
                await append(store, "a", b"%d" % number)
            store._files.writing.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
            await append(store, "a", b"after")
            for suffix in ("", "-wal"):
                shutil.copy(tmp_path / "data" / f"documents.sqlite{suffix}", copy)

    asyncio.run(main())
    assert (copy / "documents.sqlite-wal").stat().st_size > 30 * PAGE
    assert commits_after(copy / "documents.sqlite-wal", 0) == 1
    with errors() as logged:
        assert len(read(copy, ["a"])["a"]) == 31
    assert logged == []


def test_damage_that_is_met_while_a_store_is_open_is_told(sound: Path, tmp_path: Path) -> None:
    path = copy_of(sound, tmp_path / "data")

    async def main() -> None:
        async with opened(path.parent) as store:
            with path.open("r+b") as file:
                file.seek(PAGE)
                file.write(b"\xff" * (path.stat().st_size - PAGE))
            with pytest.raises(
                DocumentDamaged, match=r"'log' can't be read, as .* is damaged: .* Start livepages anew"
            ):
                store.load("log")

    asyncio.run(main())
    with errors() as logged:
        read(path.parent, ["log"])
    assert len(logged) == 1
