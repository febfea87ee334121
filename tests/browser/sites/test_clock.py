"""The clock in real tabs."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.browser.serving import live_tab, tab, until

MOST_REQUESTS = 8
MOST_BYTES = 60 * 1024


def test_two_tabs_show_the_same_time_and_change_together(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        for _ in range(3):
            time = one.page.locator("#clock").inner_text()
            expect(one.page.locator("#clock")).not_to_have_text(time)
            until(other, lambda: other.page.locator("#clock").inner_text() == one.page.locator("#clock").inner_text())
        assert {patch["ops"][0][0] for patch in one.patches()} == {"text"}


def test_nothing_comes_from_another_host(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as watched:
        assert {urlsplit(url).netloc for url in watched.requests} == {urlsplit(site).netloc}


def test_the_page_is_complete_before_any_script_runs(browser: Browser, site: str) -> None:
    with tab(browser, site, java_script_enabled=False) as watched:
        clock = watched.page.locator("#clock")
        assert clock.inner_text().count(":") == 2
        assert clock.evaluate("element => getComputedStyle(element).fontSize") == "48px"


def test_a_cold_visit_is_small(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    with page.expect_websocket():
        page.goto(site, wait_until="networkidle")
    assert 0 < len(sizes) < MOST_REQUESTS
    assert sum(sizes) < MOST_BYTES
    context.close()
