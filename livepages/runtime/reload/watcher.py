"""Watches the files of a site: says which of them hold something else than before, however an editor saves."""

from __future__ import annotations

import asyncio
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from livepages.runtime.reload.contents import SETTLED, Contents, Look
from livepages.runtime.reload.folder_watch import FolderWatch

PATIENCE: Final = 0.15
"""Seconds that a file may be empty or gone, or be written to, before that is taken for what was meant."""
MAX_STATIC: Final = 2000
"""Static files whose content is known from the start; of others, the first touch counts as a change."""
MAX_HEARD: Final = 10_000
"""Static files that wait to be looked at; what is beyond goes unnoticed."""
NOISE = re.compile(r"\.|__pycache__$|#.*#$|4913$|.*(~|\.sw[a-z]|\.tmp|\.bak|\.part|\.crdownload)$")
"""Names below `static/` that never count: hidden files, and what editors and browsers keep beside a file."""

FolderId = tuple[int, int]


class Watcher:
    """Watches files, wherever they are and whether they exist or not, and all that is in a static folder.

    Folders are watched, not files, as most editors put a new file in the place of the old one; but those of files not
    recursively, as a site may be in somebody's home folder. It watches within `async with`.
    """

    def __init__(self, files: Iterable[Path], static: Path | None = None) -> None:
        self.files = frozenset(files)
        self._static = static
        self._contents = Contents()
        self._contents.note(self.files)
        self._folders: dict[Path, FolderId] = {}
        self._static_id: FolderId | None = None
        self._watches: list[FolderWatch] = []
        self._heard: set[Path] = set()
        self._news = asyncio.Event()
        self._has_looked = False

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._listen(*self._places())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def follow(self, files: Iterable[Path], since: float) -> None:
        """Watch these files from now on, in place of those before.

        New ones are taken as they are, but those that were written after `since` (seconds since 1970), when somebody
        began to read them, count as changed.
        """
        former, self.files = self.files, frozenset(files)
        self._contents.forget(former - self.files)
        self._contents.note(path for path in self.files - former if _written(path) < since)
        self._news.set()

    async def changed(self) -> frozenset[Path]:
        """Wait until files have changed; those that did since the last time, and were left alone for a moment."""
        if not self._has_looked and self._static is not None:
            await asyncio.to_thread(self._contents.note, list(islice(_below(self._static), MAX_STATIC)))
        self._has_looked = True
        while True:
            await self._news.wait()
            self._news.clear()
            found = await self._settled()
            if found:
                self._news.set()  # folders may have come or gone, which can wait until the change is followed
                return found
            self._listen(*await asyncio.to_thread(self._places))

    async def _settled(self) -> frozenset[Path]:
        """What has changed, once nothing of it seems to be in the middle of being saved."""
        found: frozenset[Path] = frozenset()
        deadline = self._loop.time() + PATIENCE
        while True:
            is_late = self._loop.time() >= deadline
            heard, self._heard = self._heard, set()
            look = await asyncio.to_thread(self._look, heard, patiently=not is_late)
            found |= look.changed
            if look.is_settled or is_late:
                return found
            self._heard |= heard
            await asyncio.sleep(SETTLED)

    def _look(self, heard: Iterable[Path], *, patiently: bool) -> Look:
        inner = {path for folder in heard if folder.is_dir() for path in islice(_below(folder), MAX_STATIC)}
        return self._contents.look(self.files.union(heard, inner), patiently=patiently)

    # Listening

    def _places(self) -> tuple[dict[Path, FolderId], FolderId | None]:
        """The folders to watch that there are now, and what the static folder is, if it is there."""
        return _ids(_folders_of(self.files)), _id(self._static) if self._static is not None else None

    def _listen(self, folders: dict[Path, FolderId], static_id: FolderId | None) -> None:
        """Watch folders, if they are others than before."""
        if (folders, static_id) == (self._folders, self._static_id):
            return
        self._stop()
        self._folders, self._static_id = folders, static_id
        self._watches = [FolderWatch(folders, self._happened)]
        if self._static is not None and static_id is not None:
            self._watches.append(FolderWatch([self._static], self._happened_to_static, deep=True))
            if self._has_looked:
                self._heard.add(self._static)
        # What happened before the watch was not heard.
        self._news.set()

    def _stop(self) -> None:
        for watch in self._watches:
            watch.stop()
        self._watches.clear()

    def _happened(self, _: frozenset[Path]) -> None:
        """Anything may have changed: an event names one of many paths to a file, so each is looked at."""
        self._call(self._news.set)

    def _happened_to_static(self, paths: frozenset[Path]) -> None:
        self._call(lambda: self._hear(paths))

    def _hear(self, paths: frozenset[Path]) -> None:
        static = self._static
        assert static is not None, "only then it is watched"
        found = paths or self._contents.below(static)
        counting = {path for path in found if not any(map(NOISE.match, path.relative_to(static).parts))}
        self._heard |= set(islice(counting - self.files, MAX_HEARD - len(self._heard)))
        self._news.set()

    def _call(self, action: Callable[[], object]) -> None:
        """From a watching thread, which may be told to stop too late for the event loop."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(action)


def _folders_of(files: Iterable[Path]) -> Iterator[Path]:
    """The folders whose events may concern files: those that they are in and that links lead to, and those around
    them, which can be renamed, taken away and made anew, up to the one that the outermost file's folder is in."""
    own = {place.parent for file in files for place in (file.absolute(), Path(os.path.realpath(file)))}
    for folder in own:
        yield folder
        for outer in folder.parents:
            yield outer
            if not any(outer.is_relative_to(other) for other in own):
                break


def _ids(folders: Iterable[Path]) -> dict[Path, FolderId]:
    """Those that are there, each with what tells it from another of its name."""
    found = ((folder, _id(folder)) for folder in sorted(set(folders)))
    return {folder: identifier for folder, identifier in found if identifier is not None}


def _id(folder: Path) -> FolderId | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None


def _written(path: Path) -> float:
    """When a file was written, in seconds since 1970; 0 for one that is not there."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _below(folder: Path) -> Iterator[Path]:
    """The files in a folder and in those in it."""
    return (Path(inner) / name for inner, _, names in os.walk(folder) for name in names)
