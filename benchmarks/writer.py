"""A Yjs client for load: it writes updates byte by byte, and takes the time of those that it hears."""

from __future__ import annotations

import time

from picows import WSFrame, WSMsgType, WSTransport

from benchmarks.tab import Deliveries, Tab


class Writer(Tab):
    """A Yjs client of one document that writes at its end, and hears what others write. `client` is its number.

    Its messages are those of y-protocols: their first byte is 0, the second says whether the rest is a question, the
    answer, or an update. An update has here one item of one client, with the client's clock at its beginning.
    """

    def __init__(self, deliveries: Deliveries, client: int, sent: dict[tuple[int, int], int]) -> None:
        super().__init__(deliveries)
        self.client = client
        self._sent = sent
        self._clock = 0
        self.after: tuple[int, int] | None = None

    def greet(self) -> None:
        self._tell(b"\x00\x00\x01\x00")  # what is there, for one who has nothing

    def _tell(self, message: bytes) -> None:
        assert self.transport is not None, "the socket is open"
        self.transport.send(WSMsgType.BINARY, message)

    def write(self, text: str = "x") -> None:
        """Write a text before the document's last line break, after `after`, which is then the end of that text."""
        origin = b"".join(map(_number, self.after or ()))
        item = bytes((0xC4 if origin else 0x44,)) + origin + b"\x01\x00" + _number(len(text)) + text.encode()
        self._change(1, item)
        self._clock += len(text)
        self.after = self.client, self._clock - 1

    def write_backwards(self, count: int) -> None:
        """Write letters of which each stands before the one before: no two of them are one piece for Yjs."""
        own = _number(self.client)
        later = b"".join(b"\x44" + own + _number(n) + b"\x01x" for n in range(count - 1))
        self._change(count, b"\x44\x01\x00\x01x" + later, is_timed=False)
        self._clock += count

    def _change(self, count: int, items: bytes, *, is_timed: bool = True) -> None:
        """Send an update of so many items; a long one arrives in parts, and is not timed."""
        update = b"\x01" + _number(count) + _number(self.client) + _number(self._clock) + items + b"\x00"
        if is_timed:
            self._sent[self.client, self._clock] = time.monotonic_ns()
        self._tell(b"\x00\x02" + _number(len(update)) + update)

    async def press(self) -> None:
        """Write one character."""
        self.write()

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        arrived = time.monotonic_ns()
        if frame.msg_type != WSMsgType.BINARY:
            super().on_ws_frame(transport, frame)
            return
        message = frame.get_payload_as_bytes()
        if message.startswith(b"\x00\x02"):
            sent = self._sent.get(_item_of(message))
            if sent is not None:
                self.deliveries.arrived(arrived - sent)
        elif message.startswith(b"\x00\x01"):
            self.is_live()
        elif not message.startswith(b"\x00\x00"):
            self.refuse(message)


def _number(value: int) -> bytes:
    """A number as Yjs writes it: seven bits a byte, the lowest first."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def _item_of(message: bytes) -> tuple[int, int]:
    """The client and the clock of the first item in an update."""
    at = 2
    for _ in ("its length", "clients", "items"):
        _, at = _read(message, at)
    client, at = _read(message, at)
    clock, _ = _read(message, at)
    return client, clock


def _read(message: bytes, at: int) -> tuple[int, int]:
    """A number in a message, and where it ends."""
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
