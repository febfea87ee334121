"""Markdown: headings, lists, links, tables from plain text, without a way to bring in scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from livepages.components.html import HtmlElement, with_class
from livepages.components.image import image_source
from livepages.schema.properties import Property, Text, safe_url
from livepages.schema.view import Html, View


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


class MarkdownElement(HtmlElement):
    """The `markdown`: a text in Markdown, shown as HTML."""

    def view(self, props: Mapping[str, Any]) -> View:
        """A box with the rendered text."""
        attributes = with_class(self.html_attributes(props), "livepages-prose")
        return View(self.tag, attributes, inner=markdown_html(str(props.get("markdown") or "")))


MARKDOWN = MarkdownElement(
    "markdown",
    "Text in Markdown (CommonMark with tables); HTML in it shows as text.",
    """
    - markdown: |
        ## Opening hours

        We open at *nine*, see [the plan](/plan).
    """,
    group="livepages",
    tag="div",
    own={"markdown": Property(Text, "The text in Markdown.")},
    content="markdown",
    children=False,
)
