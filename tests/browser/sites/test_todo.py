"""The to-do list in real tabs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import SITES, Watched, live_tab, serving

TITLES = ["Read this file", "Change what it says", "Open it in two tabs"]


@pytest.fixture
def site() -> Iterator[str]:
    """The address of the site, served anew for each test."""
    with serving(SITES / "todo") as address:
        yield address


def expect_titles(page: Page, titles: list[str]) -> None:
    expect(page.locator("#todos li > span")).to_have_text(titles)


def is_row_focused(watched: Watched, title: str) -> bool:
    return bool(
        watched.page.evaluate("title => document.activeElement.closest('li')?.textContent.includes(title)", title)
    )


def test_what_is_added_ticked_and_removed_shows_in_the_other_tab(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        other.page.locator("#title").press_sequentially("half")
        one.page.locator("#title").fill("Buy milk")
        one.page.keyboard.press("Enter")
        expect_titles(other.page, [*TITLES, "Buy milk"])
        expect(one.page.locator("#title")).to_have_value("")
        expect(other.page.locator("#title")).to_have_value("half")
        one.page.get_by_role("checkbox").nth(3).check()
        expect(other.page.get_by_role("checkbox").nth(3)).to_be_checked()
        expect(other.page.locator("#count")).to_have_text("2 of 4 to do")
        one.page.get_by_title("Remove").nth(1).click()
        expect_titles(other.page, ["Read this file", "Open it in two tabs", "Buy milk"])
        other.page.get_by_text("Remove what is done").click()
        expect_titles(one.page, ["Open it in two tabs"])
        expect(one.page.get_by_text("Remove what is done")).to_have_count(0)


def test_each_tab_filters_for_itself(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        one.page.get_by_role("button", name="Open", exact=True).click()
        expect_titles(one.page, TITLES[1:])
        expect_titles(other.page, TITLES)
        other.page.get_by_role("checkbox").nth(1).check()
        expect_titles(one.page, TITLES[2:])
        one.page.get_by_role("button", name="Done", exact=True).click()
        expect_titles(one.page, TITLES[:2])
        expect(one.page.get_by_role("button", name="Done", exact=True)).to_have_attribute("aria-pressed", "true")


def test_a_title_is_edited_in_its_row(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        one.page.get_by_text(TITLES[1]).dblclick()
        field = one.page.get_by_label("Title")
        expect(field).to_be_focused()
        expect(field).to_have_value(TITLES[1])
        field.fill("Change it")
        one.page.keyboard.press("Enter")
        expect_titles(other.page, [TITLES[0], "Change it", TITLES[2]])
        expect_titles(one.page, [TITLES[0], "Change it", TITLES[2]])
        one.page.get_by_title("Edit").first.click()
        one.page.get_by_label("Title").fill("no")
        one.page.keyboard.press("Escape")
        expect(one.page.get_by_label("Title")).to_have_count(0)
        expect_titles(one.page, [TITLES[0], "Change it", TITLES[2]])


def test_rows_move_with_the_focus_that_is_in_them(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        other.page.get_by_role("checkbox").nth(2).focus()
        one.page.get_by_title("Move up").nth(2).focus()
        one.page.keyboard.press("Enter")
        expect_titles(one.page, [TITLES[0], TITLES[2], TITLES[1]])
        expect_titles(other.page, [TITLES[0], TITLES[2], TITLES[1]])
        assert is_row_focused(one, TITLES[2]) and is_row_focused(other, TITLES[2])
        one.page.keyboard.press("Enter")
        expect_titles(other.page, [TITLES[2], TITLES[0], TITLES[1]])
        one.page.get_by_text("Sort by name").click()
        expect_titles(other.page, [TITLES[1], TITLES[2], TITLES[0]])
        assert is_row_focused(other, TITLES[2])


def test_a_row_is_dragged_to_another_place(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        rows = one.page.locator("#todos li")
        rows.nth(0).locator("span").drag_to(rows.nth(2).locator("span"))
        expect_titles(other.page, [TITLES[1], TITLES[2], TITLES[0]])
        expect_titles(one.page, [TITLES[1], TITLES[2], TITLES[0]])
