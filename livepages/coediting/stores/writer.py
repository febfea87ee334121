"""The thread that writes documents to disk: all that waits in one transaction, then the news of it."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from livepages.coediting.stores.changes import Change
from livepages.coediting.stores.store import StoreError

log = logging.getLogger(__name__)

MOST_CHANGES = 1_000
MOST_BYTES = 8 * 1024 * 1024
"""What one transaction takes at most."""

Report = Callable[[list[Change], StoreError | None], None]
"""Is told, in the thread of the writer, of changes that are durable, or of why none of them is."""


class Writer:
    """Writes changes in the order in which they come. Nobody else uses its connection until it has ended."""

    def __init__(self, database: sqlite3.Connection, path: Path, report: Report) -> None:
        self._database = database
        self._path = path
        self._report = report
        self._queue: SimpleQueue[Change | None] = SimpleQueue()
        self._failing = False
        # A daemon, as a process that ends without closing its store must not hang: what was reported is on disk.
        self._thread = Thread(target=self._run, name="livepages-documents", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def put(self, change: Change) -> None:
        """Have a change written, without waiting."""
        self._queue.put(change)

    def stop(self) -> None:
        """End after all that was put."""
        self._queue.put(None)

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    def _run(self) -> None:
        # Each batch is gone before the next is waited for: it leads to documents, which may be large.
        while self._write_batch():
            pass

    def _write_batch(self) -> bool:
        """Write what comes next. Returns whether that was not the last."""
        batch = self._take()
        changes = [change for change in batch if change is not None]
        for group in transactions(changes):
            self._report(group, self._write(group))
        if any(change.replaces for change in changes):
            self._tidy()
        return batch[-1] is not None

    def _take(self) -> list[Change | None]:
        """Wait for a change, then take all that wait; None is the last of all."""
        batch: list[Change | None] = []
        size = 0
        while len(batch) < MOST_CHANGES and size < MOST_BYTES:
            try:
                change = self._queue.get(block=not batch)
            except Empty:
                break
            batch.append(change)
            if change is None:
                break
            size += change.size
        return batch

    def _write(self, changes: list[Change]) -> StoreError | None:
        """Write changes in one transaction. Returns why that failed: then none of them is written."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            for change in changes:
                apply(self._database, change)
            self._database.execute("COMMIT")
        except Exception as error:
            self._roll_back()
            return self._failed(error)
        if self._failing:
            self._failing = False
            log.warning("Documents can be written to %s again.", self._path)
        return None

    def _roll_back(self) -> None:
        if self._database.in_transaction:
            # If even that fails, so does the next transaction, which rolls back again.
            with suppress(sqlite3.Error):
                self._database.rollback()

    def _failed(self, error: Exception) -> StoreError:
        text = (
            f"Documents can't be written to {self._path}: {error}. "
            "See that the disk has room and can be written; what is changed next is tried again."
        )
        if not self._failing:
            self._failing = True
            log.error("%s", text)
        failure = StoreError(text)
        failure.__cause__ = error
        return failure

    def _tidy(self) -> None:
        """Give back to the disk what a change has freed."""
        try:
            # Each step frees a page and gives a row without columns, after which `execute` would end it.
            self._database.executescript("PRAGMA incremental_vacuum")
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            log.warning("%s could not be made smaller: %s.", self._path, error)


def transactions(changes: list[Change]) -> Iterator[list[Change]]:
    """What is written together: neighbours that only add rows.

    Others need much room on the disk, and if there is none, no update may fail with them.
    """
    for replaces, group in groupby(changes, lambda change: change.replaces):
        if replaces:
            yield from ([change] for change in group)
        else:
            yield list(group)


def apply(database: sqlite3.Connection, change: Change) -> None:
    """Make a change in an open transaction. Raises sqlite3.Error."""
    key = change.key
    if change.reason:
        database.execute(
            "INSERT INTO damaged (key, time, reason, id, whole, crc, content)"
            " SELECT documents.key, ?, ?, updates.id, whole, crc, content"
            " FROM updates JOIN documents ON documents.id = document WHERE documents.key = ? AND updates.id < ?",
            (time.strftime("%Y-%m-%d %H:%M:%S"), change.reason, key, change.id),
        )
    if change.replaces:
        database.execute(
            "DELETE FROM updates WHERE document = (SELECT id FROM documents WHERE key = ?) AND id < ?", (key, change.id)
        )
        if not change.rows:
            database.execute("DELETE FROM documents WHERE key = ?", (key,))
    if change.rows:
        database.execute("INSERT OR IGNORE INTO documents (key) VALUES (?)", (key,))
        (document,) = database.execute("SELECT id FROM documents WHERE key = ?", (key,)).fetchone()
        database.executemany(
            "INSERT INTO updates (document, id, whole, crc, content) VALUES (?, ?, ?, ?, ?)",
            [(document, *row) for row in change.rows],
        )
