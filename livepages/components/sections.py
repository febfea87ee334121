"""Sections and grouping content (HTML Standard, 4.3 and 4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from livepages.components.attribute_types import Attribute, Integer, one_of
from livepages.components.attributes import attributes
from livepages.components.html import HtmlElement
from livepages.schema.values.view import View

section = partial(HtmlElement, group="Sections")
grouping = partial(HtmlElement, group="Grouping content")


class Preformatted(HtmlElement):
    """An element whose first line break the HTML parser drops (HTML Standard, 13.1.2.5)."""

    def first_view(self, props: Mapping[str, Any]) -> View:
        """The view with a line break before a text that begins with one."""
        view = super().first_view(props)
        return view._replace(inner=f"\n{view.inner}") if (view.inner or "").startswith("\n") else view


SECTIONS = (
    section(
        "article",
        "A piece that stands on its own, such as a post or a comment.",
        """
        - article:
            - h2: Doors open at nine
            - p: The hall is heated.
        """,
    ),
    section(
        "section",
        "A part of a page with one theme, mostly with a heading.",
        """
        - section:
            - h2: Opening hours
            - p: Nine to five.
        """,
    ),
    section(
        "nav",
        "Links for finding the way around.",
        """
        - nav:
            - a: Home
              href: /
            - a: Help
              href: /help
          classes: flex gap-4
        """,
    ),
    section("aside", "What stands beside the main content.", "- aside: Bring a coat."),
    section("h1", "A heading of the first rank, of the whole page.", "- h1: Message board"),
    section("h2", "A heading of the second rank.", "- h2: Today"),
    section("h3", "A heading of the third rank.", "- h3: Morning"),
    section("h4", "A heading of the fourth rank.", "- h4: First hour"),
    section("h5", "A heading of the fifth rank.", "- h5: Details"),
    section("h6", "A heading of the sixth rank.", "- h6: Remarks"),
    section(
        "hgroup",
        "A heading with the lines that belong to it.",
        """
        - hgroup:
            - h1: Message board
            - p: Everyone can write
        """,
        content=None,
    ),
    section("header", "What introduces a page or a part of it.", "- header: [{h1: Message board}]"),
    section("footer", "What closes a page or a part of it.", "- footer: Made by the night shift"),
    section("address", "How to reach the people behind the page.", "- address: Second floor, room 12"),
    section(
        "search", "The fields by which one searches or filters.", "- search: [{input: '', type: search, id: words}]"
    ),
)

GROUPING = (
    grouping("p", "A paragraph of text.", "- p: Welcome!"),
    grouping("hr", "A break between two themes, mostly drawn as a line.", "- hr:", content=None, children=False),
    Preformatted(
        "pre",
        "Text whose spaces and line breaks show as they are.",
        """
        - pre: |
            one   two
            three four
        """,
        group="Grouping content",
    ),
    grouping(
        "blockquote",
        "Words that are quoted from elsewhere.",
        "- blockquote: To be, or not to be",
        own=attributes("cite"),
    ),
    grouping(
        "ol",
        "A list whose order matters.",
        """
        - ol:
            - li: Boil the water
            - li: Pour the tea
        """,
        own=attributes(
            "reversed start", type=Attribute(one_of("1", "a", "A", "i", "I"), "How the items are numbered.")
        ),
        content=None,
    ),
    grouping(
        "ul",
        "A list whose order does not matter.",
        """
        - ul:
            - li: Tea
            - li: Coffee
        """,
        content=None,
    ),
    grouping("menu", "A list of things to do.", "- menu: [{li: [{button: Save}]}]", content=None),
    grouping(
        "li",
        "An item of a list.",
        "- ul: [{li: Tea}]",
        own=attributes("", value=Attribute(Integer, "The item's number in an ordered list.")),
    ),
    grouping(
        "dl",
        "A list of terms and what is to say of them.",
        """
        - dl:
            - dt: Kiosk
            - dd: The screen by the door
        """,
        content=None,
    ),
    grouping("dt", "A term in a description list.", "- dl: [{dt: Kiosk}, {dd: The screen by the door}]"),
    grouping("dd", "What is to say of the terms before it.", "- dl: [{dt: Room}, {dd: '12'}]"),
    grouping(
        "figure",
        "A picture, a table or a piece of code with its caption.",
        """
        - figure:
            - image: plan.png
              alt: Plan of the ground floor
            - figcaption: The ground floor
        """,
    ),
    grouping("figcaption", "The caption of a figure.", "- figure: [{pre: 2 + 2}, {figcaption: A sum}]"),
    grouping("main", "What the page is about, once on a page.", "- main: [{h1: Message board}]"),
    grouping("div", "A box without a meaning of its own.", "- div: Ready\n  id: status\n  classes: p-4 rounded-lg"),
)
