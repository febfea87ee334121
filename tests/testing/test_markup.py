from __future__ import annotations

import pytest

from livepages.testing.dom import Element, inner_html
from livepages.testing.markup import MarkupError, parse


def document(html: str) -> Element:
    body = Element("body", {})
    body.fill(parse(html))
    return body


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>a &amp; &lt;b&gt;</p>",
        '<br><img src="a.png"><p>x</p>',
        '<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>',
        "<pre>\n\na</pre><textarea>\n\nb</textarea>",
        '<input checked type="checkbox"><input type="radio" value="a"><input value="x">',
        '<input type="number" value="2.5"><input type="password">',
        '<select><option selected value="a">A</option><option value="b">B</option></select>',
        '<select multiple><optgroup label="x"><option selected>a</option></optgroup><option>b</option></select>',
        "<details open><summary>s</summary></details>",
    ],
)
def test_html_comes_back_as_it_was(html: str) -> None:
    assert inner_html(document(html)) == html


def test_short_tags_of_svg() -> None:
    assert inner_html(document('<svg><path d="M0 0"/></svg>')) == '<svg><path d="M0 0"></path></svg>'


@pytest.mark.parametrize("html", ["<p>", "<p></b></p>", "</p>", "<div><p></div></p>"])
def test_tags_that_are_not_closed_as_they_were_opened(html: str) -> None:
    with pytest.raises(MarkupError):
        parse(html)


@pytest.mark.parametrize(
    ("html", "value"),
    [
        ("<input>", ""),
        ('<input type="number">', None),
        ('<input type="number" value="3">', 3),
        ('<input type="checkbox">', False),
        ('<input type="file">', []),
        ("<textarea>\na</textarea>", "a"),
        ("<select><option disabled>a</option><option>b</option></select>", "b"),
        ('<select size="2"><option>a</option></select>', ""),
        ("<select multiple><option>a</option></select>", []),
    ],
)
def test_what_fields_hold(html: str, value: object) -> None:
    field = document(html).elements[0].field
    assert field is not None and field.held == value and type(field.held) is type(value)


@pytest.mark.parametrize("html", ["<p>x</p>", '<input type="submit">', "<button>x</button>"])
def test_what_is_no_field(html: str) -> None:
    assert document(html).elements[0].field is None
