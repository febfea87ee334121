"""The poll in real tabs."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import SITES, live_tab, serving


def expect_counts(page: Page, **counts: int) -> None:
    for drink, number in counts.items():
        expect(page.get_by_role("button", name=drink).locator("span").last).to_have_text(str(number))


def test_a_vote_shows_in_the_other_tab_and_moves_with_who_gave_it(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        expect(one.page.locator("#people")).to_have_text("2")
        one.page.get_by_role("button", name="Tea").click()
        expect_counts(other.page, Tea=1, Coffee=0, Water=0)
        expect(other.page.locator("#result")).to_have_text("1 vote, Tea is ahead.")
        expect(one.page.get_by_text("Your vote goes to Tea.")).to_be_visible()
        other.page.get_by_role("button", name="Coffee").click()
        expect_counts(one.page, Tea=1, Coffee=1)
        one.page.get_by_role("button", name="Coffee").click()
        expect_counts(other.page, Tea=0, Coffee=2)
        expect(other.page.get_by_text("Your vote goes to Tea.")).to_have_count(0)
        bar = other.page.get_by_role("button", name="Coffee").locator("div")
        assert bar.get_attribute("style") == "width: 100%"
        one.page.get_by_text("Take my vote back").click()
        other.page.get_by_text("Take my vote back").click()
        expect_counts(one.page, Tea=0, Coffee=0, Water=0)
        expect(one.page.get_by_text("Nobody has voted yet.")).to_be_visible()


def test_who_leaves_is_not_counted_any_more(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one:
        with live_tab(browser, site):
            expect(one.page.locator("#people")).to_have_text("2")
        expect(one.page.locator("#people")).to_have_text("1")


def test_a_vote_sends_only_what_it_changes(browser: Browser) -> None:
    with serving(SITES / "poll") as site, live_tab(browser, site) as one, live_tab(browser, site) as other:
        for each in (one, other):  # nobody else comes or goes in a site of its own
            expect(each.page.locator("#people")).to_have_text("2")
        one.page.get_by_role("button", name="Water").click()
        expect_counts(other.page, Water=1)
        other.frames.clear()
        other.page.get_by_role("button", name="Tea").click()
        expect_counts(one.page, Tea=1, Water=1)
        expect_counts(other.page, Tea=1, Water=1)
        (patch,) = other.patches()
        assert sorted({operation[0] for operation in patch["ops"]}) == ["attr", "text"]
        assert len(str(patch)) < 400
