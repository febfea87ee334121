"""What is put in at once may be more than a message can have: it goes in pieces, and nobody is sent away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.documents.conftest import Site
from tests.browser.documents.writing import shows
from tests.browser.serving import Watched

SITE = """\
title: Large
limits: {document_message: 650000}
pages:
  /:
    scope: shared
    body: [{p: Hello}]
  /rich:
    scope: shared
    body: [{editor: notes}]
  /plain:
    scope: shared
    body: [{textarea: "", shared_text: plain}]
  /code:
    scope: shared
    body: [{code: main, language: text}]
"""
LARGE = "".join(f"word {number:06} \U0001f600\u00e9\u4e2d" + "\n" * (number % 4000 == 0) for number in range(35_000))
"""Almost a megabyte of letters of one to four bytes, in a few lines: many lines take editors long."""
PASTE = """(element, text) => {
  element.focus();
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  if (!element.dispatchEvent(event)) return;
  element.setRangeText(text, element.selectionStart, element.selectionEnd, "end");
  element.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true }));
}"""
VALUE = """async (element) => {
  if (element.localName === "textarea") return element.value;
  if (element.matches(".cm-content")) return element.cmTile.view.state.doc.toString();
  const { Quill } = await import(`/_livepages/parts/${document.documentElement.dataset.build}/quill.js`);
  return Quill.find(element.closest(".ql-container")).getText().replace(/\\n$/, "");
}"""


def field(watched: Watched) -> Locator:
    return watched.page.locator(".ql-editor, .cm-content, textarea").first


@pytest.mark.parametrize("path", ["rich", "plain", "code"])
def test_a_large_paste_comes_whole(site: Site, ann: Watched, bob: Watched, path: str) -> None:
    for watched in (ann, bob):
        watched.page.goto(f"{site.url}/{path}")
        expect(field(watched)).to_be_visible()
    field(ann).evaluate(PASTE, LARGE)
    field(ann).evaluate(PASTE, "the end")
    shows(bob.page, lambda: field(bob).evaluate(VALUE) == LARGE + "the end", True)
    assert field(ann).evaluate(VALUE) == LARGE + "the end"
    expect(ann.page.locator(".livepages-error")).to_be_hidden()
