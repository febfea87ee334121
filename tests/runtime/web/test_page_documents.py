"""The documents of live pages: made once where they may be, and always what the page is now."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from livepages.testing import OpenSite, open_site
from tests.runtime.support import write_site

SITE = """
shared: {news: [{p: Nothing new., id: line}]}
pages:
  /: {body: [{h1: Mine}, shared: news, {button: Say, id: say, on: {click: say}}]}
  /ours: {scope: shared, body: [{h1: Ours}, shared: news]}
"""
HANDLERS = """
def say(shared):
    shared["line"].text = "Rain at <noon>."
"""
OWN = re.compile(r'data-page="([^"]+)"|data-at="([^"]+)"')


async def visit(site: OpenSite, path: str) -> tuple[str, list[str]]:
    """A document without what is its own, and that."""
    text = (await site.get(path)).text
    return OWN.sub("", text), [token or at for token, at in OWN.findall(text)]


async def test_visits_differ_only_in_what_is_their_own(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS)) as site:
        one, (token, at, shared_at) = await visit(site, "/")
        other, (other_token, other_at, other_shared_at) = await visit(site, "/")
        assert one == other
        assert token != other_token and at != other_at and shared_at == other_shared_at


async def test_compressed_it_is_the_same(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS)) as site:
        for path in ("/", "/ours"):
            packed = await site.get(path, accept_encoding="gzip")
            assert OWN.sub("", gzip.decompress(packed.content).decode()) == (await visit(site, path))[0]


async def test_what_changed_in_a_shared_element_shows_in_the_next_document(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS)) as site:
        tab = await site.open("/")
        before = [await visit(site, path) for path in ("/", "/ours")]
        await tab.click("Say")
        after = [await visit(site, path) for path in ("/", "/ours")]
        assert ["Nothing new." in text for text, _ in before] == [True, True]
        assert ["Rain at &lt;noon&gt;." in text for text, _ in after] == [True, True]
        assert [own[-1].partition(":")[2] for _, own in before + after] == ["0", "0", "1", "1"]
