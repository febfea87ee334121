"""The files of a store while it is open: the lock, who writes, and what is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from livepages.coediting.stores.changes import Row
from livepages.coediting.stores.file import FAILURES, FILE, connect, is_corruption, lock, make_folder
from livepages.coediting.stores.opening import open_store
from livepages.coediting.stores.sizes import Sizes
from livepages.coediting.stores.store import DocumentDamaged, StoreError

NAMES = "SELECT id, CAST(key AS BLOB) FROM documents"
TOTALS = (
    "SELECT document, max(id), total((whole <> 0) * length(content)), total(whole <> 0),"
    " total((whole = 0) * length(content)), total(whole = 0) FROM updates GROUP BY document"
)
ROWS = (
    "SELECT updates.id, whole, crc, CAST(content AS BLOB) FROM updates JOIN documents ON documents.id = document"
    " WHERE documents.key = ? ORDER BY updates.id"
)


class StoreFiles:
    """Takes a folder and opens the documents in it. `writing` is the connection to write with; reads don't wait for it.

    Raises StoreError, and StoreInUse after `patience` seconds.
    """

    def __init__(self, folder: Path, patience: float) -> None:
        self.path = folder / FILE
        make_folder(folder)
        with ExitStack() as opened:
            opened.callback(lock(folder, patience).close)
            self.writing = open_store(self.path)
            opened.callback(self.writing.close)
            with self._reads("The documents"):
                self._reading = connect(self.path)
            opened.callback(self._reading.close)
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Give the files back, the lock last. Can be called in any thread."""
        self._opened.close()

    def measure(self) -> tuple[Sizes, int]:
        """The sizes of all documents, and the largest id of an update. Raises StoreError."""
        with self._reads("The documents"):
            names = dict(self._reading.execute(NAMES).fetchall())
            totals = self._reading.execute(TOTALS).fetchall()
        sizes = Sizes()
        for document, _, compacted, wholes, log, updates in totals:
            key = names[document].decode()
            sizes.add(key, int(compacted), int(wholes), whole=True)
            sizes.add(key, int(log), int(updates), whole=False)
        return sizes, max((last for _, last, *_ in totals), default=0)

    def rows(self, key: str) -> list[Row]:
        """The rows of a document as they are on disk. Raises DocumentDamaged, StoreError."""
        with self._reads(f"The document {key!r}"):
            return [Row(*row) for row in self._reading.execute(ROWS, (key,))]

    @contextmanager
    def _reads(self, what: str) -> Iterator[None]:
        try:
            yield
        except FAILURES as error:
            if is_corruption(error):
                raise DocumentDamaged(
                    f"{what} can't be read, as {self.path} is damaged: {error}. "
                    "Start livepages anew: it keeps the damaged file aside and uses what can still be read of it."
                ) from error
            raise StoreError(f"{what} can't be read from {self.path} for now: {error}.") from error
