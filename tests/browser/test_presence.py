"""Who has a page open, as Chromium tells of tabs that close, load anew and go elsewhere."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.serving import live_tab, serving, until

SOON = 8
"""Seconds in which a tab that was closed is gone, on a busy machine: less than for one whose connection broke (10)."""

SITE = """
scope: shared
title: "${tabs} here"
state: {log: []}
on:
  open: {append: {log: open}}
  close: {append: {log: close}}
body: [{p: "${tabs}: ${log | join(' ')}", id: out}]
"""


def test_a_tab_is_gone_soon_after_it_closes_and_stays_while_it_loads_anew(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    with serving(tmp_path) as url, live_tab(browser, url) as one:
        shown = one.page.locator("#out")
        with live_tab(browser, url) as other:
            expect(shown).to_have_text("2: open open")
            one.frames.clear()
            other.frames.clear()
            other.page.reload()
            until(other, other.is_live)
            one.page.wait_for_timeout(2_000)
            assert (one.patches(), shown.text_content()) == ([], "2: open open")
            closed = time.monotonic()
        expect(shown).to_have_text("1: open open close")
        assert time.monotonic() - closed < SOON
        expect(one.page).to_have_title("1 here")
        with live_tab(browser, url) as other:
            expect(shown).to_have_text("2: open open close open")
            other.page.goto("about:blank")
            left = time.monotonic()
            expect(shown).to_have_text("1: open open close open close")
            assert time.monotonic() - left < SOON
