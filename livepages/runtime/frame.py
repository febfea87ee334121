"""What is sent to tabs: text that is encoded once and framed once, for however many of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

TEXT_HEADER: Final = 0x81
"""The first byte of an unfragmented text frame (RFC 6455, 5.2)."""
HEADER_LENGTHS: Final = MappingProxyType({126: 4, 127: 10})
"""Bytes of a frame's header by its second byte; two for all shorter frames."""


class Frame:
    """A message as `wire`, a WebSocket frame of a server, which is not masked (RFC 6455, 5.2)."""

    __slots__ = ("wire",)

    def __init__(self, payload: bytes) -> None:
        size = len(payload)
        if size < 126:
            self.wire = bytes((TEXT_HEADER, size)) + payload
        elif size < 65_536:
            self.wire = bytes((TEXT_HEADER, 126)) + size.to_bytes(2) + payload
        else:
            self.wire = bytes((TEXT_HEADER, 127)) + size.to_bytes(8) + payload

    def __len__(self) -> int:
        return len(self.wire)

    @property
    def text(self) -> str:
        """The message."""
        return self.wire[HEADER_LENGTHS.get(self.wire[1], 2) :].decode()
