"""What is said over one socket: a hello, then events; the limits that hold for it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

import msgspec

from livepages.runtime.hub.dispatch import Dispatcher, refuse
from livepages.runtime.hub.findings import Findings
from livepages.runtime.hub.hub import Hub
from livepages.runtime.pages.handles import Session
from livepages.runtime.rooms.room import Room
from livepages.runtime.rooms.tab import Connection, Tab
from livepages.runtime.sockets.allowance import Allowance
from livepages.runtime.web.assets import Assets
from livepages.runtime.wire.wire import Ack, ClientMessage, Error, Event, Hello, Reload, decode, encode

log = logging.getLogger(__name__)

HELLO_TIME = 10.0
"""Seconds that a connection has to say who it is."""
NAME_LENGTHS = range(8, 65)
"""Characters that a tab's id and secret can have."""

BAD_HELLO, PAGE_GONE, STALLED, TOO_FAST = 4400, 4404, 4408, 4429
"""Close codes of livepages' own."""
BROKEN = 1006
"""The code for a connection that ended without one (RFC 6455, 7.4.1)."""
NOT_TEXT = 1003
"""The close code for data of a kind that is not taken (RFC 6455, 7.4.1)."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every conversation of a site needs."""

    hub: Hub
    dispatcher: Dispatcher
    assets: Assets
    findings: Findings = field(default_factory=Findings)


class Conversation:
    """One socket's, from its first message to its end. The connection is set before anything is received."""

    __slots__ = ("_allowance", "_desk", "_room", "_session", "_tab", "_timer", "connection")

    connection: Connection

    def __init__(self, desk: Desk, session: Session | None) -> None:
        self._desk = desk
        self._session = session
        self._room: Room | None = None
        self._tab: Tab | None = None
        self._allowance = Allowance(lambda: desk.hub.site.limits.events_per_second, desk.hub.loop.time)
        self._timer: asyncio.TimerHandle | None = None

    @property
    def longest(self) -> None:
        """Messages can be as long as on any socket."""

    # In

    def begin(self) -> None:
        """The socket is open: whoever opened it has some time to say who they are."""
        self._timer = self._desk.hub.loop.call_later(HELLO_TIME, self._said_nothing)

    def received(self, frame: str | bytes) -> None:
        """A message has come."""
        if isinstance(frame, bytes):
            log.warning("A socket sent a binary message, which the protocol does not have.")
            self.connection.close(NOT_TEXT, "messages are text")
        elif self._tab is None or self._is_allowed(self._tab):
            self._read(frame)

    def _read(self, text: str) -> None:
        try:
            message = decode(text)
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            self._misunderstood(str(error))
            return
        if self._room is None or self._tab is None:
            self._greet(message)
        elif isinstance(message, Event):
            self._desk.dispatcher.receive(self._room, self._tab, message)
        elif isinstance(message, Hello):
            self._room.connect(self._tab, self.connection, message.streams)
            self._hold()
        else:
            assert isinstance(message, Ack), "there is no other message"

    def _misunderstood(self, why: str) -> None:
        if self._tab is None:
            self._refuse_hello()
        else:
            refuse(self._tab, "bad-frame", f"This is not a message of the protocol: {why}")

    def _greet(self, message: ClientMessage) -> None:
        """The first message says which page the tab shows, and who it is."""
        if not isinstance(message, Hello) or not {len(message.tab), len(message.secret)} <= set(NAME_LENGTHS):
            self._refuse_hello()
            return
        self._cancel_timer()
        joined = None
        if message.build in ("", self._desk.assets.build):
            joined = self._desk.hub.join(message, self._session, self.connection)
        if joined is None:
            self.connection.send(encode(Reload("The server does not know this page any more.")))
            self.connection.close(PAGE_GONE, "the page is gone")
        else:
            self._room, self._tab = joined
            self._desk.findings.greet(self._tab, self._room.streams.values())
            self._hold()

    def _refuse_hello(self) -> None:
        log.warning("A socket did not begin with a hello of the protocol.")
        self.connection.send(encode(Error("bad-frame", "The first message must be a hello.")))
        self.connection.close(BAD_HELLO, "the first message must be a hello")

    def _said_nothing(self) -> None:
        self._timer = None
        log.info("A socket said nothing for %g seconds.", HELLO_TIME)
        self.connection.close(BAD_HELLO, "no hello came")

    def _is_allowed(self, tab: Tab) -> bool:
        """Whether the tab keeps to its messages a second; one that doesn't is cut off."""
        if self._allowance.takes_one():
            return True
        log.warning("Tab %s sends more than %d events a second.", tab.id, self._desk.hub.site.limits.events_per_second)
        self.connection.close(TOO_FAST, "too many events")
        return False

    # Out

    def paused(self) -> None:
        """The other side does not read."""
        if self._room is not None and self._tab is not None:
            self._room.pause(self._tab, self.connection)
            self._hold()

    def _hold(self) -> None:
        """A tab that does not read has a limited time to do so."""
        if self.connection.is_paused and self._timer is None:
            self._timer = self._desk.hub.loop.call_later(self._desk.hub.site.limits.stall_time / 1000, self._stalled)

    def resumed(self) -> None:
        """The other side reads again."""
        if self._room is not None and self._tab is not None:
            self._cancel_timer()
            self._room.resume(self._tab, self.connection)

    def _stalled(self) -> None:
        self._timer = None
        assert self._tab is not None, "only a tab is written to"
        log.info("Tab %s has not read for %d ms.", self._tab.id, self._desk.hub.site.limits.stall_time)
        self.connection.close(STALLED, "the tab does not read")

    def ended(self, code: int = BROKEN) -> None:
        """The socket is closed."""
        self._cancel_timer()
        if self._room is not None and self._tab is not None:
            self._desk.hub.leave(self._room, self._tab, self.connection, code)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
