"""The collaborative editor in real tabs: two people write at once, one of them offline for a while."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette

from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.app import make_app
from livepages.schema.loader import load_site
from tests.browser.network import network_to
from tests.browser.server_side import in_loop
from tests.browser.serving import SITES, live_tab, running

KEYS = 300
CONTENT = """async (element) => {
  const { Quill } = await import(`/_livepages/parts/${document.documentElement.dataset.build}/quill.js`);
  return Quill.find(element).getContents().ops;
}"""
SOMEWHERE = """(editor, [share, at]) => {
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const text = texts[Math.floor(share * texts.length)];
  editor.focus();
  if (text) getSelection().collapse(text, Math.floor(at * (text.data.length + 1)));
}"""


@pytest.fixture
def app() -> Starlette:
    return make_app(load_site(SITES / "editor", ELEMENT_TYPES), development=True)


@dataclass
class Author:
    """Somebody who types in a tab, at places that a seed says; `typed` counts the keys."""

    page: Page
    letters: str
    seed: int
    typed: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    @property
    def editor(self) -> Any:
        """The text in the editor."""
        return self.page.locator(".ql-editor")

    def types(self, keys: int) -> None:
        """Type so many keys, here and there; now and then the text turns bold, or a line becomes one of a list."""
        for _ in range(keys):
            if self.chance.random() < 0.3:
                self.editor.evaluate(SOMEWHERE, [self.chance.random(), self.chance.random()])
            if self.chance.random() < 0.05:
                self.page.keyboard.press("Control+b")
            if self.chance.random() < 0.03:
                self.page.get_by_role("button", name=self.chance.choice(("Bulleted list", "Numbered list"))).click()
            if self.chance.random() < 0.05:
                self.page.keyboard.press("Enter")
            key = self.chance.choice(self.letters)
            self.page.keyboard.press(key)
            self.typed[key] += 1


def content(page: Page) -> list[dict[str, Any]]:
    """What the editor shows, as Quill has it, in which neighbours of the same formats are one."""
    ops: list[dict[str, Any]] = page.locator(".livepages-document .ql-container").evaluate(CONTENT)
    return ops


def letters(ops: list[dict[str, Any]]) -> Counter[str]:
    text = "".join(op["insert"] for op in ops)
    return Counter(text.replace("\n", ""))


@contextmanager
def author(browser: Browser, url: str, letters: str, seed: int) -> Iterator[Author]:
    with live_tab(browser, url) as watched:
        expect(watched.page.locator(".ql-editor")).to_be_visible()
        watched.page.locator(".ql-editor").click()
        yield Author(watched.page, letters, seed)
        watched.complaints[:] = [line for line in watched.complaints if "WebSocket connection to" not in line]


def test_two_write_at_once_and_nothing_is_lost(browser: Browser, app: Starlette) -> None:
    with (
        running(app) as server,
        network_to(server) as network,
        author(browser, server, "abcdefghijklm", 1) as one,
        author(browser, network.address, "nopqrstuvwxyz", 2) as two,
    ):
        for _ in range(KEYS // 3):
            one.types(1)
            two.types(1)
        network.go()
        expect(two.page.locator(".livepages-mark")).to_have_text("Reconnecting…")
        for _ in range(KEYS // 3):
            one.types(1)
            two.types(1)
        assert letters(content(one.page)) != letters(content(two.page)), "it is offline"
        network.come_back()
        for _ in range(KEYS // 3):
            one.types(1)
            two.types(1)
        typed = one.typed + two.typed
        until_same(one.page, two.page, typed)
        with author(browser, server, "", 3) as late:
            assert content(late.page) == content(one.page)
            paragraphs = [each.locator(".ql-editor > *").count() for each in (late.page, one.page)]
            assert paragraphs[0] == paragraphs[1], "no extra line"
        held = in_loop(app, lambda: app.state.hub.handle.page("/")["notes"].delta)
        assert held == content(one.page)
        assert typed.total() == 2 * KEYS


def until_same(one: Page, two: Page, typed: Counter[str]) -> None:
    """Wait until two tabs show the same, with all that was typed."""
    for _ in range(1_000):
        shown = [content(page) for page in (one, two)]
        if shown[0] == shown[1] and letters(shown[0]) == typed:
            return
        one.wait_for_timeout(50)
    assert shown[0] == shown[1]
    assert letters(shown[0]) == typed
