"""Who a tab is, over reloads and in copies, and which events it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

PAGE = '<p data-n="1">a</p><button data-n="2" data-on="click">b</button>'


def test_reload_is_the_same_tab(live: Live) -> None:
    first = live.open(PAGE)
    live.page.reload()
    second = live.connect()
    assert (second["tab"], second["secret"]) == (first["tab"], first["secret"])


def test_events_outlive_a_reload(live: Live) -> None:
    live.open(PAGE)
    live.page.locator("button").click()
    live.page.locator("button").click()
    live.event()
    live.event(ack=False)
    live.settle()
    live.page.reload()
    live.connect()
    assert live.event()["id"] == 2
    live.settle()
    live.page.reload()
    live.connect()
    live.page.locator("button").click()
    assert live.event()["id"] == 3


def test_back_is_the_same_tab(live: Live) -> None:
    first = live.open(PAGE)
    live.page.goto(f"{live.server.url}/page?other")
    live.connect()
    live.page.go_back()
    assert live.connect()["tab"] == first["tab"]


def test_duplicate_is_another_tab(fresh: Live) -> None:
    first = fresh.open(PAGE)
    fresh.page.locator("button").click()
    fresh.event(ack=False)
    with fresh.page.expect_popup() as popup:
        fresh.js("window.open(location.href)")
    socket = fresh.server.accept()
    hello = socket.ready()
    assert popup.value.evaluate("Object.keys(sessionStorage).length") > 0
    assert hello["tab"] != first["tab"]
    assert hello["secret"] != first["secret"]
    popup.value.locator("button").click()
    assert socket.event()["id"] == 1


def test_other_page_is_another_tab(live: Live) -> None:
    first = live.open(PAGE)
    assert live.open(PAGE, page="OTHER")["tab"] != first["tab"]


def test_outbox_is_bounded(live: Live) -> None:
    live.open(PAGE)
    live.server.refusing = True
    live.socket.drop()
    live.js("for (let n = 0; n < 1005; n++) document.querySelector('button').click()")
    live.server.refusing = False
    live.js("dispatchEvent(new Event('online'))")
    live.connect()
    assert [live.event()["id"] for _ in range(1000)] == list(range(6, 1006))


def test_page_without_storage(fresh: Live) -> None:
    fresh.page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('no') }})")
    fresh.open(PAGE)
    fresh.page.locator("button").click()
    assert fresh.event()["id"] == 1
    fresh.patch(["text", 1, "b"])
    expect(fresh.page.locator("p")).to_have_text("b")
