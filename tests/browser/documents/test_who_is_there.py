"""Who has a document open, and where they are in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.documents.conftest import Site
from tests.browser.documents.strangers import stranger
from tests.browser.documents.writing import editor, same_text, select, until
from tests.browser.serving import Watched, live_tab

SITE = """\
title: People
pages:
  /:
    scope: shared
    body:
      - people: notes
      - editor: notes
        classes: h-40
      - button: Elsewhere
  /code:
    scope: shared
    body:
      - people: main
      - code: main
        language: text
  /hidden:
    scope: shared
    body:
      - people: secret
      - editor: secret
        presence: false
      - code: secret
        language: text
        presence: false
        id: code
"""
BACK = "() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
AWAY = "() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))"


@pytest.fixture(autouse=True)
def met(site: Site, ann: Watched, bob: Watched) -> None:
    """Both have opened the page anew."""
    for watched in (ann, bob):
        watched.page.goto(site.url)
    for watched in (ann, bob):
        expect(editor(watched.page)).to_be_visible()
        expect(chips(watched.page)).to_have_count(2)


def chips(page: Page) -> Locator:
    return page.get_by_role("list", name="People here").get_by_role("listitem")


def own_name(page: Page) -> str:
    """The name that a tab has."""
    name = page.locator(".livepages-own").inner_text()
    assert name.endswith(" (you)")
    return name.removesuffix(" (you)")


def rename(page: Page, name: str) -> None:
    page.get_by_title("Change your name").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def colors(page: Page) -> list[str]:
    """Those of the people in a tab, its own first."""
    found: list[str] = page.locator(".livepages-dot").evaluate_all("all => all.map(dot => dot.style.backgroundColor)")
    return found


@pytest.fixture
def names(met: None, ann: Watched, bob: Watched) -> Iterator[list[str]]:
    """What both are called."""
    rename(ann.page, "Ann")
    rename(bob.page, "Bob")
    expect(chips(ann.page)).to_have_text(["Ann (you)", "Bob"])
    expect(chips(bob.page)).to_have_text(["Bob (you)", "Ann"])
    yield ["Ann", "Bob"]


def test_each_sees_both_under_the_names_they_have(ann: Watched, bob: Watched) -> None:
    names = [own_name(watched.page) for watched in (ann, bob)]
    expect(chips(ann.page)).to_have_text([f"{names[0]} (you)", names[1]])
    expect(chips(bob.page)).to_have_text([f"{names[1]} (you)", names[0]])


def test_a_new_name_shows_at_the_other_and_is_remembered(ann: Watched, bob: Watched) -> None:
    rename(ann.page, "Ada <b>")
    expect(chips(bob.page).last).to_have_text("Ada <b>")
    assert ann.page.evaluate("document.activeElement.className") == "livepages-name livepages-own"
    ann.page.reload()
    expect(chips(ann.page).first).to_have_text("Ada <b> (you)")
    expect(chips(bob.page)).to_have_count(2)
    ann.page.get_by_title("Change your name").click()
    ann.page.keyboard.type("another")
    ann.page.keyboard.press("Escape")
    expect(chips(ann.page).first).to_have_text("Ada <b> (you)")
    rename(ann.page, " ")
    expect(chips(ann.page).first).to_have_text("Ada <b> (you)")
    other = ann.page.context.new_page()
    other.goto(ann.page.url)
    expect(chips(bob.page)).to_have_count(3)
    rename(other, "Grace")
    expect(chips(ann.page).first).to_have_text("Grace (you)")
    expect(chips(bob.page).filter(has_text="Grace")).to_have_count(2)
    other.close()
    expect(chips(bob.page)).to_have_count(2)


def test_who_writes_a_new_name_is_not_disturbed(browser: Browser, site: Site, ann: Watched, bob: Watched) -> None:
    ann.page.get_by_title("Change your name").click()
    ann.page.keyboard.press("Control+a")
    ann.page.keyboard.type("An")
    select(bob.page, 0)
    bob.page.keyboard.type("x")
    with live_tab(browser, site.url):
        expect(chips(ann.page).or_(ann.page.locator(".livepages-rename"))).to_have_count(4)
    expect(chips(bob.page)).to_have_count(2)
    assert ann.page.evaluate("document.activeElement.className") == "livepages-rename"
    ann.page.keyboard.type("nie")
    ann.page.keyboard.press("Enter")
    expect(chips(bob.page).last).to_have_text("Annie")


def test_two_people_have_two_colors(ann: Watched, bob: Watched) -> None:
    for watched, name in ((ann, "Ann"), (bob, "Bob")):
        person = json.dumps({"name": name, "color": "#1d4ed8"})
        watched.page.evaluate("person => localStorage.setItem('livepages/person', person)", person)
        watched.page.reload()
        expect(chips(watched.page)).to_have_count(2)
    until(ann.page, lambda: len(set(colors(ann.page))) == 2 and colors(ann.page) == colors(bob.page)[::-1])
    assert "rgb(29, 78, 216)" in colors(ann.page)
    kept = [watched.page.evaluate("JSON.parse(localStorage['livepages/person']).color") for watched in (ann, bob)]
    assert len(set(kept)) == 2


def test_cursors_carry_names_and_go_with_the_tab(browser: Browser, site: Site, ann: Watched, names: list[str]) -> None:
    cursors = ann.page.locator(".ql-cursor")
    expect(cursors).to_have_count(0)
    with live_tab(browser, site.url) as third:
        expect(editor(third.page)).to_be_visible()
        rename(third.page, "Cleo")
        select(third.page, 0)
        third.page.keyboard.type("Cleo was here")
        same_text_begins(ann, "Cleo was here")
        expect(cursors).to_have_count(1)
        expect(cursors.locator(".ql-cursor-name")).to_have_text("Cleo")
        expect(cursors.locator(".ql-cursor-flag")).to_be_visible()
        expect(third.page.locator(".ql-cursor")).to_have_count(0)
        third.page.get_by_role("button", name="Elsewhere").focus()
        expect(cursors).to_have_count(0)
        select(third.page, 2, 4)
        expect(cursors).to_have_count(1)
        expect(cursors.locator(".ql-cursor-selections > *")).to_have_count(1)
        expect(chips(ann.page).filter(has_text="Cleo")).to_have_count(1)
    expect(cursors).to_have_count(0, timeout=10_000)  # not after the 30 s in which a silent client is missed
    expect(chips(ann.page)).to_have_count(2, timeout=10_000)


def same_text_begins(watched: Watched, words: str) -> None:
    until(watched.page, lambda: editor(watched.page).inner_text().startswith(words))


def test_a_page_that_the_browser_keeps_for_later_is_not_there(ann: Watched, bob: Watched, names: list[str]) -> None:
    select(bob.page, 0)
    expect(ann.page.locator(".ql-cursor")).to_have_count(1)
    bob.page.evaluate(AWAY)
    expect(chips(ann.page)).to_have_count(1)
    expect(ann.page.locator(".ql-cursor")).to_have_count(0)
    select(ann.page, 0)
    ann.page.keyboard.type("meanwhile ")
    bob.page.evaluate(BACK)
    expect(chips(ann.page)).to_have_text(["Ann (you)", "Bob"])
    same_text_begins(bob, "meanwhile ")


def test_cursors_in_code(site: Site, ann: Watched, bob: Watched, names: list[str]) -> None:
    for watched in (ann, bob):
        watched.page.goto(f"{site.url}/code")
    for watched in (ann, bob):
        expect(chips(watched.page)).to_have_count(2)
    bob.page.locator(".cm-content").click()
    bob.page.keyboard.type("one")
    caret = ann.page.locator(".livepages-caret")
    expect(caret).to_have_count(1)
    expect(caret.locator(".livepages-flag")).to_have_text("Bob")
    expect(bob.page.locator(".livepages-caret")).to_have_count(0)
    bob.page.goto(site.url)
    expect(caret).to_have_count(0)
    expect(chips(ann.page)).to_have_text(["Ann (you)"])


def test_no_presence_shows_nobody(site: Site, ann: Watched, bob: Watched) -> None:
    for watched in (ann, bob):
        watched.page.goto(f"{site.url}/hidden")
        expect(editor(watched.page)).to_be_visible()
        expect(watched.page.locator(".cm-content")).to_be_visible()
    select(bob.page, 0)
    bob.page.keyboard.type("from Bob")
    same_text("from Bob\n", ann)
    bob.page.locator(".cm-content").click()
    bob.page.keyboard.press("Control+Home")
    bob.page.keyboard.type("text ")
    same_text("text from Bob\n", ann)
    with stranger(site.url, "secret") as eve:
        end = {"type": None, "tname": "text", "item": None, "assoc": 0}
        eve.tells({"user": {"name": "Eve", "color": "#ff0000"}, "cursor": {"anchor": end, "head": end}})
        # A site that shows nobody to each other can't keep others from telling of themselves.
        expect(chips(ann.page)).to_have_text(["Eve"])
        for watched in (ann, bob):
            expect(watched.page.locator(".ql-cursor, .livepages-caret")).to_have_count(0)
    expect(chips(ann.page)).to_have_count(0)


def test_a_row_of_many_people_has_an_end(site: Site, ann: Watched) -> None:
    with ExitStack() as strangers:
        for number in range(24):
            someone = strangers.enter_context(stranger(site.url, "notes"))
            someone.tells({"user": {"name": f"P{number}", "color": "#112233"}})
        expect(chips(ann.page)).to_have_count(21)
        expect(chips(ann.page).last).to_have_text("+6")
        assert own_name(ann.page)
    expect(chips(ann.page)).to_have_count(2)
