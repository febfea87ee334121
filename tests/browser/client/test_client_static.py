"""Files of the server that have changed show anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("src", "/static/a.svg", "/static/a.svg?v=T"),
        ("src", "/static/a.svg?v=1", "/static/a.svg?v=T"),
        ("src", "/static/é b.svg", "/static/é b.svg?v=T"),
        ("src", "/static/%C3%A9%20b.svg", "/static/%C3%A9%20b.svg?v=T"),
        ("src", "/static/other.svg", "/static/other.svg"),
        ("src", "/a.svg", "/a.svg"),
        ("src", PIXEL, PIXEL),
        ("srcset", "/static/a.svg 1x, /static/b.svg?v=1 2x", "/static/a.svg?v=T 1x, /static/b.svg?v=1 2x"),
    ],
)
def test_what_shows_a_changed_file_loads_it_anew(live: Live, name: str, before: str, after: str) -> None:
    live.server.files |= {f"/static/{each}.svg": "<svg/>" for each in ("a", "b", "other", "%C3%A9%20b")}
    live.open(f'<img alt="" {name}="{before}">', script="/client/development.js")
    live.socket.send("static", paths=["/static/a.svg", "/static/%C3%A9%20b.svg"])
    live.settle()
    shown = live.page.locator("img").get_attribute(name)
    assert shown is not None
    assert live.js("text => text.replace(/v=\\d{9,}/, 'v=T')", shown) == after
    live.complaints.clear()


def test_links_are_left_alone_but_style_sheets_are_not(live: Live) -> None:
    live.server.files["/static/a.css"] = "p { color: rgb(1, 2, 3) }"
    live.open(
        '<link rel="stylesheet" href="/static/a.css"><a href="/static/a.css">a</a><p>b</p>',
        script="/client/development.js",
    )
    live.server.files["/static/a.css"] = "p { color: rgb(3, 2, 1) }"
    live.socket.send("static", paths=["/static/a.css"])
    live.page.wait_for_function("getComputedStyle(document.querySelector('p')).color === 'rgb(3, 2, 1)'")
    assert live.page.locator("a").get_attribute("href") == "/static/a.css"


def test_the_fragment_of_an_address_stays(live: Live) -> None:
    live.server.files["/static/a.svg"] = "<svg/>"
    live.open('<svg><use href="/static/a.svg#icon"></use></svg>', script="/client/development.js")
    live.socket.send("static", paths=["/static/a.svg"])
    live.settle()
    assert (
        live.js("document.querySelector('use').getAttribute('href').replace(/\\d{9,}/, 'T')")
        == "/static/a.svg?v=T#icon"
    )
    live.complaints.clear()
