"""The Markdown element: a text in Markdown, shown as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livepages.components.html import HtmlElement, with_class
from livepages.schema.expressions.mistakes import Mistake
from livepages.schema.site.properties import Property, Text
from livepages.schema.values.markdown import check_markdown, markdown_html
from livepages.schema.values.view import View


class MarkdownText(Property):
    """A text in Markdown. The file's own may be as long as it likes."""

    def check_live(self, value: object) -> Any:
        """The text. Raises Mistake also for one that is too much for a page at work."""
        try:
            return check_markdown(self.check(value))
        except ValueError as error:
            raise Mistake(str(error)) from None


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
    own={"markdown": MarkdownText(Text, "The text in Markdown.")},
    content="markdown",
    children=False,
)
