from __future__ import annotations

import pytest

from livepages.components.nesting import misplaced


@pytest.mark.parametrize(
    ("around", "tag"),
    [
        ("", "p"),
        ("div p", "span"),
        ("p button", "div"),
        ("table tbody tr td", "p"),
        ("p table tbody tr td", "p"),
        ("table", "tbody"),
        ("table colgroup", "col"),
        ("ul", "li"),
        ("ul li ul", "li"),
        ("ul li div ul", "li"),
        ("ul li table tbody tr td", "li"),
        ("dl", "dt"),
        ("dl dd dl", "dt"),
        ("a table tbody tr td", "a"),
        ("h1 div", "h2"),
        ("datalist", "option"),
        ("form div", "input"),
    ],
)
def test_where_elements_can_stand(around: str, tag: str) -> None:
    assert misplaced(around.split(), tag) is None


@pytest.mark.parametrize(
    ("around", "tag", "sentence"),
    [
        ("p", "div", 'a paragraph can\'t hold "div": use "div" in place of "p"'),
        ("p span", "ul", 'a paragraph can\'t hold "ul": use "div" in place of "p"'),
        ("p", "p", 'a paragraph can\'t hold "p": use "div" in place of "p"'),
        ("table", "tr", '"table" holds only "caption", "colgroup", "tbody", "tfoot" and "thead", no "tr"'),
        ("table tbody", "span", '"tbody" holds only "tr", no "span"'),
        ("table tbody tr", "div", '"tr" holds only "td" and "th", no "div"'),
        ("div", "tr", '"tr" stands only in "tbody", "tfoot" and "thead"'),
        ("", "td", '"td" stands only in "tr"'),
        ("h1", "h2", '"h2" can\'t stand in another heading'),
        ("a span", "a", '"a" can\'t stand in another "a"'),
        ("button div", "button", '"button" can\'t stand in another "button"'),
        ("form table tbody tr td", "form", '"form" can\'t stand in another "form"'),
        ("ul li", "li", '"li" in "li" needs a list of its own around it'),
        ("ul li div", "li", '"li" in "li" needs a list of its own around it'),
        ("dl dt", "dd", '"dd" in "dt" needs a list of its own around it'),
    ],
)
def test_where_the_parser_would_change_the_page(around: str, tag: str, sentence: str) -> None:
    assert misplaced(around.split(), tag) == sentence
