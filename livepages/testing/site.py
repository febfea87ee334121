"""A site at work without a server: what tests open tabs of."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie
from pathlib import Path

from starlette.applications import Starlette

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.app import make_app
from livepages.runtime.hub.hub import Hub
from livepages.runtime.pages.handles import Page
from livepages.runtime.reload.change import Change
from livepages.runtime.reload.rereading import read_again
from livepages.runtime.reload.succession import Succession
from livepages.runtime.rooms.tab import PREFIX
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.errors import SiteError
from livepages.schema.loader import load_site
from livepages.schema.site.site import Site
from livepages.testing.asgi import HOST, Response, Socket, request
from livepages.testing.clock import wall
from livepages.testing.tab import Tab

QUIET = 12
"""Turns of the event loop in which nothing comes, after which nothing more is expected."""


class NoPage(Exception):
    """An address that does not lead to a page. `response` is what the server said."""

    def __init__(self, url: str, response: Response) -> None:
        super().__init__(f"{url} is answered with {response.status}.")
        self.response = response


class Browser:
    """One browser: its tabs share a session."""

    def __init__(self, site: OpenSite) -> None:
        self._site = site
        self.cookies: SimpleCookie = SimpleCookie()

    async def get(self, url: str, method: str = "GET", **headers: str) -> Response:
        """What the server answers to a request; the headers' names are written with underscores."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        response = await request(self._site.app, url, {"cookie": self._cookie, **given}, method)
        for name, value in response.headers:
            if name == "set-cookie":
                self.cookies.load(value)
        return response

    async def open(self, url: str = "/") -> Tab:
        """A new tab that shows the page of an address and follows it. Raises NoPage."""
        response = await self.get(url)
        if response.status != 200:
            raise NoPage(url, response)
        tab = Tab(url, response.text, self._socket, self._site.settle)
        self._site.tabs.append(tab)
        await tab.connect()
        return tab

    @property
    def _cookie(self) -> str:
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())

    def _socket(self, received: Callable[[str], None], closed: Callable[[int, str], None]) -> Socket:
        def heard(text: str) -> None:
            self._site.heard += 1
            received(text)

        headers = {"cookie": self._cookie, "origin": f"http://{HOST}"}
        return Socket(self._site.app, f"{PREFIX}/socket", headers, received=heard, closed=closed)


class OpenSite:
    """A site at work: its tabs, and the browsers they are in. `heard` counts the frames of all tabs."""

    def __init__(self, site: Site, app: Starlette) -> None:
        self.site = site
        self.app = app
        self.tabs: list[Tab] = []
        self.heard = 0
        self._browser = Browser(self)

    def browser(self) -> Browser:
        """A browser of its own, which is another session."""
        return Browser(self)

    async def open(self, url: str = "/") -> Tab:
        """A new tab in the site's first browser. Raises NoPage for an address that does not lead to a page."""
        return await self._browser.open(url)

    async def get(self, url: str, method: str = "GET", **headers: str) -> Response:
        """What the server answers to a request of the site's first browser."""
        return await self._browser.get(url, method, **headers)

    def page(self, path: str = "/") -> Page:
        """The live page of an address that everyone shares, as handlers see it. Raises LookupError if there is none."""
        hub: Hub = self.app.state.hub
        return hub.handle.page(path)

    async def reload(self) -> Change:
        """Read the site's files again and follow them, as `livepages serve` does after a save.

        Raises SiteError with all findings when the site has errors now; it goes on as it was then.
        """
        state, diagnostics = self.app.state, Diagnostics()
        succession: Succession = state.succession
        site = read_again(self.site.file, diagnostics, succession.site)
        if site is None or diagnostics.has_errors:
            state.findings.tell(diagnostics, succession.rooms.tabs)
            raise SiteError(diagnostics)
        change = await succession.change(succession.prepare(site))
        state.findings.tell(None, succession.rooms.tabs)
        await self.settle()
        return change

    async def settle(self) -> None:
        """Wait until nothing more comes in any tab. Handlers that sleep are not waited for."""
        quiet, heard = 0, self.heard
        while quiet < QUIET:
            await asyncio.sleep(0)
            quiet = quiet + 1 if heard == self.heard else 0
            heard = self.heard


@asynccontextmanager
async def open_site(site: str | Path | Site, *, development: bool = False) -> AsyncIterator[OpenSite]:
    """Load a site from its file or folder and set it to work, as the server does; at the end all of it stops.

    Raises SiteError with all findings when the site has errors, StartupFailed when a startup handler fails.
    """
    loaded = site if isinstance(site, Site) else load_site(Path(site), ELEMENT_TYPES)
    app = make_app(loaded, development=development, wall=wall)
    async with app.router.lifespan_context(app):
        opened = OpenSite(loaded, app)
        try:
            yield opened
        finally:
            for tab in opened.tabs:
                await tab.disconnect()
