"""Serves an application with uvicorn: on a port that is free, until a signal ends it."""

from __future__ import annotations

import asyncio
import errno
import gc
import logging
import os
import socket
import threading
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import cast

import uvicorn
from starlette.applications import Starlette

from livepages.runtime.sockets.direct_protocol import DirectProtocol
from livepages.runtime.sockets.door import Door
from livepages.runtime.sockets.http_protocol import TimedProtocol

log = logging.getLogger(__name__)

MAX_MESSAGE = 1024 * 1024
"""Bytes of a message from a tab, at the most."""
GRACE = 0.3
"""Seconds that open connections have to end when the server stops; then they are cut."""
PATIENCE = 3.0
"""Seconds after a signal in which everything has to end; then the process does, whatever is still at work."""


GARBAGE_THRESHOLD = 20_000
"""Objects that are made, beyond those that go, before the garbage collector looks for cycles among the young."""


class PortInUse(OSError):
    """The address can't be listened on; the text says why."""


class Server(uvicorn.Server):
    """uvicorn's server, which says when it is listening, and ends soon and quietly at a signal.

    The application's lifespan is run around uvicorn, so that what a startup handler raises reaches the caller as it
    is, and so that a signal during a long startup interrupts it.
    """

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Run the application from its startup to its shutdown."""
        app = self.config.app
        assert isinstance(app, Starlette), "configure() takes nothing else"
        async with app.router.lifespan_context(app):
            await super().serve(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close all connections; those that don't close in time, such as a tab's that does not read, are cut."""
        asyncio.get_running_loop().call_later(GRACE, self._cut)
        await super().shutdown(sockets)

    def _cut(self) -> None:
        for connection in self.server_state.connections:
            connection.transport.abort()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal ends the server; unlike uvicorn's, it is not raised again after that."""
        self.force_exit = self.should_exit
        self.should_exit = True
        watchdog = threading.Timer(PATIENCE, _give_up, (sig,))
        watchdog.daemon = True
        watchdog.start()


def _give_up(sig: int) -> None:
    """End the process although something in it holds on: a handler that blocks, or a task that won't be cancelled."""
    log.error("Something in the site did not end within %g seconds; it is left behind.", PATIENCE)
    os._exit(128 + sig)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on an address; port 0 picks a free one. Raises PortInUse with a sentence."""
    listener = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except (OSError, UnicodeError) as error:
        if listener is not None:
            listener.close()
        raise PortInUse(_why(host, port, error)) from None
    return listener


def _why(host: str, port: int, error: OSError | UnicodeError) -> str:
    """Why an address can't be listened on, as a sentence with what to do."""
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return f"Port {port} of {host} is in use; choose another with --port, or 0 for a free one."
    if number == errno.EACCES:
        return f"Port {port} of {host} needs more rights; choose one above 1023."
    if isinstance(error, socket.gaierror | UnicodeError):
        return f"There is no host {host!r}; use 127.0.0.1 for this machine only, 0.0.0.0 for its whole network."
    if number == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine; use 127.0.0.1 or 0.0.0.0."
    return f"{host}:{port} can't be listened on: {error.strerror}."


def configure(app: Starlette, *, log_level: str) -> uvicorn.Config:
    """How uvicorn serves an application; `log_level` is that of its own messages.

    The lifespan is off because `Server` runs it.
    """
    return uvicorn.Config(
        app,
        http=cast(type[asyncio.Protocol], partial(TimedProtocol, door=Door())),
        ws=DirectProtocol,
        ws_max_size=MAX_MESSAGE,
        ws_per_message_deflate=False,
        log_level=log_level,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=1,
    )


def serve(app: Starlette, listener: socket.socket, *, log_level: str, listening: Callable[[], None]) -> None:
    """Serve until a signal ends it; `listening` is called once the site can be opened.

    Raises what the application's startup raises, and KeyboardInterrupt when a signal interrupts it.
    """

    def ready() -> None:
        settle_garbage()
        listening()

    Server(configure(app, log_level=log_level), ready).run(sockets=[listener])


def settle_garbage() -> None:
    """Have the garbage collector leave alone what was made until now, and look less often at what comes.

    A page is made of hundreds of objects, hardly any of them in cycles: at the usual threshold, looking for cycles
    takes half of the time that making a page does.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD, 20, 50)
