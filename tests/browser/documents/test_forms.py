"""Fields of documents in forms, and fields that are none of a document."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.serving import Watched

SITE = """\
title: Forms
handlers: handlers.py
scope: shared
body:
  - form:
      - textarea: first
        name: draft
        shared_text: sent
      - input: mine
        name: own
      - button: Send
        type: submit
    on: {submit: sent}
  - div: ""
    id: got
"""
HANDLERS = """\
def sent(page, value):
    page["got"].text = str(value)
"""


def field(watched: Watched, name: str) -> Locator:
    return watched.page.locator(f"[data-document={name}]")


def test_a_form_is_sent_with_the_text_of_the_document(ann: Watched, bob: Watched) -> None:
    for watched in (ann, bob):
        expect(field(watched, "sent")).to_have_value("first")
    field(bob, "sent").press("End")
    field(bob, "sent").press_sequentially(" and more")
    expect(field(ann, "sent")).to_have_value("first and more")
    ann.page.get_by_role("button", name="Send").click()
    expect(ann.page.locator("#got")).to_have_text("{'draft': 'first and more', 'own': 'mine'}")


def test_a_field_without_a_documents_name_is_a_field(ann: Watched) -> None:
    asked = len(ann.requests)
    ann.page.evaluate("""() => {
      const field = Object.assign(document.createElement("input"), { id: "none" });
      Object.assign(field.dataset, { document: "", kind: "plain" });
      document.body.append(field);
    }""")
    ann.page.locator("#none").press_sequentially("mine")
    ann.page.wait_for_timeout(200)
    assert ann.requests[asked:] == []
    ann.page.locator("#none").evaluate("(field) => field.remove()")
