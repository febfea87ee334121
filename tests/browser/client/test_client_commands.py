"""What the server tells one tab to do: toasts, errors, other pages, focus, scripts, reloading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

PAGE = '<p data-n="1">a</p><textarea id="box" data-n="2" data-on="input/d60000"></textarea>'


def test_toasts_stack_and_go(fresh: Live) -> None:
    fresh.stop_time()
    fresh.open(PAGE)
    fresh.socket.send("toast", text="<b>one</b>", kind="success")
    fresh.socket.send("toast", text="two", kind="error")
    fresh.settle()
    toasts = fresh.page.locator(".livepages-toast")
    assert toasts.all_text_contents() == ["<b>one</b>", "two"]
    assert fresh.page.locator(".livepages-notices").get_attribute("aria-live") == "polite"
    toasts.last.click()
    assert toasts.all_text_contents() == ["<b>one</b>"]
    fresh.pass_time(5000)
    assert toasts.count() == 0


def test_error_with_its_id(live: Live) -> None:
    live.open(PAGE)
    live.socket.send("error", code="handler", message="tick failed", event=None, id="E-3f9a", trace=None)
    error = live.page.locator(".livepages-error")
    expect(error).to_contain_text("tick failed E-3f9a")
    error.get_by_label("Close").click()
    assert error.count() == 0


def test_who_does_not_develop_the_site_sees_no_traceback(fresh: Live) -> None:
    fresh.stop_time()
    fresh.open(PAGE)
    fresh.socket.send("error", code="handler", message="failed", event=None, id="E-1", trace="Traceback")
    fresh.socket.send("problems", title="site.yaml can't be loaded: 1 error", findings=[{"text": "x", "links": {}}])
    fresh.socket.send("faults", stream="page", findings=[])
    fresh.settle()
    assert fresh.page.locator(".livepages-error").text_content() == "\N{MULTIPLICATION SIGN}failed E-1"
    assert fresh.page.locator("livepages-problems").count() == 0
    fresh.pass_time(10_000)
    assert fresh.page.locator(".livepages-error").count() == 0


def test_go(live: Live) -> None:
    live.open(PAGE)
    live.socket.send("go", url="/page?there")
    live.page.wait_for_url("**/page?there")


@pytest.mark.parametrize("url", ["javascript:document.title='bad'", "data:text/html,x", "http://["])
def test_go_nowhere(live: Live, url: str) -> None:
    live.open(PAGE)
    live.socket.send("go", url=url)
    live.settle()
    assert live.page.url.endswith("/page")


def test_focus_and_title(live: Live) -> None:
    live.open(PAGE)
    live.socket.send("focus", stream="page", node=2)
    live.settle()
    assert live.focused() == "2"
    live.socket.send("title", text="News")
    expect(live.page).to_have_title("News")


def test_download(live: Live) -> None:
    live.open(PAGE)
    live.server.files["/files/data.css"] = "content"
    with live.page.expect_download() as download:
        live.socket.send("download", url="/files/data.css", name="report.css")
    assert download.value.suggested_filename == "report.css"


def test_run(live: Live) -> None:
    live.open(PAGE)
    live.server.files["/_livepages/run/T.js"] = "document.querySelector('p').textContent = 'ran'"
    live.socket.send("run", url="/_livepages/run/T.js")
    expect(live.page.locator("p")).to_have_text("ran")
    live.server.files["/_livepages/run/U.js"] = "throw new Error('oh')"
    live.socket.send("run", url="/_livepages/run/U.js")
    expect(live.page.locator(".livepages-error")).to_contain_text("Error: oh")
    live.complaints.clear()


def test_reload_keeps_what_was_typed(live: Live) -> None:
    live.open(PAGE)
    live.page.locator("textarea").press_sequentially("half typed")
    live.js("document.activeElement.setSelectionRange(2, 5)")
    live.write(PAGE, page="OTHER")
    live.socket.send("reload", reason="another build")
    assert live.connect()["page"] == "OTHER"
    assert live.event_of(2) == ("input", {"value": "half typed"})
    assert live.page.locator("textarea").input_value() == "half typed"
    assert (live.focused(), live.caret()) == ("2", [2, 5])


def test_reload_again_and_again_takes_its_time(fresh: Live) -> None:
    fresh.stop_time()
    fresh.open(PAGE)
    fresh.socket.send("reload", reason="unknown page")
    assert fresh.socket.ended(), "it has heard that"
    fresh.pass_time(0)
    socket = fresh.server.accept()
    socket.hello()
    socket.send("reload", reason="unknown page")
    assert socket.ended()
    fresh.pass_time(4000)
    fresh.js("1")
    fresh.pass_time(1000)
    fresh.connect()


def test_unknown_message_is_passed_over(live: Live) -> None:
    live.open(PAGE)
    live.socket.send("of-the-future", text="x")
    live.patch(["text", 1, "b"])
    assert live.text(1) == "b"
