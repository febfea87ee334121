"""HTML from elsewhere as rich text: what it shows, never what it does, and in a time that grows with its length."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livepages.coediting.texts.delta import FORMATS, checked_delta, plain_text
from livepages.coediting.texts.html_delta import html_delta


def text(insert: object, **attributes: object) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in attributes.items()}
    return {"insert": insert, **({"attributes": named} if named else {})}


END = text("\n")
QUILL_LIST = '<ol><li data-list="bullet">a</li><li data-list="checked" class="ql-indent-1">b</li></ol>'
QUILL_CODE = (
    '<div class="ql-code-block-container" spellcheck="false"><div class="ql-code-block" data-language="python">'
    'a  b</div><div class="ql-code-block"><br></div></div>'
)

SHOWN = [
    # Formats of text
    ("<b>a</b><strong>b</strong>", [text("ab", bold=True), END]),
    ("<i>a</i><em>b</em>", [text("ab", italic=True), END]),
    ("<u>a</u><ins>b</ins>", [text("ab", underline=True), END]),
    ("<s>a</s><del>b</del><strike>c</strike>", [text("abc", strike=True), END]),
    ("<code>a</code><kbd>b</kbd>", [text("ab", code=True), END]),
    ("a<sub>b</sub><sup>c</sup>", [text("a"), text("b", script="sub"), text("c", script="super"), END]),
    ('<a href="/b?c&amp;d=1">a</a>', [text("a", link="/b?c&d=1"), END]),
    ("<a href=/b>a<a href='/c'>b</a>c", [text("a", link="/b"), text("b", link="/c"), text("c\n")]),
    ('<span style="color: RED; background-color:#FFF">a</span>', [text("a", color="red", background="#fff"), END]),
    ('<font color="#123456" face="Arial, serif">a</font>', [text("a", color="#123456", font="arial"), END]),
    ("<span style=\"font-family: 'Comic Sans', serif\">a</span>", [text("a", font="serif"), END]),
    ('<span style="font-size:18px !important">a</span>', [text("a", size="large"), END]),
    ('<span style="font-size:2.5em">a<span style="font-size:1em">b</span></span>',
     [text("a", size="huge"), text("b\n")]),
    ('<span class="ql-size-small ql-font-monospace x">a</span>', [text("a", size="small", font="monospace"), END]),
    ('<b style="font-weight:normal">a<span style="font-weight:700">b</span></b>',
     [text("a"), text("b", bold=True), END]),
    ('<span style="font-style:italic;text-decoration:underline line-through">a</span>',
     [text("a", italic=True, underline=True, strike=True), END]),
    ("<b>a<i>b</b>c</i>d",
     [text("a", bold=True), text("b", bold=True, italic=True), text("c", italic=True), text("d\n")]),
    ("<p>a<b>b<p>c</b>d", [text("a"), text("b", bold=True), END, text("c", bold=True), text("d\n")]),
    ("<b>a</i>b</b></b>c", [text("ab", bold=True), text("c\n")]),
    # Lines
    ("", [END]),
    ("a", [text("a\n")]),
    ("<p>a</p><div>b</div>c", [text("a\nb\nc\n")]),
    ("<p>a<p>b<div>c<div>d", [text("a\nb\nc\nd\n")]),
    ("a<br>b<br/><br >c</br>d", [text("a\nb\n\ncd\n")]),
    ("<p>a<br></p><p><br></p><p></p><p> </p><div></div>b", [text("a\n\n\n\nb\n")]),
    ("a<hr>b", [text("a\nb\n")]),
    *((f"<h{level}>a</h{level}>b", [text("a"), text("\n", header=level), text("b\n")]) for level in range(1, 7)),
    ("<h1>a</h2>b", [text("a"), text("\n", header=1), text("b\n")]),
    ("<blockquote>a<p>b</blockquote>c",
     [text("a"), text("\n", blockquote=True), text("b"), text("\n", blockquote=True), text("c\n")]),
    ('<div align=center>a<p style="text-align: right">b</p><p style="text-align:left">c',
     [text("a"), text("\n", align="center"), text("b"), text("\n", align="right"), text("c\n")]),
    ('<p dir=RTL>a</p><p class="ql-align-justify ql-direction-rtl ql-indent-3">b',
     [text("a"), text("\n", direction="rtl"), text("b"), text("\n", align="justify", direction="rtl", indent=3)]),
    ('<p style="padding-left:6em">a<p style="margin-left: 40px">b', [text("a"), text("\n", indent=2), text("b\n")]),
    # Lists
    ("<ul><li>a<li>b</ul>c", [text("a"), text("\n", list="bullet"), text("b"), text("\n", list="bullet"), text("c\n")]),
    ("<ol>\n <li>a\n <ul>\n <li>b\n </ul>\n <li><p>c</p></li>\n</ol>",
     [text("a"), text("\n", list="ordered"), text("b"), text("\n", list="bullet", indent=1), text("c"),
      text("\n", list="ordered")]),
    ("<ul><li></li><li><ul><li>a</ul></ul>",
     [text("\n", list="bullet"), text("a"), text("\n", list="bullet", indent=1)]),
    ("<li>a", [text("a"), text("\n", list="bullet")]),
    ("<ul>" * 20 + "<li>a", [text("a"), text("\n", list="bullet", indent=8)]),
    (QUILL_LIST, [text("a"), text("\n", list="bullet"), text("b"), text("\n", list="checked", indent=1)]),
    ("<ul><li data-checked=true>a<li data-checked=false>b",
     [text("a"), text("\n", list="checked"), text("b"), text("\n", list="unchecked")]),
    ("<ul><li><input type=checkbox checked> a<li><input type=checkbox>b",
     [text("a"), text("\n", list="checked"), text("b"), text("\n", list="unchecked")]),
    # Code
    ("<pre>\n a\n\n\tb\n</pre>c",
     [text(" a"), text("\n\n", code_block=True), text("\tb"), text("\n", code_block=True), text("c\n")]),
    ('<pre><code class="hljs language-C++">a</code></pre>', [text("a"), text("\n", code_block="c++")]),
    ("<pre>\n\n</pre>", [text("\n", code_block=True)]),
    ("<pre><b>a</b><br>b</pre>", [text("a"), text("\n", code_block=True), text("b"), text("\n", code_block=True)]),
    (QUILL_CODE, [text("a  b"), text("\n", code_block="python"), text("\n", code_block=True)]),
    # Images
    ('<img src="/a.png" alt=A width=20 height=10px>',
     [text({"image": "/a.png"}, alt="A", width="20", height="10"), END]),
    ('<a href="/"><img src="https://example.org/a"></a>', [text({"image": "https://example.org/a"}, link="/"), END]),
    ("<p>a</p><img src=data:image/svg+xml;base64,AA== onload=x><p>b", [text("a\nb\n")]),
    # Tables
    ("<table><caption>t</caption><tr><th>a <th>b<tbody><tr><td><p>c</p><p>d</p></td> <td> <td>e<br>f</table>g",
     [text("t\na\tb\nc d\t\te f\ng\n")]),
    ("<table><td>a<td><table><tr><td>b<td>c</table><td>d</table>", [text("a\t\nb\tc\n\td\n")]),
    # White space and characters
    ("  <p>\n a  b\t<b> c </b> d \n</p>\n\n<p> e</p> ", [text("a b "), text("c ", bold=True), text("d\ne\n")]),
    ("&nbsp; a &nbsp;b\xa0", [text("  a  b \n")]),
    ("10&nbsp;km, <b>&nbsp;&nbsp;</b>x<i>&nbsp;</i><br>a <b>&nbsp;</b>&nbsp;b", [
        text("10\xa0km, "), text("  ", bold=True), text("x"), text(" ", italic=True), text("\na "),
        text(" ", bold=True), text(" b\n")]),
    ('<span style="white-space:pre">&nbsp; a</span>\x01\x02', [text("\xa0 a\n")]),
    ('<span style="white-space: pre-wrap">a  b\n c </span> ', [text("a  b\n c \n")]),
    ("a\r\nb\rc", [text("a b c\n")]),
    ("1 < 2 &lt; 3 &amp;lt; &#52; &#x35; &#0000000054; &copy 8 & 9",
     [text("1 < 2 < 3 &lt; 4 5 6 © 8 & 9\n")]),
    ("&#" + "9" * 5000 + ";&#x" + "f" * 5000 + ";&#0;&#xd800;&#1;a", [text("\ufffd\ufffd\ufffd\ufffda\n")]),
    ("&#" + "0" * 5000 + "65;", [text("A\n")]),
    ("a\x00b\ud800c", [text("abc\n")]),
    # What isn't shown, and what nobody knows
    ("<!doctype html><html><head><title>t</title><meta charset=x><style>p{}</style></head><body>a</body></html>",
     [text("a\n")]),
    ("a<!-- <b>x</b> -->b<!-->c<!--->d<!-- -- --!>e<![if x]>f<?php x ?>g</ x>h<!-- i", [text("abcdefgh\n")]),
    ("<article><custom-x a=b>a</custom-x><o:p>b</o:p><video>c</video></article>", [text("abc\n")]),
    ("a<script>x</script>b<svg><text>x</text></svg>c<svg/>d<textarea><b></textarea>e<noembed>f", [text("abcde\n")]),
    ("<span title='>'>a</span><span title=\">\" class = 'ql-size-huge'>b</span>",
     [text("a"), text("b", size="huge"), END]),
]  # fmt: skip


@pytest.mark.parametrize(("html", "ops"), SHOWN, ids=range(len(SHOWN)))
def test_html_as_a_document(html: str, ops: list[dict[str, Any]]) -> None:
    assert html_delta(html) == ops == checked_delta(ops)


HOSTILE = [
    "<script>alert(1)</script>a", "<SCRIPT SRC=//x.org/x.js></SCRIPT >a", "<script\n>alert(1)</script\n>a",
    "<scr<script></script>ipt>alert(1)</script>a", "<script/x>alert(1)</script/x>a", "<style>@import 'x'</style>a",
    "<svg onload=alert(1)>x</svg>a", "<svg/onload=alert(1)>x</svg>a", "<svg><script>alert(1)</script></svg>a",
    "<math><mtext></math>a", "<img src=x:y onerror=alert(1)>a", "<img src='javascript:alert(1)'>a",
    "<img src=x:`x` onerror=alert(1)>a", "<img src=\"x:y\" onerror=alert(1)//>a", "<body onload=alert(1)>a",
    "<iframe src=javascript:alert(1)></iframe>a", "<iframe srcdoc='<script>alert(1)</script>'></iframe>a",
    "<object data=javascript:alert(1)></object>a", "<embed src=javascript:alert(1)>a", "<base href=javascript:a//>a",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>a", "<link rel=stylesheet href=javascript:x>a",
    "<template><img src=x onerror=alert(1)></template>a", "<form action=javascript:x><button>a</button></form>",
    "<isindex action=javascript:x>a", "<a href=javascript:alert(1)>a</a>", "<a href=' javascript:x'>a</a>",
    "<a href='java&#10;script:x'>a</a>", "<a href='java\tscript:x'>a</a>", "<a href='java\nscript:x'>a</a>",
    "<a href=&#106;avascript:x>a</a>", "<a href=&#x6A;avascript&colon;x>a</a>", "<a href='&#0000106avascript:x'>a</a>",
    "<a href='javascript&#58;x'>a</a>", "<a href='\x01javascript:x'>a</a>", "<a href=JaVaScRiPt:x>a</a>",
    "<a href=vbscript:x>a</a>", "<a href='data:text/html,<script>x</script>'>a</a>", "<a href=blob:x>a</a>",
    "<a xlink:href=javascript:x>a</a>", "<a href=javascript:x href=/a>a</a>", "<a onclick=x onmouseover='y'>a</a>",
    "<p style='background:url(javascript:x)'>a</p>", "<p style='background:url(\"//x.org\")'>a</p>",
    "<p style='color:expression(alert(1))'>a</p>", "<p style='position:fixed;-moz-binding:url(x)'>a</p>",
    "<p style='color:r\\65 d;color:url(x)'>a</p>", "<p id=x name=y class='a b'>a</p>",
    "<noscript><p title='</noscript><img src=x:y onerror=alert(1)>'>a</p></noscript>",
    "<math><mi><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x&gt;'></math>a",
    "<svg></p><style><a title='</style><img src=x onerror=alert(1)>'></svg>a",
    "<!--><img src=x:y onerror=alert(1)>-->a", "<!-- --!><img src=x:y onerror=alert(1)> -->a", "<xmp><p></xmp>a",
    "<![CDATA[<img src=x:y onerror=x>]]>a", "<?xml <img src=x:y onerror=x>?>a", "<title><a title='</title>'>a</title>",
]  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_is_left_of_what_html_does(html: str) -> None:
    ops = html_delta(html)
    assert all("attributes" not in op and isinstance(op["insert"], str) for op in ops)
    shown = plain_text(ops)
    assert shown.endswith("a") or shown in ("'>a", "a'>")
    assert "alert(1)" not in shown or html.startswith("<scr<")


PIECES = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<b>", "</b>", "<a href=/x>", "</a>", "<ul>", "<ol>", "</ul>", "<li>", "</li>", "<pre>",
            "</pre>",
            "<table>", "<tr>", "<td>", "</td>", "</table>", "<br>", "<h1>", "</h2>", "<span style='", "color:red", "'>",
            "</span>", "<!--", "-->", "<script>", "</script>", "<svg", "/>", "<", ">", "&", "&#", "&lt;", "&nbsp;", ";",
            '"',
            "=", "/", " ", "\n", "\t", "a", "1", "<img src=/a alt='", "<blockquote>", "<code class=language-x>",
            "</code>",
            "<input type=checkbox>", "<div class='ql-code-block'>", "</div>", "javascript:", "é", "\x00", "\r",
        ]
    ) | st.text(max_size=3),
    max_size=25,
).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(PIECES)
def test_any_text_is_a_document(html: str) -> None:
    ops = html_delta(html)
    assert ops == checked_delta(ops)
    assert ops[-1]["insert"].endswith("\n")


MANY = 10_000
DEEP = 30_000
"""So often that work which grows with the square of it takes longer."""
LARGE = {
    "five megabytes of text": "a < b " * 900_000,
    "100,000 elements in each other": "<div>" * 100_000 + "a",
    "inline elements in each other": "<b>" * DEEP + "a" + "</b>" * DEEP,
    "spans in each other": "<span style=color:red>" * DEEP + "a<br>b" * 10,
    "lists in each other": "<ul><li>a" * MANY,
    "tables in each other": "<table><tr><td>a" * (MANY // 2),
    "formats and lines": "<font color=red><p>a" * MANY,
    "end tags": "<div>" * DEEP + "</p></b></i></td>" * DEEP,
    "formats around elements": "<b>" * DEEP + "<div>" * DEEP + "</b>" * DEEP,
    "comments without an end": "<!--" * MANY * 10,
    "scripts without an end": "<script>" * MANY * 10,
    "drawings without an end": "<svg <svg/" * MANY * 10,
    "tags without an end": "<a b=" * MANY * 10,
    "quotes without an end": "<a b=\"<a b='" * MANY * 10,
    "signs": "<" * MANY * 100,
    "ampersands": "&#" * MANY * 50,
    "names without an end": "<a" + " b" * MANY * 50 + ">a",
    "spaces": "<a b" + " " * MANY * 100 + ">a" + " \n" * MANY * 50,
    "no-break spaces": "<p>" + "&nbsp; " * MANY,
    "only no-break spaces": "<p>a" + "&nbsp;" * MANY * 10 + "b",
    "cells": "<table><tr>" + "<td>a" * MANY,
    "styles": '<p style="' + "color:red;" * MANY + '">a',
    "addresses": f'<a href="http://{"a@" * MANY}">a</a><img src="data:image/png;base64,{"A" * MANY * 10}">',
}


@pytest.mark.parametrize("html", LARGE.values(), ids=LARGE)
def test_large_and_twisted_html_is_read(html: str) -> None:
    """What took a time that grows with the square of the length would take minutes here."""
    ops = html_delta(html)
    assert ops[-1]["insert"].endswith("\n")
    assert all(name in FORMATS for op in ops for name in op.get("attributes", {}))
