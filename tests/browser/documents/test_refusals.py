"""A document that may not grow any more: its writer is told why, goes on reading, and nobody else is disturbed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from livepages.coediting.stores.store import Done, StoreError
from tests.browser.documents.conftest import Site
from tests.browser.documents.strangers import stranger
from tests.browser.documents.writing import code, editor, same_code, same_text, select, shows
from tests.browser.server_side import in_loop
from tests.browser.serving import Watched

SITE = """\
title: Limits
limits: {document_size: 3000, document_message: 2000}
pages:
  /:
    scope: shared
    body: [{p: Hello}]
  /rich/{name}:
    scope: shared
    params: {name: str}
    body:
      - editor: notes
        toolbar: [bold]
      - editor: other
        id: other
      - textarea: ""
        shared_text: notes
  /code:
    scope: shared
    body:
      - code: main
        language: text
"""
UNSAVED = "The server can't save this document at the moment."
FULL = (
    "This document is full: it can have 3,000 bytes, and this change is too much. "
    "What you wrote last is not saved: copy it, and load the page again."
)


def meet(site: Site, path: str, *tabs: Watched) -> None:
    for watched in tabs:
        watched.page.goto(site.url + path)
    for watched in tabs:
        expect(watched.page.locator(".ql-editor, .cm-content").first).to_be_visible()


def alert(page: Page, index: int = 0) -> str:
    """What an editor says that is not to be missed."""
    return page.locator(".livepages-box").nth(index).get_by_role("alert").inner_text()


def fill(page: Page, letters: int) -> None:
    """Put in so many letters at once, at the beginning."""
    select(page, 0)
    page.keyboard.insert_text("x" * letters)


def test_who_fills_a_document_is_told_and_can_read_on(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/rich/full", ann, bob)
    select(bob.page, 0)
    bob.page.keyboard.type("begun ")
    same_text("begun \n", ann)
    fill(ann.page, 1500)
    shows(bob.page, lambda: len(bob.page.locator("textarea").input_value()), 1507)
    fill(ann.page, 1600)
    shows(ann.page, lambda: alert(ann.page), FULL)
    expect(ann.page.locator(".livepages-error")).to_contain_text(FULL)
    expect(editor(ann.page)).to_have_attribute("aria-readonly", "true")
    expect(editor(ann.page)).to_contain_text("begun")
    select(ann.page, 0)
    ann.page.keyboard.type("more")
    ann.page.locator("textarea").click()
    ann.page.keyboard.type("more")
    assert "more" not in editor(ann.page).inner_text()
    assert "more" not in ann.page.locator("textarea").input_value()
    assert ann.page.locator("#other .ql-editor").get_attribute("aria-readonly") == "false"
    # Bob, who has done nothing wrong:
    assert alert(bob.page) == ""
    expect(bob.page.locator(".livepages-error")).to_have_count(0)
    select(bob.page, 0)
    bob.page.keyboard.type("on ")
    with stranger(site.url, "name=full/notes") as eve:
        shows(bob.page, lambda: eve.text, "on " + "x" * 1500 + "begun \n")
    ann.page.reload()
    same_text("on " + "x" * 1500 + "begun \n", ann, bob)
    assert alert(ann.page) == ""
    # What takes away is always possible, and makes room.
    select(ann.page, 3, 1500)
    ann.page.keyboard.press("Delete")
    same_text("on begun \n", ann, bob)
    fill(ann.page, 300)
    same_text("x" * 300 + "on begun \n", ann, bob)


def test_other_documents_of_the_page_go_on(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/rich/others", ann, bob)
    fill(ann.page, 1900)
    shows(bob.page, lambda: len(bob.page.locator("textarea").input_value()), 1901)
    fill(ann.page, 1900)
    shows(ann.page, lambda: alert(ann.page), FULL)
    assert alert(ann.page, 1) == ""
    for here, there, word in ((ann, bob, "Ann "), (bob, ann, "Bob ")):
        here.page.locator("#other .ql-editor").click()
        here.page.keyboard.press("Control+Home")
        here.page.keyboard.type(word)
        expect(there.page.locator("#other .ql-editor")).to_contain_text(word.strip())


def test_a_change_that_is_too_large_at_once(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/rich/large", ann, bob)
    select(ann.page, 0)
    ann.page.keyboard.type("small")
    same_text("small\n", bob)
    fill(ann.page, 2500)
    shows(ann.page, lambda: alert(ann.page).split(":")[0], "This change is too large")
    assert "2,000 may" in alert(ann.page)
    expect(editor(ann.page)).to_contain_text("small")
    select(bob.page, 5)
    bob.page.keyboard.type(" and more")
    same_text("small and more\n", bob)
    ann.page.reload()
    same_text("small and more\n", ann)


def test_code_is_refused_in_the_same_way(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/code", ann, bob)
    ann.page.locator(".cm-content").focus()
    ann.page.keyboard.insert_text("y" * 1800)
    same_code("y" * 1800, bob)
    ann.page.keyboard.insert_text("z" * 1800)
    shows(ann.page, lambda: alert(ann.page), FULL)
    expect(ann.page.locator(".livepages-error")).to_contain_text(FULL)
    before = code(ann.page)
    ann.page.keyboard.type("more")
    assert code(ann.page) == before
    assert alert(bob.page) == ""
    bob.page.locator(".cm-content").focus()
    bob.page.keyboard.press("Control+Home")
    bob.page.keyboard.type("# ")
    same_code("# " + "y" * 1800, bob)
    ann.page.reload()
    expect(ann.page.locator(".cm-content")).to_be_visible()
    same_code("# " + "y" * 1800, ann)


@contextmanager
def full_disk(site: Site) -> Iterator[None]:
    """Nothing that is written is kept."""
    hub = site.app.state.hub
    store = in_loop(site.app, lambda: hub.documents._library.store)

    def fail(key: str, update: bytes, done: Done) -> None:
        hub.loop.call_soon(done, StoreError("the disk is full"))

    in_loop(site.app, lambda: setattr(store, "append", fail))
    try:
        yield
    finally:
        in_loop(site.app, lambda: delattr(store, "append"))


def hint(page: Page) -> str:
    return page.locator(".livepages-box .livepages-hint").first.inner_text()


def test_what_cannot_be_saved_for_the_moment_is_kept_and_sent_later(site: Site, ann: Watched, bob: Watched) -> None:
    meet(site, "/rich/unsaved", ann, bob)
    with full_disk(site):
        select(ann.page, 0)
        ann.page.keyboard.type("kept ")
        shows(ann.page, lambda: hint(ann.page), UNSAVED)
        expect(ann.page.locator(".livepages-error")).to_contain_text(UNSAVED)  # for the plain field
        asked = len(ann.requests)
        expect(editor(ann.page)).to_have_attribute("aria-readonly", "false")
        ann.page.keyboard.type("and ")
        ann.page.wait_for_timeout(4500)
        assert len(ann.requests) - asked <= 2
        assert hint(ann.page) == UNSAVED
        assert ann.page.locator(".livepages-error").count() <= 1  # it is said once, and goes after a while
        assert alert(ann.page) == ""
        ann.page.keyboard.type("sent ")
    same_text("kept and sent \n", ann, bob)
    assert hint(ann.page) == UNSAVED
    shows(ann.page, lambda: hint(ann.page), "")
    select(ann.page, 0)
    ann.page.keyboard.type("last, ")
    same_text("last, kept and sent \n", bob)
