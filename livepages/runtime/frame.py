"""What is sent to tabs: text that is encoded once and framed once, for however many of them."""

from __future__ import annotations

from functools import cached_property

TEXT_HEADER = 0x81
"""The first byte of an unfragmented text frame (RFC 6455, 5.2)."""


class Frame(bytes):
    """A message as UTF-8 JSON. `wire` is the same as a WebSocket frame; it is made when it is first asked for."""

    @cached_property
    def wire(self) -> bytes:
        """The message with the header of a server's text frame, which is not masked (RFC 6455, 5.2)."""
        size = len(self)
        if size < 126:
            return bytes((TEXT_HEADER, size)) + self
        if size < 65_536:
            return bytes((TEXT_HEADER, 126)) + size.to_bytes(2) + self
        return bytes((TEXT_HEADER, 127)) + size.to_bytes(8) + self
