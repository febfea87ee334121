"""`sites/editor`, in tabs without a browser: a title that is written together, and what can be downloaded."""

from __future__ import annotations

import asyncio
from pathlib import Path

from livepages.testing import OpenSite, Tab, open_site
from tests.coediting.readers import Peer

EDITOR = Path(__file__).parents[3] / "sites" / "editor"


async def downloaded(site: OpenSite, tab: Tab, button: str) -> tuple[str, str]:
    """The name and the content of what a button gives."""
    await tab.click(button)
    command = next(each for each in reversed(tab.commands) if each["type"] == "download")
    return command["name"], (await site.get(command["url"])).text


async def test_the_title_of_all_tabs_follows_what_is_written(tmp_path: Path) -> None:
    async with open_site(EDITOR) as site:
        tab, peer = await site.open(), Peer()
        assert tab.title == "Our notes"
        document = site.app.state.hub.documents.open("heading", None)
        peer.joins(document)
        peer.writes(document, 9, " of today")
        await asyncio.sleep(0.2)
        assert tab.title == "Our notes of today"
        assert (await site.open()).title == "Our notes of today"


async def test_what_is_written_can_be_downloaded(tmp_path: Path) -> None:
    async with open_site(EDITOR) as site:
        tab, page = await site.open(), site.page()
        page["heading"].text = "Plan <A>"
        page["notes"].html = "<h2>Tea</h2><ul><li>green</li><li><b>black</b></li></ul>"
        head = "<!doctype html>\n<meta charset=utf-8>\n<title>Plan &lt;A&gt;</title>\n"
        body = "<h2>Tea</h2><ul><li>green</li><li><strong>black</strong></li></ul>\n"
        assert await downloaded(site, tab, "HTML") == ("Plan <A>.html", head + body)
        assert await downloaded(site, tab, "Markdown") == (
            "Plan <A>.md",
            "# Plan \\<A\\>\n\n## Tea\n\n- green\n- **black**\n",
        )
        assert await downloaded(site, tab, "Text") == ("Plan <A>.txt", "Tea\ngreen\nblack")
