"""What people see of documents and do in them: waiting for it, reading editors, putting the caret somewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from playwright.sync_api import Error, Locator, Page

from tests.browser.serving import Watched

Value = TypeVar("Value")

PATIENCE = 30.0
"""Seconds for what takes a moment: a busy machine is not a failure."""

QUILL = """const { Quill } = await import(`/_livepages/parts/${document.documentElement.dataset.build}/quill.js`);
  const quill = Quill.find(element);"""
CONTENT = f"async (element) => {{ {QUILL} return quill.getContents().ops; }}"
CARET = f"async (element) => {{ {QUILL} const r = quill.getSelection(); return r && [r.index, r.length]; }}"
SELECT = f"async (element, [index, length]) => {{ {QUILL} quill.setSelection(index, length, 'user'); }}"
CODE = """(area) => [...area.querySelectorAll(".cm-line")].map((line) => {
  const copy = line.cloneNode(true);
  copy.querySelectorAll(".livepages-caret, .cm-placeholder").forEach((other) => other.remove());
  return copy.textContent;
}).join("\\n")"""
PLACES = "(field) => [field.selectionStart, field.selectionEnd]"
PLACE = "(field, [start, end]) => { field.focus(); field.setSelectionRange(start, end); }"


def shows(page: Page, read: Callable[[], Value], expected: Value) -> None:
    """Wait until what is read is what it is to be: a busy machine is not a failure."""
    until(page, lambda: read() == expected, lambda: f"{read()!r} is not {expected!r}")


def until(page: Page, holds: Callable[[], object], why: Callable[[], str] = lambda: "it never came") -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if holds():
                return
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
            # The page is just being loaded anew, as after a restart of the server.
        page.wait_for_timeout(30)
    raise AssertionError(why())


# Rich texts


def editor(page: Page, index: int = 0) -> Locator:
    """The text of a rich editor."""
    return page.locator(".ql-editor").nth(index)


def content(page: Page, index: int = 0) -> list[dict[str, Any]]:
    """What a rich editor shows, as a delta."""
    ops: list[dict[str, Any]] = page.locator(".livepages-box .ql-container").nth(index).evaluate(CONTENT)
    return ops


def text(page: Page, index: int = 0) -> str:
    """What a rich editor shows, without formats; what is no text is a box."""
    return "".join(op["insert"] if isinstance(op["insert"], str) else "\ufffc" for op in content(page, index))


def caret(page: Page) -> list[int] | None:
    """Where the selection of the first rich editor begins, and how long it is; None where it hasn't the focus."""
    place: list[int] | None = page.locator(".livepages-box .ql-container").first.evaluate(CARET)
    return place


def select(page: Page, index: int, length: int = 0) -> None:
    """Focus the first rich editor, and select something in it."""
    page.locator(".livepages-box .ql-container").first.evaluate(SELECT, [index, length])


def same_text(expected: str, *tabs: Watched) -> None:
    """Wait until all tabs show a text."""
    for watched in tabs:
        shows(watched.page, lambda page=watched.page: text(page), expected)


def same_content(expected: Sequence[dict[str, Any]], *tabs: Watched) -> None:
    """Wait until all tabs show a text with its formats."""
    for watched in tabs:
        shows(watched.page, lambda page=watched.page: content(page), list(expected))


# Code


def code(page: Page) -> str:
    """What a code editor shows, without the names and carets of others."""
    shown: str = page.locator(".cm-content").evaluate(CODE)
    return shown


def same_code(expected: str, *tabs: Watched) -> None:
    """Wait until all tabs show a code."""
    for watched in tabs:
        shows(watched.page, lambda page=watched.page: code(page), expected)


# Plain fields


def places(field: Locator) -> list[int]:
    """Where the selection of a field begins and ends."""
    found: list[int] = field.evaluate(PLACES)
    return found


def place(field: Locator, start: int, end: int | None = None) -> None:
    """Focus a field, and put its caret or selection somewhere."""
    field.evaluate(PLACE, [start, start if end is None else end])


# Input methods


class InputMethod:
    """An input method, such as that for Japanese, at a tab."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def composes(self, letters: str) -> None:
        """Show letters as what is being composed."""
        end = len(letters)
        self._session.send("Input.imeSetComposition", {"text": letters, "selectionStart": end, "selectionEnd": end})

    def commits(self, letters: str) -> None:
        """Put in what was chosen for what was composed."""
        self._session.send("Input.insertText", {"text": letters})
        self._session.detach()
