"""uvicorn's WebSocket protocol with a direct way in and out: no queue, no task and no framing for each message.

An application finds the protocol of its socket in the ASGI scope, under `extensions`, and takes it over once the socket
is accepted. Applications that don't are served as ever.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Final, Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Opcode, apply_mask  # type: ignore[attr-defined] # in C where it can be
from websockets.frames import Frame as WebSocketFrame
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.streams import StreamReader

log = logging.getLogger(__name__)

EXTENSION = "livepages.direct"
"""The name of the protocol among the scope's extensions."""

HIGH_WATER = 256 * 1024
"""Bytes that wait in a transport before its other side counts as not reading."""


SHORT_TEXT: Final = 0x81
"""The first byte of a whole text message (RFC 6455, 5.2); the second, of a client's short one, is one of these."""
MASKED_LENGTHS: Final = range(0x80, 0xFE)


class Receiver(Protocol):
    """Who has taken over a socket."""

    def received(self, message: str | bytes) -> None:
        """A message has come: text, or the bytes of a binary one."""

    def paused(self) -> None:
        """The other side does not read: what is written now waits in memory."""

    def resumed(self) -> None:
        """The other side reads again."""

    def ending(self) -> None:
        """The closing handshake begins, or the connection is gone: nothing may be sent after this."""


class SansIO(ServerProtocol):
    """websockets' protocol, which also takes a close in the middle of a fragmented message.

    RFC 6455 allows that (5.4: control frames may stand between fragments), and Autobahn tests it (case 7.1.5).
    """

    def recv_frame(self, frame: WebSocketFrame) -> None:
        """Take in a frame."""
        if frame.opcode is Opcode.CLOSE:
            self.current_size = None
        super().recv_frame(frame)

    @property
    def is_between_messages(self) -> bool:
        """Whether all that has come is taken in, no message has begun, and more may come."""
        waiting: Any = self.parser
        while waiting.gi_yieldfrom is not None:
            waiting = waiting.gi_yieldfrom
        is_at_start: bool = waiting.gi_code is StreamReader.at_eof.__code__
        return is_at_start and self.current_size is None and self.state is State.OPEN


class DirectProtocol(WebSocketsSansIOProtocol):
    """The protocol of one socket."""

    receiver: Receiver | None = None
    _pongs = b""
    _is_between_messages = False
    _is_held = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.conn: SansIO = SansIO(max_size=self.config.ws_max_size, logger=logging.getLogger("uvicorn.error"))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The HTTP connection has become a WebSocket."""
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=HIGH_WATER)

    def handle_connect(self, event: Request) -> None:
        """The handshake; the application is started with the way to this protocol in its scope."""
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][EXTENSION] = {"protocol": self}

    # In

    def take_over(self, receiver: Receiver, longest: int | None = None) -> None:
        """Hand every message to `receiver` from now on, those that have come already first.

        `longest` is how many bytes they can have, if that is not what holds for all sockets.
        """
        self.receiver = receiver
        if longest is not None:
            self.conn.max_message_size = longest
        come = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        for message in come:
            if message["type"] != "websocket.receive":
                self.queue.put_nowait(message)
            elif not self.close_sent:
                receiver.received(payload(message))
        if self.read_paused:
            self.read_paused = False
            if not self._is_held:
                self.transport.resume_reading()

    def stop_reading(self) -> None:
        """Have nothing more come for now than what has been read; the answer to a ping would not be seen either."""
        self._is_held = True
        self.stop_keepalive()
        if not self.transport.is_closing():
            self.transport.pause_reading()

    def read_on(self) -> None:
        """Have more come again."""
        self._is_held = False
        if not self.transport.is_closing():
            self.transport.resume_reading()
            if self.writable.is_set() and not self.close_sent:
                self.start_keepalive()

    def data_received(self, data: bytes) -> None:
        """Something has come. Short messages, which is what events are, need no parser."""
        texts = short_texts(data) if self._is_between_messages and self.receiver is not None else []
        if not texts:
            super().data_received(data)
            self._is_between_messages = self.conn.is_between_messages
        for text in texts:
            if self.receiver is not None and not self.close_sent:
                self.receiver.received(text)

    def handle_cont(self, event: WebSocketFrame) -> None:
        """A fragment; empty ones, of which there can be any number, are not kept."""
        if event.data or event.fin:
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        """A whole message has come: to the receiver, or else into the application's queue."""
        is_text = self.curr_msg_data_type == "text"
        data = b"".join(self.frames)
        try:
            message = data.decode() if is_text else data
        except UnicodeDecodeError:
            self.frames = []
            self.conn.fail(CloseCode.INVALID_DATA, "a text message must be UTF-8")
            self.handle_parser_exception()
            return
        if self.receiver is None:
            super().send_receive_event_to_app()
        elif not self.close_sent:
            self.frames = []
            self.receiver.received(message)

    def handle_ping(self) -> None:
        """A ping. A side that does not read is answered when it does, and then only the last ones (RFC 6455, 5.5.3)."""
        pongs = b"".join(self.conn.data_to_send())
        if self.writable.is_set():
            self.transport.write(pongs)
        else:
            self._pongs = pongs or self._pongs

    # What goes wrong

    def handle_parser_exception(self) -> None:
        """What came is not WebSocket. Before the handshake is answered there is no way to say so."""
        self._end_receiver()
        failure = self.conn.close_sent
        if failure is None:
            self.transport.abort()
        else:
            if not self.close_sent:
                log.info("A socket is closed with %d: %s.", failure.code, failure.reason)
            super().handle_parser_exception()
            self._cut_later()

    def handle_close(self, event: WebSocketFrame) -> None:
        """The other side closes, or agrees to it."""
        self._end_receiver()
        super().handle_close(event)
        self._cut_later()

    def keepalive_timeout(self) -> None:
        """A ping was not answered."""
        if not self.close_sent and not self.transport.is_closing():
            log.info("A socket is cut: its other side does not answer.")
            self._end_receiver()
            super().keepalive_timeout()
            self.transport.abort()

    def _cut_later(self) -> None:
        """A closed side that does not take what was sent to it before is cut off after a while."""
        if self.close_timer is None:
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """The transport is gone."""
        self._end_receiver()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The server stops."""
        self._end_receiver()
        super().shutdown()

    def _end_receiver(self) -> None:
        if self.receiver is not None:
            self.receiver.ending()

    # Out

    def pause_writing(self) -> None:
        """The transport's buffer is full: its other side would not see a ping."""
        super().pause_writing()
        if self.receiver is not None:
            self.stop_keepalive()
            self.receiver.paused()

    def resume_writing(self) -> None:
        """The transport's buffer has room again."""
        super().resume_writing()
        self.transport.write(self._pongs)
        self._pongs = b""
        if self.receiver is not None:
            if not self._is_held:
                self.start_keepalive()
            self.receiver.resumed()

    def end(self, code: int, reason: str) -> None:
        """Begin the closing handshake, unless the other side has; one that does not answer in time is cut off."""
        if self.close_sent or self.transport.is_closing() or self.conn.state is not State.OPEN:
            return
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)


def short_texts(data: bytes) -> list[str]:
    """The texts of whole, short, masked messages (RFC 6455, 5.2); none if there is anything else in the data."""
    texts, start = [], 0
    while start < len(data):
        if len(data) < start + 6 or data[start] != SHORT_TEXT or data[start + 1] not in MASKED_LENGTHS:
            return []
        begin = start + 6
        end = begin + data[start + 1] - MASKED_LENGTHS.start
        if len(data) < end:
            return []
        try:
            texts.append(apply_mask(data[begin:end], data[start + 2 : begin]).decode())
        except UnicodeDecodeError:
            return []
        start = end
    return texts


def payload(message: Mapping[str, Any]) -> str | bytes:
    """What an ASGI message of a WebSocket holds: text, or the bytes of a binary one."""
    text: str | None = message.get("text")
    return text if text is not None else bytes(message["bytes"])
