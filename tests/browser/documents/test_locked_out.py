"""What was written away while a document was locked waits in the tab, and is saved once it can be written in again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from livepages.coediting import lock
from tests.browser.documents.conftest import Site
from tests.browser.documents.writing import code, editor, same_text, select, shows, text
from tests.browser.network import network_to
from tests.browser.serving import live_tab

SITE = """\
title: Locked
scope: shared
state: {locked: false}
body:
  - button: Switch
    on: {click: {toggle: locked}}
  - editor: notes
    readonly: ${locked}
  - textarea: ""
    shared_text: plain
    title: Words
    readonly: ${locked}
  - code: main
    language: text
    readonly: ${locked}
"""
REFUSED = (
    "This document can only be read. "
    "What you wrote last is in this tab only, and is saved when this can be written in again."
)


def alerts(page: Page) -> list[str]:
    return [box.get_by_role("alert").inner_text() for box in page.locator(".livepages-box").all()]


def test_what_a_lock_has_refused_is_saved_when_it_is_opened(
    browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "LATE", 0.0)
    with (
        network_to(site.url) as network,
        live_tab(browser, site.url) as ann,
        live_tab(browser, network.address) as bob,
    ):
        for watched in (ann, bob):
            expect(editor(watched.page)).to_be_visible()
            expect(watched.page.locator(".cm-content")).to_be_visible()
        select(ann.page, 0)
        ann.page.keyboard.type("Ann ")
        same_text("Ann \n", ann, bob)
        network.go()
        expect(bob.page.locator(".livepages-rich .livepages-hint")).to_contain_text("Offline")
        select(bob.page, 0)
        bob.page.keyboard.type("Bob ")
        words = bob.page.locator("textarea")
        words.fill("words")
        bob.page.locator(".cm-content").focus()
        bob.page.keyboard.type("code")
        ann.page.get_by_role("button", name="Switch").click()
        expect(ann.page.locator("textarea")).to_have_attribute("readonly", "")
        network.come_back()
        shows(bob.page, lambda: alerts(bob.page), [REFUSED, REFUSED])
        expect(words).to_have_attribute("title", REFUSED)
        expect(words).to_have_attribute("readonly", "")
        same_text("Ann \n", ann)
        ann.page.get_by_role("button", name="Switch").click()
        same_text("Bob Ann \n", ann, bob)
        for watched in (ann, bob):
            expect(watched.page.locator("textarea")).to_have_value("words")
            shows(watched.page, lambda page=watched.page: code(page), "code")
        assert alerts(bob.page) == ["", ""]
        expect(words).to_have_attribute("title", "Words")
        words.fill("more words")
        expect(ann.page.locator("textarea")).to_have_value("more words")
        for watched in (ann, bob):
            watched.page.goto("about:blank")
            watched.complaints[:] = [line for line in watched.complaints if "WebSocket connection to" not in line]


def test_who_was_writing_when_it_was_locked_writes_on_when_it_is_opened(browser: Browser, site: Site) -> None:
    with live_tab(browser, site.url) as ann, live_tab(browser, site.url) as bob:
        expect(editor(ann.page)).to_be_visible()
        begun = text(ann.page)
        select(ann.page, 0)
        ann.page.keyboard.type("un")
        same_text("un" + begun, ann)
        for is_locked in ("true", "false"):
            bob.page.get_by_role("button", name="Switch").click()
            expect(editor(ann.page)).to_have_attribute("aria-readonly", is_locked)
        ann.page.keyboard.type("locked ")
        same_text("unlocked " + begun, ann, bob)
