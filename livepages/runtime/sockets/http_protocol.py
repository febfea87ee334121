"""uvicorn's HTTP protocol: a request's header has a limited time to come, and new sockets take their turn."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from livepages.runtime.sockets.door import Door

log = logging.getLogger(__name__)

HEADER_TIME = 10.0
"""Seconds from a connection, or a request's first byte, to the end of the request's header."""


class TimedProtocol(HttpToolsProtocol):
    """The protocol of one HTTP connection. Of itself uvicorn's waits for a header for ever."""

    def __init__(self, *args: Any, door: Door, **options: Any) -> None:
        super().__init__(*args, **options)
        self._door = door
        self._header_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(transport)
        self._wait_for_header()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._header_came()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._wait_for_header()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The last byte of a request's header."""
        self._header_came()
        super().on_headers_complete()

    def handle_websocket_upgrade(self) -> None:
        """A request for a socket has come."""
        self.transport.pause_reading()
        self._door.enter(self._upgrade)

    def _upgrade(self) -> None:
        if not self.transport.is_closing():
            super().handle_websocket_upgrade()
            self.transport.resume_reading()

    def _wait_for_header(self) -> None:
        if self._header_timer is None:
            self._header_timer = self.loop.call_later(HEADER_TIME, self._give_up)

    def _give_up(self) -> None:
        log.info("A connection is closed: no header came within %g seconds.", HEADER_TIME)
        self.transport.close()

    def _header_came(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None
