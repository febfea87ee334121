"""Who is in a document, and where: what each client tells of itself, forgotten when its socket is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from livepages.coediting.protocol.encoding import BadMessage
from livepages.coediting.protocol.messages import ClientState

LONGEST_STATE: Final = 4_096
"""Characters that a client may tell of itself."""
GONE: Final = "null"
"""The state of a client that is not there any more."""
SILENT: Final = 20.0
"""Seconds after which a client that has told nothing may have another socket: its own would be heard every 15."""
OUTDATED: Final = 45.0
"""Seconds after which a client counts as gone that tells nothing: they do every 15 (y-protocols, awareness.js)."""


@dataclass(slots=True)
class _Entry:
    """One client. `shift` is added to its clock for the others, so that it grows though a client comes back.

    `left` is when its socket went, in the order of all that comes and goes.
    """

    owner: object | None
    clock: int
    text: str
    heard: float
    shift: int = 0
    left: int = 0

    def told(self, client: int) -> ClientState:
        return ClientState(client, self.clock + self.shift, self.text)


class Awareness:
    """The clients of one document.

    A socket speaks for one client: what it passes on of others (y-websocket sends back all that it hears) counts for
    nothing, so that nobody can move or remove another's cursor. A client that comes back has a socket that came later.
    """

    def __init__(self) -> None:
        self._entries: dict[int, _Entry] = {}
        self._own: dict[object, int] = {}
        self._order = count(1)
        self._joined: dict[object, int] = {}

    def __len__(self) -> int:
        return sum(1 for _ in self.states())

    def states(self) -> Iterator[ClientState]:
        """The clients that are there."""
        return (entry.told(client) for client, entry in self._entries.items() if entry.text != GONE)

    def join(self, owner: object) -> None:
        """A socket is there."""
        self._joined[owner] = next(self._order)

    def take(self, states: Iterable[ClientState], owner: object, now: float) -> list[ClientState]:
        """Take in what a socket says; what the others are to be told. Raises BadMessage."""
        told = []
        for state in states:
            check(state)
            entry = self._entries.get(state.client)
            if self._is_news(state, entry, owner, now):
                entry = self._entries[state.client] = self._next(state, entry, owner, now)
                self._own[owner] = state.client
                told.append(entry.told(state.client))
        return told

    def _is_news(self, state: ClientState, entry: _Entry | None, owner: object, now: float) -> bool:
        if self._own.get(owner, state.client) != state.client:
            return False
        if entry is None:
            return state.text != GONE
        if entry.owner is owner:
            return state.clock > entry.clock or (state.text == GONE != entry.text and state.clock == entry.clock)
        has_newer_socket = self._joined[owner] > entry.left
        is_free = entry.owner is None or now - entry.heard > SILENT
        return state.text != GONE and has_newer_socket and is_free

    def _next(self, state: ClientState, entry: _Entry | None, owner: object, now: float) -> _Entry:
        shift = 0
        if entry is not None:
            if entry.owner is not owner:
                self._own.pop(entry.owner, None)
            shift = entry.shift + max(0, entry.clock + 1 - state.clock)
        return _Entry(owner, state.clock, state.text, now, shift)

    def leave(self, owner: object) -> list[ClientState]:
        """A socket is gone, and its client with it; what the others are to be told."""
        self._joined.pop(owner, None)
        client = self._own.pop(owner, None)
        was_there = client is not None and self._entries[client].text != GONE
        told = [self._remove(client)] if client is not None else []
        return told if was_there else []

    def forget_outdated(self, now: float) -> list[ClientState]:
        """Forget the clients that have not told anything for too long; what the others are to be told."""
        old = [client for client, entry in self._entries.items() if now - entry.heard > OUTDATED]
        for client in old:
            self._own.pop(self._entries[client].owner, None)
        told = [self._remove(client) for client in old if self._entries[client].text != GONE]
        for client in old:
            del self._entries[client]
        return told

    def _remove(self, client: int) -> ClientState:
        entry = self._entries[client]
        entry.owner, entry.text, entry.left = None, GONE, next(self._order)
        return entry.told(client)


def check(state: ClientState) -> None:
    """Raises BadMessage for a state that is too long, or is not JSON of an object or null."""
    if len(state.text) > LONGEST_STATE:
        raise BadMessage(f"what a client tells of itself has at most {LONGEST_STATE:,} characters")
    try:
        value = json.loads(state.text)
    except (ValueError, RecursionError):
        raise BadMessage("what a client tells of itself must be JSON") from None
    if value is not None and not isinstance(value, dict):
        raise BadMessage("what a client tells of itself must be an object")
