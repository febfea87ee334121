"""A stream of patches: positions, the last patches for those who come back, and who follows."""

from __future__ import annotations

from collections import deque
from secrets import token_urlsafe
from typing import Protocol

from livepages.runtime.operations import Operation
from livepages.runtime.wire import Patch, encode

MAX_KEPT = 500
"""Patches that are kept for tabs that come back."""
MAX_KEPT_BYTES = 1_000_000
"""Bytes of patches that are kept for tabs that come back."""


class Follower(Protocol):
    """Who gets the frames of a stream."""

    def deliver(self, frame: bytes) -> None:
        """Take a frame, at once and without waiting."""


class Stream:
    """The patches of one live page, in order. `epoch` tells this life of it from any other."""

    __slots__ = ("epoch", "followers", "kept", "kept_bytes", "name", "pos")

    def __init__(self, name: str) -> None:
        self.name = name
        self.epoch = token_urlsafe(6)
        self.pos = 0
        self.followers: dict[Follower, None] = {}
        self.kept: deque[bytes] = deque()
        self.kept_bytes = 0

    @property
    def at(self) -> str:
        """The position as HTML carries it."""
        return f"{self.epoch}:{self.pos}"

    def publish(self, operations: list[Operation]) -> None:
        """Append a patch and hand it to all followers, encoded once."""
        frame = encode(Patch(self.name, self.pos, self.pos + 1, operations))
        self.pos += 1
        self._keep(frame)
        for follower in list(self.followers):
            follower.deliver(frame)

    def _keep(self, frame: bytes) -> None:
        self.kept.append(frame)
        self.kept_bytes += len(frame)
        while len(self.kept) > MAX_KEPT or self.kept_bytes > MAX_KEPT_BYTES:
            self.kept_bytes -= len(self.kept.popleft())

    def since(self, epoch: str, pos: int) -> list[bytes] | None:
        """The patches after a position, None if they are not known any more."""
        missing = self.pos - pos
        if epoch != self.epoch or not 0 <= missing <= len(self.kept):
            return None
        return list(self.kept)[len(self.kept) - missing :]
