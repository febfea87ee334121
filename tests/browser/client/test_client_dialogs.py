"""Dialogs, as the server opens and closes them and as their user does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

DIALOG = '<dialog data-n="1" data-on="close"{}><button data-n="2">OK</button></dialog>'
PAGE = '<button data-n="3" data-on="click">Behind</button>' + DIALOG


def is_modal(live: Live) -> bool:
    return bool(live.page.locator("dialog").evaluate("dialog => dialog.matches(':modal')"))


def is_open(live: Live) -> bool:
    return bool(live.page.locator("dialog").evaluate("dialog => dialog.open"))


def test_the_server_opens_a_dialog_modally_and_closes_it_without_hearing_of_it(live: Live) -> None:
    live.open(PAGE.format(""))
    live.page.locator("[data-n='3']").focus()
    live.patch(["prop", 1, "open", True])
    assert (is_modal(live), live.focused()) == (True, "2")
    assert live.page.evaluate("document.elementFromPoint(5, 5).localName") == "dialog", "what is behind can't be hit"
    live.patch(["prop", 1, "open", True])
    live.patch(["prop", 1, "open", False])
    assert (is_open(live), is_modal(live), live.focused()) == (False, False, "3")
    live.patch(["prop", 1, "open", True])
    assert is_modal(live)
    live.page.keyboard.press("Escape")
    live.settle()
    assert live.event_of(1) == ("close", {"open": False}), "the first that the server is told"
    assert not is_open(live)


def test_one_that_comes_open_is_modal_and_stays_so(live: Live) -> None:
    live.open(PAGE.format(' open=""'))
    assert is_modal(live)
    live.patch(["text", 2, "Yes"])
    live.snapshot(PAGE.format(' open=""'))
    assert is_modal(live)
    live.patch(["move", 0, 3, 1])
    assert is_modal(live)
    live.snapshot(PAGE.format(""))
    assert (is_open(live), is_modal(live)) == (False, False)
    live.patch(["remove", 1])
    live.patch(["insert", 0, None, DIALOG.format(' open=""')])
    assert is_modal(live)


def test_one_that_is_not_modal_leaves_the_page_as_it_is(live: Live) -> None:
    live.open(PAGE.format(' data-modeless=""'))
    live.patch(["prop", 1, "open", True])
    assert (is_open(live), is_modal(live)) == (True, False)
    live.page.locator("[data-n='3']").click()
    assert live.event_of(3)[0] == "click"
    live.patch(["prop", 1, "open", False])
    assert not is_open(live)
