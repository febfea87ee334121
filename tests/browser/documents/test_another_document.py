"""What was written offline in a document that the page does not show any more when the tab comes back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.documents.writing import editor, select, text, until
from tests.browser.network import network_to
from tests.browser.serving import live_tab, serving

SITE = """\
title: Lost
scope: shared
state: {which: one}
body:
  - button: one
    on: {click: {set: {which: one}}}
  - button: two
    on: {click: {set: {which: two}}}
  - editor: ${which}
    classes: h-32
  - match: ${which}
    cases:
      one:
        - textarea: begin
          shared_text: draft
"""
KEPT = "No page shows a document of this name. What you wrote is kept in this tab until it shows again."
OFFLINE = "Offline: your changes are kept and sent later"
CUT = ("WebSocket connection to", "net::ERR_")


def show(page: Page, which: str) -> None:
    page.get_by_role("button", name=which).click()


def test_it_is_there_when_the_page_shows_that_again(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    with (
        serving(tmp_path) as url,
        network_to(url) as network,
        live_tab(browser, url) as ann,
        live_tab(browser, network.address) as bob,
    ):
        expect(editor(bob.page)).to_be_visible()
        select(bob.page, 0)
        bob.page.keyboard.type("online ")
        until(ann.page, lambda: text(ann.page) == "online \n")
        network.go()
        expect(bob.page.locator(".livepages-rich .livepages-hint")).to_have_text(OFFLINE)
        select(bob.page, 0)
        bob.page.keyboard.type("off ")
        bob.page.locator("textarea").click()
        bob.page.keyboard.press("Control+Home")
        bob.page.keyboard.type("off ")
        show(ann.page, "two")
        network.come_back()
        expect(bob.page.locator(".livepages-error").first).to_contain_text(KEPT)
        expect(bob.page.locator("textarea")).to_have_count(0)
        show(ann.page, "one")
        for watched in (ann, bob):
            page = watched.page
            until(page, lambda page=page: text(page) == "off online \n")
            expect(page.locator("textarea")).to_have_value("off begin")
        bob.page.goto("about:blank")
        bob.complaints[:] = [line for line in bob.complaints if not any(words in line for words in CUT)]
