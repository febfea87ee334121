"""Rich text as Markdown: each format as it should be, and text that reads back as itself."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from livepages.coediting.texts.delta import plain_text
from livepages.coediting.texts.delta_markdown import SPACE, delta_markdown
from livepages.coediting.texts.html_delta import html_delta

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["strikethrough", "table"])


def text(insert: object, **attributes: object) -> dict[str, Any]:
    return {"insert": insert, **({"attributes": attributes} if attributes else {})}


def line(content: str, **attributes: object) -> list[dict[str, Any]]:
    """A line of plain text with attributes; `code_block` is `code-block`."""
    return [text(content), text("\n", **{name.replace("_", "-"): value for name, value in attributes.items()})]


class Text(HTMLParser):
    """The text of each paragraph."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "p":
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        if data != "\n":
            self.paragraphs[-1] += data


CASES = [
    ([], "", ""),
    ([text("a\n\n \nb")], "a\n\nb\n", "<p>a</p>\n<p>b</p>\n"),
    ([text("a", bold=True)], "**a**\n", "<p><strong>a</strong></p>\n"),
    ([text("a", italic=True)], "_a_\n", "<p><em>a</em></p>\n"),
    ([text("a", strike=True)], "~~a~~\n", "<p><s>a</s></p>\n"),
    ([text("a", code=True)], "`a`\n", "<p><code>a</code></p>\n"),
    ([text("`a", code=True)], "`` `a ``\n", "<p><code>`a</code></p>\n"),
    ([text(" *a* ", code=True)], "`  *a*  `\n", "<p><code> *a* </code></p>\n"),
    ([text("a", link="/b")], "[a](/b)\n", '<p><a href="/b">a</a></p>\n'),
    (
        [text("a!"), text("[b]", link="/c (d)`&amp;\\")],
        "a\\![\\[b\\]](/c%20\\(d\\)%60\\&amp;\\\\)\n",
        '<p>a!<a href="/c%20(d)%60&amp;amp;%5C">[b]</a></p>\n',
    ),
    ([text({"image": "/a.png"}, alt="[b]")], "![\\[b\\]](/a.png)\n", '<p><img src="/a.png" alt="[b]" /></p>\n'),
    ([text({"image": "/a"}, link="/b")], "[![](/a)](/b)\n", '<p><a href="/b"><img src="/a" alt="" /></a></p>\n'),
    (
        [text("a", underline=True, color="red", background="red", font="serif", size="huge", script="sub"), text("b")],
        "ab\n",
        "<p>ab</p>\n",
    ),
    (
        [text("a ", bold=True), text("b", bold=True, italic=True, strike=True), text(" c", italic=True)],
        "**a _~~b~~_** _c_\n",
        "<p><strong>a <em><s>b</s></em></strong> <em>c</em></p>\n",
    ),
    (
        [text("a"), text("b", bold=True), text("c"), text("d", italic=True), text('"e"', bold=True), text("f")],
        'a**b**&#99;_d_**"e"**&#102;\n',
        "<p>a<strong>b</strong>c<em>d</em><strong>&quot;e&quot;</strong>f</p>\n",
    ),
    (
        [text("a", bold=True), text("b", bold=True, link="/"), text("c", link="/")],
        "**a**[**b**c](/)\n",
        '<p><strong>a</strong><a href="/"><strong>b</strong>c</a></p>\n',
    ),
    *((line("a", header=level), f"{'#' * level} a\n", f"<h{level}>a</h{level}>\n") for level in range(1, 7)),
    (line("# C #", header=1), "# \\# C \\#\n", "<h1># C #</h1>\n"),
    (line("", header=1), "", ""),
    (
        [*line("a", blockquote=True), *line("> b", blockquote=True)],
        "> a\n>\n> \\> b\n",
        "<blockquote>\n<p>a</p>\n<p>&gt; b</p>\n</blockquote>\n",
    ),
    (
        [*line("```", code_block=True), *line("", code_block=True), *line("  *a*", code_block=True)],
        "````\n```\n\n  *a*\n````\n",
        "<pre><code>```\n\n  *a*\n</code></pre>\n",
    ),
    (line("a", code_block="python"), "```python\na\n```\n", '<pre><code class="language-python">a\n</code></pre>\n'),
    (
        [*line("a", list="bullet"), *line("- b", list="bullet"), *line("c", list="ordered")],
        "- a\n- \\- b\n1. c\n",
        "<ul>\n<li>a</li>\n<li>- b</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>\n",
    ),
    (
        [
            *line("a", list="ordered"),
            *line("b", list="bullet", indent=1),
            *line("", list="bullet", indent=1),
            *line("c", list="ordered", indent=4),
            *line("d", list="ordered"),
        ],
        "1. a\n   - b\n   - &#32;\n     1. c\n2. d\n",
        ("<ol>\n<li>a\n<ul>\n<li>b</li>\n<li> \n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n</li>\n<li>d</li>\n</ol>\n"),
    ),
    (
        [*line("a", list="ordered"), text("\n"), *line("b", list="ordered"), text("c\n"), *line("d", list="bullet")],
        "1. a\n\n1) b\n\nc\n\n- d\n",
        "<ol>\n<li>a</li>\n</ol>\n<ol>\n<li>b</li>\n</ol>\n<p>c</p>\n<ul>\n<li>d</li>\n</ul>\n",
    ),
    (
        [*line("a", list="checked"), *line("b", list="unchecked"), *line("[x] c", list="bullet")],
        "- [x] a\n- [ ] b\n- \\[x\\] c\n",
        "<ul>\n<li>[x] a</li>\n<li>[ ] b</li>\n<li>[x] c</li>\n</ul>\n",
    ),
]


@pytest.mark.parametrize(("ops", "markdown", "html"), CASES, ids=range(len(CASES)))
def test_documents_as_markdown(ops: list[dict[str, Any]], markdown: str, html: str) -> None:
    assert delta_markdown(ops) == markdown
    assert PARSER.render(markdown) == html


LIKE_MARKDOWN = [
    "# a", "###### a", "#", "> a", ">a", "- a", "+ a", "* a", "-", "---", "- - -", "***", "* * *", "___", "===", "--",
    "1. a", "1) a", "123456789.", "    a", "\ta", "```", "~~~", "``` a", "`a`", "*a*", "**a**", "_a_", "__a__",
    "~~a~~", "a_b_c", "[a](b)", "![a](b)", "[a]: /b", "[a][b]", "<b>", "<https://a.b>", "<!-- a -->", "&amp;",
    "&#65;", "&copy", "& b", "a\\", "\\*a\\*", "\\", "| a | b |", "|-|-|", "a  ", "  a", "a\\ ", "- [ ] a", "<div>",
    "https://a.b/c_d_e", "a@b.c", ": a", "$a$", "^a^", "==a==", "![", "](", "*", "a*", "*a", "_", "\u3000a",
    "a\u2028", "\u2028", "\xa0a\xa0b\xa0", "a `b", "``", "`` ` ``", "!", "!!", "&", "&#", "<", ">",
]  # fmt: skip


@pytest.mark.parametrize("content", LIKE_MARKDOWN)
def test_what_looks_like_markdown_is_text(content: str) -> None:
    assert Text(PARSER.render(delta_markdown([text(f"x\n{content}\ny\n")]))).paragraphs == ["x", content, "y"]


def test_hostile_documents_are_cleaned_first() -> None:
    ops = [None, text("a", link="javascript:x", bold=10**5000), text({"image": "javascript:x"}), text("\n", header="x")]
    assert delta_markdown(ops) == "a\n"
    assert delta_markdown(None) == ""


WORDS = st.text(
    st.sampled_from(list("ab1 \t.)(*_~`[]!<>&#+-=\\|\"'é“”—😀\u0301\u2028\ufeff\u3000\xa0€"))
    | st.characters(exclude_categories=["Cs", "Cc"]),
    min_size=1,
    max_size=8,
)
MARKS = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.just(True) for name in ("bold", "italic", "strike", "code")},
        "link": st.sampled_from(["/a", "/b_c*(d) e", "https://x.org/?a=1&copy=2"]),
        "color": st.just("red"),
    },
)
RUNS = st.builds(lambda insert, marks: text(insert, **marks), WORDS, MARKS | st.just({}))
PARAGRAPHS = st.lists(st.lists(RUNS, min_size=1, max_size=5), min_size=1, max_size=3)


@settings(deadline=None, max_examples=60)
@given(PARAGRAPHS)
@example([[text("0")], [text(" ", code=True)]])
def test_the_text_of_paragraphs_reads_back(paragraphs: list[list[dict[str, Any]]]) -> None:
    ops = [op for runs in paragraphs for op in (*runs, text("\n"))]
    expected = [content for content in plain_text(ops).split("\n") if content.strip(SPACE)]
    found = Text(PARSER.render(delta_markdown(ops))).paragraphs
    assert [content for content in found if content.strip(SPACE)] == expected  # one of a space as code may stay


@settings(deadline=None, max_examples=60)
@given(PARAGRAPHS)
def test_the_formats_of_paragraphs_read_back(paragraphs: list[list[dict[str, Any]]]) -> None:
    ops = [op for runs in paragraphs for op in (*runs, text("\n"))]
    read = html_delta(PARSER.render(delta_markdown(ops)).replace("\t", " "))
    assert marked(read) == marked(ops)


def marked(ops: list[dict[str, Any]]) -> list[tuple[str, set[str]]]:
    """The characters that aren't white space, each with the formats that Markdown has."""
    return [
        (character, {"bold", "italic", "strike", "code", "link"} & op.get("attributes", {}).keys())
        for op in ops
        for character in op["insert"]
        if not character.isspace()
    ]
