"""What is wrong with a site shows in its open tabs, and a style sheet that was edited takes effect in them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.app import make_app
from livepages.runtime.blueprints.site_styles import program_css
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.reports import text_report
from livepages.schema.loader import load_site, read_site
from tests.browser.serving import live_tab, running
from tests.runtime.support import write_site

SITE = """
scope: shared
css: own.css
state: {guests: 2}
body:
  - {p: "${6 / guests}", id: share, classes: "own p-4 mt-2"}
  - {button: None, id: none, on: {click: {set: {guests: 0}}}}
  - {button: One, id: one, on: {click: {set: {guests: 1}}}}
  - {button: Fail, id: fail, on: {click: fail}}
  - {input: "", id: name}
"""
HANDLERS = """
def fail(page):
    page["share"].colour = "<b>red</b>"
"""
OWN = ".own { color: rgb(1, 0, 0); letter-spacing: 3px }"


def write(folder: Path) -> Path:
    (folder / "own.css").write_text(OWN, encoding="utf-8")
    return write_site(folder, SITE, HANDLERS)


def application(folder: Path) -> Starlette:
    return make_app(load_site(write(folder), ELEMENT_TYPES), development=True)


def on_loop(app: Starlette, action: Callable[[], Any]) -> None:
    """Do something in the server's event loop."""
    done = threading.Event()
    app.state.hub.loop.call_soon_threadsafe(lambda: (action(), done.set()))
    assert done.wait(10)


def tell(app: Starlette, diagnostics: Diagnostics | None) -> None:
    on_loop(app, lambda: app.state.findings.tell(diagnostics, app.state.hub.rooms.tabs))


def renew(app: Starlette, own_css: str) -> None:
    """What a change of the site does with its style sheet."""

    def change() -> None:
        app.state.hub.kit.styles.renew(own_css=program_css() + own_css)
        for room in app.state.hub.rooms:
            room.live.renew_css()

    on_loop(app, change)


def texts(page: Page) -> list[str]:
    return page.locator("livepages-problems pre").all_text_contents()


def test_a_broken_file_shows_as_in_the_terminal_until_it_is_right(browser: Browser, tmp_path: Path) -> None:
    app = application(tmp_path)
    with running(app) as url, live_tab(browser, url) as tab:
        page, overlay = tab.page, tab.page.locator("livepages-problems")
        page.locator("#name").press_sequentially("half")
        write_site(tmp_path, SITE.replace("classes:", "clases:") + "  - dvi: <script>throw 1</script>\n", HANDLERS)
        diagnostics = Diagnostics()
        read_site(tmp_path, ELEMENT_TYPES, diagnostics)
        tell(app, diagnostics)
        expect(overlay.get_by_role("alert")).to_have_text("site.yaml can't be loaded: 2 errors")
        assert "".join(f"{text}\n\n" for text in texts(page)) + "2 errors\n" == text_report(diagnostics)
        link = overlay.get_by_role("link").last
        assert link.get_attribute("href") == f"vscode://file{tmp_path}/site.yaml:11:5"
        page.keyboard.type(" typed")
        expect(page.locator("#name")).to_have_value("half typed")
        with live_tab(browser, url) as late:
            expect(late.page.locator("livepages-problems").get_by_role("alert")).to_be_visible()
        page.locator("#one").click()
        expect(page.locator("#share")).to_have_text("6")
        tell(app, None)
        expect(overlay).to_have_count(0)


def test_a_failing_handler_shows_with_its_traceback(browser: Browser, tmp_path: Path) -> None:
    app = application(tmp_path)
    with running(app) as url, live_tab(browser, url) as tab:
        overlay = tab.page.locator("livepages-problems")
        tab.page.locator("#fail").click()
        expect(overlay.get_by_role("alert")).to_have_text("A handler failed")
        (text,) = texts(tab.page)
        assert text.startswith("AttributeError: ") and 'page["share"].colour = "<b>red</b>"' in text
        link = overlay.get_by_role("link", name='File "handlers.py", line 2')
        assert link.get_attribute("href") == f"vscode://file{tmp_path}/handlers.py:2:1"
        tell(app, None)
        expect(overlay).to_have_count(0)


def test_an_expression_without_a_value_shows_in_all_tabs_while_it_has_none(browser: Browser, tmp_path: Path) -> None:
    with running(application(tmp_path)) as url, live_tab(browser, url) as tab, live_tab(browser, url) as other:
        overlay = other.page.locator("livepages-problems")
        tab.page.locator("#none").click()
        expect(overlay.get_by_role("alert")).to_have_text("An expression has no value")
        assert f'{tmp_path}/site.yaml:6:6: error: p "share".text: 6 can\'t be divided by 0.' in texts(other.page)[0]
        tab.page.locator("#one").click()
        expect(overlay).to_have_count(0)
        expect(tab.page.locator("livepages-problems")).to_have_count(0)


WATCH_STYLES = """() => {
  const element = document.getElementById("share");
  window.seen = [];
  const look = () => {
    const { color, letterSpacing, paddingTop, marginTop } = getComputedStyle(element);
    const now = [color, letterSpacing, paddingTop, marginTop].join(" ");
    if (window.seen.at(-1) !== now) window.seen.push(now);
    requestAnimationFrame(look);
  };
  look();
}"""


def test_edited_css_takes_effect_at_once_and_whole(browser: Browser, tmp_path: Path) -> None:
    app = application(tmp_path)
    with running(app) as url, live_tab(browser, url) as tab:
        page = tab.page
        page.evaluate(WATCH_STYLES)
        page.wait_for_function("() => window.seen.length === 1")
        renew(app, ".own { color: rgb(2, 0, 0) }")
        page.wait_for_function("() => window.seen.length === 2")
        on_loop(app, lambda: app.state.hub.kit.styles.add(["mt-[7px]"]))
        renew(app, "")
        page.wait_for_function("() => window.seen.length === 3")
        first, second, third = page.evaluate("window.seen")
        assert first == "rgb(1, 0, 0) 3px 16px 8px"
        assert second == "rgb(2, 0, 0) normal 16px 8px"
        assert third.endswith(" normal 16px 8px") and "rgb(2, 0, 0)" not in third
        assert [request for request in tab.requests if ".css" in request] == tab.requests[1:2]
        with live_tab(browser, url) as late:
            late.page.evaluate(WATCH_STYLES)
            assert late.page.evaluate("window.seen") == [third]


def test_a_tab_that_was_offline_keeps_no_rule_that_is_gone(browser: Browser, tmp_path: Path) -> None:
    app = application(tmp_path)
    with running(app) as url, live_tab(browser, url) as tab:
        page = tab.page
        page.evaluate(WATCH_STYLES)
        page.wait_for_function("() => window.seen.length === 1")

        def cut_and_renew() -> None:
            for each in app.state.hub.rooms.tabs:
                each.connection.close(1012, "cut")
            app.state.hub.kit.styles.renew(own_css=program_css())
            for room in app.state.hub.rooms:
                room.live.renew_css()

        on_loop(app, cut_and_renew)
        page.wait_for_function("() => window.seen.length === 2")
        assert page.evaluate("window.seen.at(-1)").endswith(" normal 16px 8px")
