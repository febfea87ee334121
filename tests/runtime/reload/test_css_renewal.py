"""The style sheet of a site is edited while its pages are open: no tab keeps a rule that is gone."""

from __future__ import annotations

import re
from pathlib import Path

from livepages.runtime.blueprints.site_styles import program_css
from livepages.runtime.hub.hub import Hub
from livepages.testing import OpenSite, Tab, open_site
from tests.runtime.support import write_site

SITE = """
css: own.css
shared: {news: [{p: No news, id: line}]}
pages:
  /: {body: [{shared: news}, {p: a, id: out}, {button: Colour, on: {click: colour}}, {button: Say, on: {click: say}}]}
"""
HANDLERS = """
def colour(page):
    page["out"].classes.add("mt-[7px]")

def say(shared):
    shared["line"].classes.add("mt-[9px]")
"""


def write(folder: Path) -> Path:
    (folder / "own.css").write_text(".old{color:red}", encoding="utf-8")
    return write_site(folder, SITE, HANDLERS)


def hub_of(site: OpenSite) -> Hub:
    hub: Hub = site.app.state.hub  # type: ignore[attr-defined]
    return hub


def renew(site: OpenSite, own_css: str) -> None:
    """What a change of the site does with its style sheet."""
    hub = hub_of(site)
    hub.kit.styles.renew(own_css=program_css() + own_css)
    for room in hub.rooms:
        room.live.renew_css()


def css_operations(tab: Tab, stream: str = "page") -> list[tuple[int, bool]]:
    return [(version, whole) for name, version, _, whole in css_of(tab, stream)]


def css_of(tab: Tab, stream: str) -> list[list[object]]:
    return [operation for operation in tab.operations(stream) if operation[0] == "css"]


async def test_open_tabs_get_the_whole_sheet_once(tmp_path: Path) -> None:
    async with open_site(write(tmp_path)) as site:
        tab = await site.open()
        renew(site, ".new{color:blue}")
        await site.settle()
        assert css_operations(tab) == [(2, True)]
        assert tab.css.endswith(".new{color:blue}") and ".old" not in tab.css and "@layer preflight" in tab.css
        renew(site, ".new{color:blue}")
        await tab.click("Colour")
        assert css_operations(tab) == [(2, True)]  # the class stands in a handler, so it is known from the start
        assert css_operations(await site.open()) == []


async def test_documents_link_to_the_new_sheet(tmp_path: Path) -> None:
    async with open_site(write(tmp_path)) as site:
        link = re.compile(r'href="(/_livepages/css/[^"]+)" data-css="(\d+)"')
        before = link.findall((await site.get("/")).text)
        renew(site, ".new{color:blue}")
        ((url, version),) = link.findall((await site.get("/")).text)
        assert (url, version) != before[0] and version == "2"
        assert (await site.get(url)).text.endswith(".new{color:blue}")
        assert (await site.get(before[0][0])).text.endswith(".old{color:red}")
        renew(site, ".old{color:red}")
        assert link.findall((await site.get("/")).text) == [(before[0][0], "3")]


async def test_a_tab_that_was_away_gets_it_with_what_it_missed(tmp_path: Path) -> None:
    async with open_site(write(tmp_path)) as site:
        tab = await site.open()
        await tab.disconnect()
        renew(site, ".new{color:blue}")
        await tab.connect()
        assert css_operations(tab) == [(2, True)] and tab.css.endswith(".new{color:blue}")


async def test_a_tab_that_gets_a_snapshot_gets_all_of_it(tmp_path: Path) -> None:
    text = (write(tmp_path) / "site.yaml").read_text(encoding="utf-8")
    (tmp_path / "site.yaml").write_text(text + "limits: {replay_bytes: 1}\n", encoding="utf-8")
    async with open_site(tmp_path) as site:
        tab = await site.open()
        await tab.disconnect()
        renew(site, ".new{color:blue}")
        await tab.connect()
        assert css_operations(tab) == []
        assert tab.css.endswith(".new{color:blue}") and ".old" not in tab.css


async def test_a_shared_element_that_changes_first_brings_it_along(tmp_path: Path) -> None:
    async with open_site(write(tmp_path)) as site:
        tab = await site.open()
        hub_of(site).kit.styles.renew(own_css=".new{color:blue}")
        await tab.click("Say")
        assert css_operations(tab, "shared/news") == [(2, True)]
        assert tab.css.endswith(".new{color:blue}")
