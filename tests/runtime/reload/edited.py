"""A site at work whose files are edited, for tests of what becomes of those who have it open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livepages.runtime.hub.hub import Hub
from livepages.runtime.reload.change import Change
from livepages.runtime.rooms.room import Room
from livepages.testing import Browser, OpenSite, Tab, open_site
from tests.runtime.support import write_site


@dataclass
class Edited:
    """A site in a folder, and what is open of it."""

    folder: Path
    site: OpenSite

    @property
    def hub(self) -> Hub:
        hub: Hub = self.site.app.state.hub
        return hub

    async def open(self, url: str = "/") -> Tab:
        return await self.site.open(url)

    def browser(self) -> Browser:
        return self.site.browser()

    async def save(self, text: str, python: str = "", **files: str) -> Change:
        """Save the site's file, and its handlers if there are any, and follow."""
        for name, content in files.items():
            self.write(name.replace("_", "."), content)
        write_site(self.folder, text, python)
        return await self.site.reload()

    def write(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content, encoding="utf-8")

    def room(self, tab: Tab) -> Room:
        room = self.hub.rooms.by_token(tab.page)
        assert room is not None, "the live page of the tab has ended"
        return room


@asynccontextmanager
async def edited(folder: Path, text: str, python: str = "", **files: str) -> AsyncIterator[Edited]:
    """Set a site to work; other files are given by their names with an underscore for the dot."""
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, encoding="utf-8")
    async with open_site(write_site(folder, text, python), development=True) as site:
        yield Edited(folder, site)


def news(tab: Tab) -> list[dict[str, Any]]:
    """What has come to a tab since it was last looked at, without the word that the site's files are well."""
    taken = [frame for frame in tab.frames if frame["type"] != "problems"]
    tab.frames.clear()
    return taken


def kinds(tab: Tab) -> list[str]:
    """The types of what has come to a tab since it was last looked at."""
    return [frame["type"] for frame in news(tab)]
