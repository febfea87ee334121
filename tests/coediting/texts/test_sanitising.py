from __future__ import annotations

import pytest

from livepages.coediting.texts.html_delta import html_delta
from livepages.coediting.texts.sanitising import DEEPEST, sanitised

FORMATTED = (
    '<h2 style="text-align: center">A <b>b</b> <em>c</em></h2><p class="ql-indent-2">x<br>'
    '<span style="color:#ff0000;font-size:1.5em">y</span> <a href="https://x.org/?a=1&amp;b=2">z</a></p>'
    '<ul><li data-checked="true">one<ol><li>two</li></ol></li></ul>'
    '<pre><code class="language-python">a  &lt; b\n</code></pre>'
    '<blockquote><p dir="rtl">q</p></blockquote><p><font color="blue" face="serif">f</font>'
    '<img src="data:image/png;base64,iVBORw0KGgo=" alt="i" width="3"></p>'
    '<ul><li><input type="checkbox" checked>t</li></ul>'
    "<table><tr><td>1</td><td>2</td></tr></table>"
)


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<script>alert(1)</script>a", "a"),
        ("<style>p{}</style>a", "a"),
        ('<p onclick="x()" id="i">a</p>', "<p>a</p>"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<a href="&#106;avascript:x()">a</a>', "<a>a</a>"),
        ('<p style="color:red;position:fixed;background-image:url(x)">a</p>', '<p style="color:red">a</p>'),
        ("<svg><script>x()</script></svg>a", "a"),
        ("<iframe src=x></iframe>a<!-- b -->", "a"),
        ('<img src="x.png" onerror="x()">', '<img src="x.png">'),
    ],
)
def test_what_no_text_needs_is_left_out(html: str, left: str) -> None:
    assert sanitised(html) == left


def test_the_formats_of_a_text_stay() -> None:
    assert html_delta(sanitised(FORMATTED)) == html_delta(FORMATTED)


def test_depth_takes_no_time() -> None:
    deep = "<div>" * 100_000 + '<a href="javascript:x()">a</a><script>x()</script>'
    assert html_delta(sanitised(deep)) == [{"insert": "a\n"}]
    assert sanitised("<div>" * (DEEPEST - 1) + "<script>x()</script>").endswith("</div>")
