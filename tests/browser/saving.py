"""A site that follows its files on a real server, files that are saved as editors save them, tabs that see it."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.app import make_app
from livepages.runtime.reload.reloader import Reload
from livepages.runtime.reload.save import Followed, Refused, Save
from livepages.schema.loader import load_site
from tests.browser.serving import Watched, live_tab, running

PATIENCE = 30.0


@dataclass
class Saving:
    """A site in a folder, served at `url`, that follows what is saved."""

    folder: Path
    url: str = ""
    saves: queue.Queue[Save] = field(default_factory=queue.Queue)

    def read(self, name: str = "site.yaml") -> str:
        """What a file says."""
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, text: str, name: str = "site.yaml") -> None:
        """Save a file by putting another in its place."""
        path = self.folder / name
        beside = path.with_name(f".{name}.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)

    def save(self, text: str, name: str = "site.yaml") -> Followed:
        """Save a file, and wait until the site has followed."""
        self.write(text, name)
        save = self.saves.get(timeout=PATIENCE)
        assert isinstance(save, Followed), save
        return save

    def edit(self, old: str, new: str, name: str = "site.yaml") -> Followed:
        """Replace a text that a file has once."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        return self.save(text.replace(old, new), name)

    def break_off(self, text: str, name: str = "site.yaml") -> Refused:
        """Save a file that is wrong."""
        self.write(text, name)
        save = self.saves.get(timeout=PATIENCE)
        assert isinstance(save, Refused), save
        return save


@contextmanager
def following(folder: Path, text: str = "", python: str = "", name: str = "handlers.py") -> Iterator[Saving]:
    """Serve the site in a folder, after its files were written if they are given; it follows them."""
    site = Saving(folder)
    if text:
        site.write(text)
    if python:
        site.write(python, name)
    reload = Reload(folder, site.saves.put)
    with running(make_app(load_site(folder, ELEMENT_TYPES), development=True, reload=reload)) as site.url:
        yield site


@contextmanager
def staying_tab(browser: Browser, url: str) -> Iterator[Watched]:
    """A live tab whose page is never loaded anew."""
    with live_tab(browser, url) as watched:
        watched.page.evaluate("() => { window.mark = true }")
        yield watched
        assert watched.page.evaluate("() => window.mark"), "the page was loaded anew"


def styles(page: Page, selector: str, name: str) -> list[str]:
    """A property of the style of all elements of a selector."""
    found: list[str] = page.locator(selector).evaluate_all(
        "(elements, name) => elements.map(each => getComputedStyle(each)[name])", name
    )
    return found
