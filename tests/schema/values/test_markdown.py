"""Markdown of visitors: nothing in it can run, and nothing in it takes long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livepages.schema.expressions.expressions import ExpressionFailed, parse_expression
from livepages.schema.values.markdown import check_markdown, markdown_html
from livepages.schema.values.view import Html
from tests.steps import steps

MOST_STEPS = 600_000
"""What a text may take; that many are some 60 ms where nothing counts them."""

TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a img br hr table thead tbody tr th td".split()
)
ATTRIBUTES = frozenset("href src alt title loading start class style".split())
PIECES = st.sampled_from(
    [
        "<script>", "</p>", "<b onclick=x>", "[", "](", ")", "![", "javascript:x", "data:text/html,x", "/a", '"', "'",
        "&#10;", "&lt;", "*", "**", "_", "`", "```\n", "~~", "> ", "- ", "1. ", "# ", "|", "|-|\n", "\n", "\n\n",
        "\\", "a", " ", "<javascript:x>", "[a]: ", "\t", "\x00", "onerror=x", ":", "//x.org/y.png", "<!--", "é",
    ]
)  # fmt: skip


class Seen(HTMLParser):
    """The tags of a text of HTML, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


@given(st.lists(PIECES, max_size=40).map("".join))
def test_nothing_of_it_can_run(source: str) -> None:
    for tag, attributes in Seen(markdown_html(source)).tags:
        assert tag in TAGS
        assert attributes.keys() <= ATTRIBUTES
        assert (attributes.get("style") or "text-align:").startswith("text-align:")
        assert (attributes.get("class") or "language-").startswith("language-")
        assert not (attributes.get("href") or "").lower().startswith(("javascript", "data:text", "vbscript"))
        assert (attributes.get("src") or "/").startswith(("/", "data:image/"))
        assert not (attributes.get("src") or "").startswith("//")


def fitting(text: str) -> str:
    """As much of a text as is taken."""
    while True:
        try:
            return check_markdown(text)
        except ValueError:
            text = text[: len(text) * 9 // 10]


def hostile() -> Iterator[str]:
    parts = (
        "[",
        "![",
        "*a ",
        "_*",
        "**a_",
        "> ",
        "- a\n",
        "- ",
        "  - a\n",
        "`a``",
        "<http://a>",
        "|a",
        "|\n",
        "[a](",
        "a\n",
    )
    yield from (first + second for first in parts for second in ("", *parts))


def test_whatever_is_taken_takes_no_time() -> None:
    for piece in hostile():
        text = fitting(piece * (10_000 // len(piece)))
        assert steps(lambda text=text: markdown_html(text)) < MOST_STEPS, piece
    columns = 49
    table = f"{'|a' * columns}|\n{'|-' * columns}|\n" + "|\n" * 48
    assert markdown_html(check_markdown(table)).count("<td>") == columns * 48
    assert steps(lambda: markdown_html.__wrapped__(table)) < MOST_STEPS


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 1_000_000, "10,000 characters, not 1,000,000"),
        ("> " * 400_000, "10,000 characters, not 800,000"),
        ("a\n" * 501, "500 lines, not 501"),
        ("[" * 201, "200 brackets, not 201"),
        ("**a** " * 151, "600 marks (* _ ~ ` <), not 604"),
        ("|" * 100 + "\n" * 50, "2,500 cells, counting each line as long as the longest, not 5,000"),
    ],
)
def test_what_would_take_long_is_refused_at_once(text: str, reason: str) -> None:
    expression = parse_expression("text | markdown")

    def evaluate() -> None:
        with pytest.raises(ExpressionFailed, match=re.escape(f"expected Markdown with at most {reason}") + "$"):
            expression.evaluate({"text": text}.get)

    assert steps(evaluate) < 5_000


def test_what_is_made_of_the_filter_elsewhere_is_text() -> None:
    found = parse_expression("'<b>' | markdown").evaluate(lambda _: None)
    assert (found, type(found)) == ("<p>&lt;b&gt;</p>", Html)
    assert parse_expression("none | markdown").evaluate(lambda _: None) == ""
