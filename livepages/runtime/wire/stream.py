"""A stream of patches: positions, the last patches for those who come back, and who follows."""

from __future__ import annotations

import time
from collections import deque
from secrets import token_urlsafe
from typing import Protocol

from livepages.runtime.wire.frame import Frame
from livepages.runtime.wire.operations import Operation
from livepages.runtime.wire.wire import Patch, encode
from livepages.schema.site.limits import DEFAULT_LIMITS, Limits


class Follower(Protocol):
    """Who is told of the patches of a stream."""

    def send(self, frame: Frame) -> None:
        """Take a frame, at once and without waiting."""


class Stream:
    """The patches of one live page, in order. `epoch` tells this life of it from any other.

    `followers` are those who are handed each of them, by whom they do that for, `limits` say how many are kept.
    """

    __slots__ = ("_kept", "_kept_bytes", "epoch", "followers", "limits", "name", "pos")

    def __init__(self, name: str, limits: Limits = DEFAULT_LIMITS) -> None:
        self.name = name
        self.epoch = token_urlsafe(6)
        self.pos = 0
        self.followers: dict[object, Follower] = {}
        self.limits = limits
        self._kept: deque[tuple[float, Frame]] | None = None
        self._kept_bytes = 0

    @property
    def at(self) -> str:
        """The position as HTML carries it."""
        return f"{self.epoch}:{self.pos}"

    @property
    def held(self) -> int:
        """Bytes of patches that are kept for tabs that come back."""
        return self._kept_bytes

    def publish(self, operations: list[Operation]) -> None:
        """Append a patch and hand it to all followers, encoded once."""
        frame = encode(Patch(self.name, self.pos, self.pos + 1, operations))
        self.pos += 1
        self._keep(frame)
        for follower in tuple(self.followers.values()):
            follower.send(frame)

    def since(self, epoch: str, pos: int) -> list[Frame] | None:
        """The patches after a position, None if they are not known any more."""
        missing = self.pos - pos
        if epoch != self.epoch or missing < 0:
            return None
        self.forget_old()
        kept = self._kept or ()
        return [frame for _, frame in kept][len(kept) - missing :] if missing <= len(kept) else None

    def _keep(self, frame: Frame) -> None:
        if self._kept is None:
            self._kept = deque()
        now = time.monotonic()
        self._kept.append((now, frame))
        self._kept_bytes += len(frame)
        limits = self.limits
        while len(self._kept) > limits.replay_patches or self._kept_bytes > limits.replay_bytes:
            self._drop()
        if self._kept and self._kept[0][0] < now - limits.replay_time / 1000:
            self.forget_old()

    def forget_old(self) -> None:
        """Drop the patches that are kept no longer."""
        oldest = time.monotonic() - self.limits.replay_time / 1000
        while self._kept and self._kept[0][0] < oldest:
            self._drop()

    def _drop(self) -> None:
        assert self._kept, "there is a patch to drop"
        self._kept_bytes -= len(self._kept.popleft()[1])
