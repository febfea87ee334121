"""Values of fields: sent in time, merged with what the server says, and never torn from under the user's hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import FilePayload

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

BOX = '<textarea data-n="1" data-on="input/d60000"></textarea><button data-n="2" data-on="click">Send</button>'


def value(live: Live, selector: str = "[data-n='1']") -> str:
    return live.page.locator(selector).input_value()


def test_debounce_sends_once_after_a_pause(fresh: Live) -> None:
    fresh.stop_time()
    fresh.open('<input data-n="1" data-on="input/d250">')
    fresh.page.locator("input").press_sequentially("abc")
    fresh.pass_time(249)
    fresh.page.locator("input").press_sequentially("d")
    fresh.pass_time(250)
    assert fresh.event_of(1) == ("input", {"value": "abcd"})


def test_click_sends_what_waits_first(live: Live) -> None:
    live.open(BOX)
    live.page.locator("textarea").press_sequentially("hello")
    live.js("document.querySelector('button').click()")  # the focus stays
    assert live.event_of(1) == ("input", {"value": "hello"})
    assert live.event_of(2)[0] == "click"


def test_blur_sends_what_waits(live: Live) -> None:
    live.open(BOX)
    live.page.locator("textarea").press_sequentially("hello")
    live.page.locator("textarea").blur()
    assert live.event_of(1) == ("input", {"value": "hello"})


def test_value_typed_and_taken_back_is_not_sent(live: Live) -> None:
    live.open(BOX)
    live.page.locator("textarea").press_sequentially("h")
    live.page.keyboard.press("Backspace")
    live.page.locator("button").click()
    assert live.event_of(2)[0] == "click"


def test_change_field_is_sent_before_another_event_and_once(live: Live) -> None:
    live.open('<input data-n="1" data-on="change keydown.enter">')
    live.page.locator("input").press_sequentially("hi")
    live.page.keyboard.press("Enter")
    live.page.locator("input").blur()
    assert live.event_of(1) == ("change", {"value": "hi"})
    assert live.event_of(1)[0] == "keydown.enter"
    live.page.locator("input").press("End")
    live.page.keyboard.type("!")
    live.page.locator("input").blur()
    assert live.event_of(1) == ("change", {"value": "hi!"})


def test_change_handler_beside_a_debounced_value(live: Live) -> None:
    live.open('<input data-n="1" data-on="input/d60000 change">')
    live.page.locator("input").press_sequentially("hi")
    live.page.locator("input").blur()
    assert [live.event_of(1), live.event_of(1)] == [("input", {"value": "hi"}), ("change", {"value": "hi"})]


def test_text_typed_before_the_client_runs(fresh: Live) -> None:
    fresh.write(BOX)
    fresh.page.add_init_script(
        "document.addEventListener('readystatechange', () => { document.querySelector('textarea').value = 'early' }, "
        "{once: true})"
    )
    fresh.page.goto(f"{fresh.server.url}/page")
    fresh.connect()
    assert fresh.event_of(1) == ("input", {"value": "early"})


def test_value_of_a_handler_replaces_what_was_sent(live: Live) -> None:
    live.open(BOX)
    live.page.locator("textarea").press_sequentially("hello")
    live.page.locator("button").click()
    assert live.event_of(1) == ("input", {"value": "hello"})
    live.patch(["value", 1, "", None])
    assert value(live) == ""


def test_what_was_typed_on_stays_behind_the_new_value(live: Live) -> None:
    live.open(BOX)
    live.page.locator("textarea").press_sequentially("hello")
    live.js("document.querySelector('button').click()")
    assert live.event_of(1) == ("input", {"value": "hello"})
    assert live.event_of(2)[0] == "click"
    live.page.locator("textarea").press_sequentially(" world")
    live.page.keyboard.press("ArrowLeft")
    live.patch(["value", 1, "", None])
    assert (value(live), live.caret()) == (" world", [5, 5])
    live.page.locator("button").click()
    assert live.event_of(1) == ("input", {"value": " world"})


def test_text_changed_elsewhere_than_at_its_end_wins(live: Live) -> None:
    live.open(
        '<textarea data-n="1" data-on="input/d60000">base</textarea><button data-n="2" data-on="click">b</button>'
    )
    live.page.locator("textarea").fill("mine")
    live.patch(["value", 1, "theirs", None])
    assert value(live) == "mine"
    live.page.locator("button").click()
    assert live.event_of(1) == ("input", {"value": "mine"})


def test_own_echo_is_ignored(live: Live) -> None:
    tab = live.open(BOX)["tab"]
    box = live.page.locator("textarea")
    for text in ("a", "b"):
        box.press_sequentially(text)
        box.blur()
    assert [live.event_of(1)[1]["value"], live.event_of(1)[1]["value"]] == ["a", "ab"]
    live.patch(["value", 1, "a", tab])
    assert value(live) == "ab"
    live.patch(["value", 1, "ab", tab])
    assert value(live) == "ab"


def test_own_value_that_the_server_has_made_another(live: Live) -> None:
    tab = live.open(BOX)["tab"]
    live.page.locator("textarea").press_sequentially("abc")
    live.page.locator("textarea").blur()
    live.patch(["value", 1, "ABC", tab])
    assert value(live) == "ABC"


def test_own_echo_after_another_value_counts(live: Live) -> None:
    tab = live.open(BOX)["tab"]
    live.page.locator("textarea").press_sequentially("mine")
    live.page.locator("textarea").blur()
    live.patch(["value", 1, "theirs", "other"])
    assert value(live) == "theirs"
    live.patch(["value", 1, "mine", tab])
    assert value(live) == "mine"


@pytest.mark.parametrize(
    ("caret", "theirs", "expected"),
    [
        ([3, 3], "one two three", [3, 3]),
        ([3, 3], "zero one two", [8, 8]),
        ([1, 7], "one or two", [1, 10]),
        ([4, 7], "one", [3, 3]),
    ],
)
def test_caret_stays_in_the_text(live: Live, caret: list[int], theirs: str, expected: list[int]) -> None:
    live.open('<input data-n="1" data-on="input/d60000" value="one two">')
    live.js("window.inputs = 0; addEventListener('input', () => inputs++, true)")
    live.page.locator("input").focus()
    live.js("place => document.activeElement.setSelectionRange(...place)", caret)
    live.patch(["value", 1, theirs, "other"])
    assert (value(live), live.focused(), live.caret()) == (theirs, "1", expected)
    assert live.js("inputs") == 0


def test_composition_is_left_alone(live: Live) -> None:
    live.open(BOX)
    live.page.locator("textarea").press_sequentially("ab")
    live.page.locator("textarea").blur()
    live.event_of(1)
    live.page.locator("textarea").focus()
    live.page.keyboard.press("End")
    keyboard = live.page.context.new_cdp_session(live.page)
    keyboard.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    live.patch(["value", 1, "xab", "other"])
    assert value(live) == "abに"
    live.js("document.querySelector('button').click()")
    assert live.event_of(2)[0] == "click"
    keyboard.send("Input.insertText", {"text": "日本"})
    live.settle()
    assert (value(live), live.caret()) == ("xab日本", [5, 5])
    live.page.locator("textarea").blur()
    assert live.event_of(1) == ("input", {"value": "xab日本"})


def test_checkbox(live: Live) -> None:
    live.open('<input type="checkbox" data-n="1" data-on="change" checked>')
    box = live.page.locator("input")
    box.uncheck()
    assert live.event_of(1) == ("change", {"value": False, "checked": False})
    live.patch(["value", 1, True, None])
    assert box.is_checked()


def test_radios_of_a_group(live: Live) -> None:
    live.open(
        '<input type="radio" name="drink" value="tea" data-n="1" data-on="change" checked>'
        '<input type="radio" name="drink" value="milk" data-n="2" data-on="change">'
        '<input type="radio" name="drink" value="water" data-n="3" data-on="change">'
    )
    live.page.locator("[value=milk]").check()
    assert live.event_of(2) == ("change", {"value": "milk", "checked": True})
    live.patch(["value", 3, True, None])
    checked = "[...document.querySelectorAll('input')].map(radio => radio.checked)"
    assert live.js(checked) == [False, False, True]
    live.patch(["value", 1, "tea", None])
    assert live.js(checked) == [True, False, False]


OPTIONS = "<option>a</option><option>b</option><option>c</option>"


def test_select(live: Live) -> None:
    live.open(f'<select data-n="1" data-on="change">{OPTIONS}</select>')
    live.page.locator("select").select_option("b")
    assert live.event_of(1) == ("change", {"value": "b"})
    live.patch(["value", 1, "c", None])
    assert value(live) == "c"
    live.patch(["html", 1, "<option>x</option><option>c</option>"])
    assert value(live) == "c"
    live.patch(["html", 1, "<option>x</option><option>y</option>"], ["value", 1, "y", None])
    assert value(live) == "y"


def test_select_multiple(live: Live) -> None:
    live.open(f'<select multiple data-n="1" data-on="change">{OPTIONS}</select>')
    live.page.locator("select").select_option(["a", "c"])
    assert live.event_of(1) == ("change", {"value": ["a", "c"]})
    live.patch(["value", 1, ["b"], None])
    assert live.js("[...document.querySelector('select').selectedOptions].map(option => option.value)") == ["b"]


@pytest.mark.parametrize(
    ("kind", "typed", "sent"),
    [("number", "12.5", 12.5), ("number", "", None), ("range", "7", 7), ("date", "2024-02-29", "2024-02-29")],
)
def test_kinds_of_input(live: Live, kind: str, typed: str, sent: Any) -> None:
    live.open(f'<input type="{kind}" value="3" data-n="1" data-on="change">')
    live.page.locator("input").fill(typed)
    live.page.locator("input").blur()
    assert live.event_of(1) == ("change", {"value": sent})


def test_number_from_the_server(live: Live) -> None:
    live.open('<input type="number" data-n="1" data-on="input/d60000">')
    live.patch(["value", 1, 2.5, None])
    assert value(live) == "2.5"
    live.patch(["value", 1, None, None])
    assert value(live) == ""


def test_files_names(live: Live) -> None:
    live.open('<input type="file" multiple data-n="1" data-on="change">')
    text = FilePayload(name="a.txt", mimeType="text/plain", buffer=b"abc")
    live.page.locator("input").set_input_files([text, FilePayload(name="b", mimeType="", buffer=b"")])
    on, data = live.event_of(1)
    assert (on, data["value"]) == ("change", ["a.txt", "b"])
    assert data["files"][0] == {"name": "a.txt", "size": 3, "type": "text/plain"}
    live.patch(["value", 1, [], None])
    assert live.js("document.querySelector('input').files.length") == 0


def test_reset_of_a_form_is_sent(live: Live) -> None:
    live.open(
        '<form data-n="1"><input data-n="2" data-on="input/d60000" value="first">'
        '<button type="reset" data-n="3">Reset</button></form>'
    )
    live.page.locator("input").fill("second")
    live.page.locator("button").click()
    assert live.event_of(2) == ("input", {"value": "second"})
    assert live.event_of(2) == ("input", {"value": "first"})
    assert value(live, "input") == "first"


def test_value_is_sent_when_the_page_goes_away(live: Live) -> None:
    live.open(BOX)
    live.page.locator("textarea").press_sequentially("last words")
    live.page.reload()
    live.connect()
    assert live.event_of(1) == ("input", {"value": "last words"})


def test_progress_has_a_value_too(live: Live) -> None:
    live.open('<progress data-n="1" max="10"></progress>')
    live.patch(["value", 1, 4, None])
    assert live.js("document.querySelector('progress').value") == 4
