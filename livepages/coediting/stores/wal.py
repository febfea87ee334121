"""The log that SQLite writes beside a file: what stands in it, also where SQLite doesn't read it any more."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from livepages.coediting.stores.file import PAGE_BYTES, Damage, size_of

BYTE_ORDERS = MappingProxyType({0x377F0682: "<", 0x377F0683: ">"})
"""By the number that a log begins with: the order of bytes in which its checksums are made."""

HEADER_BYTES = 32
FRAME_BYTES = 24 + PAGE_BYTES


class Frame(NamedTuple):
    """A page as a transaction has left it, at a place in the log. The last of a transaction is a commit.

    Frames of the same round of the log have the same salt; those of the round before it may follow.
    """

    place: int
    page: int
    is_commit: bool
    salt: bytes


def frames_in(file: BinaryIO) -> Iterator[Frame]:
    """All complete frames of a log."""
    for place in range(HEADER_BYTES, file.seek(0, os.SEEK_END) - FRAME_BYTES + 1, FRAME_BYTES):
        file.seek(place)
        header = file.read(16)
        yield Frame(place, int.from_bytes(header[:4], "big"), any(header[4:8]), header[8:])


def is_header(header: bytes) -> bool:
    """Whether these bytes are a sound beginning of a log; SQLite takes a log with another one for empty."""
    order = BYTE_ORDERS.get(int.from_bytes(header[:4], "big"))
    if order is None or len(header) < HEADER_BYTES:
        return False
    words = struct.unpack(f"{order}6I", header[:24])
    first = second = 0
    for word, next_word in zip(words[::2], words[1::2], strict=True):
        first = (first + word + second) & 0xFFFFFFFF
        second = (second + next_word + first) & 0xFFFFFFFF
    return header[24:] == struct.pack(">2I", first, second)


def commits_after(wal: Path, frames: int) -> int:
    """How many transactions end after so many frames of a log. Raises Damage if its beginning isn't that of a log."""
    with wal.open("rb") as file:
        header = file.read(HEADER_BYTES)
        if not any(header):
            return 0
        if not is_header(header):
            raise Damage("the beginning of what was written last can't be read")
        salt = header[16:24]
        return sum(frame.is_commit and frame.salt == salt for frame in [*frames_in(file)][frames:])


def write_back(wal: Path, path: Path) -> None:
    """Write the pages of a log to a file, as SQLite would, but also those that it would not trust.

    Whoever reads the file must not trust them either. Raises OSError.
    """
    most_pages = (size_of(path) + size_of(wal)) // PAGE_BYTES
    with wal.open("rb") as log, path.open("r+b") as file:
        salt = log.read(HEADER_BYTES)[16:24]
        all_frames = list(frames_in(log))
        frames = [frame for frame in all_frames if frame.salt == salt]
        if not frames:
            frames = [frame for frame in all_frames if frame.salt == all_frames[0].salt]
        while frames and not frames[-1].is_commit:
            frames.pop()
        for frame in frames:
            if 0 < frame.page <= most_pages:
                log.seek(frame.place + FRAME_BYTES - PAGE_BYTES)
                file.seek((frame.page - 1) * PAGE_BYTES)
                file.write(log.read(PAGE_BYTES))
