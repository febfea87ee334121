"""How Yjs writes things as bytes: the encoding of lib0.

Source: lib0 0.2 (encoding.js, decoding.js). Numbers have seven bits a byte, the lowest first, and the eighth bit set on
all bytes but the last; texts and blocks of bytes come after their length.
"""

from __future__ import annotations

from typing import Final

SHIFTS: Final = range(0, 56, 7)
"""Where the bits of each byte of a number stand: client ids and clocks have at most 53, as JavaScript has them."""


class BadMessage(ValueError):
    """What came is not of the protocol. The text says what is wrong, as the end of a sentence."""


class Reader:
    """Reads numbers and blocks off some bytes. What is not there, or too large, raises BadMessage."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def at(self) -> int:
        """How many bytes have been read."""
        return self._at

    @property
    def left(self) -> int:
        """Bytes that are still to be read."""
        return len(self._data) - self._at

    def byte(self) -> int:
        """One byte."""
        if self._at >= len(self._data):
            raise BadMessage("it ends too early")
        self._at += 1
        return self._data[self._at - 1]

    def number(self) -> int:
        """A number that is not negative."""
        data, at, value = self._data, self._at, 0
        try:
            for shift in SHIFTS:
                byte = data[at]
                at += 1
                if byte < 0x80:
                    self._at = at
                    return value | byte << shift
                value |= (byte & 0x7F) << shift
        except IndexError:
            raise BadMessage("it ends too early") from None
        raise BadMessage("a number in it is too large")

    def count(self) -> int:
        """How many things follow, each of which takes a byte or more."""
        count = self.number()
        if count > self.left:
            raise BadMessage("it is shorter than it says")
        return count

    def skip(self, size: int) -> None:
        """Pass over some bytes."""
        if size > self.left:
            raise BadMessage("it is shorter than it says")
        self._at += size

    def block(self) -> bytes:
        """Bytes, or a text in UTF-8."""
        size = self.number()
        self.skip(size)
        return self._data[self._at - size : self._at]

    def skip_block(self) -> None:
        """Pass over bytes or a text."""
        self.skip(self.number())

    def end(self) -> None:
        """There is nothing more."""
        if self.left:
            raise BadMessage("there is something after its end")


def number(value: int) -> bytes:
    """A number as bytes."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def block(data: bytes) -> bytes:
    """Bytes, or a text in UTF-8, after their length."""
    return number(len(data)) + data
