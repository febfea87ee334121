"""Serves an application with uvicorn: on a port that is free, until Ctrl-C."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

MAX_MESSAGE = 1024 * 1024
"""Bytes of a message from a tab, at the most."""
GRACE = 2
"""Seconds that open requests have to end when the server stops."""


class PortInUse(OSError):
    """The address can't be listened on; the text says why."""


class Server(uvicorn.Server):
    """uvicorn's server, which says when it is listening."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._listening()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on an address; port 0 picks a free one. Raises PortInUse with a sentence."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(
                f"Port {port} of {host} is in use; choose another with --port, or 0 for a free one."
            ) from None
        if error.errno == errno.EACCES:
            raise PortInUse(f"Port {port} of {host} needs more rights; choose one above 1023.") from None
        raise PortInUse(f"{host}:{port} can't be listened on: {error.strerror}.") from None
    return listener


def serve(app: ASGIApp, listener: socket.socket, *, log_level: str, listening: Callable[[], None]) -> None:
    """Serve until a signal ends it; `listening` is called once the site can be opened."""
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=MAX_MESSAGE,
        ws_per_message_deflate=False,
        log_level=log_level,
        log_config=None,
        access_log=False,
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    Server(config, listening).run(sockets=[listener])
