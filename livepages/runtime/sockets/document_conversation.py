"""What is said over the socket of a document, by a browser or any other Yjs client."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from functools import partial

from livepages.coediting.document import Document
from livepages.coediting.protocol.applying import NOTHING_NEW
from livepages.coediting.protocol.encoding import BadMessage
from livepages.coediting.protocol.messages import (
    Change,
    Presence,
    PresenceAsked,
    StateAsked,
    change,
    denied,
    presence,
    read_message,
)
from livepages.coediting.protocol.update import clocks_of
from livepages.coediting.reader import GONE, REFUSED, TOO_LARGE, Refused
from livepages.runtime.documents.document_finder import UnknownDocument
from livepages.runtime.hub.hub import Hub
from livepages.runtime.pages.handles import Session
from livepages.runtime.rooms.tab import Connection
from livepages.runtime.sockets.allowance import Allowance
from livepages.runtime.sockets.conversation import BROKEN
from livepages.runtime.sockets.turns import Turns
from livepages.runtime.sockets.workload import Workload
from livepages.runtime.wire.frame import binary_frame_of
from livepages.schema.site.limits import Limits

log = logging.getLogger(__name__)

LOCKED, STALLED, TOO_FAST = 4403, 4508, 4529
"""Close codes: nobody should come back to a document that is not there; to the others one may, a little later."""
LONGEST_REASON = 120
"""Bytes that the reason of a close can have (RFC 6455, 5.5.1)."""
ROOM_TO_ANSWER = 4
"""How many times too large a message can be that still gets an answer; of a larger one nothing but the code tells."""
NOTHING_KNOWN = b"\x00"
"""The state vector of a document in which there is nothing."""
ANSWER_BYTES = 1_000
"""Bytes of an answer that count as one more message: making a long one takes time."""
MESSAGES_EACH = 5
"""How many messages there may be for each event that a tab can send: each key press is two, and cursors are more."""


class DocumentConversation:
    """One socket's, from its beginning to its end. `key` is that of the document which somebody of `session` wants.

    What takes long it does in `turns`, with other sockets.
    """

    connection: Connection

    def __init__(self, hub: Hub, key: str, session: Session | None, turns: Turns) -> None:
        self._hub = hub
        self._key = key
        self._session = session
        self._document: Document | None = None
        self._allowance = Allowance(lambda: MESSAGES_EACH * self._limits.events_per_second, hub.loop.time)
        self._workload = Workload(turns, lambda: self.connection.stop_reading(), lambda: self.connection.read_on())
        self._known = NOTHING_KNOWN
        self._asks = self._is_behind = self._is_answering = self._has_answered = False
        self._timer: asyncio.TimerHandle | None = None

    @property
    def _limits(self) -> Limits:
        return self._hub.site.limits

    @property
    def longest(self) -> int:
        """Bytes of a message that are taken in at all: one that is too large, but not by far, is told so."""
        return ROOM_TO_ANSWER * self._limits.document_message

    def begin(self) -> None:
        """The socket is open: the other side is asked what it has."""
        try:
            self._document = self._hub.documents.open(self._key, self._session)
        except UnknownDocument:
            self.refuse(GONE, "No page shows a document of this name.")
        except Refused as refused:
            self.refuse(refused.code, str(refused))
        else:
            self._document.join(self)

    # In

    def received(self, frame: str | bytes) -> None:
        """A message has come."""
        if self._document is not None:
            self._workload.add(self._working_on(self._document, frame))

    def _working_on(self, document: Document, frame: str | bytes) -> Iterator[None]:
        try:
            self._check(frame)
            yield from self._take(document, bytes(frame) if isinstance(frame, bytes) else b"")
        except BadMessage as error:
            log.warning("The document %s: a socket sent what can't be taken: %s.", document.key, error)
            self.refuse(REFUSED, f"The server can't take this change: {error}.")
        except Refused as refused:
            log.warning("The document %s: %s", document.key, refused)
            self.refuse(refused.code, str(refused))

    def _check(self, frame: str | bytes) -> None:
        """Raises BadMessage and Refused for a message that is not looked into."""
        if isinstance(frame, str):
            raise BadMessage("messages are bytes, not text")
        most = self._limits.document_message
        if len(frame) > most:
            raise Refused(TOO_LARGE, f"This change is too large: {len(frame):,} bytes come at once, and {most:,} may.")
        if not self._allowance.takes_one():
            raise Refused(TOO_FAST, "There are too many changes at once.")

    def _take(self, document: Document, data: bytes) -> Iterator[None]:
        match read_message(data):
            case StateAsked(state):
                clocks_of(state)
                self._known, self._asks = state, True
                self._bring_up_to_date(document)
            case Change(update, is_answer):
                yield from self._change(document, update, is_answer)
            case Presence(states):
                document.tell_of(states, self, self._hub.loop.time())
                self.send(data)  # by this y-websocket knows that the server is there
            case PresenceAsked():
                self._allowance.take(len(document.awareness))
                self.send(presence(document.awareness.states()))

    def _change(self, document: Document, update: bytes, is_answer: bool) -> Iterator[None]:
        """Apply a change. One that builds on others which are still to come is in the first answer again."""
        if document.lock.holds and update != NOTHING_NEW and not self._is_old_news(document, update, is_answer):
            raise Refused(LOCKED, "This document can only be read.")
        is_whole = yield from document.changing(update, self)
        self._has_answered = self._has_answered or is_answer
        if not is_whole and self._has_answered:
            raise BadMessage("it builds on changes that the server does not have")

    def _is_old_news(self, document: Document, update: bytes, is_answer: bool) -> bool:
        """Whether this is what those say first who come back; to look at more of it would take too long."""
        return is_answer and not self._has_answered and document.has(update)

    # Out

    def send(self, message: bytes) -> None:
        """Send a message. What one misses that does not read, it gets when it does."""
        if self.connection.is_paused:
            self._is_behind = True
        else:
            self.connection.send(binary_frame_of(message))

    def _bring_up_to_date(self, document: Document) -> None:
        """Send what the other side lacks, once that is kept: one such answer at a time, and none that is not read."""
        self._is_behind = self.connection.is_paused or self._is_answering
        if self._is_behind:
            return
        update, state = document.since(self._known)
        self._allowance.take(min(len(update) / ANSWER_BYTES, self._allowance.burst / 2))
        self._is_answering = True
        document.when_kept(partial(self._answer, document, update, state))

    def _answer(self, document: Document, update: bytes, state: bytes, error: Exception | None) -> None:
        self._is_answering = False
        if self._document is None or error is not None:
            return
        if self.connection.is_paused:
            self._is_behind = True
            return
        self.connection.send(binary_frame_of(change(update, is_answer=self._asks)))
        self._known, self._asks = state, False
        if self._is_behind:
            self._bring_up_to_date(document)

    def refuse(self, code: int, reason: str) -> None:
        """Say why nothing more is taken, and close."""
        self._leave()
        self._workload.clear()
        self.connection.send(binary_frame_of(denied(reason)))
        self.connection.close(code, reason.encode()[:LONGEST_REASON].decode(errors="ignore"))

    def paused(self) -> None:
        """The other side does not read; it has a limited time to do so."""
        if self._timer is None:
            self._timer = self._hub.loop.call_later(self._limits.stall_time / 1000, self._stalled)

    def resumed(self) -> None:
        """The other side reads again."""
        self._cancel_timer()
        if self._is_behind and self._document is not None:
            self._bring_up_to_date(self._document)
            self.send(presence(self._document.awareness.states()))

    def _stalled(self) -> None:
        self._timer = None
        self.connection.close(STALLED, "the other side does not read")

    def ended(self, code: int = BROKEN) -> None:
        """The socket is closed."""
        self._cancel_timer()
        self._workload.add(self._leaving())

    def _leaving(self) -> Iterator[None]:
        """What has come before is worked on first."""
        self._leave()
        yield from ()

    def _leave(self) -> None:
        document, self._document = self._document, None
        if document is not None:
            document.leave(self)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
