"""Which events are sent, when, and with what data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.client.conftest import Live

END = '<button data-n="99" data-on="click">end</button>'


def names_until_end(live: Live) -> list[tuple[int, str]]:
    """The events up to a click on the end button, by node and name."""
    live.page.get_by_text("end", exact=True).dispatch_event("click")
    found = []
    while (message := live.event())["node"] != 99:
        found.append((message["node"], message["on"]))
    return found


def test_click(live: Live) -> None:
    live.open('<button data-n="1" data-on="click">b</button>')
    live.page.keyboard.down("Shift")
    live.page.mouse.click(15, 16)
    held = {"alt": False, "ctrl": False, "shift": True, "meta": False}
    assert live.event_of(1) == ("click", {"button": 0, "x": 15, "y": 16, **held})


def test_only_declared_events_are_sent_and_listened_for(fresh: Live) -> None:
    fresh.page.add_init_script(
        "window.types = []; const add = document.addEventListener;"
        "document.addEventListener = function (type, ...rest) { types.push(type); add.call(this, type, ...rest) }"
    )
    fresh.open(f'<p data-n="1" data-on="dblclick">a</p><p data-n="2">b</p>{END}')
    fresh.page.get_by_text("b", exact=True).click()
    fresh.page.get_by_text("a", exact=True).click()
    assert names_until_end(fresh) == []
    types = set(fresh.js("types"))
    assert {"click", "dblclick"} < types and not types & {"mousemove", "keydown", "pointermove", "scroll"}


def test_events_declared_later(live: Live) -> None:
    live.open('<p data-n="1">a</p><p data-n="2">b</p>')
    live.patch(["attr", 1, "data-on", "mousedown"], ["insert", 0, None, '<p data-n="-1" data-on="mouseup">c</p>'])
    live.page.get_by_text("a", exact=True).click()
    assert live.event_of(1)[0] == "mousedown"
    live.page.get_by_text("c", exact=True).click()
    assert live.event_of(-1)[0] == "mouseup"


def test_events_climb_until_stopped(live: Live) -> None:
    live.open(
        '<div data-n="1" data-on="click"><div data-n="2" data-on="click.stop"><div data-n="3" data-on="click">'
        f'<b data-n="4">deep</b></div></div></div>{END}'
    )
    live.page.get_by_text("deep").click()
    assert names_until_end(live) == [(3, "click"), (2, "click.stop")]


def test_events_cross_the_border_of_a_stream(live: Live) -> None:
    live.open(
        '<div data-n="1" data-on="click"><livepages-shared data-n="2" data-stream="shared/board" data-at="s:4">'
        '<b data-n="1" data-on="click">inner</b></livepages-shared></div>'
    )
    live.page.get_by_text("inner").click()
    messages = [live.event(), live.event()]
    assert [(message["stream"], message["node"]) for message in messages] == [("shared/board", 1), ("page", 1)]


def test_event_of_the_root(live: Live) -> None:
    live.open('<p data-n="1">a</p>')
    live.patch(["attr", 0, "data-on", "click"])
    live.page.get_by_text("a", exact=True).click()
    assert live.event_of(0)[0] == "click"


def test_self(live: Live) -> None:
    live.open(f'<div data-n="1" data-on="click.self"><b data-n="2">inner</b>outer</div>{END}')
    live.page.get_by_text("inner", exact=True).click()
    assert names_until_end(live) == []
    live.js("document.querySelector('[data-n=\"1\"]').click()")
    assert names_until_end(live) == [(1, "click.self")]


def test_once(live: Live) -> None:
    live.open(f'<b data-n="1" data-on="click.once">x</b>{END}')
    for _ in range(3):
        live.page.get_by_text("x", exact=True).click()
    assert names_until_end(live) == [(1, "click.once")]


def test_prevent(live: Live) -> None:
    live.open('<a href="/page?other" data-n="1" data-on="click.prevent">x</a>')
    live.page.locator("a").click()
    assert live.event_of(1)[0] == "click.prevent"
    assert live.page.url.endswith("/page")


@pytest.mark.parametrize(
    ("token", "hits", "misses"),
    [
        ("keydown.enter", ["Enter", "Shift+Enter"], ["a", "Escape"]),
        ("keydown.escape", ["Escape"], ["Enter"]),
        ("keydown.space", ["Space"], ["a"]),
        ("keydown.up", ["ArrowUp"], ["ArrowDown"]),
        ("keydown.pagedown", ["PageDown"], ["PageUp"]),
        ("keydown.s", ["s", "Shift+S"], ["a"]),
        ("keydown.ctrl.s", ["Control+s"], ["s", "Alt+s"]),
        ("keydown.shift.1", ["Shift+Digit1"], ["1", "Shift+Digit2"]),
        ("keydown.f2", ["F2"], ["F3", "2"]),
        ("keydown.prevent", ["a", "Tab"], []),
    ],
)
def test_keys(live: Live, token: str, hits: list[str], misses: list[str]) -> None:
    live.open(f'<p tabindex="0" data-n="1" data-on="{token}">x</p>{END}')
    live.page.locator("p").focus()
    for key in [*misses, *hits]:
        live.page.keyboard.press(key)
    assert names_until_end(live) == [(1, token)] * len(hits)


def test_key_data(live: Live) -> None:
    live.open('<p tabindex="0" data-n="1" data-on="keydown.x">x</p>')
    live.page.locator("p").press("Alt+x")
    assert live.event_of(1) == (
        "keydown.x",
        {"key": "x", "code": "KeyX", "alt": True, "ctrl": False, "shift": False, "meta": False},
    )


def test_throttle_has_both_edges(fresh: Live) -> None:
    fresh.stop_time()
    fresh.open(f'<p data-n="1" data-on="mousemove/t100">x</p>{END}')
    move = "x => document.querySelector('p').dispatchEvent(new MouseEvent('mousemove', {bubbles: true, clientX: x}))"
    for x in (1, 2, 3):
        fresh.js(move, x)
    assert fresh.event_of(1)[1]["x"] == 1
    fresh.pass_time(100)
    assert fresh.event_of(1)[1]["x"] == 3
    fresh.js(move, 4)
    fresh.pass_time(100)
    assert fresh.event_of(1)[1]["x"] == 4
    fresh.pass_time(100)
    assert names_until_end(fresh) == []
    fresh.js(move, 5)
    assert fresh.event_of(1)[1]["x"] == 5


def test_debounced_event_of_no_field(fresh: Live) -> None:
    fresh.stop_time()
    fresh.open('<p data-n="1" data-on="click/d300">x</p>')
    for _ in range(3):
        fresh.js("document.querySelector('p').click()")
    fresh.pass_time(300)
    assert fresh.event_of(1)[0] == "click"
    fresh.js("document.querySelector('p').click()")
    fresh.pass_time(300)
    assert fresh.event()["id"] == 2


def test_submit(live: Live) -> None:
    live.open(
        '<form data-n="1" data-on="submit"><input name="who" data-n="2" data-on="input/d60000">'
        '<input type="number" name="age" value="7" data-n="3" data-on="change">'
        '<input type="checkbox" name="ok" checked data-n="4" data-on="change">'
        '<input type="radio" name="pick" value="a" data-n="5" data-on="change">'
        '<input type="radio" name="pick" value="b" checked data-n="6" data-on="change">'
        '<input type="checkbox" name="many" value="x" checked data-n="7" data-on="change">'
        '<input type="checkbox" name="many" value="y" data-n="8" data-on="change">'
        '<select multiple name="some" data-n="9" data-on="change"><option selected>p</option><option>q</option>'
        "</select>"
        '<input name="off" disabled data-n="10"><input data-n="11" value="nameless">'
        '<button name="save" data-n="12">Save</button></form>'
    )
    live.page.locator("[name=who]").press_sequentially("Ann")
    live.page.locator("[name=who]").press("Enter")
    assert live.event_of(2) == ("input", {"value": "Ann"})
    form = {"who": "Ann", "age": 7, "ok": True, "pick": "b", "many": ["x"], "some": ["p"]}
    assert live.event_of(1) == ("submit", {"form": form, "submitter": "save"})
    assert live.page.url.endswith("/page")


def test_form_without_a_handler_loads_no_page(live: Live) -> None:
    live.open(f'<form data-n="1"><input name="a" data-n="2" data-on="input/d60000"></form>{END}')
    live.page.locator("input").press_sequentially("x")
    live.page.locator("input").press("Enter")
    assert names_until_end(live) == [(2, "input")]
    assert live.page.url.endswith("/page")


def test_form_of_a_dialog_closes_it(live: Live) -> None:
    live.open(
        '<dialog open data-n="1" data-on="close"><form method="dialog" data-n="2" data-on="submit">'
        '<button data-n="3">OK</button></form></dialog>'
    )
    live.page.get_by_text("OK").click()
    assert live.event_of(2)[0] == "submit"
    assert live.event_of(1) == ("close", {"open": False})


def test_toggle(live: Live) -> None:
    live.open('<details data-n="1" data-on="toggle"><summary data-n="2">more</summary></details>')
    live.page.locator("summary").click()
    assert live.event_of(1) == ("toggle", {"open": True})


def test_events_that_do_not_bubble(live: Live) -> None:
    live.open(
        '<div data-n="1" data-on="focus blur scroll mouseenter"><input data-n="2" data-on="focus blur change">'
        f'<div data-n="3" class="box" data-on="scroll"><p data-n="4" class="tall">t</p></div></div>{END}'
    )
    live.page.locator("input").focus()
    assert live.event_of(2) == ("focus", {})
    live.page.locator("input").blur()
    assert live.event_of(2)[0] == "blur"
    live.js("document.querySelector('.box').scrollTop = 33")
    assert live.event_of(3) == ("scroll", {"top": 33, "left": 0})
    live.page.locator("div").first.hover(position={"x": 1, "y": 1})
    assert live.event_of(1)[0] == "mouseenter"
    assert names_until_end(live) == []


def test_wheel_can_be_prevented(live: Live) -> None:
    live.open('<div data-n="1" class="tall" data-on="wheel.prevent">t</div>')
    live.page.mouse.move(50, 50)
    live.page.mouse.wheel(3, 40)
    on, data = live.event_of(1)
    assert (on, data["dx"], data["dy"]) == ("wheel.prevent", 3, 40)
    assert live.js("scrollY") == 0


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("new PointerEvent('pointerdown', {clientX: 1.6, clientY: 2})", {"x": 2, "y": 2, "button": 0}),
        ("new DragEvent('drop', {clientX: 5})", {"x": 5}),
        ("new Event('paste')", {}),
    ],
)
def test_data_of_other_events(live: Live, event: str, expected: dict[str, Any]) -> None:
    live.open('<p data-n="1" data-on="pointerdown drop paste">x</p>')
    live.js(f"document.querySelector('p').dispatchEvent({event})")
    data = live.event_of(1)[1]
    assert {name: data[name] for name in expected} == expected


def test_media_data(live: Live) -> None:
    live.open('<audio data-n="1" data-on="pause"></audio>')
    live.js("document.querySelector('audio').dispatchEvent(new Event('pause'))")
    assert live.event_of(1) == ("pause", {"time": 0})


def test_event_of_a_removed_element_is_not_sent(fresh: Live) -> None:
    fresh.stop_time()
    fresh.open(f'<p data-n="1" data-on="click/d100">x</p>{END}')
    fresh.js("document.querySelector('p').click()")
    fresh.patch(["remove", 1])
    fresh.pass_time(100)
    assert names_until_end(fresh) == []
