"""The message board is edited while two tabs have it open: what people have done there stays."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.saving import Saving, following, staying_tab, styles
from tests.browser.serving import SITES, Watched

HEADING = "- h1: Simple Message Board\n"
TEXTAREA = """\
              - textarea:
                id: message
                placeholder: Enter message here
                # What is typed is sent when typing rests this long, and always before a click.
                debounce: 500ms
                classes:
                  - m-2 bg-gray-200 font-mono appearance-none border-2 border-gray-200 rounded py-2 px-4 text-gray-700
                  - focus:outline-none focus:bg-white focus:border-red-500
"""
BUTTON = """\
              - button:
                  - icon: paper-plane
                    classes: text-2xl
                  - div: Send
                    classes: text-sm
                on: {click: send_message}
                classes:
                  - m-2 p-2 text-red-700 bg-white hover:bg-red-200 hover:text-red-500 border
                  - focus:border-red-500 focus:outline-none
"""
MESSAGE = "classes: flex m-2 border\n"
PRE = "classes: ml-4 p-2 text-lg bg-red-500 "
LIST = "          - shared: board\n"
HALF = "half a message, 🎲 and more"
SEEN = """() => {
  const box = document.getElementById("message"), list = document.getElementById("messages");
  return {
    messages: [...list.querySelectorAll("pre")].map(each => each.textContent),
    value: box.value,
    focus: document.activeElement === box,
    caret: [box.selectionStart, box.selectionEnd, box.selectionDirection],
    box: box === window.box,
    list: list === window.list,
    scroll: list.scrollTop,
    window: scrollY,
  };
}"""


def seen(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(SEEN)
    return found


def half_way(tab: Watched) -> None:
    """Type half a message, put the caret in its middle, and scroll to the middle of the list."""
    page = tab.page
    page.locator("#message").press_sequentially(HALF)
    page.evaluate("() => { window.box = document.activeElement; box.setSelectionRange(5, 9, 'backward') }")
    page.evaluate("() => { window.list = document.getElementById('messages'); list.scrollTop = 700 }")


@contextmanager
def board(browser: Browser, folder: Path) -> Iterator[tuple[Saving, list[Watched]]]:
    """A board with 20 messages beside the first, in two tabs that are in the midst of writing."""
    shutil.copytree(SITES / "board", folder, dirs_exist_ok=True)
    with following(folder) as site, ExitStack() as stack:
        tabs = [stack.enter_context(staying_tab(browser, site.url)) for _ in range(2)]
        page = tabs[0].page
        for number in range(20):
            page.locator("#message").fill(f"Message {number}")
            page.locator("button").click()
            expect(page.locator("#message")).to_have_value("")
        expect(tabs[1].page.locator("pre")).to_have_count(21)
        for tab in tabs:
            half_way(tab)
        yield site, tabs


def test_every_edit_of_the_board_leaves_what_is_there(browser: Browser, tmp_path: Path) -> None:
    with board(browser, tmp_path) as (site, tabs):
        before = [seen(tab.page) for tab in tabs]
        assert before[0]["scroll"] == 700 and before[0]["caret"] == [5, 9, "backward"]
        assert before[0]["messages"] == [
            *(f"Message {number}" for number in range(19, -1, -1)),
            "Welcome to the simple message board!",
        ]

        assert site.edit(HEADING, "- h1: The board, live\n").change.tabs == 2
        for tab, state in zip(tabs, before, strict=True):
            expect(tab.page.locator("h1")).to_have_text("The board, live")
            assert seen(tab.page) == state

        site.edit(TEXTAREA + BUTTON, BUTTON + TEXTAREA)
        for tab, state in zip(tabs, before, strict=True):
            expect(tab.page.locator("button + #message")).to_be_visible()
            assert seen(tab.page) == state

        wrapped = "          - section:\n              - h2: All messages\n              - shared: board\n"
        site.edit(LIST, wrapped + "            classes: flex flex-col h-1/2 border-4\n")
        for tab, state in zip(tabs, before, strict=True):
            expect(tab.page.locator("section > h2")).to_have_text("All messages")
            assert seen(tab.page) == state

        site.edit(PRE, "classes: ml-4 p-2 text-lg bg-[rgb(1,2,3)] ")
        for tab, state in zip(tabs, before, strict=True):
            expect(tab.page.locator("pre").last).to_have_css("background-color", "rgb(1, 2, 3)")
            assert styles(tab.page, "pre", "backgroundColor") == ["rgb(1, 2, 3)"] * 21
            assert seen(tab.page) == state

        site.edit(MESSAGE, "classes: flex m-2 border outline-dashed\n")
        for tab, state in zip(tabs, before, strict=True):
            expect(tab.page.locator("#messages > div").last).to_have_css("outline-style", "dashed")
            assert styles(tab.page, "#messages > div", "outlineStyle") == ["dashed"] * 21
            assert seen(tab.page) == state

        page, other = tabs[0].page, tabs[1].page
        page.keyboard.type("whole")
        page.locator("button").click()
        expect(other.locator("pre").first).to_have_text("half whole" + HALF[9:])
        expect(other.locator("pre").first).to_have_css("background-color", "rgb(1, 2, 3)")
        expect(page.locator("#message")).to_have_value("")
        assert seen(other)["value"] == HALF
