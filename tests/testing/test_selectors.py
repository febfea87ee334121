from __future__ import annotations

import pytest

from livepages.testing.dom import Element
from livepages.testing.markup import parse
from livepages.testing.selectors import compile_selector, select

HTML = (
    '<div id="a" class="x y"><p id="b" class="x">1</p>'
    '<section id="c"><p id="d" data-k="v w, [x]>">2</p></section></div>'
    '<p id="e" title="t">3</p>'
)


@pytest.mark.parametrize(
    ("selector", "ids"),
    [
        ("p", "bde"),
        ("*", "abcde"),
        (".x", "ab"),
        ("p.x", "b"),
        (".x.y", "a"),
        ("#d", "d"),
        ("div p", "bd"),
        ("div > p", "b"),
        ("div>section>p", "d"),
        ("section p, #e", "de"),
        ("[title]", "e"),
        ('[data-k="v w, [x]>"]', "d"),
        ("div p[data-k='v w, [x]>'], #e", "de"),
        ('section > [data-k="v w, [x]>"].x', ""),
        ('[data-k=""]', ""),
        ("p[title=t]", "e"),
        ("p[title='u']", ""),
        ("ul", ""),
    ],
)
def test_selecting(selector: str, ids: str) -> None:
    body = Element("body", {})
    body.fill(parse(HTML))
    compiled = compile_selector(selector)
    if compiled is None:
        assert ids == ""
        return
    assert "".join(element.attributes["id"] for element in select(body, compiled)) == ids


@pytest.mark.parametrize("text", ["", "Send it!", "p >", "a,,b", "p:hover", "3", "p,", '[title="t"', "> p"])
def test_what_is_no_selector(text: str) -> None:
    assert compile_selector(text) is None
