"""The YAML around an editor is edited while somebody types in it: the editor stays, and not one key is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.documents.writing import caret, editor, place, places, same_text, select, until
from tests.browser.saving import Saving, following, staying_tab
from tests.browser.serving import Watched

LIVE = """\
title: Live
scope: shared
body:
  - h1: Notes
  - editor: notes
    toolbar: full
    placeholder: First
    classes: h-40
  - textarea: ""
    shared_text: plain
    classes: h-20
"""
LETTERS = "".join(chr(ord("a") + number % 26) for number in range(60))


@contextmanager
def three(browser: Browser, folder: Path, text: str = LIVE) -> Iterator[tuple[Saving, Watched, Watched]]:
    """A site that follows its files, and two tabs of it."""
    with (
        following(folder, text) as site,
        staying_tab(browser, site.url) as ann,
        staying_tab(browser, site.url) as bob,
    ):
        for watched in (ann, bob):
            expect(editor(watched.page)).to_be_visible()
        yield site, ann, bob


def type_through(site: Saving, watched: Watched, edits: list[tuple[str, str]]) -> None:
    """Type the 60 letters, while one edit after the other is saved and followed."""
    waiting = list(edits)
    for number, letter in enumerate(LETTERS):
        if waiting and number % 8 == 3:
            site.write(replaced(site.read(), *waiting.pop(0)))
        watched.page.keyboard.press(letter)
        if number % 8 == 7 and number // 8 < len(edits):
            site.saves.get(timeout=30)
    assert waiting == []


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_a_rich_editor_stays_while_what_it_is_like_changes(browser: Browser, tmp_path: Path) -> None:
    with three(browser, tmp_path) as (site, ann, bob):
        page = ann.page
        select(page, 0)
        page.keyboard.type("[]")
        select(page, 1)
        element = editor(page).element_handle()
        edits = [
            ("toolbar: full", "toolbar: basic"),
            ("placeholder: First", "placeholder: Second"),
            ("classes: h-40", "classes: h-64 bg-[rgb(1,2,3)]"),
            ("h1: Notes", "h1: Other notes"),
            ("toolbar: basic", '[bold, "|", link]'.join(("toolbar: ", ""))),
            ("  - editor", "  - p: Put between\n  - editor"),
            ("    placeholder: Second\n", ""),
        ]
        type_through(site, ann, edits)
        same_text(f"[{LETTERS}]\n", ann, bob)
        assert element.evaluate("element => element.isConnected && document.activeElement === element")
        assert caret(page) == [61, 0]
        for each in (page, bob.page):
            tools = each.get_by_role("toolbar").get_by_role("button")
            expect(tools).to_have_count(2)
            expect(editor(each)).to_have_attribute("data-placeholder", "")
            host = each.locator("[data-document=notes]")
            expect(host).to_have_css("background-color", "rgb(1, 2, 3)")
            expect(each.locator("h1 + p")).to_have_text("Put between")
        page.keyboard.press("Backspace")
        same_text(f"[{LETTERS[:-1]}]\n", ann, bob)


def test_reading_only_and_back(browser: Browser, tmp_path: Path) -> None:
    with three(browser, tmp_path) as (site, ann, bob):
        page = ann.page
        select(page, 0)
        page.keyboard.type("before")
        same_text("before\n", bob)
        element = editor(page).element_handle()
        site.edit("toolbar: full", "readonly: true")
        for each in (page, bob.page):
            expect(editor(each)).to_have_attribute("aria-readonly", "true")
        page.keyboard.type("lost")
        site.edit("readonly: true", "toolbar: [bold]\n    max_length: 10")
        expect(editor(page)).to_have_attribute("aria-readonly", "false")
        expect(editor(bob.page)).to_have_attribute("aria-readonly", "false")
        assert element.evaluate("element => element.isConnected")
        select(page, 6)
        page.keyboard.type("123456")
        same_text("before1234\n", ann, bob)
        bob.page.keyboard.press("Tab")
        select(bob.page, 0)
        bob.page.keyboard.press("Delete")
        same_text("efore1234\n", ann, bob)


def test_a_plain_field_stays_while_its_classes_change(browser: Browser, tmp_path: Path) -> None:
    with three(browser, tmp_path) as (site, ann, bob):
        one, two = (watched.page.locator("textarea") for watched in (ann, bob))
        one.click()
        ann.page.keyboard.type("[]")
        expect(two).to_have_value("[]")
        place(one, 1)
        edits = [
            ("classes: h-20", "classes: h-24\n    placeholder: Write"),
            ("h1: Notes", "h1: Other notes"),
            ("    toolbar: full\n", ""),
            ("  - textarea", "  - p: Put between\n  - textarea"),
            ("h-24", "h-32"),
        ]
        type_through(site, ann, edits)
        for each, watched in ((one, ann), (two, bob)):
            expect(each).to_have_value(f"[{LETTERS}]")
            expect(each).to_have_attribute("placeholder", "Write")
            expect(watched.page.locator("p[data-n]")).to_have_text("Put between")
        assert places(one) == [61, 61]
        expect(one).to_be_focused()
        site.edit("placeholder: Write", "readonly: true")
        expect(one).not_to_be_editable()
        ann.page.keyboard.type("no")
        expect(two).to_have_value(f"[{LETTERS}]")


def test_presence_turns_off_and_on(browser: Browser, tmp_path: Path) -> None:
    with three(browser, tmp_path) as (site, ann, bob):
        cursors = bob.page.locator(".ql-cursor")
        select(ann.page, 0)
        ann.page.keyboard.type("x")
        expect(cursors).to_have_count(1)
        site.edit("toolbar: full", "presence: false")
        expect(cursors).to_have_count(0)
        ann.page.keyboard.type("y")
        same_text("xy\n", bob)
        assert cursors.count() == 0
        site.edit("presence: false", "toolbar: [bold]")
        for watched in (ann, bob):
            expect(watched.page.get_by_role("toolbar").get_by_role("button")).to_have_count(1)
        ann.page.keyboard.type("z")
        expect(cursors).to_have_count(1)


def test_an_editor_of_another_document_and_of_none(browser: Browser, tmp_path: Path) -> None:
    with three(browser, tmp_path) as (site, ann, bob):
        select(ann.page, 0)
        ann.page.keyboard.type("first")
        same_text("first\n", bob)
        site.edit("editor: notes", "editor: others")
        same_text("\n", ann, bob)
        select(bob.page, 0)
        bob.page.keyboard.type("second")
        same_text("second\n", ann, bob)
        site.edit("editor: others", "editor: notes")
        same_text("first\n", ann, bob)
        text = site.read()
        site.save(text[: text.index("  - editor")] + text[text.index("  - textarea") :])
        for watched in (ann, bob):
            expect(editor(watched.page)).to_have_count(0)
        site.save(text)
        same_when_there("first\n", ann, bob)
        select(ann.page, 5)
        ann.page.keyboard.type("!")
        same_text("first!\n", ann, bob)


def same_when_there(expected: str, *tabs: Watched) -> None:
    for watched in tabs:
        expect(editor(watched.page)).to_be_visible()
        until(watched.page, lambda watched=watched: editor(watched.page).count() == 1)
    same_text(expected, *tabs)
