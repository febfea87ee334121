"""Rich text as HTML: each format as it should be, the way there and back, nothing dangerous whatever the ops hold."""

from __future__ import annotations

import re
from typing import Any

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livepages.coediting.texts.delta import FORMATS, checked_delta
from livepages.coediting.texts.delta_html import delta_html
from livepages.coediting.texts.html_delta import html_delta

PNG = "data:image/png;base64,iVBORw0KGgo="
TAGS = {
    *"p h1 h2 h3 h4 h5 h6 blockquote pre code ul ol li a span strong em u s sub sup br img".split(),
}


def sanitised(html: str) -> str:
    """HTML as nh3 lets it through, with only what a document needs."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={
            **{tag: {"style", "dir"} for tag in "p h1 h2 h3 h4 h5 h6 li".split()},
            "li": {"style", "dir", "data-checked"},
            "span": {"style"},
            "a": {"href"},
            "img": {"src", "alt", "width", "height"},
            "code": {"class"},
        },
        attribute_filter=lambda tag, name, value: (
            None if name == "href" and value.lower().startswith("data:") else value
        ),
        url_schemes={"http", "https", "mailto", "tel", "data"},
        filter_style_properties=set(
            "color background-color font-family font-size text-align padding-left white-space".split()
        ),
        link_rel=None,
    )


def text(insert: object, **attributes: object) -> dict[str, Any]:
    return {"insert": insert, **({"attributes": attributes} if attributes else {})}


def line(content: str, **attributes: object) -> list[dict[str, Any]]:
    """A line of plain text with attributes; `code_block` is `code-block`."""
    return [text(content), text("\n", **{name.replace("_", "-"): value for name, value in attributes.items()})]


CASES = [
    ([], "<p><br></p>"),
    ([text("a\n\nb\n")], "<p>a</p><p><br></p><p>b</p>"),
    ([text("a", bold=True)], "<p><strong>a</strong></p>"),
    ([text("a", italic=True)], "<p><em>a</em></p>"),
    ([text("a", underline=True)], "<p><u>a</u></p>"),
    ([text("a", strike=True)], "<p><s>a</s></p>"),
    ([text("a", code=True)], "<p><code>a</code></p>"),
    ([text("a", script="sub")], "<p><sub>a</sub></p>"),
    ([text("a", script="super")], "<p><sup>a</sup></p>"),
    ([text("a", link="/b?c=1&d=2")], '<p><a href="/b?c=1&amp;d=2">a</a></p>'),
    ([text("a", color="red")], '<p><span style="color:red">a</span></p>'),
    ([text("a", background="#fff")], '<p><span style="background-color:#fff">a</span></p>'),
    ([text("a", color="rgba(1,2,3,.5)")], '<p><span style="color:rgba(1, 2, 3, 0.5)">a</span></p>'),
    ([text("a", font="serif")], '<p><span style="font-family:serif">a</span></p>'),
    ([text("a", size="small")], '<p><span style="font-size:0.75em">a</span></p>'),
    ([text("a", size="large")], '<p><span style="font-size:1.5em">a</span></p>'),
    ([text("a", size="huge")], '<p><span style="font-size:2.5em">a</span></p>'),
    (
        [
            text(
                "a", code=True, script="sub", strike=True, underline=True, italic=True, bold=True, link="/", color="red"
            )
        ],
        (
            '<p><a href="/"><span style="color:red"><strong><em><u><s><sub><code>a</code></sub></s></u></em></strong>'
            "</span></a></p>"
        ),
    ),
    (
        [text("a", bold=True), text("b", bold=True, italic=True), text("c", italic=True)],
        "<p><strong>a<em>b</em></strong><em>c</em></p>",
    ),
    *((line("a", header=level), f"<h{level}>a</h{level}>") for level in range(1, 7)),
    (line("a", align="center"), '<p style="text-align:center">a</p>'),
    (line("a", indent=2), '<p style="padding-left:6em">a</p>'),
    (line("a", direction="rtl"), '<p dir="rtl">a</p>'),
    (
        line("a", header=1, align="right", indent=1, direction="rtl"),
        '<h1 style="text-align:right;padding-left:3em" dir="rtl">a</h1>',
    ),
    ([*line("a", blockquote=True), *line("b", blockquote=True)], "<blockquote><p>a</p><p>b</p></blockquote>"),
    (
        [*line("a", code_block=True), *line("", code_block=True), *line(' <"', code_block=True)],
        '<pre><code>a\n\n &lt;"\n</code></pre>',
    ),
    (
        [*line("a", code_block="python"), *line("b", code_block="c++")],
        '<pre><code class="language-python">a\n</code></pre><pre><code class="language-c++">b\n</code></pre>',
    ),
    (
        [*line("a", list="ordered"), *line("b", list="ordered"), *line("c", list="bullet")],
        "<ol><li>a</li><li>b</li></ol><ul><li>c</li></ul>",
    ),
    (
        [
            *line("a", list="ordered"),
            *line("b", list="bullet", indent=1),
            *line("c", list="ordered", indent=1),
            *line("d", list="ordered", indent=2),
            *line("e", list="ordered"),
        ],
        "<ol><li>a<ul><li>b</li></ul><ol><li>c<ol><li>d</li></ol></li></ol></li><li>e</li></ol>",
    ),
    (
        [*line("", list="bullet"), *line("b", list="bullet", indent=2)],
        "<ul><li><br><ul><li><ul><li>b</li></ul></li></ul></li></ul>",
    ),
    (
        [
            *line("a", list="bullet", align="center", direction="rtl"),
            *line("b", list="bullet", indent=2),
            *line("c", list="bullet", indent=2, align="center"),
            *line("d", list="bullet", indent=3),
        ],
        (
            '<ul><li style="text-align:center" dir="rtl">a<ul><li><ul><li style="text-align:start" dir="ltr">b</li>'
            '<li style="text-align:center" dir="ltr">c<ul><li style="text-align:start">d</li></ul></li></ul></li></ul>'
            "</li></ul>"
        ),
    ),
    (
        [*line("a", list="checked"), *line("b", list="unchecked"), *line("c", list="bullet", align="right")],
        '<ul><li data-checked="true">a</li><li data-checked="false">b</li><li style="text-align:right">c</li></ul>',
    ),
    (
        [text({"image": "/a.png"}, alt='"<&', width="20", height="50%")],
        '<p><img src="/a.png" alt="&quot;&lt;&amp;" width="20" height="50%"></p>',
    ),
    ([text({"image": PNG}, link="/")], f'<p><a href="/"><img src="{PNG}" alt=""></a></p>'),
    ([text("<b>&amp;\"'\n")], "<p>&lt;b&gt;&amp;amp;\"'</p>"),
    ([text("  a  b c ")], "<p>&nbsp;&nbsp;a &nbsp;b c&nbsp;</p>"),
    ([text("a "), text(" b", bold=True)], "<p>a <strong>&nbsp;b</strong></p>"),
    ([text(" "), text({"image": "/a"}), text(" ")], '<p>&nbsp;<img src="/a" alt="">&nbsp;</p>'),
    ([text("\ta\t\tb")], '<p><span style="white-space:pre">\t</span>a<span style="white-space:pre">\t\t</span>b</p>'),
]


@pytest.mark.parametrize(("ops", "html"), CASES)
def test_documents_as_html_and_back(ops: list[dict[str, Any]], html: str) -> None:
    assert delta_html(ops) == sanitised(html) == html
    assert html_delta(html) == checked_delta(ops)


@pytest.mark.parametrize(
    ("op", "html"),
    [
        (text("a", link="javascript:alert(1)"), "<p>a</p>"),
        (text("a", link='/"><script>'), '<p><a href="/&quot;&gt;&lt;script&gt;">a</a></p>'),
        (text("a", color="red;background:url(x)"), "<p>a</p>"),
        (text("a", color='"><script>'), "<p>a</p>"),
        (text("a", font='serif"onclick="x'), "<p>a</p>"),
        (text("\n", header="1><script"), "<p><br></p>"),
        (text("\n", **{"code-block": '"><script>'}), "<p><br></p>"),
        (text({"image": '/a" onerror="x'}), '<p><img src="/a&quot; onerror=&quot;x" alt=""></p>'),
        (text({"image": "/a"}, alt='" onload="x', width='1" x="'), '<p><img src="/a" alt="&quot; onload=&quot;x"></p>'),
        (text({"image": "data:image/svg+xml;base64,AA=="}), "<p><br></p>"),
        (text("\n", indent=10**5000, header=[1], list={"a": "b"}), "<p><br></p>"),
        (text("</p><script>alert(1)</script>\n"), "<p>&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else None,
)
def test_nothing_of_a_hostile_document_is_markup(op: dict[str, Any], html: str) -> None:
    assert delta_html([op]) == sanitised(html) == html


WORDS = st.text(
    st.sampled_from("ab 1.\t\xa0<>&\"'\\#*_`[]é日😀\u0301\u2028\u3000")
    | st.characters(exclude_categories=["Cs", "Cc"]),
    min_size=1,
    max_size=6,
)
SAMPLES: dict[str, list[object]] = {
    "script": ["sub", "super"],
    "link": ["/a", "https://example.org/?b=c&d=e#f", "mailto:a@b.c", "tel:1", "#x", "a b", '"<>\\'],
    "color": ["red", "#fff", "#102030", "rgba(1, 2, 3, 0.5)"],
    "background": ["yellow", "rgb(1, 2, 3)"],
    "font": ["serif", "monospace"],
    "size": ["small", "large", "huge"],
    "blockquote": [True],
    "header": [1, 2, 3, 4, 5, 6],
    "list": ["ordered", "bullet", "checked", "unchecked"],
    "code-block": [True, "plain", "python"],
    "align": ["center", "right", "justify"],
    "indent": [1, 2, 3, 4, 5, 6, 7, 8],
    "direction": ["rtl"],
    "alt": ["a cat", '"<&'],
    "width": ["20", "50%"],
    "height": ["20"],
}
KINDS = ("header", "list", "blockquote", "code-block")


def formats(*kinds: str) -> st.SearchStrategy[dict[str, Any]]:
    names = [name for name, known in FORMATS.items() if known.of in kinds and name not in KINDS]
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(SAMPLES.get(name, [True])) for name in names})


def ops_of(inserts: st.SearchStrategy[Any], *kinds: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda insert, found: text(insert, **found), inserts, formats(*kinds) | st.just({}))


RUNS = ops_of(WORDS, "text")
IMAGES = ops_of(st.just({"image": "/a.png"}), "text", "image")
KIND = st.one_of(st.just({}), *(st.fixed_dictionaries({name: st.sampled_from(SAMPLES[name])}) for name in KINDS))
ENDS = st.builds(lambda kind, found: text("\n", **kind, **found), KIND, formats("line") | st.just({}))
LINES = st.builds(lambda runs, end: [*runs, end], st.lists(RUNS | IMAGES, max_size=3), ENDS)
DOCUMENTS = st.lists(LINES, max_size=5).map(lambda made: [op for ops in made for op in ops])


@settings(deadline=None, max_examples=60)
@given(DOCUMENTS)
def test_every_document_comes_back_from_its_html(ops: list[dict[str, Any]]) -> None:
    html = delta_html(ops)
    assert html_delta(html) == checked_delta(ops)
    assert sanitised(html) == html


HOSTILE = st.sampled_from(
    [
        "javascript:alert(1)", "java\tscript:alert(1)", '"><script>alert(1)</script>', "' onclick='x", "<svg onload=x>",
        "--><script>", "</style><script>", "</title>", "url(javascript:x)", "red;position:fixed", "expression(x)",
        "\x00", "\ud800", "data:text/html,<script>", "data:image/svg+xml;base64,AA==", "&#106;avascript:x", "&nbsp;",
        "//example.org", "https://example.org/\"'<>", "\\\\x", "{{x}}", "</pre>", "]]>", "<!--", "\u2028", "\xa0", "\n",
    ]
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | HOSTILE | st.builds(lambda: 10**5000),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HOSTILE | st.just("image"), inner, max_size=3),
    max_leaves=5,
)
ANY_OPS = st.lists(
    st.fixed_dictionaries(
        {"insert": HOSTILE | st.fixed_dictionaries({"image": HOSTILE}) | ANYTHING},
        optional={
            "attributes": st.dictionaries(st.sampled_from([*FORMATS]) | HOSTILE, ANYTHING, max_size=4) | ANYTHING
        },
    )
    | ANYTHING,
    max_size=5,
)


@settings(deadline=None, max_examples=60)
@given(ANY_OPS | ANYTHING)
def test_whatever_the_ops_hold_the_html_is_safe(ops: object) -> None:
    html = delta_html(ops)
    assert sanitised(html) == html
    assert not re.search(r"(?i)<script|\son\w+=\"|(href|src)=\"\s*javascript:", re.sub(r">[^<]*<", "><", html))
