"""What a page asks for: nothing of documents where it has none, no large library that it does not need."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.browser.documents.conftest import Site
from tests.browser.documents.writing import editor, same_code, same_text, until
from tests.browser.serving import Watched, live_tab

SITE = """\
title: Loading
handlers: handlers.py
pages:
  /:
    scope: shared
    body:
      - button: Add
        on: {click: add}
      - div:
        id: place
  /plain:
    scope: shared
    body:
      - textarea: Hello
        shared_text: plain
      - input: One
        shared_text: line
  /people:
    scope: shared
    body: [{people: notes}, {div: , id: late}]
  /rich:
    scope: shared
    body: [{editor: notes}]
  /code:
    scope: shared
    body:
      - code: main
        language: python
"""
HANDLERS = """\
def add(page):
    place = page["place"]
    place.clear()
    place.append({"editor": "late", "toolbar": "basic"})
    place.append({"code": "script", "language": "python"})
    place.append({"textarea": "", "shared_text": "late", "id": "beside"})
"""


def parts(watched: Watched) -> set[str]:
    """The names of what was asked for of the documents' part of the client, and their connections."""
    paths = [urlsplit(url).path for url in watched.requests]
    names = {path.rpartition("/")[2] for path in paths if path.startswith("/_livepages/parts/")}
    rooms = {path for path in paths if path.startswith("/_livepages/documents")}
    return names | rooms


def test_a_page_without_documents_loads_nothing_of_them(browser: Browser, site: Site) -> None:
    with live_tab(browser, site.url) as watched:
        watched.page.wait_for_load_state("networkidle")
        assert parts(watched) == set()


def test_plain_fields_need_no_editor(browser: Browser, site: Site) -> None:
    with live_tab(browser, f"{site.url}/plain") as watched, live_tab(browser, f"{site.url}/plain") as other:
        field = watched.page.locator("textarea")
        field.press("End")
        field.press_sequentially("!")
        expect(other.page.locator("textarea")).to_have_value("Hello!")
        loaded = parts(watched)
        assert {"quill.js", "codemirror.js", "quill.css"} & loaded == set()
        assert {"documents.js", "/_livepages/documents/plain", "/_livepages/documents/line"} <= loaded


def test_each_editor_loads_its_own_library(browser: Browser, site: Site) -> None:
    with live_tab(browser, f"{site.url}/rich") as watched:
        expect(editor(watched.page)).to_be_visible()
        assert {"quill.js", "quill.css", "parts.css"} <= parts(watched)
        assert "codemirror.js" not in parts(watched)
    with live_tab(browser, f"{site.url}/code") as watched:
        expect(watched.page.locator(".cm-content")).to_be_visible()
        assert "codemirror.js" in parts(watched)
        assert {"quill.js", "quill.css"} & parts(watched) == set()
    with live_tab(browser, f"{site.url}/people") as watched:
        expect(watched.page.get_by_role("listitem")).to_have_count(1)
        assert {"quill.js", "quill.css", "codemirror.js"} & parts(watched) == set()


def test_editors_that_a_handler_appends_work_in_open_tabs(browser: Browser, site: Site) -> None:
    with live_tab(browser, site.url) as ann, live_tab(browser, site.url) as bob:
        assert parts(ann) == parts(bob) == set()
        ann.page.get_by_role("button", name="Add").click()
        for watched in (ann, bob):
            expect(editor(watched.page)).to_be_visible()
            expect(watched.page.locator(".cm-content")).to_be_visible()
        editor(ann.page).click()
        ann.page.keyboard.type("by Ann")
        same_text("by Ann\n", ann, bob)
        expect(bob.page.locator("textarea")).to_have_value("by Ann\n")
        bob.page.locator(".cm-content").focus()
        bob.page.keyboard.type("import this")
        same_code("import this", ann, bob)
        # Another click takes them away and puts them there again: what was written is still there.
        bob.page.get_by_role("button", name="Add").click()
        for watched in (ann, bob):
            until(watched.page, lambda page=watched.page: editor(page).count() == 1)
        same_text("by Ann\n", ann, bob)
        same_code("import this", ann, bob)
