"""Positions, gaps, shared streams, and what happens when the connection goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

PAGE = '<p data-n="1">a</p><button data-n="2" data-on="click">b</button>'
SHARED = (
    '<livepages-shared data-n="{}" data-stream="shared/board" data-at="s:{}"><p data-n="1">{}</p></livepages-shared>'
)


COUNT_CLOSES = """
window.closes = 0
window.WebSocket = class extends WebSocket {
  constructor(url) {
    super(url)
    this.addEventListener("close", () => closes++)
  }
}
"""


def test_hello(live: Live) -> None:
    hello = live.open(PAGE + SHARED.format(3, 4, "in"), at="a:b:7")
    assert (len(hello.pop("tab")), len(hello.pop("secret"))) == (16, 32)
    streams = {"page": ["a:b", 7], "shared/board": ["s", 4]}
    assert hello == {"type": "hello", "page": "PAGE", "build": "BUILD", "streams": streams, "css": 3}


def test_old_patch_is_ignored(live: Live) -> None:
    live.open(PAGE)
    live.patch(["text", 1, "b"])
    live.socket.send("patch", stream="page", prev=9, pos=10, ops=[["text", 1, "old"]])
    live.socket.send("patch", stream="page", prev=10, pos=11, ops=[["text", 1, "old"]])
    live.settle()
    assert live.text(1) == "b"


def test_gap_is_asked_for_once_and_filled(live: Live) -> None:
    live.open(PAGE)
    for pos in (12, 13):
        live.socket.send("patch", stream="page", prev=pos - 1, pos=pos, ops=[["text", 1, str(pos)]])
    live.settle()
    assert (live.text(1), live.socket.hello()["streams"]) == ("a", {"page": ["e", 10]})
    for pos in (11, 12, 13):
        live.socket.send("patch", stream="page", prev=pos - 1, pos=pos, ops=[["text", 1, str(pos)]])
    live.socket.send("ready")
    live.settle()
    assert live.text(1) == "13"
    live.page.locator("button").click()
    assert live.event_of(2)[0] == "click"


def test_gap_is_answered_by_a_snapshot(live: Live) -> None:
    live.open(PAGE)
    live.socket.send("patch", stream="page", prev=20, pos=21, ops=[["text", 1, "?"]])
    live.socket.hello()
    live.snapshot('<p data-n="1">whole</p>', epoch="f", pos=21)
    live.patch(["text", 1, "next"])
    assert live.text(1) == "next"
    live.socket.drop()
    assert live.connect()["streams"] == {"page": ["f", 22]}


def test_shared_streams_go_their_own_way(live: Live) -> None:
    live.open(PAGE + SHARED.format(3, 4, "in"))
    live.patch(["text", 1, "theirs"], stream="shared/board")
    assert live.page.locator("p").all_text_contents() == ["a", "theirs"]
    live.patch(["attr", 3, "title", "mount"])
    assert live.page.locator("livepages-shared").get_attribute("title") == "mount"
    assert live.js("getComputedStyle(document.querySelector('livepages-shared')).display") == "contents"


def test_shared_stream_mounted_by_a_patch(live: Live) -> None:
    live.open(PAGE)
    live.patch(["insert", 0, None, SHARED.format(-1, 4, "in")])
    live.socket.positions["shared/board"] = 4
    live.patch(["insert", 0, None, '<p data-n="2">more</p>'], stream="shared/board")
    assert live.page.locator("livepages-shared > p").all_text_contents() == ["in", "more"]
    live.patch(["remove", -1])
    live.socket.drop()
    assert live.connect()["streams"] == {"page": ["e", 12]}


def test_shared_stream_mounted_twice(live: Live) -> None:
    live.open(SHARED.format(3, 5, "new"))
    live.patch(["insert", 0, None, SHARED.format(-1, 6, "newer")])
    live.patch(["text", 1, "newer"], stream="shared/board")
    live.patch(["text", 1, "newest"], stream="shared/board")
    assert live.page.locator("p").all_text_contents() == ["newest", "newest"]


def test_snapshot_of_a_shared_stream(live: Live) -> None:
    live.open(PAGE + SHARED.format(3, 4, "in"))
    live.snapshot('<p data-n="1">x</p><p data-n="2">y</p>', stream="shared/board", epoch="s", pos=9)
    assert live.page.locator("p").all_text_contents() == ["a", "x", "y"]


def test_events_wait_for_ready_and_are_sent_again_in_order(live: Live) -> None:
    live.write(PAGE)
    live.page.goto(f"{live.server.url}/page")
    live.socket = live.server.accept()
    live.socket.hello()
    live.page.locator("button").click()
    live.socket.send("ready")
    assert live.event(ack=False)["id"] == 1
    live.page.locator("button").click()
    assert live.event(ack=True)["id"] == 2
    live.page.locator("button").click()
    live.page.locator("button").click()
    assert [live.event(ack=False)["id"], live.event(ack=False)["id"]] == [3, 4]
    live.socket.drop()
    live.connect()
    assert [live.event()["id"], live.event()["id"]] == [3, 4]


def test_refused_event_is_not_sent_again(live: Live) -> None:
    live.open(PAGE)
    live.page.locator("button").click()
    live.page.locator("button").click()
    live.event(ack=False)
    live.socket.send("error", code="unknown-event", message="no", event=1, id=None, trace=None)
    live.event(ack=False)
    live.settle()
    live.socket.drop()
    live.connect()
    assert live.event()["id"] == 2
    assert live.page.locator(".livepages-error").count() == 0


def test_clicks_and_patches_of_a_time_offline(live: Live) -> None:
    live.open(PAGE)
    live.server.refusing = True
    live.socket.drop()
    expect(live.page.locator(".livepages-mark")).to_have_text("Reconnecting…")
    for _ in range(20):
        live.page.locator("button").click()
    live.server.refusing = False
    live.js("dispatchEvent(new Event('online'))")
    live.connect()
    assert [live.event()["id"] for _ in range(20)] == list(range(1, 21))
    live.patch(*([["text", 1, str(n)] for n in range(100)]))
    assert live.text(1) == "99"
    expect(live.page.locator(".livepages-mark")).to_have_text("")


def test_backoff_doubles_and_ends_with_the_first_success(fresh: Live) -> None:
    fresh.page.add_init_script(f"Math.random = () => 0.5; {COUNT_CLOSES}")
    fresh.stop_time()
    fresh.open(PAGE)
    attempts = fresh.server.attempts
    attempts.get()
    fresh.server.refusing = True
    fresh.socket.drop()
    for number, delay in enumerate((200, 400, 800, 1600, 3200, 6400, 10_000, 10_000)):
        fresh.page.wait_for_function("number => closes > number", arg=number)
        fresh.pass_time(delay - 1)
        assert attempts.empty()
        fresh.pass_time(1)
        attempts.get(timeout=30)
    fresh.server.refusing = False
    fresh.page.wait_for_function("() => closes === 9")
    fresh.pass_time(10_000)
    fresh.connect()
    fresh.socket.drop()
    fresh.page.wait_for_function("() => closes === 10")
    fresh.pass_time(200)
    fresh.connect()


def test_returning_to_the_page_connects_at_once(fresh: Live) -> None:
    fresh.page.add_init_script(COUNT_CLOSES)
    fresh.stop_time()
    fresh.open(PAGE)
    fresh.server.refusing = True
    fresh.socket.drop()
    fresh.page.wait_for_function("() => closes === 1")
    fresh.pass_time(100)
    fresh.server.refusing = False
    fresh.js("document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
    fresh.connect()


def test_mark_shows_only_after_a_second(fresh: Live) -> None:
    fresh.page.add_init_script(COUNT_CLOSES)
    fresh.stop_time()
    fresh.open(PAGE)
    mark = fresh.page.locator(".livepages-mark")
    fresh.server.refusing = True
    fresh.socket.drop()
    fresh.page.wait_for_function("() => closes === 1")
    fresh.pass_time(999)
    assert mark.text_content() == ""
    fresh.pass_time(1)
    assert mark.text_content() == "Reconnecting…"
    assert mark.get_attribute("role") == "status"


def test_dead_connection_is_found_when_the_network_returns(fresh: Live) -> None:
    fresh.stop_time()
    fresh.open(PAGE)
    fresh.js("dispatchEvent(new Event('online'))")
    fresh.socket.hello()
    fresh.pass_time(10_000)
    assert fresh.socket.ended()
    fresh.pass_time(300)
    fresh.connect()


@pytest.mark.parametrize("answers", [True, False])
def test_server_that_takes_the_socket_but_not_the_tab(fresh: Live, answers: bool) -> None:
    fresh.stop_time()
    fresh.write(PAGE)
    fresh.page.goto(f"{fresh.server.url}/page")
    fresh.socket = fresh.server.accept()
    fresh.socket.hello()
    if answers:
        fresh.socket.send("ready")
        fresh.settle()
    fresh.pass_time(10_000)
    if answers:
        fresh.patch(["text", 1, "fresh"])
    else:
        assert fresh.socket.ended()
