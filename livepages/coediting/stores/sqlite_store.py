"""The store of documents on disk: an append-only log of updates in SQLite, written by a thread of its own."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from livepages.coediting.stores.changes import Change, Row, checksum, is_sound, rows_after
from livepages.coediting.stores.file import PATIENCE
from livepages.coediting.stores.files import StoreFiles
from livepages.coediting.stores.store import Done, StoreError
from livepages.coediting.stores.writer import Writer

log = logging.getLogger(__name__)

MOST_WAITING = 64 * 1024 * 1024
"""Bytes of updates that may wait for a disk that is too slow; more are refused."""


@dataclass(slots=True)
class _Settling:
    """Who waits for the news of an update, and what went wrong with one before it."""

    last: int
    done: Done
    error: StoreError | None = None


class SqliteStore:
    """The documents in `documents.sqlite` in a folder, for this process alone.

    Updates are written by a thread, those that wait together in one transaction, and reported in `loop` once they are
    synced to the disk. A folder that isn't there is made. A damaged file is kept beside as
    `documents.sqlite.damaged-YYYYMMDD-HHMMSS` and reported, and what can be read of it is in use again.

    Raises StoreInUse if another process still has the folder after `patience` seconds, StoreError if the folder can't
    be made or written, or if the documents can't be read or were written by a newer version.
    """

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop, patience: float = PATIENCE) -> None:
        self._loop = loop
        self._files = StoreFiles(folder, patience)
        try:
            self._sizes, self._last_id = self._files.measure()
        except BaseException:
            self._files.close()
            raise
        self._waiting: dict[str, deque[Change]] = {}
        self._waiting_bytes = 0
        self._unreported: dict[str, int] = {}
        self._settling: dict[str, deque[_Settling]] = {}
        self._closed: asyncio.Future[None] | None = None
        self._writer = Writer(self._files.writing, self._files.path, self._report)
        self._writer.start()

    # Reading

    def load(self, key: str) -> list[bytes]:
        """The updates of a document in order, also those that are not durable yet; [] for one that isn't there.

        An update whose checksum is wrong is set aside and reported, and the others are given. Raises DocumentDamaged
        for a document that can't be read because of damage, StoreError if it can't be read for now.
        """
        rows = self._rows(key)
        sound = [row.content for row in rows if is_sound(key, row)]
        if len(sound) < len(rows):
            self.set_aside(key, f"the checksum of {len(rows) - len(sound)} updates is wrong", sound)
        return sound

    def has(self, key: str) -> bool:
        """Whether a document is there."""
        return key in self._sizes

    def count(self) -> int:
        """How many documents there are."""
        return len(self._sizes)

    def log_size(self, key: str) -> int:
        """Bytes of the updates of a document since its last compaction, with 40 more for each."""
        return self._sizes.log(key)

    def compacted_size(self, key: str) -> int:
        """Bytes of the update that the last compaction of a document left, 0 if there was none."""
        return self._sizes.compacted(key)

    def needs_compaction(self, key: str) -> bool:
        """Whether the log of a document is larger than its last compaction left it, and at least 16 KiB."""
        return self._sizes.needs_compaction(key)

    def _rows(self, key: str) -> list[Row]:
        if self._closed is not None:
            raise StoreError(f"The document {key!r} can't be read: the store of documents is closed.")
        return rows_after(self._files.rows(key), self._waiting.get(key, ()))

    # Changing

    def append(self, key: str, update: bytes, done: Done) -> None:
        """Add an update to a document. `done` hears when it is durable, or of a StoreError: then it isn't there.

        When 64 MiB wait for the disk already, or the store is closed, that is a StoreError before anything that waits.
        """
        refusal = ""
        if self._closed is not None:
            refusal = "the store of documents is closed"
        elif self._waiting_bytes + len(update) > MOST_WAITING:
            refusal = "the disk is too slow for all that waits"
        if refusal:
            self._loop.call_soon(done, StoreError(f"An update of the document {key!r} can't be kept: {refusal}."))
            return
        change = self._change(key, [(False, update)], done=done)
        self._sizes.append(key, len(update))
        self._unreported[key] = change.id
        self._put(change)

    def settled(self, key: str, done: Done) -> None:
        """Have `done` called when all that was appended to a document so far is durable; now if nothing waits.

        It hears of the StoreError if one of the updates that wait fails.
        """
        last = self._unreported.get(key)
        if last is None:
            done(None)
        else:
            self._settling.setdefault(key, deque()).append(_Settling(last, done))

    def compact(self, key: str, whole: bytes) -> None:
        """Replace all that was appended to a document so far by one update that holds all of it.

        If that fails, the log stays as it is, and `needs_compaction` asks again when it has grown by another 16 KiB.
        """
        self._replace(key, [(True, whole)])

    def set_aside(self, key: str, reason: str, keep: Sequence[bytes]) -> None:
        """Take all updates of a document out of use but those of `keep`, and report it.

        All that it had are kept in the table `damaged` for people to look at. If `keep` is empty, so is the document.
        """
        self._replace(key, [(False, update) for update in keep], reason or "no reason was given")
        log.error(
            "The document %r was damaged: %s. %d of its updates are still in use; all that it had are kept in the "
            'table "damaged" of %s.',
            *(key, reason, len(keep), self._files.path),
        )

    def forget(self, key: str) -> None:
        """Delete a document for good."""
        if self.has(key):
            self._replace(key, [])

    def _replace(self, key: str, updates: Sequence[tuple[bool, bytes]], reason: str = "") -> None:
        """Put updates in place of all that a document has."""
        if self._closed is None:
            self._sizes.measure(key, ((whole, len(content)) for whole, content in updates))
            self._put(self._change(key, updates, replaces=True, reason=reason))

    def _change(
        self,
        key: str,
        updates: Sequence[tuple[bool, bytes]],
        *,
        replaces: bool = False,
        reason: str = "",
        done: Done | None = None,
    ) -> Change:
        """A change with ids that are larger than all before, of which one is its own even if it has no rows."""
        first = self._last_id + 1
        self._last_id += max(len(updates), 1)
        rows = [
            Row(id_, whole, checksum(key, id_, content), content)
            for id_, (whole, content) in enumerate(updates, start=first)
        ]
        return Change(key, first, rows, replaces, reason, done)

    def _put(self, change: Change) -> None:
        self._waiting.setdefault(change.key, deque()).append(change)
        self._waiting_bytes += change.size
        self._writer.put(change)

    # News

    def _report(self, changes: list[Change], error: StoreError | None) -> None:
        # Where the loop is closed, nobody is left to hear of it.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._reported, changes, error)

    def _reported(self, changes: list[Change], error: StoreError | None) -> None:
        for change in changes:
            waiting = self._waiting[change.key]
            waiting.popleft()
            if not waiting:
                del self._waiting[change.key]
            self._waiting_bytes -= change.size
        if error is not None:
            self._undo_sizes(changes)
        for change in changes:
            if change.done is not None:
                tell(change.done, error)
                self._settle(change, error)

    def _undo_sizes(self, changes: list[Change]) -> None:
        """Count the documents anew whose changes have failed."""
        for key in {change.key: None for change in changes}:
            # If it can't be read either, the size is only what it would have been.
            with suppress(StoreError):
                self._sizes.measure(key, ((row.whole, len(row.content)) for row in self._rows(key)))
        for change in changes:
            if change.replaces:
                self._sizes.put_off(change.key)

    def _settle(self, change: Change, error: StoreError | None) -> None:
        """Tell those who wait for an update that was appended."""
        key = change.key
        if self._unreported.get(key) == change.id:
            del self._unreported[key]
        settling = self._settling.get(key)
        if settling is None:
            return
        if error is not None:
            for each in settling:
                each.error = each.error or error
        while settling and settling[0].last <= change.id:
            each = settling.popleft()
            tell(each.done, each.error)
        if not settling:
            self._settling.pop(key, None)

    # The end

    async def close(self) -> None:
        """Make all durable and give the folder back. Each `done` that waits has been called then."""
        if self._closed is None:
            self._writer.stop()
            self._closed = self._loop.run_in_executor(None, self._end)
        await asyncio.shield(self._closed)

    def _end(self) -> None:
        self._writer.join()
        self._files.close()


def tell(done: Done, error: StoreError | None) -> None:
    """Call what waits for news; what goes wrong there is none of the others' business."""
    try:
        done(error)
    except Exception:
        log.exception("What was to follow the saving of a document failed.")
