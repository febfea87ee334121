"""Formatted text that two write: letters, formats and lists, each one's own undo, limits, what is pasted."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.documents.conftest import Site
from tests.browser.documents.writing import caret, content, editor, same_content, same_text, select, shows, text
from tests.browser.server_side import in_loop
from tests.browser.serving import Watched, live_tab

SITE = """\
title: Rich
pages:
  /:
    scope: shared
    body: [{p: Hello}]
  /full/{name}:
    scope: shared
    params: {name: str}
    body:
      - editor: notes
        toolbar: full
        placeholder: Write here
        classes: h-64
  /short/{name}:
    scope: shared
    params: {name: str}
    body:
      - editor: short
        max_length: 12
      - button: Next
  /read/{name}:
    scope: shared
    params: {name: str}
    body:
      - editor: read
        readonly: true
        id: reading
"""
MENU_UNDO = """(element) => {
  const options = { inputType: "historyUndo", bubbles: true, cancelable: true };
  element.dispatchEvent(new InputEvent("beforeinput", options));
}"""
PASTE = """(element, items) => {
  const data = new DataTransfer();
  for (const [type, value] of Object.entries(items)) data.setData(type, value);
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def meet(site: Site, path: str, *tabs: Watched) -> None:
    """Open a page, of which each test has its own document, in all tabs."""
    for watched in tabs:
        watched.page.goto(site.url + path)
    for watched in tabs:
        expect(editor(watched.page)).to_be_visible()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_text_bold_and_lists_go_both_ways(browser: Browser, site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/full/both", ann, bob)
    expect(editor(bob.page)).to_have_attribute("data-placeholder", "Write here")
    editor(ann.page).click()
    ann.page.keyboard.type("Hello world")
    expect(editor(bob.page)).to_have_text("Hello world")
    select(ann.page, 6, 5)
    ann.page.keyboard.press("Control+b")
    expect(editor(bob.page).locator("strong")).to_have_text("world")
    select(bob.page, 11)
    bob.page.keyboard.press("Enter")
    bob.page.keyboard.type("one")
    button(bob.page, "Bulleted list").click()
    bob.page.keyboard.press("Enter")
    bob.page.keyboard.type("two")
    expect(editor(ann.page).locator("li")).to_have_text(["one", "two"])
    button(ann.page, "Numbered list").click()
    expect(editor(bob.page).locator("ol > li[data-list=ordered]")).to_have_text(["Hello world"])
    wanted = [
        {"insert": "Hello "},
        {"insert": "world", "attributes": {"bold": True}},
        {"insert": "\n", "attributes": {"list": "ordered"}},
        {"insert": "one"},
        {"insert": "\n", "attributes": {"list": "bullet"}},
        {"insert": "two"},
        {"insert": "\n", "attributes": {"list": "bullet"}},
    ]
    same_content(wanted, ann, bob)
    held = in_loop(site.app, lambda: site.app.state.hub.handle.page("/full/both")["notes"].delta)
    assert held == wanted
    with live_tab(browser, f"{site.url}/full/both") as late:
        expect(editor(late.page)).to_be_visible()
        assert content(late.page) == wanted
        shapes = [editor(each.page).evaluate("element => element.innerHTML") for each in (late, ann)]
        assert shapes[0] == shapes[1], "no extra line"


def test_undo_takes_back_what_one_has_done_oneself(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/full/undo", ann, bob)
    editor(ann.page).click()
    ann.page.keyboard.insert_text("mine")  # one step, however busy the machine is
    same_text("mine\n", bob)
    select(bob.page, 0)
    bob.page.keyboard.insert_text("theirs ")
    same_text("theirs mine\n", ann)
    for undo, redo in (("Control+z", "Control+Shift+Z"), ("Control+z", "Control+y")):
        ann.page.keyboard.press(undo)
        same_text("theirs \n", ann, bob)
        assert caret(ann.page) == [7, 0]
        ann.page.keyboard.press(undo)  # there is nothing more of one's own
        ann.page.keyboard.press(redo)
        same_text("theirs mine\n", ann, bob)
        assert caret(ann.page) == [11, 0]
    button(bob.page, "Undo").click()
    same_text("mine\n", ann, bob)
    button(ann.page, "Undo").click()
    same_text("\n", ann, bob)
    button(bob.page, "Redo").click()
    same_text("theirs \n", ann, bob)
    button(ann.page, "Redo").click()
    same_text("theirs mine\n", ann, bob)
    editor(ann.page).evaluate(MENU_UNDO)
    same_text("theirs \n", ann, bob)


def test_a_format_is_undone_too_and_leaves_what_others_typed_into_it(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/full/formats", ann, bob)
    select(bob.page, 0)
    bob.page.keyboard.type("plain words")
    same_text("plain words\n", ann)
    select(ann.page, 0, 5)
    ann.page.keyboard.press("Control+b")
    expect(editor(bob.page).locator("strong")).to_have_text("plain")
    select(bob.page, 2)
    bob.page.keyboard.type("XX")
    expect(editor(ann.page).locator("strong")).to_have_text("plXXain")
    ann.page.keyboard.press("Control+z")
    expect(editor(bob.page)).to_have_text("plXXain words")
    same_text("plXXain words\n", ann, bob)
    shows(bob.page, lambda: "bold" in str(content(bob.page)[0]), False)
    assert content(ann.page) == content(bob.page)


def test_no_more_than_max_length_and_the_caret_stays(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/short/limit", ann, bob)
    editor(ann.page).click()
    ann.page.keyboard.type("abcdefgh")
    same_text("abcdefgh\n", bob)
    select(ann.page, 2)
    ann.page.keyboard.type("12345678")
    expect(ann.page.locator(".livepages-hint")).to_have_text("There is room for no more than 12 characters")
    same_text("ab1234cdefgh\n", ann, bob)
    assert caret(ann.page) == [6, 0]
    editor(ann.page).evaluate(PASTE, {"text/plain": "pasted"})
    same_text("ab1234cdefgh\n", ann, bob)
    assert caret(ann.page) == [6, 0]
    expect(bob.page.locator(".livepages-hint")).to_have_text("")
    ann.page.keyboard.press("Backspace")
    ann.page.keyboard.type("xyz")
    same_text("ab123xcdefgh\n", ann, bob)


@pytest.mark.parametrize("selected", [0, 4])
def test_the_caret_is_behind_what_is_left_of_a_paste(site: Site, ann: Watched, bob: Watched, selected: int) -> None:
    meet(site, f"/short/paste{selected}", ann, bob)
    editor(ann.page).click()
    ann.page.keyboard.type("abcdefghijkl"[: 8 + selected])
    select(ann.page, 2, selected)
    editor(ann.page).evaluate(PASTE, {"text/plain": "pasted"})
    same_text(f"abpast{'abcdefghijkl'[2 + selected : 8 + selected]}\n", ann, bob)
    assert caret(ann.page) == [6, 0]


def test_who_can_only_read_follows(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/read/it", ann, bob)
    editor(ann.page).click()
    ann.page.keyboard.type("no")
    ann.page.keyboard.press("Control+b")
    expect(editor(ann.page)).to_have_attribute("aria-readonly", "true")
    expect(ann.page.get_by_role("toolbar")).to_have_count(0)
    reading = in_loop(site.app, lambda: site.app.state.hub.handle.page("/read/it")["reading"])
    in_loop(site.app, lambda: reading.append("Written by a handler", bold=True))
    for watched in (ann, bob):
        expect(editor(watched.page).locator("strong")).to_have_text("Written by a handler")
    same_text("Written by a handler\n", ann, bob)
    editor(ann.page).evaluate(PASTE, {"text/plain": "pasted"})
    ann.page.keyboard.press("Backspace")
    in_loop(site.app, lambda: reading.append("!"))
    same_text("Written by a handler!\n", ann, bob)


def test_pasted_html_keeps_what_a_document_can_hold(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/full/paste", ann, bob)
    editor(ann.page).click()
    ann.page.keyboard.type("[]")
    select(ann.page, 1)
    html = (
        "<b>bold</b> <a href='https://ok.example/'>ok</a> <a href='javascript:alert(1)'>bad</a>"
        "<script>alert(1)</script><iframe src='https://x.example'></iframe><img src='https://x.example/y.png' alt=Pic>"
    )
    editor(ann.page).evaluate(PASTE, {"text/html": html, "text/plain": "x"})
    expect(editor(bob.page).locator("strong")).to_have_text("bold")
    same_text("[bold ok badPic]\n", ann, bob)
    links = editor(bob.page).locator("a").evaluate_all("all => all.map(each => [each.textContent, each.href])")
    assert ["ok", "https://ok.example/"] in links
    assert ["Pic", "https://x.example/y.png"] in links
    assert [href for _, href in links if "javascript" in href] == []
    assert editor(bob.page).locator("img, script, iframe").count() == 0
    assert [url for watched in (ann, bob) for url in watched.requests if "x.example" in url] == []


def test_pasted_lines_end_as_lines_do(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/full/lines", ann, bob)
    editor(ann.page).click()
    editor(ann.page).evaluate(PASTE, {"text/plain": "one\r\ntwo\rthree \U0001f600"})
    same_text("one\ntwo\nthree \U0001f600\n", bob)
    assert text(ann.page) == text(bob.page)
    ann.page.keyboard.press("Backspace")
    same_text("one\ntwo\nthree \n", ann, bob)


@pytest.fixture
def picture() -> bytes:
    """A PNG of 2 by 2 grey pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\x00\x80\x80" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_picture_by_the_button_is_part_of_the_text(site: Site, ann: Watched, bob: Watched, picture: bytes) -> None:
    meet(site, "/full/picture", ann, bob)
    editor(ann.page).click()
    ann.page.keyboard.type("ab")
    select(ann.page, 1)
    with ann.page.expect_file_chooser() as chooser:
        button(ann.page, "Picture").click()
    chooser.value.set_files({"name": "small.png", "mimeType": "image/png", "buffer": picture})
    data = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
    same_content([{"insert": "a"}, {"insert": {"image": data}}, {"insert": "b\n"}], ann, bob)
    shows(bob.page, lambda: editor(bob.page).locator("img").evaluate("image => image.naturalWidth"), 2)
    with ann.page.expect_file_chooser() as chooser:
        button(ann.page, "Picture").click()
    chooser.value.set_files({"name": "bad.png", "mimeType": "image/png", "buffer": b"nonsense"})
    expect(ann.page.locator(".livepages-hint")).to_have_text("This picture can't be used")
    same_text("a\ufffcb\n", ann, bob)
