from __future__ import annotations

from tests.runtime.support import follow, make_live


def test_an_untouched_page_is_the_blueprints_html() -> None:
    live = make_live([{"div": [{"p": "a"}]}, {"pair": None}])
    assert live.inner_html() == live.tree.blueprint.html


def test_changed_parts_are_put_into_the_blueprints_html() -> None:
    page, _ = follow([{"p": "a", "id": "a"}, {"section": [{"p": "b", "id": "b"}, {"p": "c"}]}, {"p": "d"}])
    page["b"].text = "B"
    assert page._live.inner_html() == (
        '<p data-n="1" id="a">a</p><section data-n="2"><p data-n="3" id="b">B</p><p data-n="4">c</p></section>'
        '<p data-n="5">d</p>'
    )


def test_a_text_can_become_empty() -> None:
    page, _ = follow([{"p": "a", "id": "a"}])
    page["a"].text = ""
    assert page._live.inner_html() == '<p data-n="1" id="a"></p>'


def test_several_hidden_elements_side_by_side_show_in_their_order() -> None:
    body = [{"p": name, "id": name, "show": False} for name in "abc"]
    page, _ = follow([*body, {"p": "d", "id": "d"}])
    for name in "cabd":
        page[name].show = True
        page[name].title = name
    assert [number for number in "1234" if f'data-n="{number}"' in page._live.inner_html()] == list("1234")
    html = page._live.inner_html()
    assert [html.index(f"title={quoted}") for quoted in ('"a"', '"b"', '"c"', '"d"')] == sorted(
        html.index(f"title={quoted}") for quoted in ('"a"', '"b"', '"c"', '"d"')
    )


def test_a_hidden_elements_children_show_with_it() -> None:
    page, _ = follow([{"div": [{"p": "a"}, {"pair": None}], "id": "box", "show": False}])
    assert page._live.inner_html() == ""
    page["box"].show = True
    assert page._live.inner_html() == (
        '<div data-n="1" id="box"><p data-n="2">a</p><b data-n="4">one</b><i data-n="5">two</i></div>'
    )


def test_preformatted_text_keeps_its_first_line_break() -> None:
    page, follower = follow([{"pre": "\na", "id": "a"}, {"textarea": "\nb", "id": "b"}])
    for html in (page._live.inner_html(), follower.html):
        assert ">\n\na</pre>" in html
        assert ">\n\nb</textarea>" in html
