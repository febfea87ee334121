from __future__ import annotations

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.values.markdown import markdown_html
from livepages.schema.values.view import Html, View
from livepages.styles import icons
from tests.components.elements import Element


def test_an_icon_is_a_drawing_as_high_as_the_text() -> None:
    drawing = icons.find("bomb")
    view = Element("icon", {"icon": "bomb", "classes": "text-5xl"}).view
    assert view.tag == "svg"
    assert view.attributes == {
        "class": "livepages-icon text-5xl",
        "viewBox": f"0 0 {drawing.width} {drawing.height}",
        "height": "1em",
        "fill": "currentColor",
        "aria-hidden": "true",
    }
    assert view.inner == Html(f'<path d="{drawing.path}"/>')
    assert isinstance(view.inner, Html)


def test_an_icon_with_a_title_is_an_image_of_that_name() -> None:
    view = Element("icon", {"icon": "bomb", "title": "<Boom>"}).view
    assert view.attributes["role"] == "img"
    assert "aria-hidden" not in view.attributes
    assert "title" not in view.attributes
    assert view.inner.startswith("<title>&lt;Boom&gt;</title><path d=")


def test_an_icon_with_an_aria_label_is_an_image_of_that_name() -> None:
    view = Element("icon", {"icon": "bomb", "attrs": {"aria-label": "Boom"}}).view
    assert (view.attributes["role"], view.attributes["aria-label"]) == ("img", "Boom")
    assert "aria-hidden" not in view.attributes


def test_an_icon_without_a_name_is_empty() -> None:
    assert Element("icon", {}).view == View("svg", {"aria-hidden": "true", "class": "livepages-icon"})


def test_an_unknown_icon_is_a_mistake_with_a_suggestion() -> None:
    with pytest.raises(ValueError, match=r'^There is no icon "paper-plain" \(did you mean "paper-plane"') as error:
        Element("icon", {"icon": "paper-plain"})
    assert str(error.value).endswith("?)")
    with pytest.raises(ValueError, match=r'^There is no icon "qqqqqqqq"$'):
        Element("icon", {"icon": "qqqqqqqq"})


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("photo.jpg", "/static/photo.jpg"),
        ("people/anna.jpg", "/static/people/anna.jpg"),
        ("./photo.jpg", "/static/photo.jpg"),
        ("static/photo.jpg", "/static/photo.jpg"),
        ("/static/photo.jpg", "/static/photo.jpg"),
        ("/charts/today.svg", "/charts/today.svg"),
        ("photo.jpg?v=2..3", "/static/photo.jpg?v=2..3"),
        ("data:image/png;base64,AAAA", "data:image/png;base64,AAAA"),
    ],
)
def test_sources_of_images(given: str, source: str) -> None:
    prop = ELEMENT_TYPES["image"].properties["src"]
    assert prop.check(given) == source
    assert prop.check(source) == source


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            "https://example.org/a.png",
            "pages load nothing from other places: put the file into the site's static folder",
        ),
        ("//example.org/a.png", "pages load nothing from other places: put the file into the site's static folder"),
        ("javascript:alert(1)", "pages load nothing from other places: put the file into the site's static folder"),
        ("data:text/html,x", "expected an image: data:image/..."),
        ("../secret.png", '".." leads out of the static folder: name a file in it'),
        ("/static/../../secret.png", '".." leads out of the static folder: name a file in it'),
        ("  ", "expected the name of a file in the site's static folder, such as photo.jpg"),
    ],
)
def test_images_of_other_places(given: str, sentence: str) -> None:
    with pytest.raises(ValueError) as error:
        Element("image", {"src": given})
    assert str(error.value).startswith(sentence)


def test_images_come_when_they_are_needed() -> None:
    assert Element("image", {"src": "a.jpg", "classes": "w-20"}).html == (
        '<img class="w-20" alt loading="lazy" decoding="async" src="/static/a.jpg">'
    )
    assert Element("image", {"src": "a.jpg", "alt": "A", "loading": "eager", "width": 5}).html == (
        '<img alt="A" loading="eager" decoding="async" src="/static/a.jpg" width="5">'
    )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# Hours", "<h1>Hours</h1>"),
        ("*a* **b** `c` ~~d~~", "<p><em>a</em> <strong>b</strong> <code>c</code> <s>d</s></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("[plan](/plan)", '<p><a href="/plan">plan</a></p>'),
        ("![The team](team.jpg)", '<p><img src="/static/team.jpg" alt="The team" loading="lazy" /></p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("[a](JaVaScRiPt:alert(1))", "<p>[a](JaVaScRiPt:alert(1))</p>"),
        ("[a](java&#10;script:alert(1))", '<p><a href="java%0Ascript:alert(1)">a</a></p>'),
        ("[a](vbscript:x)", "<p>[a](vbscript:x)</p>"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>"),
        ("[a]\n\n[a]: javascript:x", "<p>[a]</p>\n<p>[a]: javascript:x</p>"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>"),
        ("![<b>](https://example.org/a.png)", "<p>&lt;b&gt;</p>"),
        ("![a](//example.org/a.png)", "<p>a</p>"),
        ('[a](/x "\\" onclick=x")', '<p><a href="/x" title="&quot; onclick=x">a</a></p>'),
    ],
)
def test_markdown(source: str, html: str) -> None:
    assert markdown_html(source) == html


def test_markdown_has_tables() -> None:
    assert "<table>" in markdown_html("|a|b|\n|-|-|\n|1|2|")


def test_markdown_is_opaque_html_in_a_box() -> None:
    view = Element("markdown", {"markdown": "a", "classes": "m-2"}).view
    assert (view.tag, view.attributes, view.inner) == ("div", {"class": "livepages-prose m-2"}, "<p>a</p>")
    assert isinstance(view.inner, Html)
    assert Element("markdown", {}).html == '<div class="livepages-prose">'
