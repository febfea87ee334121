"""What is wrong with the site, shown over the page to those who develop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Locator, expect

from livepages.runtime.web.assets import read_client

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

PAGE = (
    '<p data-n="1">a</p><textarea data-n="2" data-on="input/d60000"></textarea>'
    '<button data-n="3" data-on="click">Press</button>'
)
TEXT = """board.yaml:12:5: error: There is no "clases".
  12 |     clases: m-2
     |     ^^^^^^
     = Did you mean "classes"?"""
FINDING = {"where": "board.yaml:12:5", "link": "vscode://file/x/board.yaml:12:5", "text": TEXT, "links": {}}
TITLE = "board.yaml can't be loaded: 1 error"
TRACE = 'Traceback:\n  File "board.py", line 1, in f\n  File "board.py", line 12, in g\nOh: x'


def open_page(live: Live, body: str = PAGE) -> None:
    live.server.files["/development.js"] = read_client(development=True).content.decode()
    live.open(body, script="/development.js")


def tell(live: Live, *findings: Any, title: str = TITLE) -> None:
    live.socket.send("problems", title=title if findings else "", findings=list(findings))
    live.settle()


def fail(live: Live, message: str = "Oh: x", event: int | None = None) -> None:
    links = {f'File "board.py", line {line}': f"my://x/board.py?{line}" for line in (1, 12)}
    live.socket.send("error", code="handler-failed", message=message, event=event, id="E-1", trace=TRACE, links=links)
    live.settle()


def overlay(live: Live) -> Locator:
    return live.page.locator("livepages-problems")


def texts(live: Live) -> list[str]:
    return overlay(live).locator("pre").all_text_contents()


def test_findings_show_and_go_by_themselves(live: Live) -> None:
    open_page(live)
    tell(live, FINDING, {**FINDING, "where": "", "link": None, "text": "error: alone"})
    region = live.page.get_by_role("region", name=TITLE)
    expect(region).to_be_visible()
    expect(live.page.get_by_role("alert")).to_have_text(TITLE)
    expect(region).to_contain_text("The page goes on as it was.")
    assert texts(live) == [TEXT, "error: alone"]
    assert region.get_by_role("link").all_text_contents() == ["board.yaml:12:5"]
    assert region.get_by_role("link").get_attribute("href") == "vscode://file/x/board.yaml:12:5"
    tell(live)
    assert overlay(live).count() == 0


def test_the_modules_unjoined_show_it_too(live: Live) -> None:
    live.open(PAGE, script="/client/development.js")
    tell(live, FINDING)
    assert texts(live) == [TEXT]


def test_text_stays_text_and_addresses_run_nothing(live: Live) -> None:
    open_page(live)
    markup = 'a.yaml:1:1: error: <img src=x onerror="throw 1"><b>bold</b>'
    for address in ("javascript:throw 1", "javascript://%0athrow 1", "data:text/html,x", "data://x", "vscode:x"):
        finding = {"where": "a.yaml:1:1", "link": address, "text": markup, "links": {"<b>": address}}
        tell(live, finding, title="<i>x</i>")
        assert texts(live) == [markup]
        expect(live.page.get_by_role("alert")).to_have_text("<i>x</i>")
        assert overlay(live).locator("img, b, i, a").count() == 0


def test_who_types_goes_on_typing(live: Live) -> None:
    open_page(live)
    live.page.locator("textarea").press_sequentially("half")
    tell(live, FINDING)
    assert live.focused() == "2"
    live.page.keyboard.type(" typed")
    live.page.keyboard.press("Escape")
    assert live.page.locator("textarea").input_value() == "half typed"
    expect(overlay(live).get_by_role("region")).to_be_visible()
    tell(live)
    assert (live.focused(), live.caret()) == ("2", [10, 10])


def test_escape_closes_it_where_nothing_has_the_focus(live: Live) -> None:
    open_page(live)
    tell(live, FINDING)
    live.page.keyboard.press("Escape")
    assert overlay(live).count() == 0


def test_the_page_may_have_a_use_for_escape(live: Live) -> None:
    open_page(live)
    live.js("addEventListener('keydown', (event) => event.preventDefault(), true)")
    tell(live, FINDING)
    live.page.keyboard.press("Escape")
    assert overlay(live).count() == 1


def test_the_keyboard_gets_in_and_back(live: Live) -> None:
    open_page(live)
    tell(live, FINDING)
    live.page.locator("button", has_text="Press").focus()
    seen = []
    for _ in range(4):
        live.page.keyboard.press("Tab")
        seen.append(live.js("document.activeElement.shadowRoot?.activeElement?.textContent"))
    assert seen == ["Fold", "\N{MULTIPLICATION SIGN}", "The page goes on as it was." + TEXT, "board.yaml:12:5"]
    live.page.keyboard.press("Escape")
    assert overlay(live).count() == 0 and live.focused() == "3"


def test_focus_returns_when_it_goes_by_itself(live: Live) -> None:
    open_page(live)
    live.page.locator("textarea").focus()
    tell(live, FINDING)
    overlay(live).get_by_role("link").focus()
    tell(live, FINDING, {**FINDING, "text": "another"})
    assert live.js("document.activeElement.shadowRoot.activeElement.id") == "list"
    tell(live)
    assert live.focused() == "2"


def test_what_was_closed_comes_again_with_something_new(live: Live) -> None:
    open_page(live)
    tell(live, FINDING)
    overlay(live).get_by_role("button", name="Close").click()
    assert overlay(live).count() == 0
    tell(live, FINDING)  # as a connection that is back says it again
    assert overlay(live).count() == 0
    tell(live, {**FINDING, "text": "another"})
    assert texts(live) == ["another"]
    tell(live)
    tell(live, FINDING)
    assert texts(live) == [TEXT]


def test_the_page_beneath_is_at_work(live: Live) -> None:
    open_page(live)
    tell(live, FINDING)
    live.page.locator("button", has_text="Press").click()
    assert live.event_of(3)[0] == "click"
    live.patch(["text", 1, "b"], ["remove", 2])
    live.snapshot('<p data-n="1">c</p>')
    assert (live.text(1), texts(live)) == ("c", [TEXT])
    assert overlay(live).evaluate("element => element.closest('[data-stream]')") is None
    overlay(live).get_by_role("button", name="Close").click()
    assert live.socket._messages.empty()


def test_it_folds(live: Live) -> None:
    open_page(live)
    tell(live, FINDING)
    fold = overlay(live).get_by_role("button", name="Fold")
    expect(fold).to_have_attribute("aria-expanded", "true")
    height = overlay(live).evaluate("element => element.offsetHeight")
    fold.click()
    unfold = overlay(live).get_by_role("button", name="Unfold")
    expect(unfold).to_have_attribute("aria-expanded", "false")
    assert overlay(live).evaluate("element => element.offsetHeight") < height / 2
    expect(overlay(live).locator("pre")).to_be_hidden()
    unfold.click()
    expect(overlay(live).locator("pre")).to_be_visible()


def test_toasts_stand_above_it(live: Live) -> None:
    open_page(live)
    tell(live, FINDING)
    live.socket.send("toast", text="Saved", kind="success")
    live.settle()
    toast, panel = live.page.locator(".livepages-toast").bounding_box(), overlay(live).bounding_box()
    assert toast is not None and panel is not None and toast["y"] + toast["height"] <= panel["y"]


@pytest.mark.parametrize("rule", ["livepages-problems", "body *", "body > *", ":not(html):not(body)"])
def test_the_sites_css_does_not_reach_it(live: Live, rule: str) -> None:
    live.server.files["/site.css"] += (
        f"{rule} {{ display: none !important; opacity: 0 !important; position: static !important;"
        "width: 1px !important; transform: scale(0) !important; font-size: 1px !important;"
        "visibility: hidden !important; direction: rtl }"
    )
    open_page(live)
    tell(live, FINDING)
    box = overlay(live).get_by_role("region").bounding_box()
    assert box is not None and box["width"] > 500 and box["height"] > 100
    assert live.js("getComputedStyle(document.querySelector('livepages-problems')).opacity") == "1"
    assert overlay(live).locator("pre").evaluate("element => getComputedStyle(element).fontSize") == "13px"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(live: Live, scheme: Any) -> None:
    live.page.emulate_media(color_scheme=scheme)
    open_page(live)
    tell(live, FINDING)
    contrast = """element => {
      const luminance = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255)
          .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      let behind = element;
      while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
      const [one, two] = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor].map(luminance);
      return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }"""
    shown = overlay(live).locator("h2, button, p, a, pre, .caret, .hint")
    assert [each for each in shown.all() if each.evaluate(contrast) < 4.5] == []
    assert shown.count() == 8
    live.page.emulate_media(color_scheme="light")


def test_failures_of_handlers_are_listed(live: Live) -> None:
    open_page(live)
    fail(live, event=7)
    expect(live.page.get_by_role("alert")).to_have_text("A handler failed")
    fail(live, "Another: y", event=8)
    fail(live, event=9)
    assert texts(live) == [f"Oh: x (E-1) \N{MULTIPLICATION SIGN}2\n{TRACE}", f"Another: y (E-1)\n{TRACE}"]
    expect(live.page.get_by_role("alert")).to_have_text("Handlers failed 3 times")
    links = [link.get_attribute("href") for link in overlay(live).get_by_role("link").all()]
    assert links == ["my://x/board.py?1", "my://x/board.py?12"] * 2
    assert live.page.locator(".livepages-error").count() == 0
    tell(live)
    assert overlay(live).count() == 0
    fail(live, event=10)
    assert texts(live) == [f"Oh: x (E-1)\n{TRACE}"]


def test_failures_are_bounded(live: Live) -> None:
    open_page(live)
    for number in range(30):
        fail(live, f"Oh: {number}")
    assert len(texts(live)) == 20 and texts(live)[0].startswith("Oh: 29 ")


def test_a_timers_failure_that_was_closed_does_not_come_back(live: Live) -> None:
    open_page(live)
    fail(live)
    live.page.keyboard.press("Escape")
    fail(live)
    assert overlay(live).count() == 0
    fail(live, event=7)
    assert len(texts(live)) == 1
    live.page.keyboard.press("Escape")
    tell(live)
    fail(live)
    assert len(texts(live)) == 1


def test_expressions_of_several_streams(live: Live) -> None:
    open_page(live)
    for stream in ("page", "shared/news"):
        live.socket.send("faults", stream=stream, findings=[{**FINDING, "text": stream}])
    live.settle()
    assert texts(live) == ["page", "shared/news"]
    expect(live.page.get_by_role("alert")).to_have_text("2 expressions have no value")
    tell(live, FINDING)
    expect(live.page.get_by_role("alert")).to_have_text(f"{TITLE} · 2 expressions have no value")
    live.socket.send("faults", stream="page", findings=[])
    tell(live)
    assert texts(live) == ["shared/news"]
    expect(overlay(live)).not_to_contain_text("The page goes on")
    live.socket.send("faults", stream="shared/news", findings=[])
    live.settle()
    assert overlay(live).count() == 0


def test_it_shows_over_an_open_dialog(live: Live) -> None:
    open_page(live, '<dialog data-n="1"><p data-n="2">Sure?</p></dialog>')
    live.js("document.querySelector('dialog').showModal()")
    tell(live, FINDING)
    box = overlay(live).get_by_role("region").bounding_box()
    assert box is not None
    point = [box["x"] + box["width"] / 2, box["y"] + 10]
    live.page.keyboard.press("Escape")
    assert live.js("document.querySelector('dialog').open") is False
    assert live.js("([x, y]) => document.elementFromPoint(x, y).localName", point) == "livepages-problems"
