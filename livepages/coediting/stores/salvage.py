"""What is still good in a damaged file of documents, and where the damaged file goes."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livepages.coediting.stores.changes import Change, Row, is_sound
from livepages.coediting.stores.file import (
    FAILURES,
    PAGE_BYTES,
    beside,
    connect,
    create,
    size_of,
    sync_file,
    sync_folder,
)
from livepages.coediting.stores.sizes import ROW_BYTES
from livepages.coediting.stores.wal import write_back
from livepages.coediting.stores.writer import MOST_BYTES, apply

log = logging.getLogger(__name__)

PROBES = 32
"""Into how many pieces a stretch of updates is cut of which nothing could be read from either end."""

NAMES = (
    "SELECT id, CAST(key AS BLOB) FROM documents NOT INDEXED ORDER BY id",
    "SELECT id, CAST(key AS BLOB) FROM documents NOT INDEXED ORDER BY id DESC",
    "SELECT id, CAST(key AS BLOB) FROM documents INDEXED BY documents_by_key WHERE key >= '' ORDER BY key",
    "SELECT id, CAST(key AS BLOB) FROM documents INDEXED BY documents_by_key WHERE key >= '' ORDER BY key DESC",
)
"""The names of documents, from both ends of both places where they stand."""

LARGEST = 2**63 - 1
"""The largest id that there can be."""

NAMED = 20
"""How many documents the log names at most."""


@dataclass(slots=True)
class Salvage:
    """What came over: how many documents and updates, and the names of documents that have lost something.

    `nameless` are documents of which only updates were found. Unless it `is_complete`, others may have lost something.
    """

    documents: int = 0
    updates: int = 0
    hurt: list[str] = field(default_factory=list)
    nameless: int = 0
    is_complete: bool = False

    def __str__(self) -> str:
        names = [repr(name) for name in self.hurt[:NAMED]]
        if more := len(self.hurt) - len(names) + self.nameless:
            names.append(f"{more} more")
        texts = [
            f"Documents that could be read and are in use again: {self.documents}, with {self.updates} updates.",
            f"Known to have lost something: {', '.join(names)}." if names else "",
            "" if self.is_complete else "Others may be lost or have lost something, as not all of it can be read.",
            "It isn't known that any has lost something." if self.is_complete and not names else "",
        ]
        return " ".join(filter(None, texts))


def replace_damaged(path: Path, wal: Path | None, problem: str) -> None:
    """Put a new store in place of a damaged one, with all of it that can be read, and report it.

    `wal` is a copy of the damaged store's log of SQLite, as opening the store may have changed that. The damaged files
    are kept beside. Raises sqlite3.Error and OSError if nothing can be written: then all is as it was.
    """
    log.warning("%s is damaged: %s. What can be read of it is brought into a new file.", path, problem)
    new = beside(path, ".new")
    create(new).close()
    with new.open("rb") as file:
        first_page = file.read(PAGE_BYTES)
    with closing(connect(new)) as database, copied(path, wal, first_page) as copy:
        database.execute("PRAGMA synchronous = OFF")  # it isn't the store yet, and is synced as a whole
        saved = salvage(copy, database) if copy is not None else Salvage()
    sync_file(new)
    aside = set_aside(path, wal)
    new.replace(path)
    sync_folder(path.parent)
    log.error("The file of documents %s was damaged: %s. It is kept as %s. %s", path, problem, aside, saved)


def set_aside(path: Path, wal: Path | None) -> Path:
    """Move the files of a store out of the way. Returns where the main one is now, or what there is of it."""
    stamp = f".damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    aside = beside(path, stamp)
    number = 1
    while any(beside(aside, suffix).exists() for suffix in ("", "-wal", "-shm")):
        number += 1
        aside = beside(path, f"{stamp}-{number}")
    if wal is not None:
        beside(path, "-wal").unlink(missing_ok=True)
        wal.replace(beside(aside, "-wal"))
    # The main one goes last: as long as it is there, the store is found to be damaged.
    for suffix in ("-shm", "-wal", ""):
        with suppress(FileNotFoundError):
            beside(path, suffix).rename(beside(aside, suffix))
    return aside if os.path.lexists(aside) else beside(aside, "-wal")


@contextmanager
def copied(path: Path, wal: Path | None, first_page: bytes) -> Iterator[Path | None]:
    """A copy of a damaged file to be read, as reading changes it; None for what isn't a file.

    Its first page, without which nothing can be read, is that of any store, but for how many pages the file has.
    """
    folder = path.with_name("documents.salvage")
    shutil.rmtree(folder, ignore_errors=True)
    if path.is_dir():
        yield None
        return
    folder.mkdir(mode=0o700)
    try:
        copy = folder / path.name
        if size_of(path):
            shutil.copyfile(path, copy)
        copy.touch()
        if wal is not None:
            write_back(wal, copy)
        with copy.open("r+b") as file:
            file.write(first_page[:28] + bytes(4) + first_page[32:])
        yield copy
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def salvage(damaged: Path, new: sqlite3.Connection) -> Salvage:
    """Bring all that can be read of a damaged file, and is as it was written, into a new store."""
    saved = Salvage()
    taken: set[int] = set()
    unwritten = 0
    new.execute("BEGIN IMMEDIATE")
    with closing(sqlite3.connect(damaged, isolation_level=None)) as old:
        # Without this, nothing is read of a file that is shorter than it should be.
        readable(old, "PRAGMA writable_schema = ON")
        names, has_all_names = names_in(old)
        for document, keys in names.items():
            rows, has_all_rows = rows_of(old, document)
            kept = 0
            for key in keys:
                good = [row for row in rows if row.id not in taken and is_sound(key, row)]
                if good:
                    change = Change(key, 0, good)
                    apply(new, change)
                    unwritten += change.size + ROW_BYTES * len(good)
                    taken.update(row.id for row in good)
                    saved.documents += 1
                    kept += len(good)
            if not has_all_rows or kept < len(rows) or not kept:
                saved.hurt.append(min(keys))
            # One transaction of all would make a log of SQLite that is as large as all.
            if unwritten > MOST_BYTES:
                new.execute("COMMIT")
                new.execute("BEGIN IMMEDIATE")
                unwritten = 0
        documents, has_all_documents = documents_in(old)
    new.execute("COMMIT")
    saved.updates = len(taken)
    saved.nameless = len(documents - names.keys())
    saved.is_complete = has_all_names and has_all_documents
    return saved


def readable(database: sqlite3.Connection, query: str, *values: object) -> tuple[list[Any], bool]:
    """What a query gives before the first error, and whether that is all."""
    found: list[Any] = []
    try:
        found.extend(database.execute(query, values))
    except (*FAILURES, OverflowError):
        return found, False
    return found, True


def names_in(database: sqlite3.Connection) -> tuple[dict[int, set[str]], bool]:
    """The names that each document may have, which is one unless the table and its index disagree.

    And whether those are all documents.
    """
    names: dict[int, set[str]] = {}
    has_all = False
    for query in NAMES:
        found, complete = readable(database, query)
        has_all = has_all or complete
        for id_, name in found:
            if isinstance(id_, int) and isinstance(name, bytes):
                names.setdefault(id_, set()).add(name.decode(errors="replace"))
    return names, has_all


def documents_in(database: sqlite3.Connection) -> tuple[set[object], bool]:
    """The documents that updates belong to, as far as they can be read, and whether those are all."""
    ascending, complete = readable(database, "SELECT DISTINCT document FROM updates ORDER BY document")
    descending, _ = readable(database, "SELECT DISTINCT document FROM updates ORDER BY document DESC")
    return {id_ for (id_,) in ascending + descending}, complete and ascending == descending[::-1]


def rows_of(database: sqlite3.Connection, document: int) -> tuple[list[Row], bool]:
    """The rows of a document that can be read, in order, and whether those are all."""
    query = "SELECT id, whole, crc, CAST(content AS BLOB) FROM updates WHERE document = ? AND id > ? AND id <= ?"
    ascending, complete = readable(database, f"{query} ORDER BY id", document, 0, LARGEST)
    descending, _ = readable(database, f"{query} ORDER BY id DESC", document, 0, LARGEST)
    # Where the order is damaged, either may end early without an error.
    if complete and ascending == descending[::-1]:
        return [as_row(row) for row in ascending], True
    first = ascending[-1][0] if ascending else 0
    last = descending[-1][0] if descending else first + PROBES
    rows = ascending + descending
    for probe in range(PROBES):
        bounds = (first + (last - first) * part // PROBES for part in (probe, probe + 1))
        rows += readable(database, f"{query} ORDER BY id", document, *bounds)[0]
    by_id = {row[0]: as_row(row) for row in rows}
    return [by_id[id_] for id_ in sorted(by_id)], False


def as_row(columns: tuple[Any, ...]) -> Row:
    """A row of a table that may hold anything."""
    id_, whole, crc, content = columns
    return Row(id_, bool(whole), crc, content)
