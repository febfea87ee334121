"""A snapshot changes what differs and keeps what people have in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

REMEMBER = "window.kept = Object.fromEntries([...document.querySelectorAll('[data-n]')].map(e => [e.dataset.n, e]))"
KEPT = "[...document.querySelectorAll('[data-n]')].filter(e => kept[e.dataset.n] === e).map(e => e.dataset.n)"
INNER = "document.querySelector('[data-stream]').innerHTML"


def item(number: int, text: str = "") -> str:
    return f'<li data-n="{number}">{text or number}</li>'


def check(live: Live, before: str, after: str, kept: list[str]) -> None:
    """From `before` by a snapshot to `after`, by which the elements with the numbers `kept` stay what they were."""
    live.open(before)
    live.js(REMEMBER)
    live.snapshot(after)
    assert live.js(INNER) == live.js(
        "html => Object.assign(document.createElement('template'), {innerHTML: html}).innerHTML", after
    )
    assert live.js(KEPT) == kept


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ('<p data-n="1" class="a" title="t">x</p>', '<p data-n="1" class="b" lang="de">y</p>', ["1"]),
        ('<p data-n="1">x</p>', '<h1 data-n="1">x</h1>', []),
        ('<p data-n="1">x</p><p data-n="2">y</p>', '<p data-n="2">y</p><p data-n="1">x</p>', ["2", "1"]),
        ('<p data-n="1">x</p>', '<div data-n="9"><p data-n="8">new</p><p data-n="1">x</p></div>', ["1"]),
        ('<div data-n="9"><p data-n="1">x</p></div>', '<p data-n="1">x</p>', ["1"]),
        ('<div data-n="1"><div data-n="2"></div></div>', '<div data-n="2"><div data-n="1"></div></div>', ["2", "1"]),
        ('<p data-n="1"><i data-n="2">x</i></p>', '<p data-n="1">text</p><i data-n="2">x</i>', ["1", "2"]),
        ('<p data-n="1"><b>x</b></p>', '<p data-n="1"><i>x</i></p>', ["1"]),
        ("", '<p data-n="1">x</p>', []),
        ('<p data-n="1">x</p>', "", []),
        (
            '<table data-n="1"><tbody><tr data-n="2"><td data-n="3">a</td></tr></tbody></table>',
            (
                '<table data-n="1"><tbody><tr data-n="4"><td data-n="5">b</td></tr>'
                '<tr data-n="2"><td data-n="3">c</td></tr></tbody></table>'
            ),
            ["1", "2", "3"],
        ),
    ],
)
def test_elements_keep_their_nodes(live: Live, before: str, after: str, kept: list[str]) -> None:
    check(live, before, after, kept)


def test_patches_go_on_after_a_snapshot(live: Live) -> None:
    live.open(f'<ul data-n="1">{item(2)}{item(3)}</ul>')
    live.snapshot(f'<ul data-n="1">{item(4)}{item(2)}</ul>')
    live.patch(["text", 4, "four"], ["move", 1, 4, 2], ["insert", 1, 4, item(3, "again")])
    assert live.page.locator("li").all_text_contents() == ["2", "again", "four"]


def test_children_move_as_little_as_can_be(live: Live) -> None:
    live.open(f'<ul data-n="1">{"".join(item(n) for n in range(2, 12))}</ul>')
    live.js(
        "() => { window.moved = []; const list = document.querySelector('ul'); const move = list.moveBefore;"
        "list.moveBefore = (node, next) => { moved.push(node.dataset.n); move.call(list, node, next) } }"
    )
    order = [11, 2, 3, 4, 10, 5, 6, 7, 8, 9]
    live.snapshot(f'<ul data-n="1">{"".join(item(n) for n in order)}</ul>')
    assert live.page.locator("li").all_text_contents() == [str(n) for n in order]
    assert sorted(live.js("moved")) == ["10", "11"]


def test_typing_goes_on_through_a_snapshot(live: Live) -> None:
    field = '<textarea data-n="2" data-on="input/d60000"></textarea>'
    live.open(f'<h1 data-n="1">old</h1><form data-n="3">{field}</form>')
    live.page.locator("textarea").press_sequentially("half typed")
    live.js("document.activeElement.setSelectionRange(4, 4)")
    live.snapshot(f'<div data-n="9"><form data-n="3">{field}</form></div><h1 data-n="1">new</h1>')
    assert live.page.locator("textarea").input_value() == "half typed"
    assert (live.focused(), live.caret()) == ("2", [4, 4])
    assert live.text(1) == "new"


def test_values_of_a_snapshot(live: Live) -> None:
    live.open(
        '<input data-n="1" data-on="change" value="a"><input type="checkbox" data-n="2" data-on="change">'
        '<textarea data-n="3" data-on="change">a</textarea>'
        '<select data-n="4" data-on="change"><option>a</option><option>b</option></select>'
    )
    live.snapshot(
        '<input data-n="1" data-on="change" value="b"><input type="checkbox" data-n="2" data-on="change" checked>'
        '<textarea data-n="3" data-on="change">b</textarea>'
        '<select data-n="4" data-on="change"><option>a</option><option selected>b</option></select>'
    )
    values = live.js("[...document.querySelectorAll('[data-n]')].map(e => e.type === 'checkbox' ? e.checked : e.value)")
    assert values == ["b", True, "b", "b"]


def test_sent_value_is_not_undone_by_an_older_snapshot(live: Live) -> None:
    field = '<textarea data-n="1" data-on="input/d60000"></textarea>'
    live.open(field)
    live.page.locator("textarea").press_sequentially("hello")
    live.page.locator("textarea").blur()
    live.event(ack=False)
    live.snapshot(field)
    assert live.page.locator("textarea").input_value() == "hello"


def test_details_and_scroll_of_the_user_stay(live: Live) -> None:
    page = (
        '<details data-n="1"><summary data-n="2">s</summary></details>'
        '<details data-n="3" {}><summary data-n="4">s</summary></details>'
        '<div data-n="5" class="box"><p data-n="6" class="tall">t</p></div>'
        '<div data-n="7"><details><summary>s</summary></details></div>'
    )
    live.open(page.format(""))
    for details in ("[data-n='1']", "[data-n='7'] > details"):
        live.page.locator(f"{details} > summary").click()
    live.js("document.querySelector('.box').scrollTop = 70")
    live.snapshot(page.format("open"))
    assert live.js("[...document.querySelectorAll('details')].map(details => details.open)") == [True, True, True]
    assert live.js("document.querySelector('.box').scrollTop") == 70


def test_shared_stream_inside_is_left_as_it_is(live: Live) -> None:
    tags = '<livepages-shared data-n="{}" data-stream="shared/{}" data-at="s:{}">{}</livepages-shared>'
    shared = tags.replace(">{}<", '><p data-n="1">{}</p><')
    live.open(shared.format(1, "board", 4, "old"))
    live.patch(["text", 1, "newer"], stream="shared/board")
    live.snapshot(shared.format(1, "board", 4, "old") + shared.format(2, "news", 8, "fresh"))
    assert live.page.locator("p").all_text_contents() == ["newer", "fresh"]
    live.socket.positions["shared/news"] = 8
    live.patch(["text", 1, "fresher"], stream="shared/news")
    live.patch(["text", 1, "newest"], stream="shared/board")
    assert live.page.locator("p").all_text_contents() == ["newest", "fresher"]


def test_events_of_a_snapshot(live: Live) -> None:
    live.open('<b data-n="1">x</b>')
    live.snapshot('<b data-n="1" data-on="mousedown">x</b>')
    live.page.locator("b").click()
    assert live.event_of(1)[0] == "mousedown"


def test_snapshot_takes_no_focus(live: Live) -> None:
    live.open('<input data-n="1" data-on="change" autofocus>')
    live.page.locator("input").blur()
    live.snapshot('<input data-n="1" data-on="change" autofocus><p data-n="2">x</p>')
    assert live.focused() is None


def test_classes_of_a_snapshot(live: Live) -> None:
    """Those of the page itself, which its file may have changed meanwhile."""
    root = "document.querySelector('[data-stream]').getAttribute('class')"
    live.open('<p data-n="1">x</p>')
    live.snapshot('<p data-n="1">y</p>', classes="p-1 m-2")
    assert live.js(root) == "p-1 m-2"
    live.snapshot('<p data-n="1">z</p>')
    assert live.js(root) == "p-1 m-2"
    live.snapshot('<p data-n="1">z</p>', classes="")
    assert live.js(root) is None
