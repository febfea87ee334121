"""uvicorn's WebSocket protocol with a direct way in and out: no queue, no task and no framing for each message.

An application finds the protocol of its socket in the ASGI scope, under `extensions`, and takes it over once the socket
is accepted. Applications that don't are served as ever.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode, Opcode
from websockets.frames import Frame as WebSocketFrame
from websockets.http11 import Request
from websockets.server import ServerProtocol

EXTENSION = "livepages.direct"
"""The name of the protocol among the scope's extensions."""

HIGH_WATER = 256 * 1024
"""Bytes that wait in a transport before its other side counts as not reading."""


class Receiver(Protocol):
    """Who has taken over a socket."""

    def received(self, message: str) -> None:
        """A text message has come."""

    def paused(self) -> None:
        """The other side does not read: what is written now waits in memory."""

    def resumed(self) -> None:
        """The other side reads again."""


class SansIO(ServerProtocol):
    """websockets' protocol, which also takes a close in the middle of a fragmented message.

    RFC 6455 allows that (5.4: control frames may stand between fragments), and Autobahn tests it (case 7.1.5).
    """

    def recv_frame(self, frame: WebSocketFrame) -> None:
        """Take in a frame."""
        if frame.opcode is Opcode.CLOSE:
            self.current_size = None
        super().recv_frame(frame)


class DirectProtocol(WebSocketsSansIOProtocol):
    """The protocol of one socket."""

    receiver: Receiver | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.conn = SansIO(max_size=self.config.ws_max_size, logger=logging.getLogger("uvicorn.error"))

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

    def take_over(self, receiver: Receiver) -> None:
        """Hand every text message to `receiver` from now on, those that have come already first."""
        self.receiver = receiver
        kept = []
        while not self.queue.empty():
            message = self.queue.get_nowait()
            if message["type"] == "websocket.receive" and isinstance(text := message.get("text"), str):
                receiver.received(text)
            else:
                kept.append(message)
        for message in kept:
            self.queue.put_nowait(message)
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    def send_receive_event_to_app(self) -> None:
        """A whole message has come: to the receiver, or else into the application's queue."""
        is_text = self.curr_msg_data_type == "text"
        try:
            text = b"".join(self.frames).decode() if is_text else ""
        except UnicodeDecodeError:
            self.frames = []
            self.conn.fail(CloseCode.INVALID_DATA, "a text message must be UTF-8")
            self.handle_parser_exception()
            return
        if self.receiver is None or not is_text:
            super().send_receive_event_to_app()
        elif not self.close_sent:
            self.frames = []
            self.receiver.received(text)

    # Out

    def write(self, frame: bytes) -> None:
        """Write a frame that is ready for the wire."""
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(frame)

    def pause_writing(self) -> None:
        """The transport's buffer is full."""
        super().pause_writing()
        if self.receiver is not None:
            self.receiver.paused()

    def resume_writing(self) -> None:
        """The transport's buffer has room again."""
        super().resume_writing()
        if self.receiver is not None:
            self.receiver.resumed()

    def end(self, code: int, reason: str) -> None:
        """Begin the closing handshake; a side that does not answer it in time is cut off."""
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)
