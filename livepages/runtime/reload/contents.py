"""What files hold, so that a change is told from a touch, and a half-written file from a whole one."""

from __future__ import annotations

import hashlib
import stat
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SETTLED: Final = 0.005
"""Seconds that a file was left alone before it is read."""
COARSE: Final = 0.02
"""Seconds within which two writes may bear the same time: what was read so early is read again at the next look."""
MAX_DIGESTED: Final = 8 * 1024 * 1024
"""Bytes of a file that is read; of larger ones size and time are compared."""

Stamp = tuple[int, int, int]
"""Which file it is, its size in bytes, and when it was written, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How a file was when it was looked at. `digest` is empty for one that is missing, empty or can't be read."""

    stamp: Stamp | None
    digest: bytes
    is_early: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at some files shows: those that changed, and whether others are about to."""

    changed: frozenset[Path]
    is_settled: bool


class Contents:
    """What each of some files held when it was last looked at. `clock` tells the seconds since 1970."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._seen: dict[Path, Seen] = {}

    def below(self, folder: Path) -> frozenset[Path]:
        """The files in a folder, and in those in it, that are known."""
        return frozenset(path for path in self._seen if path.is_relative_to(folder))

    def note(self, paths: Iterable[Path]) -> None:
        """Take what files hold now for what they held."""
        for path in paths:
            self._see(path, _stamp(path))

    def forget(self, paths: Iterable[Path]) -> None:
        """Drop what is known of files."""
        for path in paths:
            self._seen.pop(path, None)

    def look(self, paths: Iterable[Path], *, patiently: bool) -> Look:
        """Which files hold something else than at the last look.

        Patiently, a file that was just written, emptied or taken away is left for the next look.
        """
        changed, is_settled = set(), True
        for path in paths:
            seen, stamp = self._seen.get(path, Seen(None, b"")), _stamp(path)
            if stamp == seen.stamp and not seen.is_early:
                continue
            if patiently and stamp != seen.stamp and self._is_passing(stamp, seen):
                is_settled = False
                continue
            now = self._see(path, stamp)
            if now.digest != seen.digest or (now.stamp is None) is not (seen.stamp is None):
                changed.add(path)
        return Look(frozenset(changed), is_settled)

    def _is_passing(self, stamp: Stamp | None, seen: Seen) -> bool:
        """Whether a file seems to be in the middle of being saved: editors empty or remove it, or write in pieces."""
        if stamp is None or stamp[1] == 0:
            return bool(seen.digest)
        return 0 <= self._age(stamp) < SETTLED

    def _see(self, path: Path, stamp: Stamp | None) -> Seen:
        is_early = stamp is not None and self._age(stamp) < COARSE
        seen = Seen(stamp, _digest(path, stamp) if stamp is not None else b"", is_early)
        self._seen[path] = seen
        return seen

    def _age(self, stamp: Stamp) -> float:
        return self._clock() - stamp[2] / 1e9


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


def _digest(path: Path, stamp: Stamp) -> bytes:
    _, size, written = stamp
    if size > MAX_DIGESTED:
        return f"{size} {written}".encode()
    try:
        content = path.read_bytes()
    except OSError:
        return b""
    return hashlib.blake2b(content, digest_size=16).digest() if content else b""
