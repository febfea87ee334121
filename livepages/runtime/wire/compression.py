"""Texts in gzip's format, put together from parts that are compressed once."""

from __future__ import annotations

import zlib
from functools import cached_property
from typing import Final

LEVEL: Final = 6
START: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""The header of a gzip file: deflated, without name and time (RFC 1952, 2.3)."""
END: Final = b"\x03\x00"
"""A final block with nothing in it (RFC 1951, 3.2.6)."""
LONGEST_STORED: Final = 65_535


class Part:
    """A part of a text; it is compressed when that is first asked for."""

    def __init__(self, plain: bytes) -> None:
        self.plain = plain

    @cached_property
    def packed(self) -> bytes:
        """The part deflated, to be put between others: it ends with a byte and refers to nothing before it.

        That is what a full flush is for (zlib's manual, `deflate`).
        """
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        return packer.compress(self.plain) + packer.flush(zlib.Z_FULL_FLUSH)


class Stored(Part):
    """A short part that is not worth compressing: a stored block (RFC 1951, 3.2.4). At most 65,535 bytes."""

    @cached_property
    def packed(self) -> bytes:
        """The part as a block."""
        size = len(self.plain)
        return b"\x00" + size.to_bytes(2, "little") + (size ^ LONGEST_STORED).to_bytes(2, "little") + self.plain


class Compressible:
    """A text in parts, of which several texts may have the same."""

    __slots__ = ("_parts",)

    def __init__(self, *parts: Part) -> None:
        self._parts = parts

    @property
    def plain(self) -> bytes:
        """All of it."""
        return b"".join([part.plain for part in self._parts])

    @property
    def compressed(self) -> bytes:
        """All of it in gzip's format."""
        checksum = size = 0
        for part in self._parts:
            checksum = zlib.crc32(part.plain, checksum)
            size += len(part.plain)
        trailer = checksum.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
        return b"".join((START, *(part.packed for part in self._parts), END, trailer))
