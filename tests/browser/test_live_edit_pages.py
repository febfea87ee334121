"""Pages go, come back, move and break while tabs have them open."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from livepages.schema.findings.reports import text_report
from tests.browser.saving import following, staying_tab
from tests.browser.serving import Watched, live_tab

TWO = """\
title: Two
handlers: handlers.py
pages:
  /:
    scope: shared
    body:
      - h1: First
        id: head
      - p: "0"
        id: told
      - button: Press
        id: press
        on: {click: press}
      - input: ""
        id: name
  /other:
    title: The other
    body:
      - h1: Other
      - input: ""
        id: name
"""
PRESS = """\
def press(page):
    page["told"].text = str(int(page["told"].text) + 1)


def fail():
    raise ValueError("too bad")
"""
BROKEN = TWO.replace("id: told", "idd: told").replace("h1: First", "h9: First")


def overlay_texts(page: Page) -> str:
    """All that the overlay says of what is wrong."""
    return "\n\n".join(page.locator("livepages-problems pre").all_text_contents())


def type_half(tab: Watched) -> None:
    tab.page.locator("#name").press_sequentially("half")
    tab.page.evaluate("() => document.activeElement.setSelectionRange(2, 2)")


def has_half(page: Page) -> bool:
    """Whether what was typed is there, and the caret in it."""
    held: list[object] = page.evaluate(
        "() => { const { id, value, selectionStart } = document.activeElement; return [id, value, selectionStart] }"
    )
    return held == ["name", "half", 2]


def test_what_is_broken_shows_in_every_tab_until_a_good_save(browser: Browser, tmp_path: Path) -> None:
    with (
        following(tmp_path, TWO, PRESS) as site,
        staying_tab(browser, site.url) as one,
        staying_tab(browser, f"{site.url}/other") as two,
    ):
        type_half(one)
        refused = site.break_off(BROKEN)
        terminal = text_report(refused.findings)
        assert "site.yaml:7:9: error: " in terminal and "site.yaml:10:9: error: " in terminal
        with staying_tab(browser, site.url) as late:
            for page in (one.page, two.page, late.page):
                expect(page.locator("livepages-problems pre")).to_have_count(2)
                assert f"{overlay_texts(page)}\n\n2 errors\n" == terminal
                link = page.locator("livepages-problems").get_by_role("link").first
                assert link.get_attribute("href") == f"vscode://file{tmp_path}/site.yaml:7:9"
            assert has_half(one.page)
            late.page.locator("#press").click()
            expect(one.page.locator("#told")).to_have_text("1")
            again = site.break_off(BROKEN.replace("h9: First", "h1: First"))
            for page in (one.page, two.page, late.page):
                expect(page.locator("livepages-problems pre")).to_have_count(1)
                assert f"{overlay_texts(page)}\n\n1 error\n" == text_report(again.findings)
            assert site.save(TWO).change.pages == ()
            for page in (one.page, two.page, late.page):
                expect(page.locator("livepages-problems")).to_have_count(0)
            assert has_half(one.page)


def test_a_broken_handler_file_leaves_the_old_one_at_work(browser: Browser, tmp_path: Path) -> None:
    with following(tmp_path, TWO, PRESS) as site, staying_tab(browser, site.url) as one:
        page = one.page
        refused = site.break_off(PRESS.replace("def press(page):", "def press(page:"), "handlers.py")
        expect(page.locator("livepages-problems pre")).to_have_count(1)
        assert f"{overlay_texts(page)}\n\n1 error\n" == text_report(refused.findings)
        page.locator("#press").click()
        expect(page.locator("#told")).to_have_text("1")
        site.save(PRESS.replace("+ 1", "+ 10"), "handlers.py")
        expect(page.locator("livepages-problems")).to_have_count(0)
        page.locator("#press").click()
        expect(page.locator("#told")).to_have_text("11")


def test_an_edit_of_one_page_is_not_noticed_on_another(browser: Browser, tmp_path: Path) -> None:
    with (
        following(tmp_path, TWO, PRESS) as site,
        staying_tab(browser, site.url) as one,
        staying_tab(browser, f"{site.url}/other") as two,
    ):
        type_half(one)
        type_half(two)
        told = [frame for frame in two.frames if frame["type"] != "ack"]
        site.edit("        id: head\n", "        id: head\n      - h2: New\n        classes: mt-[3px]\n")
        expect(one.page.locator("h2")).to_have_css("margin-top", "3px")
        site.edit("h1: First", "h1: The first")
        expect(one.page.locator("h1")).to_have_text("The first")
        assert has_half(one.page) and has_half(two.page)
        assert [frame for frame in two.frames if frame["type"] not in ("ack", "beat")] == told


def test_a_moved_page_has_its_new_address_and_all_that_was_typed(browser: Browser, tmp_path: Path) -> None:
    with (
        following(tmp_path, TWO, PRESS) as site,
        staying_tab(browser, f"{site.url}/other") as one,
        staying_tab(browser, site.url) as two,
    ):
        type_half(one)
        type_half(two)
        site.edit("  /other:\n    title: The other\n", "  /another:\n    title: Another one\n")
        expect(one.page).to_have_url(f"{site.url}/another")
        expect(one.page).to_have_title("Another one")
        assert has_half(one.page) and has_half(two.page)
        assert two.page.url == f"{site.url}/"
        site.edit("h1: Other", "h1: Moved")
        expect(one.page.locator("h1")).to_have_text("Moved")
        with live_tab(browser, f"{site.url}/another") as late:
            expect(late.page.locator("h1")).to_have_text("Moved")


def test_a_removed_page_says_so_and_is_there_again_when_it_comes_back(browser: Browser, tmp_path: Path) -> None:
    with (
        following(tmp_path, TWO, PRESS) as site,
        live_tab(browser, f"{site.url}/other") as one,
        staying_tab(browser, site.url) as two,
    ):
        type_half(two)
        followed = site.save(TWO[: TWO.index("  /other:")])
        assert (followed.change.pages, followed.change.reloaded) == (("page /other",), 1)
        expect(one.page.locator("h1")).to_have_text("Page not found")
        assert has_half(two.page)
        one.complaints[:] = [text for text in one.complaints if "404" not in text]
        site.save(TWO)
        one.page.reload()
        expect(one.page.locator("h1")).to_have_text("Other")
        site.edit("h1: Other", "h1: Back")
        expect(one.page.locator("h1")).to_have_text("Back")
        assert has_half(two.page)


def test_another_scope_has_just_the_tabs_of_that_page_load_it_anew(browser: Browser, tmp_path: Path) -> None:
    with (
        following(tmp_path, TWO, PRESS) as site,
        live_tab(browser, site.url) as one,
        live_tab(browser, site.url) as two,
        staying_tab(browser, f"{site.url}/other") as other,
    ):
        type_half(other)
        one.page.locator("#press").click()
        expect(two.page.locator("#told")).to_have_text("1")
        with one.page.expect_navigation(), two.page.expect_navigation():
            assert site.edit("scope: shared", "scope: tab").change.reloaded == 2
        one.page.locator("#press").click()
        expect(one.page.locator("#told")).to_have_text("1")
        expect(two.page.locator("#told")).to_have_text("0")
        assert has_half(other.page)


DIALOG = """\
title: Asked
body:
  - h1: Title
  - button: Ask
    id: ask
    on: {click: {open: asked}}
  - dialog:
      - p: Sure?
      - input: ""
        id: name
    id: asked
"""


def test_a_modal_dialog_stays_open_with_what_is_typed_in_it(browser: Browser, tmp_path: Path) -> None:
    with (
        following(tmp_path, DIALOG) as site,
        staying_tab(browser, site.url) as one,
        staying_tab(browser, site.url) as two,
    ):
        one.page.locator("#ask").click()
        type_half(one)
        for old, new in (
            ("h1: Title", "h1: Another title"),
            ("p: Sure?", "p: Really sure?"),
            ("      - p: Really", "      - h2: A question\n      - p: Really"),
            ("  - dialog:", "  - p: Something before it\n  - dialog:"),
            ("    id: asked\n", "    id: asked\n    classes: border-[9px]\n"),
        ):
            site.edit(old, new)
            assert has_half(one.page)
        expect(one.page.locator("#asked:modal")).to_have_css("border-top-width", "9px")
        assert one.page.locator("#asked:modal").inner_text().split("\n")[0] == "A question"
        assert has_half(one.page)
        broken = site.break_off(site.read().replace("p: Really", "pp: Really"))
        expect(one.page.locator("livepages-problems pre")).to_have_count(1)
        assert "There is no element type" in text_report(broken.findings)
        one.page.keyboard.type("-")
        expect(one.page.locator("#name")).to_have_value("ha-lf")
        expect(two.page.locator("#asked")).to_be_hidden()
