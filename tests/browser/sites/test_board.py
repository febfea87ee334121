"""The message board in real tabs."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import live_tab


def send(page: Page, text: str) -> None:
    page.locator("#message").fill(text)
    page.get_by_text("Send").click()


def test_a_message_shows_first_in_the_other_tab(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        send(one.page, "first")
        expect(other.page.locator("pre").first).to_have_text("first")
        send(other.page, "second")
        expect(one.page.locator("pre").first).to_have_text("second")
        expect(one.page.locator("#message")).to_have_value("")
        assert one.page.locator("pre").all_inner_texts()[:2] == ["second", "first"]


def test_what_is_half_typed_in_the_other_tab_stays(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        other.page.locator("#message").press_sequentially("half typed")
        other.page.keyboard.press("ArrowLeft")
        other.page.keyboard.press("ArrowLeft")
        send(one.page, "meanwhile")
        expect(other.page.locator("pre").first).to_have_text("meanwhile")
        box = other.page.evaluate("() => [document.activeElement.value, document.activeElement.selectionStart]")
        assert box == ["half typed", 8]
        other.page.keyboard.type("!")
        expect(other.page.locator("#message")).to_have_value("half typ!ed")


def test_only_the_shared_elements_patch_goes_to_the_other_tab(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        send(one.page, "shared")
        expect(other.page.locator("pre").first).to_have_text("shared")
        expect(one.page.locator("#message")).to_have_value("")
        assert {patch["stream"] for patch in other.patches()} == {"shared/board"}
        assert [[op[0] for op in patch["ops"]] for patch in other.patches()] == [["insert"]]
        assert {patch["stream"] for patch in one.patches()} == {"page", "shared/board"}


def test_markup_in_a_message_shows_as_text(browser: Browser, site: str) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        other.page.on("dialog", lambda dialog: other.complaints.append(dialog.message))
        send(one.page, hostile)
        expect(other.page.locator("pre").first).to_have_text(hostile)
        expect(other.page.locator("img")).to_have_count(0)
    with live_tab(browser, site) as late:
        expect(late.page.locator("pre").first).to_have_text(hostile)
        expect(late.page.locator("img")).to_have_count(0)


def test_a_click_within_the_debounce_time_sends_what_was_typed(browser: Browser, site: str) -> None:
    with live_tab(browser, site) as one:
        one.page.locator("#message").press_sequentially("quick")
        one.page.get_by_text("Send").click()
        expect(one.page.locator("pre").first).to_have_text("quick")
