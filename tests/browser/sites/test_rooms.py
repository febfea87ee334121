"""The rooms in real tabs."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import live_tab


def call_oneself(page: Page, name: str) -> None:
    page.get_by_placeholder("Your name").fill(name)
    page.get_by_placeholder("Your name").blur()


def say(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.keyboard.press("Enter")


def test_those_in_a_room_see_each_other_and_what_is_said(browser: Browser, site: str) -> None:
    with live_tab(browser, f"{site}/room/one") as one, live_tab(browser, f"{site}/room/one") as other:
        expect(one.page.locator("#here")).to_have_text("2 here: Somebody")
        call_oneself(one.page, "Ann")
        expect(other.page.locator("#here")).to_have_text("2 here: Ann, Somebody")
        other.page.locator("#text").press_sequentially("half")
        say(one.page, "Hello <b>")
        expect(other.page.locator("#said li")).to_have_text(["AnnHello <b>"])
        expect(one.page.locator("#text")).to_have_value("")
        expect(other.page.locator("#text")).to_have_value("half")
        other.page.keyboard.press("Enter")
        expect(one.page.locator("#said li")).to_have_text(["AnnHello <b>", "Somebodyhalf"])
        with live_tab(browser, f"{site}/room/two") as elsewhere:
            expect(elsewhere.page.locator("#said")).to_have_text("Nobody has said anything yet.")


def test_the_list_of_rooms_follows_who_comes_and_goes(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as hall:
        row = hall.page.locator("#rooms li", has_text="a/b & c")
        with live_tab(browser, f"{site}/room/a%2Fb%20%26%20c") as one:
            expect(row).to_have_text("a/b & cSomebody1")
            call_oneself(one.page, "Ann")
            expect(row).to_have_text("a/b & cAnn1")
            row.locator("a").click()
            expect(one.page.locator("#here")).to_have_text("2 here: Ann, Somebody")
            hall.page.get_by_title("All rooms").click()
            expect(row).to_have_text("a/b & cAnn1")
        expect(row).to_have_text("a/b & c0")


def test_another_room_is_opened_by_its_name(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one:
        call_oneself(one.page, "Ann")
        one.page.locator("#other").fill(" Tea & cake? ")
        one.page.keyboard.press("Enter")
        one.page.wait_for_url(f"{site}/room/Tea%20%26%20cake%3F")
        expect(one.page.locator("h1")).to_have_text("Tea & cake?")
        expect(one.page.locator("#here")).to_have_text("1 here: Ann")
        expect(one.page.get_by_placeholder("Your name")).to_have_value("Ann")


def test_a_long_talk_stays_at_its_end(browser: Browser, site: str) -> None:
    with live_tab(browser, f"{site}/room/long") as one, live_tab(browser, f"{site}/room/long") as other:
        for number in range(20):
            say(one.page, f"line {number}")
            expect(one.page.locator("#text")).to_have_value("")
        expect(other.page.locator("#said li").last).to_be_in_viewport()
        expect(other.page.locator("#said li").first).not_to_be_in_viewport()
