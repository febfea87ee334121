from __future__ import annotations

from pathlib import Path

from livepages.runtime.pages.sessions import Sessions
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.state.tracking import Tracker
from livepages.testing import open_site
from tests.runtime.support import write_site


def no_state() -> StateRoot:
    return StateRoot("session.state", {}, Tracker())


def test_sessions_are_found_by_their_own_identifiers() -> None:
    sessions = Sessions(10, no_state)
    one, two = sessions.create(), sessions.create()
    assert sessions.find(one.id) is one and sessions.find(two.id) is two
    assert sessions.find(None) is None and sessions.find("") is None and sessions.find("x") is None
    assert len(one.id) >= 32 and one.id != two.id


def test_those_not_used_for_longest_go() -> None:
    sessions = Sessions(2, no_state)
    one, two = sessions.create(), sessions.create()
    sessions.find(one.id)
    three = sessions.create()
    assert [sessions.find(each.id) is each for each in (one, two, three)] == [True, False, True]


async def test_the_tabs_of_one_browser_share_a_session(tmp_path: Path) -> None:
    text = "body: [{button: Add, id: add, on: {click: add}}, {p: '', id: out}]"
    python = """
        def add(session, page):
            session.data["n"] = session.data.get("n", 0) + 1
            page["out"].text = session.data["n"]
        """
    async with open_site(write_site(tmp_path, text, python)) as site:
        ann, bob = site.browser(), site.browser()
        one, two, other = await ann.open(), await ann.open(), await bob.open()
        for tab in (one, two, other):
            await tab.click("add")
        assert [tab["out"].text for tab in (one, two, other)] == ["1", "2", "1"]


async def test_a_page_of_scope_session_is_one_for_each_browser(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, "scope: session\nbody: [{input: '', id: name}]")) as site:
        ann, bob = site.browser(), site.browser()
        one, two, other = await ann.open(), await ann.open(), await bob.open()
        await one.fill("name", "x")
        assert (two["name"].value, other["name"].value) == ("x", "")
        assert one.page == two.page != other.page


async def test_a_session_can_not_be_taken_over_with_its_pages_token(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, "scope: session\nbody: [{input: '', id: name}]")) as site:
        ann, bob = site.browser(), site.browser()
        one, other = await ann.open(), await bob.open()
        other._document.root.attributes["data-page"] = one.page
        await other.disconnect()
        await other.connect()
        assert other.frames[-1]["type"] == "reload"
        assert other.closed == (4404, "the page is gone")


async def test_the_cookie(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, "scope: session\nbody: [{p: x}]")) as site:
        cookie = (await site.get("/")).header("set-cookie")
        assert cookie is not None and "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" not in cookie
        assert (await site.get("/")).header("set-cookie") is None
        assert "Secure" not in cookie


async def test_a_site_without_sessions_sets_no_cookie(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, "body: [{p: x}]")) as site:
        assert (await site.get("/")).header("set-cookie") is None
