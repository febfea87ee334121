"""A long list in real tabs: what people have in its rows stays theirs when the rows move."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.serving import live_tab, serving

ROWS = 1_000
SITE = """
scope: shared
state:
  rows: %s
body:
  - button: Sort
    id: sort
    on: {click: {set: {rows: "${rows | sort('name')}"}}}
  - ul:
      - li:
          - span: ${row.name}
          - input:
            debounce: 1h
            attrs: {aria-label: "${row.name}"}
          - div: ${row.text}
            classes: h-8 w-40 overflow-auto
        each: row in rows
        key: row.id
    id: rows
    classes: h-96 overflow-auto
"""
MARK = "for (const [place, row] of [...document.querySelectorAll('#rows > li')].entries()) row.mark = place"
MARKS = "[...document.querySelectorAll('#rows > li')].map(row => row.mark)"


@pytest.fixture(scope="module")
def numbers() -> list[int]:
    """The numbers of the rows, in the order in which they are at first."""
    return random.Random(3).sample(range(ROWS), ROWS)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, numbers: list[int]) -> Iterator[str]:
    """The address of a site with a long list."""
    rows = [{"id": number, "name": f"row {number:04}", "text": "many words " * 20} for number in numbers]
    folder: Path = tmp_path_factory.mktemp("long")
    (folder / "site.yaml").write_text(SITE % json.dumps(rows), encoding="utf-8")
    with serving(folder) as address:
        yield address


def test_rows_that_are_sorted_move_with_focus_typed_text_and_scroll(
    browser: Browser, site: str, numbers: list[int]
) -> None:
    with live_tab(browser, site) as one, live_tab(browser, site) as other:
        page, name = other.page, f"row {numbers[500]:04}"
        page.evaluate(MARK)
        row, field = page.locator("#rows > li").nth(500), page.get_by_label(name)
        row.locator("div").evaluate("element => element.scrollTo(0, 30)")
        field.press_sequentially("typed")
        page.keyboard.press("ArrowLeft")
        place = field.evaluate("element => element.getBoundingClientRect().top")
        other.frames.clear()

        one.page.locator("#sort").click()
        expect(page.locator("#rows > li > span").first).to_have_text("row 0000")
        assert page.evaluate(MARKS) == sorted(range(ROWS), key=numbers.__getitem__)
        (patch,) = other.patches()
        assert {operation[0] for operation in patch["ops"]} == {"move"}
        assert len(patch["ops"]) < ROWS
        page.keyboard.type("!")
        expect(field).to_be_focused()
        expect(field).to_have_value("type!d")
        expect(page.locator("#rows > li").nth(numbers[500]).get_by_label(name)).to_be_focused()
        assert field.evaluate("element => element.getBoundingClientRect().top") == place
        assert page.get_by_text("many words").nth(numbers[500]).evaluate("element => element.scrollTop") == 30
