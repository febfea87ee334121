"""What the server says is wrong with what a field holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

FORM = (
    '<form data-n="1" data-on="submit.prevent"><input data-n="2" data-on="input/d60000">'
    '<input data-n="3" data-on="input/d60000"><button data-n="4" type="submit">Send</button></form>'
)


def refuse(live: Live, node: int, text: str) -> None:
    live.socket.send("invalid", stream="page", node=node, text=text)
    live.settle()


def messages(live: Live) -> list[str]:
    return live.page.locator(".livepages-invalid").all_text_contents()


def test_message_shows_after_its_field_until_it_is_taken_away(live: Live) -> None:
    live.open(FORM)
    refuse(live, 2, "Expected <b>less</b>.")
    assert messages(live) == ["Expected <b>less</b>."]
    field = live.page.locator("[data-n='2']")
    assert field.evaluate("field => field.nextSibling.className") == "livepages-invalid"
    assert field.get_attribute("aria-invalid") == "true"
    refuse(live, 2, "Expected more.")
    refuse(live, 3, "Expected a date.")
    refuse(live, 99, "Nobody has this.")
    assert messages(live) == ["Expected more.", "Expected a date."]
    refuse(live, 2, "")
    assert (messages(live), field.get_attribute("aria-invalid")) == (["Expected a date."], None)
    live.patch(["value", 3, "2025", None])
    assert messages(live) == []


def test_form_is_not_sent_until_the_field_is_changed(live: Live) -> None:
    live.open(FORM)
    refuse(live, 2, "Expected more.")
    live.page.locator("button").click()
    assert live.focused() == "2"
    live.page.keyboard.type("x")
    live.page.locator("button").click()
    assert live.event_of(2) == ("input", {"value": "x"})
    assert live.event_of(1)[0] == "submit.prevent"
    assert messages(live) == ["Expected more."]


def test_message_stays_with_its_field(live: Live) -> None:
    live.open(FORM)
    refuse(live, 2, "Expected more.")
    live.patch(["move", 1, None, 2])
    assert live.page.locator("[data-n='2'] + .livepages-invalid").count() == 1
    live.snapshot(FORM)
    assert live.page.locator("[data-n='2'] + .livepages-invalid").count() == 1
    live.patch(["remove", 2])
    assert messages(live) == []
