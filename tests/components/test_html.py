from __future__ import annotations

from typing import Any

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.values.view import View
from tests.components.elements import Element


@pytest.mark.parametrize(
    ("name", "props", "html"),
    [
        ("span", {"text": "Loading...", "classes": "text-5xl"}, '<span class="text-5xl">Loading...'),
        ("p", {"text": "<img src=x onerror=alert(1)>"}, "<p>&lt;img src=x onerror=alert(1)&gt;"),
        ("h1", {"text": 42}, "<h1>42"),
        ("hr", {}, "<hr>"),
        ("a", {"text": "Home", "href": "/", "download": True}, '<a href="/" download>Home'),
        ("a", {"href": "/report", "download": "report.pdf"}, '<a href="/report" download="report.pdf">'),
        ("a", {"href": "/", "rel": ["nofollow", "noopener"]}, '<a href="/" rel="nofollow noopener">'),
        ("button", {"text": "Send"}, '<button type="button">Send'),
        ("button", {"text": "Send", "type": "submit"}, '<button type="submit">Send'),
        ("button", {"disabled": False}, '<button type="button">'),
        ("button", {"disabled": True}, '<button type="button" disabled>'),
        ("div", {"draggable": True, "spellcheck": False}, '<div draggable="true" spellcheck="false">'),
        ("div", {"contenteditable": "plaintext-only"}, '<div contenteditable="plaintext-only">'),
        ("div", {"contenteditable": False}, '<div contenteditable="false">'),
        ("div", {"translate": False}, '<div translate="no">'),
        ("div", {"hidden": True, "tabindex": -1}, '<div hidden tabindex="-1">'),
        ("div", {"hidden": "until-found"}, '<div hidden="until-found">'),
        ("div", {"title": 'a "hint"', "style": "color: red"}, '<div style="color: red" title="a &quot;hint&quot;">'),
        ("div", {"attrs": {"aria-live": "polite", "data-x": 3}}, '<div aria-live="polite" data-x="3">'),
        ("ol", {"start": 3, "type": "A", "reversed": True}, '<ol start="3" type="A" reversed>'),
        ("td", {"text": 3, "colspan": 2}, '<td colspan="2">3'),
        ("th", {"scope": "row", "headers": ["a", "b"]}, '<th scope="row" headers="a b">'),
        ("meter", {"value": 0.5, "min": 0, "max": 1.0}, '<meter value="0.5" min="0" max="1">'),
        ("progress", {}, "<progress>"),
        ("label", {"text": "Name", "for": "name"}, '<label for="name">Name'),
        ("output", {"for": ["a", "b"]}, '<output for="a b">'),
        ("pre", {"text": "\none"}, "<pre>\n\none"),
        ("pre", {"text": "one\n"}, "<pre>one\n"),
        ("details", {"open": True, "name": "help"}, '<details name="help" open>'),
        ("details", {"open": False}, "<details>"),
        ("video", {"src": "/static/a.mp4", "muted": True}, '<video src="/static/a.mp4" muted>'),
        ("source", {"srcset": "/a.jpg 1x, /b.jpg 2x"}, '<source srcset="/a.jpg 1x, /b.jpg 2x">'),
        ("iframe", {"src": "/help", "sandbox": True}, '<iframe src="/help" sandbox>'),
    ],
)
def test_first_paint(name: str, props: dict[str, Any], html: str) -> None:
    assert Element(name, props).html == html


def test_view_of_an_animated_element() -> None:
    element = Element("div", {"text": "3", "classes": "text-6xl faster", "animate": "flip"})
    assert element.view == View("div", {"class": "text-6xl faster animate__animated animate__flip"}, inner="3")


def test_what_the_user_opens_is_a_property_of_the_dom() -> None:
    assert Element("details", {}).view == View("details", {}, {"open": False})
    assert Element("dialog", {"open": True}).view == View("dialog", {}, {"open": True})
    assert Element("audio", {"muted": True}).view == View("audio", {}, {"muted": True})


def test_pre_has_its_text_alone_in_patches() -> None:
    assert Element("pre", {"text": "\none"}).view.inner == "\none"


def test_opening_and_closing_is_followed() -> None:
    assert Element("details", {}).changes(open=True) == {"open": True}
    assert Element("dialog", {"open": True}).changes(open=False) == {"open": False}
    assert Element("dialog", {"open": True}).changes(key="a") == {}
    with pytest.raises(ValueError, match=r"^open must be true or false$"):
        Element("details", {}).changes(open="yes")


def test_a_dialog_tells_when_it_is_closed_and_details_are_each_tabs_own() -> None:
    assert Element("dialog", {}).tokens == ["close"]
    assert Element("details", {}).tokens == []


def test_other_elements_change_nothing_by_events() -> None:
    assert Element("div", {"text": "a"}).changes(value="b", open=True) == {}


def test_attributes_that_are_properties_are_refused_under_attrs() -> None:
    element = Element("input", {"attrs": {"Type": "checkbox", "data-x": 1}})
    assert element.mistakes == [("attrs", 'write "type" as a property of the element instead of attrs.Type')]
    assert element.html == '<input data-x="1">'


@pytest.mark.parametrize(
    ("name", "prop", "value", "sentence"),
    [
        ("img", "loading", "lasy", 'expected "lazy" or "eager" (did you mean "lazy"?)'),
        ("img", "loading", 3, 'expected "lazy" or "eager"'),
        ("img", "width", "wide", "expected a whole number, 0 or more"),
        ("img", "width", True, "expected a whole number, 0 or more"),
        ("img", "width", -1, "expected a whole number, 0 or more"),
        ("img", "width", 1.5, "expected a whole number, 0 or more"),
        ("img", "width", 2**31, "expected a whole number, 0 or more"),
        ("td", "colspan", 0, "expected a whole number, 1 or more"),
        ("ol", "start", float("nan"), "expected a whole number"),
        ("ol", "start", float("inf"), "expected a whole number"),
        ("meter", "value", "high", "expected a number"),
        ("meter", "max", float("inf"), "expected a number"),
        ("input", "step", 0, 'expected a number above 0, or "any"'),
        ("input", "step", "some", 'expected a number above 0, or "any"'),
        ("div", "hidden", "yes", 'expected true, false or "until-found"'),
        ("div", "hidden", 1, 'expected true, false or "until-found"'),
        ("a", "download", 3, "expected true, false or a text"),
        ("a", "rel", [1], "expected a text or a list of texts"),
        ("form", "method", "GET", 'expected "get", "post" or "dialog" (did you mean "get"?)'),
        ("a", "href", "java\nscript:alert(1)", "addresses that begin with javascript: are not allowed here"),
        ("button", "formaction", "javascript:alert(1)", "addresses that begin with javascript: are not allowed here"),
        ("form", "accept-charset", "latin1", 'expected "utf-8"'),
    ],
)
def test_wrong_values(name: str, prop: str, value: object, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        ELEMENT_TYPES[name].properties[prop].check(value)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("name", "prop", "value"),
    [
        ("img", "src", "https://example.org/a.png"),
        ("img", "src", "//example.org/a.png"),
        ("img", "src", "/\\example.org/a.png"),
        ("img", "src", "\t\\\\example.org/a.png"),
        ("img", "src", "data:text/html,<script>alert(1)</script>"),
        ("img", "srcset", "/a.png 1x, https://example.org/b.png 2x"),
        ("iframe", "src", "https://example.org/"),
        ("iframe", "src", "data:image/svg+xml,<svg/>"),
        ("video", "poster", "HTTP://example.org/a.png"),
        ("track", "src", "blob:x"),
    ],
)
def test_nothing_is_loaded_from_other_places(name: str, prop: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"^pages load nothing from other places"):
        ELEMENT_TYPES[name].properties[prop].check(value)


@pytest.mark.parametrize("value", ["a.png", "/static/a.png", "people/anna.jpg", "data:image/png;base64,AAAA"])
def test_own_files_and_data_are_loaded(value: str) -> None:
    assert ELEMENT_TYPES["img"].properties["src"].check(value) == value
