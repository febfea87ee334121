"""Formatted text into which another client puts what no editor would: nothing of it runs, breaks or gets lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.documents.conftest import Site
from tests.browser.documents.strangers import Stranger, stranger
from tests.browser.documents.writing import content, editor, same_text, select, shows, text
from tests.browser.serving import Watched

SITE = """\
title: Strangers
scope: shared
body:
  - editor: notes
    toolbar: full
    classes: h-40
  - textarea: ""
    shared_text: notes
  - people: notes
"""
DATA = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="
PHOTO = '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>'
BAD_IMAGES = (
    "javascript:alert(1)",
    "https://elsewhere.example/x.png",
    "//elsewhere.example/x.png",
    "/\\elsewhere.example/x.png",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "data:text/html,<script>alert(1)</script>",
)
BAD_FORMATS: dict[str, Any] = {
    "header": 99, "bold": {"a": 1}, "color": "red;position:fixed", "weird": 1, "list": {"x": 1}, "indent": -3,
    "font": "evil", "size": 77, "align": [1], "background": "url(https://elsewhere.example/)", "script": "alert(1)",
}  # fmt: skip
BAD_BLOCKS: dict[str, Any] = {
    "header": "x", "list": "evil", "indent": 100, "align": "x", "code-block": {"a": 1}, "direction": 1, "table": "r",
    "blockquote": "no",
}  # fmt: skip


@pytest.fixture
def eve(site: Site, ann: Watched, bob: Watched) -> Iterator[Stranger]:
    """A stranger in a document that is empty, and that Ann and Bob have open."""
    with stranger(site.url, "notes") as found:
        found.writes(lambda shared: shared.clear())
        found.inserts(0, "start\n")
        for watched in (ann, bob):
            if watched.page.locator(".ql-editor").count() == 0:
                expect(editor(watched.page)).to_be_visible()
        same_text("start\n", ann, bob)
        yield found


def goes_on(eve: Stranger, ann: Watched, bob: Watched) -> None:
    """What Ann writes now, at the beginning and at the end, Bob and the stranger get, each place being where it is."""
    page = ann.page
    select(page, 0)
    page.keyboard.type("<")
    shows(bob.page, lambda: text(bob.page)[:1], "<")
    select(page, len(units(text(page))) - 1)
    page.keyboard.type(">")
    shows(bob.page, lambda: text(bob.page)[-2:], ">\n")
    shows(page, lambda: eve.content[0][0][:1], "<")
    length = eve.length
    for each in (page, bob.page):
        shows(each, lambda each=each: len(units(text(each))), length)
        shows(each, lambda each=each: len(units(field(each))), length)
    assert text(page) == text(bob.page)
    assert content(page) == content(bob.page)


def units(text: str) -> list[bytes]:
    """The units of UTF-16 of a text."""
    data = text.encode("utf-16-le", "surrogatepass")
    return [data[at : at + 2] for at in range(0, len(data), 2)]


def field(page: Page) -> str:
    return page.locator("textarea").input_value()


def test_links_that_would_run_something_do_nothing(eve: Stranger, ann: Watched, bob: Watched) -> None:
    addresses = (
        "javascript:window.ran = 1",
        " JaVaScRiPt:window.ran = 1",
        "data:text/html,<script>1</script>",
        "vbscript:x",
    )
    for address in addresses:
        eve.inserts(0, "press", link=address)
        eve.inserts(0, " or ")
    expect(editor(ann.page).locator("a")).to_have_text(["press"] * len(addresses))
    hrefs = editor(ann.page).locator("a").evaluate_all("all => all.map((each) => each.href)")
    assert hrefs == ["about:blank"] * len(addresses)
    for number in range(editor(ann.page).locator("a").count()):
        editor(ann.page).locator("a").nth(number).click()
    assert ann.page.evaluate("window.ran") is None
    assert len(ann.page.context.pages) == 1
    goes_on(eve, ann, bob)


def test_pictures_of_elsewhere_are_not_asked_for_and_run_nothing(eve: Stranger, ann: Watched, bob: Watched) -> None:
    eve.embeds(0, *({"image": source} for source in (*BAD_IMAGES, DATA)), {"image": {"a": 1}}, {"image": 5})
    shows(ann.page, lambda: text(ann.page), "\ufffc" * 9 + "start\n")
    sources = editor(ann.page).locator("img").evaluate_all("all => all.map((each) => each.getAttribute('src'))")
    assert sources == [None] * 6 + [DATA]
    assert [op["insert"] for op in content(bob.page)[:6]] == [{"image": source} for source in BAD_IMAGES]
    assert [url for watched in (ann, bob) for url in watched.requests if "elsewhere" in url] == []
    goes_on(eve, ann, bob)


def test_pictures_of_the_site_are_shown(eve: Stranger, ann: Watched, bob: Watched) -> None:
    for watched in (ann, bob):
        watched.page.route("**/static/photo.svg", lambda route: route.fulfill(body=PHOTO, content_type="image/svg+xml"))
    eve.embeds(0, {"image": "/static/photo.svg"})
    picture = editor(ann.page).locator("img")
    expect(picture).to_have_attribute("src", "/static/photo.svg")
    shows(ann.page, lambda: picture.evaluate("(image) => image.naturalWidth"), 7)
    goes_on(eve, ann, bob)
    assert {"image": "/static/photo.svg"} in [piece for piece, _ in eve.content]


def test_code_of_a_language_is_shown_as_code(eve: Stranger, ann: Watched, bob: Watched) -> None:
    eve.inserts(0, "x = 1")
    eve.inserts(5, "\n", **{"code-block": "python"})
    for watched in (ann, bob):
        expect(editor(watched.page).locator(".ql-code-block")).to_have_text("x = 1")
    goes_on(eve, ann, bob)
    assert ("\n", {"code-block": "python"}) in eve.content


def test_things_that_no_editor_knows_stay_what_they_are(eve: Stranger, ann: Watched, bob: Watched) -> None:
    things = ({"video": "https://elsewhere.example/"}, {"formula": "x"}, {"weird": [1, 2]}, {}, {"a": 1, "b": 2})
    eve.embeds(2, *things)
    shows(ann.page, lambda: text(ann.page), "st" + "\ufffc" * 5 + "art\n")
    assert field(bob.page) == text(bob.page)
    titles = editor(ann.page).locator(".livepages-unknown").evaluate_all("all => all.map((each) => each.title)")
    assert titles == ["Something that this editor can't show"] * 5
    goes_on(eve, ann, bob)
    assert [piece for piece, _ in eve.content if not isinstance(piece, str)] == list(things)
    select(ann.page, 4)  # behind "<st" and the first of them
    ann.page.keyboard.press("Backspace")
    same_text("<st" + "\ufffc" * 4 + "art>\n", ann, bob)
    assert {"video": "https://elsewhere.example/"} not in [piece for piece, _ in eve.content]
    ann.page.keyboard.press("Control+z")
    shows(ann.page, lambda: [piece for piece, _ in eve.content if not isinstance(piece, str)], list(things))


def test_formats_that_do_not_exist_or_have_wrong_values(eve: Stranger, ann: Watched, bob: Watched) -> None:
    eve.inserts(0, "text", **BAD_FORMATS)
    eve.inserts(4, "\n", **BAD_BLOCKS)
    eve.inserts(0, "right", bold=True, color="#ff0000")
    shows(ann.page, lambda: text(ann.page), "righttext\nstart\n")
    expect(editor(ann.page).locator("strong")).to_have_text("right")
    first, second = content(bob.page)[:2]
    assert first == {"insert": "right", "attributes": {"bold": True, "color": "#ff0000"}}
    assert second == {"insert": "text\nstart\n"}
    goes_on(eve, ann, bob)
    assert [url for watched in (ann, bob) for url in watched.requests if "elsewhere" in url] == []


def test_all_formats_of_a_line_at_once(eve: Stranger, ann: Watched, bob: Watched) -> None:
    formats = {"header": 2, "list": "bullet", "code-block": True, "blockquote": True, "indent": 3, "align": "center"}
    eve.inserts(0, "line\n", **formats)
    shows(ann.page, lambda: text(ann.page), "line\nstart\n")
    goes_on(eve, ann, bob)


def test_text_without_an_end_and_with_strange_letters(eve: Stranger, ann: Watched, bob: Watched) -> None:
    eve.inserts(0, "a\r\nb\rc\ufeffd\u2028e\U0001f600\u202ef")
    shows(ann.page, lambda: text(ann.page), "a \nb c d\u2028e\U0001f600\u202efstart\n")
    goes_on(eve, ann, bob)

    def cut_end(shared: Any) -> None:
        del shared[len(str(shared).encode()) - 1]

    eve.writes(cut_end)
    shows(bob.page, lambda: text(bob.page), "<a \nb c d\u2028e\U0001f600\u202efstart>\n")
    eve.inserts(0, "no end: ")
    select(ann.page, 0)
    ann.page.keyboard.type("!")
    shows(bob.page, lambda: text(bob.page)[:9], "!no end: ")
    eve.writes(lambda shared: shared.clear())
    same_text("\n", ann, bob)
    editor(ann.page).click()
    ann.page.keyboard.type("anew")
    same_text("anew\n", ann, bob)
    shows(ann.page, lambda: eve.text.rstrip("\n"), "anew")


def test_what_strangers_say_of_themselves(eve: Stranger, ann: Watched, bob: Watched) -> None:
    chips = ann.page.locator(".livepages-chip")
    eve.tells({"user": {"name": "<b>" + "x" * 500, "color": "red;position:fixed"}, "cursor": {"anchor": {}, "head": 5}})
    expect(chips.filter(has_text="<b>xx")).to_have_text("<b>" + "x" * 37)
    eve.tells(
        {"user": {"name": {"a": 1}, "color": 5}, "cursor": {"anchor": {"tname": "text", "item": {"client": 1.5}}}}
    )
    expect(chips.filter(has_text="Somebody")).to_have_count(1)
    eve.tells({"user": "x", "cursor": "y"})
    expect(chips).to_have_count(2)
    end = {"type": None, "tname": "text", "item": None, "assoc": 0}
    eve.tells({"user": {"name": "Eve\u202e\n", "color": "#ff0000"}, "cursor": {"anchor": end, "head": end}})
    expect(chips.filter(has_text="Eve")).to_have_text("Eve")
    expect(ann.page.locator(".ql-cursor-name")).to_have_text(["Eve"])
    eve.tells(None)
    expect(chips).to_have_count(2)
    expect(ann.page.locator(".ql-cursor")).to_have_count(0)
    goes_on(eve, ann, bob)
