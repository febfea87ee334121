"""A site is edited while tabs have it open: what it says and does follows, what people do there goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.saving import following, staying_tab, styles
from tests.browser.serving import SITES


def test_a_countdown_goes_on_through_edits_of_its_page_and_its_handler(browser: Browser, tmp_path: Path) -> None:
    shutil.copytree(SITES / "countdown", tmp_path, dirs_exist_ok=True)
    with following(tmp_path) as site, staying_tab(browser, f"{site.url}/?num=5") as tab:
        page, number = tab.page, tab.page.locator("#stage > div")
        page.locator("button").click()
        expect(number).to_have_text("5")
        page.evaluate(
            """() => {
              window.counted = ["5"];
              const number = document.querySelector("#stage > div");
              const note = () => counted.at(-1) === number.textContent || counted.push(number.textContent);
              new MutationObserver(note).observe(number, { childList: true, characterData: true, subtree: true });
            }"""
        )
        site.edit("button: Start countdown", "button: Count again")
        site.edit(
            "  - div:\n    id: stage\n", "  - section:\n      - div:\n        id: stage\n    classes: bg-[rgb(9,9,9)]\n"
        )
        expect(page.locator("section")).to_have_css("background-color", "rgb(9, 9, 9)")
        site.edit('"Boom!"', '"Bang!"', "countdown.py")
        expect(number).to_have_text("Boom!")
        assert page.evaluate("counted") == ["5", "4", "3", "2", "1", "Boom!"]
        expect(page.locator("button")).to_have_text("Count again")
        page.goto(f"{site.url}/?num=1")
        page.locator("button").click()
        expect(number).to_have_text("Bang!")
        page.evaluate("() => { window.mark = true }")


PARTS = """\
title: Parts
handlers: handlers.py
css: own.css
body:
  - h1: Parts
    id: head
  - p: "0"
    id: told
  - button: Press
    id: press
    on: {click: press}
"""
PRESS = """\
def press(page):
    page["told"].text = "old"
"""


def test_looks_elements_handlers_and_styles_follow(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text("h1 { letter-spacing: 3px }", encoding="utf-8")
    with (
        following(tmp_path, PARTS, PRESS) as site,
        staying_tab(browser, site.url) as one,
        staying_tab(browser, site.url) as two,
    ):
        page, other = one.page, two.page
        page.locator("#press").click()
        expect(page.locator("#told")).to_have_text("old")

        assert site.edit("id: head", "id: head\n    classes: pt-[13px]").change.pages == ("page /",)
        for each in (page, other):
            expect(each.locator("#head")).to_have_css("padding-top", "13px")

        site.edit("  - button: Press\n", "  - ul: [{li: new}]\n    classes: pb-[7px] bg-lime-300\n  - button: Press\n")
        for each in (page, other):
            expect(each.locator("#told + ul > li")).to_have_text("new")
            expect(each.locator("ul")).to_have_css("padding-bottom", "7px")

        assert site.edit('"old"', '"new"', "handlers.py").change.pages == ("handlers",)
        page.locator("#press").click()
        expect(page.locator("#told")).to_have_text("new")
        expect(other.locator("#told")).to_have_text("0")

        site.edit(
            "def press(page):",
            'def rename(element):\n    element.text = "Pressed"\n\n\ndef press(page):',
            "handlers.py",
        )
        site.edit("click: press", "click: rename")
        other.locator("#press").click()
        expect(other.locator("#press")).to_have_text("Pressed")
        expect(page.locator("#press")).to_have_text("Press")

        assert site.edit("3px", "5px", "own.css").change.pages == ("css",)
        for each in (page, other):
            expect(each.locator("h1")).to_have_css("letter-spacing", "5px")
        site.edit("css: own.css\n", "theme: plain\n")
        for each in (page, other):
            expect(each.locator("h1")).to_have_css("letter-spacing", "normal")
            assert styles(each, "#head", "paddingTop") == ["13px"]


HELD = """\
title: Held
body:
  - h1: Title
    id: head
  - details:
      - summary: More
      - p: The rest
    id: more
  - p: Some words to be selected
    id: words
  - select: tea
    id: drink
    options: [tea, coffee, milk]
  - input: false
    type: checkbox
    id: agree
  - input: a
    type: radio
    name: letter
    id: a
  - input: b
    type: radio
    name: letter
    id: b
  - ul:
      - {li: First, classes: h-40}
      - {li: Second, classes: h-40}
      - {li: Third, classes: h-40}
    id: list
    classes: h-24 overflow-auto
  - div: Moving
    id: moving
    classes: animate-spin w-8
  - dialog:
      - p: Sure?
      - input: ""
        id: answer
    id: asked
    modal: true
"""
HOLD = """() => {
  document.querySelector("summary").click();
  document.getElementById("drink").value = "coffee";
  document.getElementById("drink").dispatchEvent(new Event("change", { bubbles: true }));
  document.getElementById("agree").click();
  document.getElementById("b").click();
  document.getElementById("list").scrollTop = 55;
  const text = document.getElementById("words").firstChild;
  getSelection().setBaseAndExtent(text, 5, text, 10);
  window.animation = document.getElementById("moving").getAnimations()[0];
}"""
HELD_NOW = """() => ({
  open: document.getElementById("more").open,
  drink: document.getElementById("drink").value,
  agree: document.getElementById("agree").checked,
  b: document.getElementById("b").checked,
  list: document.getElementById("list").scrollTop,
  selected: getSelection().toString(),
  goesOn: document.getElementById("moving").getAnimations()[0] === window.animation,
  isRunning: window.animation.playState,
})"""


def test_what_people_hold_open_chosen_and_selected_stays(browser: Browser, tmp_path: Path) -> None:
    with (
        following(tmp_path, HELD) as site,
        staying_tab(browser, site.url) as one,
        staying_tab(browser, site.url) as two,
    ):
        page = one.page
        page.evaluate(HOLD)
        held = page.evaluate(HELD_NOW)
        assert held == {
            "open": True,
            "drink": "coffee",
            "agree": True,
            "b": True,
            "list": 55,
            "selected": "words",
            "goesOn": True,
            "isRunning": "running",
        }
        edits = (
            ("h1: Title", "h1: Another title"),
            ("    id: head\n", "    id: head\n  - p: Put between\n"),
            (
                "{li: Second, classes: h-40}",
                "{li: Second, classes: h-40 border-t}\n      - {li: Between, classes: h-40}",
            ),
            ("options: [tea, coffee, milk]", "options: [water, tea, coffee, milk]"),
            ("- p: The rest\n", "- p: The rest\n      - p: and more of it\n"),
            ("classes: h-24 overflow-auto", "classes: h-24 overflow-auto bg-[rgb(3,3,3)]"),
        )
        for old, new in edits:
            site.edit(old, new)
            site.edit(
                "    id: answer\n", f"    id: answer\n        placeholder: {new[:4]!r}\n"
            ) if "Title" in old else None
            assert page.evaluate(HELD_NOW) == held
        expect(page.locator("#list")).to_have_css("background-color", "rgb(3, 3, 3)")
        assert page.evaluate(HELD_NOW) == held
        assert page.locator("#drink option").all_text_contents() == ["", "water", "tea", "coffee", "milk"]
        assert two.page.evaluate("document.getElementById('more').open") is False
