"""Each operation of a patch, and what it leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

LIST = '<ul data-n="1"><li data-n="2">a</li><li data-n="3">b</li><li data-n="4">c</li></ul>'


def children(live: Live, number: int = 1) -> list[str]:
    return live.page.locator(f"[data-n='{number}'] > *").all_text_contents()


def test_text(live: Live) -> None:
    live.open('<p data-n="1">old</p><p data-n="2"></p>')
    live.patch(["text", 1, "new"], ["text", 2, "<b>bold</b>"])
    assert (live.text(1), live.text(2)) == ("new", "<b>bold</b>")
    assert live.page.locator("b").count() == 0


def test_hostile_text_stays_text(live: Live) -> None:
    live.open('<p data-n="1"></p>')
    live.patch(["text", 1, "<img src=x onerror=alert(1)>"])
    assert live.text(1) == "<img src=x onerror=alert(1)>"
    assert live.page.locator("img").count() == 0


def test_text_keeps_its_text_node(live: Live) -> None:
    live.open('<p data-n="1">old</p>')
    live.js("window.node = document.querySelector('p').firstChild")
    live.patch(["text", 1, "new"])
    assert live.js("node.isConnected && node.data") == "new"


def test_text_in_place_of_elements(live: Live) -> None:
    live.open(LIST)
    live.patch(["text", 1, "none"], ["insert", 0, None, '<p data-n="2">again</p>'], ["text", 2, "anew"])
    assert (live.text(1), live.text(2)) == ("none", "anew")


def test_attributes(live: Live) -> None:
    live.open('<a data-n="1" title="x" class="old">a</a><svg data-n="2" viewBox="0 0 1 1"></svg>')
    live.patch(["attr", 1, "title", None], ["attr", 1, "class", "red"], ["attr", 2, "viewBox", "0 0 2 2"])
    link = live.page.locator("a")
    assert (link.get_attribute("title"), link.get_attribute("class")) == (None, "red")
    assert live.js("document.querySelector('svg').viewBox.baseVal.width") == 2


def test_style_attribute_under_the_policy(live: Live) -> None:
    live.open('<p data-n="1">a</p>')
    live.patch(["attr", 1, "style", "color: rgb(1, 2, 3)"])
    assert live.js("getComputedStyle(document.querySelector('p')).color") == "rgb(1, 2, 3)"


def test_properties(live: Live) -> None:
    live.open('<details data-n="1"><summary data-n="2">s</summary></details><video data-n="3"></video>')
    live.patch(["prop", 1, "open", True], ["prop", 3, "muted", True])
    assert live.js("[document.querySelector('details').open, document.querySelector('video').muted]") == [True, True]


def test_html_of_an_opaque_element(live: Live) -> None:
    live.open('<div data-n="1"><b>old</b></div>')
    live.patch(["html", 1, "<i>new</i>"])
    assert live.page.locator("[data-n='1'] > i").text_content() == "new"


def test_policy_stops_scripts_in_html(live: Live) -> None:
    live.open('<div data-n="1"></div>')
    with live.page.expect_console_message(lambda line: line.text == "CSP: script-src-attr"):
        live.patch(["html", 1, "<script>window.ran = 1</script><img src='data:,' onerror='window.ran = 1'>"])
    assert live.js("window.ran") is None
    live.complaints.clear()


@pytest.mark.parametrize(
    ("before", "expected"),
    [(None, ["a", "b", "c", "x", "y"]), (2, ["x", "y", "a", "b", "c"]), (4, ["a", "b", "x", "y", "c"])],
)
def test_insert(live: Live, before: int | None, expected: list[str]) -> None:
    live.open(LIST)
    live.patch(["insert", 1, before, '<li data-n="-1">x</li><li data-n="-2"><b data-n="-3">y</b></li>'])
    assert children(live) == expected
    live.patch(["text", -3, "z"])
    assert live.text(-2) == "z"


def test_insert_into_the_root(live: Live) -> None:
    live.open(LIST)
    live.patch(["insert", 0, 1, '<p data-n="9">first</p>'])
    assert live.js("document.querySelector('[data-stream] > *').dataset.n") == "9"


def test_insert_of_rows_options_and_svg(live: Live) -> None:
    live.open(
        '<table data-n="1"><tr data-n="2"><td data-n="3">a</td></tr></table><select data-n="4"></select>'
        '<svg data-n="5"></svg>'
    )
    live.patch(
        ["insert", 1, None, '<tr data-n="-1"><td data-n="-2">c</td></tr>'],
        ["insert", 1, -1, '<tr data-n="-3"><td data-n="-4">b</td></tr>'],
        ["insert", 4, None, '<option data-n="-5">o</option>'],
        ["insert", 5, None, '<circle data-n="-6" r="2"></circle>'],
    )
    assert live.page.locator("tbody > tr > td").all_text_contents() == ["a", "b", "c"]
    assert live.js("document.querySelector('select').options.length") == 1
    assert live.js("document.querySelector('circle').r.baseVal.value") == 2


def test_inserted_autofocus(live: Live) -> None:
    live.open('<p data-n="1">a</p>')
    live.patch(["insert", 0, None, '<p data-n="-1"><input data-n="-2" autofocus data-on="change"></p>'])
    assert live.focused() == "-2"
    live.patch(["insert", 0, None, '<input data-n="-3" autofocus data-on="change">'])
    assert live.focused() == "-2"


def test_move(live: Live) -> None:
    live.open(LIST)
    live.patch(["move", 1, 2, 4])
    assert children(live) == ["c", "a", "b"]
    live.patch(["move", 1, None, 2])
    assert children(live) == ["c", "b", "a"]


@pytest.mark.parametrize("has_move_before", [True, False])
def test_move_keeps_focus_caret_and_scroll(fresh: Live, has_move_before: bool) -> None:
    if not has_move_before:
        fresh.page.add_init_script("delete Element.prototype.moveBefore")
    fresh.open(
        '<div data-n="1"><div data-n="2">other</div><div data-n="3">'
        '<input data-n="4" data-on="input/d9000"><div data-n="5" class="box"><p data-n="6" class="tall">t</p></div>'
        "</div></div>"
    )
    fresh.page.locator("input").press_sequentially("hello")
    fresh.js("document.querySelector('input').setSelectionRange(1, 3); document.querySelector('.box').scrollTop = 50")
    fresh.patch(["move", 1, 2, 3])
    assert (fresh.focused(), fresh.caret()) == ("4", [1, 3])
    assert fresh.js("document.querySelector('.box').scrollTop") == 50
    assert fresh.page.locator("input").input_value() == "hello"


def test_remove(live: Live) -> None:
    live.open(LIST)
    live.patch(["remove", 3])
    assert children(live) == ["a", "c"]


def test_remove_of_a_focused_field_says_nothing(live: Live) -> None:
    live.open('<input data-n="1" data-on="input/d9000 blur"><button data-n="2" data-on="click">b</button>')
    live.page.locator("input").press_sequentially("x")
    live.patch(["remove", 1])
    live.page.locator("button").click()
    assert live.event_of(2)[0] == "click"


def test_animate_starts_anew(live: Live) -> None:
    live.server.files["/site.css"] += (
        "@keyframes slide { from { left: 0 } to { left: 9px } } .animate__animated { animation: slide 100s }"
    )
    live.open('<p data-n="1" class="animate__animated animate__slide">a</p>')
    live.js("window.first = document.querySelector('p').getAnimations()[0]")
    live.patch(["attr", 1, "class", "animate__animated animate__slide red"], ["text", 1, "b"])
    assert live.js("document.querySelector('p').getAnimations()[0] === first")
    live.patch(["animate", 1])
    assert live.js("document.querySelector('p').getAnimations().length") == 1
    assert not live.js("document.querySelector('p').getAnimations()[0] === first")


def test_css_replaces_what_is_older(live: Live) -> None:
    live.open('<p data-n="1" class="red blue">a</p>')
    colour = "getComputedStyle(document.querySelector('p')).color"
    live.patch(["css", 3, ".red { color: rgb(9, 9, 9) }"])
    assert live.js(colour) == "rgb(255, 0, 0)"
    live.patch(["css", 5, ".blue { color: rgb(0, 0, 255) }"])
    assert live.js(colour) == "rgb(0, 0, 255)"
    live.patch(["css", 4, ".blue { color: rgb(9, 9, 9) }"], ["css", 6, ".blue { color: rgb(0, 1, 0) }"])
    assert live.js(colour) == "rgb(0, 1, 0)"
    live.socket.drop()
    assert live.connect()["css"] == 6


def test_whole_css_replaces_that_of_the_page(live: Live) -> None:
    live.open('<p data-n="1" class="red tall">a</p>')
    style = "(s => [s.color, s.height])(getComputedStyle(document.querySelector('p')))"
    assert live.js(style) == ["rgb(255, 0, 0)", "2000px"]
    live.patch(["css", 4, ".tall { height: 7px }"])
    live.patch(["css", 5, ".red { color: rgb(0, 0, 255) }", True])
    assert live.js(style)[0] == "rgb(0, 0, 255)" and live.js(style)[1] not in ("7px", "2000px")
    live.patch(["css", 6, ".tall { height: 9px }", False])
    assert live.js(style) == ["rgb(0, 0, 255)", "9px"]
    sheet = [7, ".red { color: rgb(0, 0, 7) }", True]
    live.socket.send(
        "snapshot", stream="page", epoch="e", pos=40, html='<p data-n="1" class="red tall">a</p>', css=sheet
    )
    live.socket.positions["page"] = 40
    live.settle()
    assert live.js(style)[0] == "rgb(0, 0, 7)" and live.js(style)[1] != "9px"
    live.patch(["css", 6, ".red { color: rgb(0, 0, 6) }", True])
    assert live.js(style)[0] == "rgb(0, 0, 7)"
    assert live.js("[document.adoptedStyleSheets.length, document.querySelectorAll('link[data-css]').length]") == [2, 0]


def test_insert_above_keeps_selection_and_typing(live: Live) -> None:
    live.open('<div data-n="1"><p data-n="2">select me</p></div><textarea data-n="3" data-on="input/d9000"></textarea>')
    live.page.locator("textarea").press_sequentially("half typed")
    live.js("document.querySelector('textarea').setSelectionRange(2, 4)")
    live.patch(["insert", 1, 2, '<p data-n="-1">new</p>'])
    assert live.page.locator("textarea").input_value() == "half typed"
    assert (live.focused(), live.caret()) == ("3", [2, 4])


def test_insert_keeps_a_scrolled_list(live: Live) -> None:
    live.open('<div data-n="1" class="box"><p data-n="2" class="tall">a</p></div>')
    live.js("document.querySelector('.box').scrollTop = 500")
    seen = "document.querySelector('[data-n=\"2\"]').getBoundingClientRect().top"
    top = live.js(seen)
    live.patch(["insert", 1, 2, '<p data-n="-1" class="tall">new</p>'])
    live.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert live.js(seen) == top


def test_operation_that_does_not_fit_asks_for_a_snapshot(live: Live) -> None:
    live.open(LIST)
    live.socket.patch(["text", 99, "?"])
    assert live.socket.hello()["streams"] == {"page": ["", 10]}
    live.snapshot('<p data-n="1">whole</p>', epoch="f", pos=12)
    live.patch(["text", 1, "again"])
    assert live.text(1) == "again"
