"""Opening the file of documents: a new one, a sound one, or what is left of one that isn't sound."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from livepages.coediting.stores.file import (
    APPLICATION,
    FAILURES,
    SCHEMA,
    WAYS_OUT,
    Damage,
    beside,
    connect,
    create,
    is_corruption,
    size_of,
    sync_file,
    sync_folder,
)
from livepages.coediting.stores.salvage import replace_damaged
from livepages.coediting.stores.store import StoreError
from livepages.coediting.stores.wal import commits_after


def open_store(path: Path) -> sqlite3.Connection:
    """A connection to the store at a path, which nobody else uses. A store that isn't there is made.

    One that is damaged is kept beside, replaced by what can be read of it, and reported. Raises StoreError.
    """
    wal = beside(path, "-wal")
    spare = beside(path, "-wal.spare")
    try:
        if spare.exists():
            spare.replace(wal)
        if not os.path.lexists(path) and not size_of(wal):
            make(path)
        found = spared(wal, spare) if size_of(wal) else None
        try:
            check(path, found)
        except Damage as damage:
            replace_damaged(path, found, str(damage))
        spare.unlink(missing_ok=True)
        return connect(path)
    except (*FAILURES, OSError) as error:
        raise StoreError(f"The documents in {path} can't be opened: {error}; {WAYS_OUT}.") from error


def spared(wal: Path, spare: Path) -> Path:
    """Copy a store's log of SQLite, which changes it when it opens it, and deletes it when it closes it.

    The copy is there until the store is open: who finds one puts it back, as an earlier opening has failed half way.
    """
    part = beside(spare, ".part")
    shutil.copyfile(wal, part)
    sync_file(part)
    return part.replace(spare)


def make(path: Path) -> None:
    """Make a store, which is there once it is complete. Raises sqlite3.Error, OSError."""
    new = beside(path, ".new")
    create(new).close()
    new.replace(path)
    sync_folder(path.parent)


def check(path: Path, wal: Path | None) -> None:
    """See that a file is a sound store of this version. Raises Damage, StoreError, FAILURES, OSError.

    All of the file is read: 0.3 s for 200 MB that the system has in memory, else as long as the disk takes.
    `wal` is a copy of the file's log of SQLite.
    """
    if path.is_dir():
        raise Damage("it is a folder")
    if not size_of(path):
        raise Damage("it is empty" if path.exists() else "it is gone, but not what was written last")
    try:
        with closing(connect(path)) as database:
            check_version(path, database)
            if wal is not None:
                check_wal(database, wal)
            for pragma in ("quick_check(1)", "integrity_check(documents)"):
                (verdict,) = database.execute(f"PRAGMA {pragma}").fetchone()
                if verdict != "ok":
                    raise Damage(" ".join(str(verdict).split()))
            check_names(database)
    except FAILURES as error:
        if is_corruption(error):
            raise Damage(str(error)) from error
        raise


def check_wal(database: sqlite3.Connection, wal: Path) -> None:
    """See that SQLite has read all transactions of its log. Raises Damage, sqlite3.Error, OSError.

    It stops at the first that isn't sound, without a word: one that a power cut has left half written is no loss, as
    it was reported to nobody. But each is synced before the next begins, so no other may stand after such a one.
    """
    _, frames, _ = database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if commits_after(wal, frames) > 1:
        raise Damage("what was written last can't be read")


def check_version(path: Path, database: sqlite3.Connection) -> None:
    """See that a database is a store, and not one of a newer version. Raises Damage, StoreError, sqlite3.Error."""
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION or version < 1:
        raise Damage("it isn't a file of documents")
    if version > SCHEMA:
        raise StoreError(
            f"The documents in {path} were written by a newer livepages (version {version} of the file, "
            f"this one knows {SCHEMA}); update livepages, or choose another folder with --data DIR."
        )


def check_names(database: sqlite3.Connection) -> None:
    """See that each document has a name and an update. Raises Damage, sqlite3.Error."""
    names = database.execute("SELECT id, CAST(key AS BLOB) FROM documents").fetchall()
    updates = database.execute("SELECT DISTINCT document FROM updates").fetchall()
    if {id_ for id_, _ in names} != {id_ for (id_,) in updates}:
        raise Damage("names of documents, or all updates of one, are missing")
    try:
        for _, name in names:
            name.decode()
    except UnicodeDecodeError as error:
        raise Damage("the name of a document isn't text") from error
