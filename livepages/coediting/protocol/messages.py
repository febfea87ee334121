"""What is said over a document's socket: the messages of y-protocols, as every Yjs client speaks them.

Source: y-protocols 1.0 (PROTOCOL.md, sync.js, awareness.js, auth.js) and y-websocket 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from livepages.coediting.protocol.encoding import BadMessage, Reader, block, number

SYNC, AWARENESS, AUTH, QUERY_AWARENESS = 0, 1, 2, 3
STEP_1, STEP_2, UPDATE = 0, 1, 2
DENIED: Final = 0

MOST_STATES: Final = 1_000
"""Clients that one awareness message may tell of."""
MOST_TOLD: Final = 250_000
"""Bytes in which clients may be told of; some 30,000 are in a state vector of that length."""


class ClientState(NamedTuple):
    """What one client tells of itself: `text` is JSON, "null" when it has gone; `clock` grows with each change."""

    client: int
    clock: int
    text: str


@dataclass(frozen=True, slots=True)
class StateAsked:
    """The other side has this state vector, and asks for what it lacks (sync step 1)."""

    state: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """An update of the document; `is_answer` says whether it is all that this side lacked (sync step 2)."""

    update: bytes
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """Clients tell where they are."""

    states: tuple[ClientState, ...]


@dataclass(frozen=True, slots=True)
class PresenceAsked:
    """The other side asks who is there."""


Message = StateAsked | Change | Presence | PresenceAsked


def read_message(data: bytes) -> Message:
    """The message in a binary frame. Raises BadMessage."""
    reader = Reader(data)
    kind = reader.number()
    if kind == SYNC:
        message = _sync(reader)
    elif kind == AWARENESS:
        inner = Reader(_short(reader.block()))
        message = Presence(tuple(_states(inner)))
        inner.end()
    elif kind == QUERY_AWARENESS:
        message = PresenceAsked()
    else:
        raise BadMessage(f"there is no message of type {kind}")
    reader.end()
    return message


def _sync(reader: Reader) -> Message:
    step = reader.number()
    if step == STEP_1:
        return StateAsked(_short(reader.block()))
    if step in (STEP_2, UPDATE):
        return Change(reader.block(), step == STEP_2)
    raise BadMessage(f"there is no sync message of type {step}")


def _short(data: bytes) -> bytes:
    if len(data) > MOST_TOLD:
        raise BadMessage(f"it tells of more clients than {MOST_TOLD:,} bytes hold")
    return data


def _states(reader: Reader) -> Iterable[ClientState]:
    count = reader.number()
    if count > MOST_STATES:
        raise BadMessage(f"an awareness message tells of at most {MOST_STATES} clients")
    for _ in range(count):
        client, clock = reader.number(), reader.number()
        try:
            yield ClientState(client, clock, reader.block().decode())
        except UnicodeDecodeError:
            raise BadMessage("a client's state must be UTF-8") from None


def asking_for_state(state: bytes) -> bytes:
    """The message that asks for what this side lacks, which has this state vector."""
    return bytes((SYNC, STEP_1)) + block(state)


def change(update: bytes, *, is_answer: bool = False) -> bytes:
    """The message of an update."""
    return bytes((SYNC, STEP_2 if is_answer else UPDATE)) + block(update)


def presence(states: Iterable[ClientState]) -> bytes:
    """The message that tells where clients are."""
    told = [number(each.client) + number(each.clock) + block(each.text.encode()) for each in states]
    return bytes((AWARENESS,)) + block(number(len(told)) + b"".join(told))


def denied(reason: str) -> bytes:
    """The message that says why nothing more is taken from the other side."""
    return bytes((AUTH, DENIED)) + block(reason.encode())
