"""Markdown: headings, lists, links, tables from plain text, without a way to bring in scripts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from livepages.schema.values.addresses import image_source, safe_url
from livepages.schema.values.view import Html

LONGEST = 10_000
MOST_LINES = 500
MOST_CELLS = 2_500
MOST_BRACKETS = 200
MOST_MARKS = 600
MARKS = "*_~`<"
"""What Markdown of visitors can have, so that it takes less than 50 ms whatever it says."""


class SafeRenderer(RendererHTML):
    """Shows images of the site itself; of any other it shows the text that stands for it."""

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """The HTML of an image."""
        token = tokens[idx]
        try:
            token.attrs["src"] = image_source(str(token.attrs["src"]))
        except ValueError:
            return escape(self.renderInlineAsText(token.children, options, env))
        token.attrs["loading"] = "lazy"
        return super().image(tokens, idx, options, env)


class SafeMarkdown(MarkdownIt):
    """CommonMark with tables and strikethrough. HTML in it is text, and links lead nowhere that runs a script."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "linkify": False}, renderer_cls=SafeRenderer)
        self.enable(["table", "strikethrough"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it's own name)
        """Whether a link or an image can have this address; one that can't stays text."""
        try:
            safe_url(url)
        except ValueError:
            return False
        return True


@cache
def _parser() -> SafeMarkdown:
    return SafeMarkdown()


@lru_cache(maxsize=256)
def markdown_html(source: str) -> Html:
    """The HTML of a text in Markdown."""
    return Html(_parser().render(source).rstrip("\n"))


def check_markdown(source: str) -> str:
    """`source`, if it is short and simple enough to be rendered while others wait. Raises ValueError otherwise."""
    lines = source.splitlines() if len(source) <= LONGEST else ()
    widest = max((line.count("|") for line in lines), default=0)
    for count, most, what in (
        (len(source), LONGEST, "characters"),
        (len(lines), MOST_LINES, "lines"),
        (source.count("["), MOST_BRACKETS, "brackets"),
        (sum(map(source.count, MARKS)), MOST_MARKS, f"marks ({' '.join(MARKS)})"),
        (len(lines) * widest, MOST_CELLS, "cells, counting each line as long as the longest"),
    ):
        if count > most:
            raise ValueError(f"expected Markdown with at most {most:,} {what}, not {count:,}")
    return source
