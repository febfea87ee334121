"""What is to be changed in the stored rows of a document, and how they are after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

from livepages.coediting.stores.store import Done


class Row(NamedTuple):
    """An update as it is stored. `whole` tells what a compaction left from what was appended."""

    id: int
    whole: bool
    crc: int
    content: bytes


@dataclass(slots=True, frozen=True, eq=False)
class Change:
    """New rows of a document. Ids grow with the time at which changes were asked for.

    Those of a change that `replaces` stand for all rows of the document with ids smaller than its own. Where it
    has a `reason`, the rows that are replaced are kept as damaged ones.
    """

    key: str
    id: int
    rows: Sequence[Row]
    replaces: bool = False
    reason: str = ""
    done: Done | None = None

    @property
    def size(self) -> int:
        """Bytes of its updates."""
        return sum(len(row.content) for row in self.rows)


def checksum(key: str, id_: int, content: bytes) -> int:
    """The number by which damage to an update is found, or to whose and at which place it is."""
    return crc32(content, crc32(f"{id_} {key}".encode()))


def is_sound(key: str, row: Row) -> bool:
    """Whether a row that was read is as it was written for a document."""
    return isinstance(row.content, bytes) and checksum(key, row.id, row.content) == row.crc


def rows_after(rows: Iterable[Row], changes: Iterable[Change]) -> list[Row]:
    """The rows of a document after changes of it, whether or not `rows` already shows some of these."""
    by_id = {row.id: row for row in rows}
    for change in changes:
        if change.replaces:
            by_id = {id_: row for id_, row in by_id.items() if id_ >= change.id}
        by_id.update((row.id, row) for row in change.rows)
    return [by_id[id_] for id_ in sorted(by_id)]
