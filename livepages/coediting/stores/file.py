"""The file that documents are in: its folder, its lock, its tables, and whether it is sound."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from livepages.coediting.stores.store import StoreError, StoreInUse

FILE = "documents.sqlite"
LOCK = "documents.lock"
SCHEMA = 1
APPLICATION = 0x6C706463
PAGE_BYTES = 4096
WAL_PAGES = 256
WAL_BYTES = 2 * 1024 * 1024
PATIENCE = 5.0
"""Seconds to wait for another connection."""

TABLES = """
CREATE TABLE documents (id INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE UNIQUE INDEX documents_by_key ON documents (key);
CREATE TABLE updates (
    document INTEGER NOT NULL, id INTEGER NOT NULL, whole INTEGER NOT NULL, crc INTEGER NOT NULL,
    content BLOB NOT NULL, PRIMARY KEY (document, id)
) WITHOUT ROWID;
CREATE TABLE damaged (
    key TEXT NOT NULL, time TEXT NOT NULL, reason TEXT NOT NULL,
    id INTEGER, whole INTEGER, crc INTEGER, content BLOB
);
"""

FAILURES = (sqlite3.Error, UnicodeDecodeError)
"""What fails with a file: also the text of an error, which may quote what stands in it."""

WAYS_OUT = "choose another folder with --data DIR, or keep documents in memory only with --data none"


class Damage(Exception):
    """A file isn't sound. Its text is what is wrong with it, as a part of a sentence."""


def beside(path: Path, suffix: str) -> Path:
    """The file of a database that SQLite names with a suffix, such as "-wal"."""
    return path.with_name(path.name + suffix)


def size_of(path: Path) -> int:
    """Bytes of a file, 0 if it isn't there."""
    return path.stat().st_size if path.exists() else 0


def is_corruption(error: Exception) -> bool:
    """Whether an error of SQLite means that a file is damaged, rather than that it can't be had for now."""
    if isinstance(error, UnicodeDecodeError):
        return True
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def make_folder(folder: Path) -> None:
    """Make the folder of a store if it isn't there: for its owner only, and unseen by git.

    Raises StoreError if it can't be made.
    """
    try:
        if folder.is_dir():
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        sync_folder(folder.parent)
    except OSError as error:
        raise StoreError(f"The folder {folder} for documents can't be made: {error.strerror}; {WAYS_OUT}.") from error


def sync_file(path: Path) -> None:
    """Have what stands in a file survive a power cut."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a power cut, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lock(folder: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    """Take a folder for this process until the connection that this returns is closed, or the process ends.

    Raises StoreInUse if another has it for so many seconds, StoreError if files can't be written there. The lock is a
    file of its own, as a file that is damaged can't be locked, and must not be moved away from one who uses it.
    """
    path = folder / LOCK
    held: sqlite3.Connection | None = None
    try:
        held = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
        held.execute("PRAGMA journal_mode = MEMORY")
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if held is not None:
            held.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise StoreInUse(
                f"The documents in {folder} are in use by another livepages; "
                "end that, or choose another folder with --data."
            ) from error
        way_out = f"delete {path}" if is_corruption(error) else WAYS_OUT
        raise StoreError(f"The folder {folder} for documents can't be used: {error}; {way_out}.") from error
    return held


def connect(path: Path) -> sqlite3.Connection:
    """Connect to a file that is there, with all that makes it durable. Raises FAILURES."""
    database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        for setting in (
            "synchronous = FULL",
            "fullfsync = ON",  # without it, macOS only says that it has written
            "checkpoint_fullfsync = ON",
            f"wal_autocheckpoint = {WAL_PAGES}",
            f"journal_size_limit = {WAL_BYTES}",
        ):
            database.execute(f"PRAGMA {setting}")
    except BaseException:
        database.close()
        raise
    return database


def create(path: Path) -> sqlite3.Connection:
    """A new store at a path, in place of what is there. Raises sqlite3.Error, OSError."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        beside(path, suffix).unlink(missing_ok=True)
    path.touch(mode=0o600)
    database = connect(path)
    try:
        database.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        database.execute("PRAGMA auto_vacuum = INCREMENTAL")
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(f"BEGIN; {TABLES} COMMIT;")
        # Last of all, as what has these numbers has its tables.
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {SCHEMA}")
    except BaseException:
        database.close()
        raise
    return database
