"""What is sent to tabs: text that is encoded once and framed once, for however many of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NewType

Frame = NewType("Frame", bytes)
"""A message as a whole WebSocket frame of a server, which is not masked (RFC 6455, 5.2)."""

TEXT_HEADER: Final = 0x81
"""The first byte of an unfragmented text frame (RFC 6455, 5.2)."""
HEADER_LENGTHS: Final = MappingProxyType({126: 4, 127: 10})
"""Bytes of a frame's header by its second byte; two for all shorter frames."""


def frame_of(payload: bytes) -> Frame:
    """The frame of a message in UTF-8."""
    size = len(payload)
    if size < 126:
        header = bytes((TEXT_HEADER, size))
    elif size < 65_536:
        header = bytes((TEXT_HEADER, 126)) + size.to_bytes(2)
    else:
        header = bytes((TEXT_HEADER, 127)) + size.to_bytes(8)
    return Frame(header + payload)


def text_of(frame: Frame) -> str:
    """The message in a frame."""
    return frame[HEADER_LENGTHS.get(frame[1], 2) :].decode()
