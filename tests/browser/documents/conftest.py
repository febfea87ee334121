"""A site for all tests of a file, which it has as `SITE`, and two people before it, each with a tab of a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser
from starlette.applications import Starlette

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.app import make_app
from livepages.schema.loader import load_site
from tests.browser.serving import Watched, live_tab, running


@dataclass
class Site:
    """A site at work."""

    app: Starlette
    url: str


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of a test file."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "site.yaml").write_text(request.module.SITE, encoding="utf-8")
    (folder / "handlers.py").write_text(getattr(request.module, "HANDLERS", ""), encoding="utf-8")
    app = make_app(load_site(folder, ELEMENT_TYPES), development=True)
    with running(app) as url:
        yield Site(app, url)


@pytest.fixture(scope="module")
def people(browser: Browser, site: Site) -> Iterator[tuple[Watched, Watched]]:
    """Two people, on the first page."""
    with live_tab(browser, site.url) as ann, live_tab(browser, site.url) as bob:
        yield ann, bob


@pytest.fixture
def ann(people: tuple[Watched, Watched]) -> Iterator[Watched]:
    """One of them. What the page complains about fails the test at work, not only the last one."""
    yield from uncomplaining(people[0])


@pytest.fixture
def bob(people: tuple[Watched, Watched]) -> Iterator[Watched]:
    """The other."""
    yield from uncomplaining(people[1])


def uncomplaining(watched: Watched) -> Iterator[Watched]:
    watched.complaints.clear()
    yield watched
    complaints, watched.complaints[:] = watched.complaints[:], []
    assert complaints == []
