"""Connections in memory: what is on its way in either direction moves when a test says so, or is lost."""

from __future__ import annotations

import asyncio
import json
from collections import deque

from livepages.runtime.sockets.conversation import Conversation, Desk
from livepages.runtime.wire.frame import Frame, text_of
from tests.delivery.tabs import Message, Tab

HIGH_WATER, LOW_WATER = 3_000, 500
"""Bytes on their way to a tab at which the server hears that it does not read, and that it does again."""


class Link:
    """One connection of a tab. The server's end of it is a `Connection`."""

    def __init__(self, desk: Desk, tab: Tab) -> None:
        self.tab = tab
        self.is_paused = False
        self.code: int | None = None
        self.most = 0
        self._is_over = False
        self._coming: deque[Frame] = deque()
        self._going: deque[Message] = deque()
        self._conversation = Conversation(desk, None)
        self._conversation.connection = self
        tab.opened(self._going.append)

    # The server's end

    def send(self, frame: Frame) -> None:
        """Take a frame to the tab."""
        if self.code is not None or self._is_over:
            return
        self._coming.append(frame)
        if self.waiting > HIGH_WATER and not self.is_paused:
            self.is_paused = True
            self._conversation.paused()
        self.most = max(self.most, self.waiting - len(frame))

    def close(self, code: int, reason: str) -> None:
        """The server ends the connection."""
        if self.code is None:
            self.code = code
            asyncio.get_running_loop().call_soon(self.end)

    @property
    def waiting(self) -> int:
        """Bytes on their way to the tab."""
        return sum(len(frame) for frame in self._coming)

    def stop_reading(self) -> None:
        """The server hears that nothing is taken any more."""
        self.is_paused = True
        self._conversation.paused()

    # The tab's end

    def carry_up(self, count: int) -> None:
        """Deliver the next messages to the server."""
        for _ in range(min(count, len(self._going))):
            message = self._going.popleft()
            if self.code is None and not self._is_over:
                self._conversation.received(json.dumps(message))

    def carry_down(self, count: int) -> None:
        """Deliver the next frames to the tab."""
        for _ in range(min(count, len(self._coming))):
            self.tab.received(text_of(self._coming.popleft()))
            if self.is_paused and self.waiting < LOW_WATER:
                self.is_paused = False
                self._conversation.resumed()
        if self.code is not None and not self._coming:
            self.leave()

    @property
    def is_open(self) -> bool:
        """Whether anything more can come of it for the tab."""
        return not self._is_over or bool(self._coming)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is on its way."""
        return not self._going and not self._coming

    def leave(self) -> None:
        """The tab's end is gone; the server need not have noticed."""
        self.tab.lost()
        self._coming.clear()
        self.tab = _nobody(self.tab)

    def end(self) -> None:
        """The server notices that the connection is over."""
        if not self._is_over:
            self._is_over = True
            self._conversation.ended()


def _nobody(tab: Tab) -> Tab:
    """Who hears what is sent to a tab that has left."""
    return Tab(tab.source)
