"""What becomes of all that a site is beside its pages: sessions, limits, looks, who is there, the time."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.runtime.reload.edited import edited, kinds, news

PLAIN = "pages:\n  /: {scope: %s, body: [{p: plain}, {input: '', id: typed}]}\n  /other: {body: [{p: other}]}\n"
NAMED = (
    "session: {name: nobody}\npages:\n"
    "  /: {scope: %s, body: [{p: '${session.name}', id: told}, {input: , bind: session.name, id: name}]}\n"
    "  /other: {body: [{p: other}]}\n"
)


async def test_tabs_get_a_session_when_their_page_comes_to_use_them(tmp_path: Path) -> None:
    async with edited(tmp_path, PLAIN % "tab") as site:
        browser = site.browser()
        tab, other = await browser.open("/"), await browser.open("/other")
        assert "livepages" not in browser.cookies
        news(tab), news(other)
        change = await site.save(NAMED % "tab")
        assert kinds(tab) == ["reload"]
        assert (change.reloaded, kinds(other), other.closed) == (1, [], None)
        first, second = await browser.open("/"), await browser.open("/")
        assert "livepages" in browser.cookies
        await first.fill("name", "Ann")
        assert first["told"].text == second["told"].text == "Ann"


async def test_a_page_for_everyone_goes_on_and_its_tabs_get_a_session(tmp_path: Path) -> None:
    async with edited(tmp_path, PLAIN % "shared", "def act(page): ...\n") as site:
        tab, away = await site.open(), await site.open()
        await tab.fill("typed", "kept")
        await away.disconnect()
        news(tab)
        text = (PLAIN % "shared").replace("{p: plain}", "{button: act, on: {click: act}}")
        change = await site.save(text, "def act(page, session): ...\n")
        assert news(tab)[-1] == {"type": "reload", "reason": "The page uses sessions now."}
        assert (change.live_pages, change.reloaded, tab.closed) == (1, 1, None)
        again = await site.open()
        assert (again.page, again["typed"].value) == (tab.page, "kept")
        await away.connect()
        assert {"type": "reload", "reason": "The page uses sessions now."} in away.frames
        news(again)
        change = await site.save(text.replace("act,", "ACT,"), "def act(page, session): ...\n")
        assert (change.reloaded, kinds(again)) == (0, ["patch"])


async def test_limits_hold_for_what_is_at_work(tmp_path: Path) -> None:
    text = (
        "limits: {{replay_patches: {}, sessions: {}, tab_time: {}}}\n"
        "session: {{n: 1}}\nscope: shared\nbody: [{{p: '{}'}}]\n"
    )
    async with edited(tmp_path, text.format(500, 10, "5m", "a")) as site:
        tab = await site.open()
        for _ in range(5):
            await site.browser().open("/")
        change = await site.save(text.format(2, 3, "20s", "b"))
        assert change.pages == ("page /", "limits")
        for letter in "cdef":
            await site.save(text.format(2, 3, "20s", letter))
        room = site.room(tab)
        stream = room.live.stream
        assert stream.since(stream.epoch, stream.pos - 2) is not None
        assert stream.since(stream.epoch, stream.pos - 3) is None
        for _ in range(5):
            await site.browser().open("/")
        assert len(list(site.hub.sessions)) == 3
        await tab.disconnect()
        await asyncio.sleep(30)
        assert tab.id not in room.tabs


@pytest.mark.parametrize("before", ["", "p { color: red }"])
async def test_css_of_its_own_reaches_every_tab_whole(tmp_path: Path, before: str) -> None:
    text = "css: own.css\npages:\n  /: {body: [{p: x}]}\n  /other: {scope: shared, body: [{p: y}]}\n"
    async with edited(tmp_path, text, own_css=before) as site:
        tabs = [await site.open(url) for url in ("/", "/", "/other")]
        away = await site.open("/other")
        await away.disconnect()
        for tab in tabs:
            news(tab)
        change = await site.save(text, own_css="p { color: blue }")
        assert (change.pages, change.live_pages, change.tabs) == (("css",), 3, 3)
        for tab in tabs:
            assert kinds(tab) == ["patch"]
            assert tab.css == site.hub.kit.styles.css and "p { color: blue }" in tab.css
        await away.connect()
        assert away.css == site.hub.kit.styles.css
        await site.save("theme: plain\n" + text)
        assert {tab.css for tab in (*tabs, away)} == {site.hub.kit.styles.css}


async def test_who_is_there_is_counted_on(tmp_path: Path) -> None:
    text = "scope: shared\nbody: [{p: '%s${tabs}', id: told}]\n"
    async with edited(tmp_path, "scope: shared\nbody: [{p: nobody counts, id: told}]\n") as site:
        first, second = await site.open(), await site.open()
        await site.save(text % "now ")
        assert (first["told"].text, second["told"].text) == ("now 2", "now 2")
        third = await site.open()
        await first.until(lambda: first["told"].text == "now 3", 10)
        await site.save(text % "there ")
        assert third["told"].text == "there 3"
        await second.close()
        await first.until(lambda: first["told"].text == "there 2", 30)


async def test_time_goes_on(tmp_path: Path) -> None:
    text = "scope: shared\nbody: [{p: '%s${now | time}', id: told}]\n"
    async with edited(tmp_path, text % "") as site:
        tab = await site.open()

        async def passes() -> str:
            shown = tab["told"].text
            await tab.until(lambda: tab["told"].text != shown, 90)
            return tab["told"].text

        await passes()
        await site.save(text % "at ")
        assert tab["told"].text.startswith("at ")
        first, second = await passes(), await passes()
        assert first.startswith("at ") and second.startswith("at ") and first != second
        await site.save("scope: shared\nbody: [{p: no time, id: told}]\n")
        news(tab)
        await asyncio.sleep(300)
        assert [kind for kind in kinds(tab) if kind != "beat"] == []


async def test_a_title_of_the_site_is_that_of_pages_without_one(tmp_path: Path) -> None:
    text = "title: {}\npages:\n  /: {{body: [{{p: x}}]}}\n  /own: {{title: Own, body: [{{p: x}}]}}\n"
    async with edited(tmp_path, text.format("One")) as site:
        tab, own = await site.open(), await site.open("/own")
        assert (tab.title, own.title) == ("One", "Own")
        change = await site.save(text.format("Two"))
        assert (tab.title, own.title, change.pages) == ("Two", "Own", ("page /", "title"))
        await site.save(text.format("Two").replace("title: Own, ", ""))
        assert (tab.title, own.title) == ("Two", "Two")
