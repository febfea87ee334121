"""The sessions of a site: one for each browser that has its cookie."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from secrets import token_urlsafe

from livepages.runtime.pages.handles import Session
from livepages.runtime.state.state_root import StateRoot


class Sessions:
    """The sessions, the least recently used of which go when there are more than `most`."""

    def __init__(self, most: int, state: Callable[[], StateRoot]) -> None:
        self.most = most
        self._state = state
        self._known: OrderedDict[str, Session] = OrderedDict()

    def __iter__(self) -> Iterator[Session]:
        return iter(self._known.values())

    def find(self, identifier: str | None) -> Session | None:
        """The session of a cookie's value, None if it is not one of ours."""
        session = self._known.get(identifier) if identifier else None
        if session is not None:
            self._known.move_to_end(session.id)
        return session

    def nameless(self, identifier: str = "") -> Session:
        """A session that is not kept: of a program without cookies, or on a site that uses no sessions."""
        return Session(identifier, self._state())

    def create(self) -> Session:
        """A new session under an identifier that can't be guessed."""
        session = self.nameless(token_urlsafe(24))
        self._known[session.id] = session
        while len(self._known) > self.most:
            self._known.popitem(last=False)
        return session
