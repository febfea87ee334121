from __future__ import annotations

from typing import Any

import pytest

from livepages.testing.dom import Element, inner_html
from livepages.testing.markup import parse
from livepages.testing.streams import OutOfStep, Streams

HTML = (
    '<div data-at="e:0" data-stream="page"><div data-n="1"><p data-n="2">a</p></div>'
    '<livepages-shared data-at="f:3" data-n="3" data-stream="shared/s"><p data-n="1">s</p></livepages-shared></div>'
)


class Page:
    def __init__(self, html: str = HTML) -> None:
        self.body = Element("body", {})
        self.body.fill(parse(html))
        self.gaps = 0
        self.streams = Streams(self.body, "tab", self.gap)

    def gap(self) -> None:
        self.gaps += 1

    def patch(self, *operations: list[Any], stream: str = "page") -> str:
        pos = self.streams.positions[stream][1]
        self.streams.patch(stream, pos, pos + 1, list(operations))
        return inner_html(self.body.elements[0])


def test_streams_within_streams_have_numbers_of_their_own() -> None:
    page = Page()
    assert page.streams.positions == {"page": ("e", 0), "shared/s": ("f", 3)}
    html = page.patch(["text", 1, "S"], stream="shared/s")
    assert html.endswith('<p data-n="1">S</p></livepages-shared>')
    assert page.patch(["remove", 3]) == '<div data-n="1"><p data-n="2">a</p></div>'
    assert page.streams.positions == {"page": ("e", 1)}


def test_a_patch_that_came_before_is_passed_over_and_one_too_many_asks() -> None:
    page = Page()
    page.streams.patch("page", 0, 1, [["text", 2, "b"]])
    page.streams.patch("page", 0, 1, [["text", 2, "c"]])
    page.streams.patch("page", 2, 3, [["text", 2, "d"]])
    page.streams.patch("other", 0, 1, [["text", 2, "e"]])
    assert '<p data-n="2">b</p>' in inner_html(page.body) and page.gaps == 1


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        (["text", 9, "x"], "shows no element 9"),
        (["remove", -1], "shows no element -1"),
        (["insert", 1, 3, "<p>x</p>"], "the element 3 of page is not directly in 1"),
        (["insert", 0, None, '<p data-n="2">x</p>'], "has two elements 2"),
        (["move", 2, None, 1], "is to be put into itself"),
        (["move", 0, 1, 1], "is to stand before itself"),
        (["value", 2, "x", None], "is no field"),
        (["animate", 2], "has no animation"),
        (["explode", 2], "there is no operation 'explode'"),
    ],
)
def test_operations_that_do_not_fit(operation: list[Any], message: str) -> None:
    with pytest.raises(OutOfStep, match=message):
        Page().patch(operation)


def test_operations() -> None:
    page = Page(
        '<div data-at="e:0" data-stream="page"><div data-n="1"><p data-n="2">a</p><input data-n="3"></div></div>'
    )
    html = page.patch(
        ["attr", 2, "title", "t"],
        ["prop", 1, "open", True],
        ["value", 3, "x", None],
        ["insert", 1, 2, '<b data-n="-1" class="animate__animated">b</b>'],
        ["animate", -1],
        ["move", 0, 1, 2],
        ["html", -1, "<i>c</i>"],
        ["css", 4, "p{}"],
    )
    assert html == (
        '<p data-n="2" title="t">a</p><div data-n="1" open><b class="animate__animated" data-n="-1"><i>c</i></b>'
        '<input data-n="3" value="x"></div>'
    )
    assert (page.streams.css_version, page.streams.css) == (4, "p{}")
    assert page.patch(["attr", 2, "title", None], ["prop", 1, "open", False], ["text", 1, "t"], ["css", 3, ""]) == (
        '<p data-n="2">a</p><div data-n="1">t</div>'
    )
    assert page.streams.css_version == 4


def test_a_snapshot_keeps_what_the_user_has_typed() -> None:
    page = Page('<div data-at="e:0" data-stream="page"><input data-n="1"><input data-n="2" value="old"></div>')
    first, second = page.body.elements[0].elements
    assert first.field is not None and second.field is not None
    first.field.held = "typed"
    page.streams.snapshot("page", "g", 7, '<p data-n="3">new</p><input data-n="2" value="new"><input data-n="1">')
    assert inner_html(page.body.elements[0]) == (
        '<p data-n="3">new</p><input data-n="2" value="new"><input data-n="1" value="typed">'
    )
    assert page.streams.positions == {"page": ("g", 7)}
    assert page.body.elements[0].elements[2] is first
