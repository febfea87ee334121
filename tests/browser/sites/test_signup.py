"""Signing up in real tabs."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import live_tab


def go_on(page: Page) -> None:
    page.locator("button[type=submit]").click()


def enter(page: Page, name: str, email: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Email").fill(email)


def test_what_is_refused_is_said_beside_its_field_and_keeps_the_form_back(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        enter(one.page, "A", "ann")
        go_on(one.page)
        messages = one.page.get_by_role("alert")
        expect(messages).to_have_text(
            ["A name has 2 to 60 characters.", "This is no address, such as ann@example.org."]
        )
        expect(one.page.get_by_label("Email")).to_have_attribute("aria-invalid", "true")
        expect(one.page.locator("[aria-current=step]")).to_have_text("1You")
        enter(one.page, "Ann", "ann@example.org")
        expect(messages).to_have_count(0)
        go_on(one.page)
        expect(one.page.locator("[aria-current=step]")).to_have_text("2Plan")
        expect(other.page.locator("[aria-current=step]")).to_have_text("1You")
        expect(other.page.get_by_label("Name")).to_have_value("")


def test_all_steps_there_and_back(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one:
        enter(one.page, "Ann", "ann@example.org")
        go_on(one.page)
        expect(one.page.get_by_label("Team")).to_be_checked()
        one.page.get_by_label("Solo").check()
        expect(one.page.get_by_role("slider")).to_have_count(0)
        one.page.get_by_label("Company").check()
        one.page.get_by_role("slider").fill("7")
        expect(one.page.get_by_text("7 seats")).to_be_visible()
        one.page.get_by_label("From when?").fill("2026-05-01")
        one.page.get_by_role("button", name="Back").click()
        expect(one.page.get_by_label("Name")).to_have_value("Ann")
        go_on(one.page)
        expect(one.page.get_by_label("Company")).to_be_checked()
        expect(one.page.get_by_role("slider")).to_have_value("7")
        go_on(one.page)
        expect(one.page.locator("dd")).to_have_text(["Ann", "ann@example.org", "Company", "7", "1 May 2026"])
        go_on(one.page)
        expect(one.page.locator("[aria-current=step]")).to_have_text("3Check")
        one.page.get_by_label("I agree to the terms").check()
        go_on(one.page)
        expect(one.page.get_by_text("Welcome, Ann!")).to_be_visible()
        one.page.get_by_text("Sign up somebody else").click()
        expect(one.page.get_by_label("Name")).to_have_value("")
        go_on(one.page)
        expect(one.page.locator("[aria-current=step]")).to_have_text("1You")
