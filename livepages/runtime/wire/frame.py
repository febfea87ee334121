"""What is sent to tabs: text that is encoded once and framed once, for however many of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NewType

Frame = NewType("Frame", bytes)
"""A message as a whole WebSocket frame of a server, which is not masked (RFC 6455, 5.2)."""

TEXT_HEADER: Final = 0x81
"""The first byte of an unfragmented text frame (RFC 6455, 5.2)."""
BINARY_HEADER: Final = 0x82
"""That of an unfragmented binary frame."""
HEADER_LENGTHS: Final = MappingProxyType({126: 4, 127: 10})
"""Bytes of a frame's header by its second byte; two for all shorter frames."""


def frame_of(payload: bytes) -> Frame:
    """The frame of a message in UTF-8."""
    return _framed(TEXT_HEADER, payload)


def binary_frame_of(payload: bytes) -> Frame:
    """The frame of a message of bytes."""
    return _framed(BINARY_HEADER, payload)


def _framed(first: int, payload: bytes) -> Frame:
    size = len(payload)
    if size < 126:
        header = bytes((first, size))
    elif size < 65_536:
        header = bytes((first, 126)) + size.to_bytes(2)
    else:
        header = bytes((first, 127)) + size.to_bytes(8)
    return Frame(header + payload)


def message_of(frame: Frame) -> dict[str, str | bytes]:
    """The message in a frame, as ASGI has it."""
    if frame[0] == TEXT_HEADER:
        return {"type": "websocket.send", "text": text_of(frame)}
    return {"type": "websocket.send", "bytes": _payload_of(frame)}


def text_of(frame: Frame) -> str:
    """The text in a frame."""
    return _payload_of(frame).decode()


def _payload_of(frame: Frame) -> bytes:
    return frame[HEADER_LENGTHS.get(frame[1], 2) :]
