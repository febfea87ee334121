"""Plain fields that two write in: nothing is lost, the caret stays at its letter, undo is one's own."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.documents.conftest import Site
from tests.browser.documents.strangers import stranger
from tests.browser.documents.writing import InputMethod, place, places, shows, until
from tests.browser.serving import Watched, live_tab

SITE = """\
title: Plain
scope: shared
body:
  - textarea: Hello
    shared_text: begun
  - textarea: ""
    shared_text: both
    rows: 8
  - textarea: ""
    shared_text: caret
  - textarea: ""
    shared_text: undo
  - textarea: ""
    shared_text: composed
  - textarea: ""
    shared_text: composed
    id: beside
  - input: ""
    shared_text: line
    maxlength: 30
  - form:
      - input: first
        shared_text: kept
      - input: ""
        name: own
      - button: Reset
        type: reset
"""
SMILE, GRIN = "\U0001f600", "\U0001f601"


def field(watched: Watched, name: str) -> Locator:
    """The field of a document, when what it holds is there."""
    return watched.page.locator(f"[data-document={name}]").first


def meet(name: str, *tabs: Watched) -> tuple[Locator, ...]:
    """The fields of a document in all tabs, after each tab has what the others type."""
    for index, watched in enumerate(tabs):
        here = field(watched, name)
        here.press_sequentially(str(index))
        for other in tabs:
            expect(field(other, name)).to_have_value(re.compile(str(index)))
    fields = tuple(field(watched, name) for watched in tabs)
    fields[0].fill("")
    for found in fields:
        expect(found).to_have_value("")
    return fields


def test_what_it_begins_with_is_there_once(browser: Browser, site: Site, ann: Watched, bob: Watched) -> None:
    for watched in (ann, bob):
        expect(field(watched, "begun")).to_have_value("Hello")
    field(ann, "begun").press("End")
    field(ann, "begun").press_sequentially(" world")
    expect(field(bob, "begun")).to_have_value("Hello world")
    with live_tab(browser, site.url) as late:
        expect(field(late, "begun")).to_have_value("Hello world")
    field(ann, "begun").press("Control+z")
    field(ann, "begun").press("Control+z")
    expect(field(bob, "begun")).to_have_value("Hello")
    expect(field(ann, "begun")).to_have_value("Hello")


def test_two_type_at_once_and_both_is_kept(site: Site, ann: Watched, bob: Watched) -> None:
    fields = meet("both", ann, bob)
    chance = random.Random(5)
    for letters in zip("abcdefgh" * 5, "12345678" * 5, strict=True):
        for here, watched, letter in zip(fields, (ann, bob), letters, strict=True):
            place(here, chance.randrange(len(here.input_value()) + 1))
            watched.page.keyboard.press(letter)
    wanted = Counter("abcdefgh12345678" * 5)
    for here, watched in zip(fields, (ann, bob), strict=True):
        until(watched.page, lambda here=here: Counter(here.input_value()) == wanted, here.input_value)
    shows(ann.page, lambda: fields[1].input_value(), fields[0].input_value())
    with stranger(site.url, "both") as eve:
        assert eve.text == fields[0].input_value()


def test_the_caret_stays_at_its_letters(ann: Watched, bob: Watched) -> None:
    one, two = meet("caret", ann, bob)
    one.press_sequentially("hello\nworld")
    expect(two).to_have_value("hello\nworld")
    place(one, 8, 10)
    place(two, 0)
    bob.page.keyboard.type("XY ")
    expect(one).to_have_value("XY hello\nworld")
    assert places(one) == [11, 13]
    place(two, 14)
    bob.page.keyboard.type(" end")
    expect(one).to_have_value("XY hello\nworld end")
    assert places(one) == [11, 13]
    place(two, 12)
    bob.page.keyboard.type("-")
    expect(one).to_have_value("XY hello\nwor-ld end")
    assert places(one) == [11, 14]
    place(two, 0, 3)
    bob.page.keyboard.press("Delete")
    expect(one).to_have_value("hello\nwor-ld end")
    assert places(one) == [8, 11]
    place(two, 5, 9)
    bob.page.keyboard.press("Delete")
    expect(one).to_have_value("hello-ld end")
    assert places(one) == [5, 7]
    ann.page.keyboard.type("w")
    expect(two).to_have_value("hellowd end")
    assert places(two) == [5, 5]


def test_characters_of_two_units_stay_whole(ann: Watched, bob: Watched) -> None:
    one, two = meet("caret", ann, bob)
    place(one, 0)
    ann.page.keyboard.insert_text(f"a{SMILE}b")
    expect(two).to_have_value(f"a{SMILE}b")
    place(two, 1, 3)
    bob.page.keyboard.insert_text(GRIN)  # of which the first unit is the same
    expect(one).to_have_value(f"a{GRIN}b")
    assert places(one) == [4, 4]
    place(one, 3)
    ann.page.keyboard.insert_text(SMILE)
    expect(two).to_have_value(f"a{GRIN}{SMILE}b")
    ann.page.keyboard.press("Backspace")
    ann.page.keyboard.press("Backspace")
    expect(two).to_have_value("ab")
    assert (places(one), places(two)) == ([1, 1], [1, 1])


def test_undo_takes_back_ones_own(ann: Watched, bob: Watched) -> None:
    one, two = meet("undo", ann, bob)
    place(two, 0)
    bob.page.keyboard.type("yours")
    expect(one).to_have_value("yours")
    ann.page.wait_for_timeout(600)  # until a new step of undo begins
    place(one, 0)
    ann.page.keyboard.insert_text("mine ")  # one step, however busy the machine is
    expect(two).to_have_value("mine yours")
    bob.page.keyboard.press("End")
    bob.page.keyboard.type("!")
    expect(one).to_have_value("mine yours!")
    for redo in ("Control+Shift+Z", "Control+y"):
        ann.page.keyboard.press("Control+z")
        for each in (one, two):
            expect(each).to_have_value("yours!")
        assert places(one) == [0, 0]
        ann.page.keyboard.press(redo)
        for each in (one, two):
            expect(each).to_have_value("mine yours!")
        assert places(one) == [5, 5]
    two.evaluate("""(field) => {
      const options = { inputType: "historyUndo", bubbles: true, cancelable: true };
      field.dispatchEvent(new InputEvent("beforeinput", options));
    }""")
    for each in (one, two):
        expect(each).to_have_value("mine yours")


def test_a_forms_reset_leaves_the_document(ann: Watched, bob: Watched) -> None:
    for watched in (ann, bob):
        expect(field(watched, "kept")).to_have_value("first")
    field(ann, "kept").press("End")
    field(ann, "kept").press_sequentially(" and more")
    expect(field(bob, "kept")).to_have_value("first and more")
    ann.page.locator("[name=own]").fill("gone")
    ann.page.get_by_role("button", name="Reset").click()
    expect(ann.page.locator("[name=own]")).to_have_value("")
    expect(field(ann, "kept")).to_have_value("first and more")
    field(ann, "kept").press("End")
    field(ann, "kept").press_sequentially("!")
    expect(field(bob, "kept")).to_have_value("first and more!")


@pytest.mark.parametrize("where", ["before", "behind", "at"])
def test_a_composition_goes_on_while_others_write(ann: Watched, bob: Watched, where: str) -> None:
    one, two = meet("composed", ann, bob)
    one.press_sequentially("[]")
    expect(two).to_have_value("[]")
    place(one, 1)
    method = InputMethod(ann.page)
    method.composes("に")
    method.composes("にほ")
    expect(one).to_have_value("[にほ]")
    place(two, {"before": 0, "at": 1, "behind": 2}[where])
    bob.page.keyboard.type("ZZ")
    written = {"before": "ZZ[]", "at": "[ZZ]", "behind": "[]ZZ"}[where]
    expect(ann.page.locator("#beside")).to_have_value(written)
    assert one.input_value() == "[にほ]"
    method.composes("にほん")
    assert one.input_value() == "[にほん]"
    method.commits("日本")
    either = {"before": ["ZZ[日本]"], "at": ["[日本ZZ]", "[ZZ日本]"], "behind": ["[日本]ZZ"]}[where]
    until(ann.page, lambda: one.input_value() in either, one.input_value)
    expect(two).to_have_value(one.input_value())
    assert places(one) == [one.input_value().index("本") + 1] * 2
    ann.page.keyboard.type("!")
    expect(two).to_have_value(one.input_value())
    assert "日本!" in two.input_value()


def test_a_single_line_shows_the_line_ends_of_others_as_spaces(site: Site, ann: Watched, bob: Watched) -> None:
    one, two = meet("line", ann, bob)
    with stranger(site.url, "line") as eve:
        eve.inserts(0, "one\ntwo\r\nthree")
        for each in (one, two):
            expect(each).to_have_value("one two  three")
        place(one, 14)
        ann.page.keyboard.type("!")
        place(two, 4)
        bob.page.keyboard.type("2")
        for each in (one, two):
            expect(each).to_have_value("one 2two  three!")
        shows(ann.page, lambda: eve.text, "one\n2two\r\nthree!")
        place(one, 16)
        ann.page.keyboard.insert_text("x" * 50)
        for each in (one, two):
            expect(each).to_have_value("one 2two  three!" + "x" * 14)
