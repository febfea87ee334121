"""How large documents are in a store: what a compaction left of each, and the log since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ROW_BYTES = 40
"""About what an update takes in a file beside its own bytes."""

LEAST_LOG = 16 * 1024
"""Bytes of log below which a compaction isn't worth it."""


@dataclass(slots=True)
class _Size:
    log: int = 0
    compacted: int = 0
    put_off: int = 0


class Sizes:
    """The sizes of all documents of a store, in bytes. A document is known while it has updates."""

    def __init__(self) -> None:
        self._sizes: dict[str, _Size] = {}

    def __len__(self) -> int:
        return len(self._sizes)

    def __contains__(self, key: str) -> bool:
        return key in self._sizes

    def append(self, key: str, size: int) -> None:
        """Count an update of so many bytes that was added to the log of a document."""
        self.add(key, size, 1, whole=False)

    def add(self, key: str, size: int, count: int, *, whole: bool) -> None:
        """Count so many updates of a document with so many bytes in all, left by a compaction or of the log."""
        found = self._sizes.get(key)
        if found is None:
            found = self._sizes[key] = _Size()
        if whole:
            found.compacted += size
        else:
            found.log += size + count * ROW_BYTES

    def measure(self, key: str, updates: Iterable[tuple[bool, int]]) -> None:
        """Count a document anew: for each of its updates, whether a compaction left it, and its bytes."""
        self._sizes.pop(key, None)
        for whole, length in updates:
            self.add(key, length, 1, whole=whole)

    def put_off(self, key: str) -> None:
        """Have a compaction that failed tried again only when the log has grown by another 16 KiB."""
        found = self._sizes.get(key)
        if found is not None:
            found.put_off = found.log + LEAST_LOG

    def log(self, key: str) -> int:
        """Bytes of the log of a document, 0 if it isn't there."""
        found = self._sizes.get(key)
        return found.log if found else 0

    def compacted(self, key: str) -> int:
        """Bytes of what the last compaction of a document left, 0 if there was none."""
        found = self._sizes.get(key)
        return found.compacted if found else 0

    def needs_compaction(self, key: str) -> bool:
        """Whether the log of a document is larger than what its last compaction left, and worth it."""
        found = self._sizes.get(key)
        return found is not None and found.log > found.compacted and found.log >= max(LEAST_LOG, found.put_off)
