"""Live edit: reads the site again when its files are saved, and has everything that is open follow."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar
from urllib.parse import quote

from livepages.runtime.reload.change import Change
from livepages.runtime.reload.rereading import read_again, site_file
from livepages.runtime.reload.save import Followed, Refreshed, Refused, Save
from livepages.runtime.reload.static_news import tell_static
from livepages.runtime.reload.watcher import Watcher
from livepages.runtime.rooms.room import Room
from livepages.schema.collecting import without_collecting
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.errors import SiteError
from livepages.schema.loader import use_modules
from livepages.schema.site.site import Site

log = logging.getLogger(__name__)

UNQUOTED: Final = ";,/:@&=+$-_.!~*'()"
"""What stays as it is in an address, in Python as in the client."""

Prepared = TypeVar("Prepared")
Report = Callable[[Save], None]
"""Is told what came of each save."""
Tell = Callable[[Diagnostics | None], None]
"""Shows the tabs why nothing changes, or, with None, that all is well again."""


class Changing(Protocol[Prepared]):
    """A site at work that can become another one."""

    @property
    def site(self) -> Site:
        """The site as it is."""

    @property
    def rooms(self) -> Iterable[Room]:
        """Its live pages."""

    def prepare(self, site: Site) -> Prepared:
        """All that a change to `site` needs, in any thread. Raises SiteError."""

    async def change(self, prepared: Prepared) -> Change:
        """Become what was prepared."""


@dataclass(frozen=True)
class Reload:
    """That a site follows its files: which file or folder it is read from, as messages call it, and who hears of it."""

    path: Path
    report: Report


@dataclass(frozen=True, slots=True)
class Reading(Generic[Prepared]):
    """A reading of the site: None prepared if it has errors. `files` are those that it depends on."""

    prepared: Prepared | None
    files: frozenset[Path]
    findings: Diagnostics


class Reloader(Generic[Prepared]):
    """Keeps a running site to what its files say, one change after the other.

    Without `tell`, the tabs are not told why nothing changes.
    """

    def __init__(self, hub: Changing[Prepared], reload: Reload, tell: Tell | None = None) -> None:
        self._hub = hub
        self._path = reload.path
        self._file = site_file(reload.path)
        self._report = reload.report
        self._tell = tell
        self._is_refused = False
        self._watcher = Watcher({*hub.site.files, self._file}, hub.site.static)

    async def run(self) -> None:
        """Follow the files until cancelled. What is saved during a change is followed after it, together.

        An error of livepages' own is logged, and the site stays as it was.
        """
        async with self._watcher as watcher:
            while True:
                changed = await watcher.changed()
                try:
                    await self._follow(changed)
                except Exception:
                    log.exception("What was saved can't be followed, because of an error in livepages.")

    async def _follow(self, changed: frozenset[Path]) -> None:
        """One save, of one or more files."""
        read = changed & self._watcher.files
        if read:
            self._report(await self._change(self._names(read)))
        static = self._hub.site.static
        shown = sorted(path for path in changed if path.is_relative_to(static) and path.is_file())
        if shown:
            paths = [f"/static/{quote(path.relative_to(static).as_posix(), UNQUOTED)}" for path in shown]
            self._report(Refreshed(self._names(shown), tell_static(self._hub.rooms, paths)))

    async def _change(self, files: tuple[str, ...]) -> Followed | Refused:
        start, since = time.perf_counter(), time.time()
        # All that a new site is made of would be looked through for garbage twice before the tabs hear of it.
        with without_collecting():
            reading = await asyncio.to_thread(self._read)
            self._watcher.follow(reading.files, since)
            if reading.prepared is None:
                self._say(reading.findings)
                return Refused(files, reading.findings)
            change = await self._hub.change(reading.prepared)
            self._say(None)
        return Followed(files, change, time.perf_counter() - start)

    def _read(self) -> Reading[Prepared]:
        """Read the site, in a thread of its own."""
        diagnostics = Diagnostics()
        site = read_again(self._path, diagnostics, self._hub.site)
        files = frozenset({self._file}) | (site.files if site is not None else frozenset())
        if site is not None and not diagnostics.has_errors:
            try:
                return Reading(self._hub.prepare(site), files, diagnostics)
            except SiteError as error:
                diagnostics = error.diagnostics
                use_modules(self._hub.site)
        return Reading(None, files | self._hub.site.files, diagnostics)

    def _say(self, findings: Diagnostics | None) -> None:
        """Tell the tabs what is wrong, or once that nothing is any more."""
        was_refused, self._is_refused = self._is_refused, findings is not None
        if self._tell is not None and (was_refused or findings is not None):
            self._tell(findings)

    def _names(self, files: Iterable[Path]) -> tuple[str, ...]:
        """Files as messages call them: from the site's folder."""
        return tuple(sorted({_name(file, self._hub.site.folder) for file in files}))


def _name(file: Path, folder: Path) -> str:
    real = Path(os.path.realpath(file))
    return real.relative_to(folder).as_posix() if real.is_relative_to(folder) else file.name
