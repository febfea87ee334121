"""Code that two write: letters, each one's own undo, limits, and what else CodeMirror does by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.documents.conftest import Site
from tests.browser.documents.strangers import stranger
from tests.browser.documents.writing import InputMethod, code, same_code, shows, until
from tests.browser.saving import following, staying_tab
from tests.browser.serving import Watched, live_tab

SITE = """\
title: Code
pages:
  /:
    scope: shared
    body: [{p: Hello}]
  /code/{name}:
    scope: shared
    params: {name: str}
    body:
      - code: main
        language: python
        placeholder: Your code
        max_length: 60
        classes: h-64
      - textarea: ""
        shared_text: main
"""


def meet(site: Site, name: str, *tabs: Watched) -> None:
    """Open a page, of which each test has its own document, in all tabs."""
    for watched in tabs:
        watched.page.goto(f"{site.url}/code/{name}")
    for watched in tabs:
        expect(watched.page.locator(".cm-content")).to_be_visible()


def to(page: Page, *keys: str) -> None:
    """Focus the code, at its beginning, and press keys there."""
    page.locator(".cm-content").focus()
    for key in ("Control+Home", *keys):
        page.keyboard.press(key)


def test_two_write_and_a_late_tab_has_all(browser: Browser, site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "two", ann, bob)
    expect(ann.page.locator(".cm-placeholder")).to_have_text("Your code")
    to(ann.page)
    ann.page.keyboard.type("def f(x):")
    ann.page.keyboard.press("Enter")
    ann.page.keyboard.type("return x")
    same_code("def f(x):\n    return x", ann, bob)  # indented by itself
    to(bob.page)
    bob.page.keyboard.type("# ")
    to(ann.page, "End")
    same_code("# def f(x):\n    return x", ann, bob)
    ann.page.keyboard.insert_text("  # \U0001f600")
    to(bob.page, "Delete", "Delete")
    same_code("def f(x):  # \U0001f600\n    return x", ann, bob)
    ann.page.keyboard.press("Backspace")
    same_code("def f(x):  # \n    return x", ann, bob)
    coloured = ann.page.locator(".cm-line").first.locator("span", has_text="def").first
    assert coloured.evaluate("word => getComputedStyle(word).color !== getComputedStyle(word.parentNode).color")
    with live_tab(browser, f"{site.url}/code/two") as late:
        expect(late.page.locator(".cm-content")).to_be_visible()
        assert code(late.page) == code(ann.page)
        expect(late.page.locator("textarea")).to_have_value("def f(x):  # \n    return x")


def test_undo_takes_back_ones_own(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "undo", ann, bob)
    to(bob.page)
    bob.page.keyboard.type("theirs")
    same_code("theirs", ann)
    to(ann.page)
    ann.page.keyboard.insert_text("mine ")  # one step, however busy the machine is
    same_code("mine theirs", bob)
    to(bob.page, "Control+End")
    bob.page.keyboard.type("!")
    same_code("mine theirs!", ann)
    for redo in ("Control+y", "Control+Shift+Z"):
        ann.page.keyboard.press("Control+z")
        same_code("theirs!", ann, bob)
        ann.page.keyboard.press("Control+z")  # there is nothing more of one's own
        ann.page.keyboard.press(redo)
        same_code("mine theirs!", ann, bob)
    ann.page.keyboard.type("|")
    same_code("mine |theirs!", ann, bob)


def test_a_limit_and_what_strangers_put_in(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "limit", ann, bob)
    with stranger(site.url, "name=limit/main") as eve:
        eve.inserts(0, "a\r\nb\r" + "x" * 50)
        eve.embeds(0, {"image": "javascript:alert(1)"})
        shows(ann.page, lambda: len(code(ann.page)), 56)
        to(ann.page)
        ann.page.keyboard.type("12345678")
        expect(ann.page.locator(".livepages-hint")).to_have_text("There is room for no more than 60 characters")
        expect(bob.page.locator("textarea")).to_have_value(re.compile("^1234\ufffca"))
        assert len(code(ann.page)) == 60
        ann.page.keyboard.press("Backspace")
        ann.page.keyboard.type("5")
        expect(bob.page.locator("textarea")).to_have_value(re.compile("^1235\ufffca"))
        assert code(ann.page) == code(bob.page)
        shows(ann.page, lambda: eve.length, 60)
        assert eve.content[-1][0] == "a\r\nb\r" + "x" * 50


@pytest.mark.parametrize("where", ["before", "same line", "other line"])
def test_a_composition_goes_on_while_others_write(site: Site, ann: Watched, bob: Watched, where: str) -> None:
    meet(site, where.replace(" ", "-"), ann, bob)
    to(ann.page)
    ann.page.keyboard.type("first")
    ann.page.keyboard.press("Enter")
    ann.page.keyboard.type("second")
    same_code("first\nsecond", bob)
    to(ann.page, "ArrowRight")
    method = InputMethod(ann.page)
    method.composes("に")
    method.composes("にほ")
    to(bob.page, *{"before": (), "same line": ("End",), "other line": ("Control+End",)}[where])
    bob.page.keyboard.type("ZZ")
    written = {"before": "ZZfirst\nsecond", "same line": "firstZZ\nsecond", "other line": "first\nsecondZZ"}[where]
    expect(ann.page.locator("textarea")).to_have_value(written)
    method.composes("にほん")
    until(ann.page, lambda: "fにほんirst" in code(ann.page), lambda: code(ann.page))
    method.commits("日本")
    wanted = written.replace("first", "f日本irst")
    same_code(wanted, ann, bob)
    ann.page.keyboard.type("!")
    same_code(wanted.replace("日本", "日本!"), ann, bob)


LIVE = """\
title: Code
scope: shared
body:
  - code: main
    language: python
    classes: h-64
"""


def test_the_language_is_edited_while_somebody_types(browser: Browser, tmp_path: Path) -> None:
    letters = "the_quick_brown_fox_jumps_over_the_lazy_dog_0123456789_again"
    with (
        following(tmp_path, LIVE) as site,
        staying_tab(browser, site.url) as ann,
        staying_tab(browser, site.url) as bob,
    ):
        content = ann.page.locator(".cm-content")
        expect(content).to_be_visible()
        expect(bob.page.locator(".cm-content")).to_be_visible()
        element = content.element_handle()
        to(ann.page)
        languages = ("json", "sql", "text", "javascript", "python")
        for number, letter in enumerate(letters):
            if number % 12 == 6:
                site.write(LIVE.replace("python", languages[number // 12]))
            if number % 12 == 10:
                site.saves.get(timeout=30)
            ann.page.keyboard.press(letter)
        same_code(letters, ann, bob)
        assert element.evaluate("element => element.isConnected && element.getRootNode().activeElement === element")
        ann.page.keyboard.press("Enter")
        ann.page.keyboard.type("import this")
        same_code(f"{letters}\nimport this", ann, bob)
        word = ann.page.locator(".cm-line").nth(1).locator("span", has_text="import")
        expect(word).to_have_count(1)
        site.write(LIVE.replace("python", "text"))
        expect(word).to_have_count(0)
        same_code(f"{letters}\nimport this", ann, bob)
