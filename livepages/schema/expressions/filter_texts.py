"""Filters on texts."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from livepages.schema.expressions.errors import ExpressionFailed
from livepages.schema.expressions.filter import Filter, Parameter
from livepages.schema.expressions.filter_kinds import ANY, TEXT
from livepages.schema.expressions.values import LONGEST_LIST, Work, check_text
from livepages.schema.values.markdown import check_markdown, markdown_html
from livepages.schema.values.view import Html

WORD = re.compile(r"\S+")
LONGEST_ADDRESS = 10_000
RENDERING = 200
"""How much longer it takes to render 50 characters of Markdown than to look at an item."""


def capitalize(text: str) -> str:
    """A text whose first letter is a capital, and no other."""
    return text[:1].upper() + text[1:].lower()


def title(text: str) -> str:
    """A text each of whose words begins with a capital."""
    return WORD.sub(lambda word: capitalize(word[0]), text)


def replace(text: str, old: str, new: str) -> str:
    """A text with one part in the place of another, wherever that is."""
    if not old:
        raise ExpressionFailed('"replace" needs a text to look for')
    check_text(len(text) + text.count(old) * (len(new) - len(old)))
    return text.replace(old, new)


def urlencode(text: str) -> str:
    """A text as one part of an address, such as that between two slashes."""
    if len(text) > LONGEST_ADDRESS:
        raise ExpressionFailed(f'"urlencode" takes at most {LONGEST_ADDRESS:,} characters, not {len(text):,}')
    return quote(text, safe="", errors="replace")


def split(text: str, separator: str | None) -> list[str]:
    """The parts of a text."""
    if separator == "":
        raise ExpressionFailed('"split" needs a text between the parts')
    return text.split(separator, LONGEST_LIST)


def markdown(text: str, work: Work) -> Html:
    """A text in Markdown as HTML that is safe to show."""
    try:
        check_markdown(text)
    except ValueError as error:
        raise ExpressionFailed(str(error)) from None
    work.look_over(text, RENDERING)
    return markdown_html(text)


def string(value: Any, work: Work) -> str:
    """A value as it stands in a text."""
    return work.as_text(value)


def default(value: Any, other: Any, empty: bool) -> Any:
    """The value, or another where there is none."""
    return other if value is None or (empty and not value) else value


TEXT_FILTERS = (
    Filter("upper", "The text in capitals.", TEXT, str.upper, "'tea' | upper", "TEA"),
    Filter("lower", "The text in small letters.", TEXT, str.lower, "'TEA' | lower", "tea"),
    Filter(
        "title",
        "The text with a capital at the beginning of each word.",
        TEXT,
        title,
        "'a cup of TEA' | title",
        "A Cup Of Tea",
        effort=25,
    ),
    Filter(
        "capitalize",
        "The text with a capital at its beginning, and nowhere else.",
        TEXT,
        capitalize,
        "'hot TEA' | capitalize",
        "Hot tea",
    ),
    Filter("trim", "The text without white space at its ends.", TEXT, str.strip, "'  tea ' | trim", "tea"),
    Filter(
        "replace",
        "The text with one part in the place of another, wherever that is.",
        TEXT,
        replace,
        "'tea for two' | replace('tea', 'cake')",
        "cake for two",
        (Parameter("old", TEXT, "What to look for."), Parameter("new", TEXT, "What to put in its place.")),
    ),
    Filter(
        "split",
        "The list of a text's parts.",
        TEXT,
        split,
        "'tea,cake' | split(',')",
        ["tea", "cake"],
        (Parameter("separator", TEXT, "What stands between the parts; white space if it is not given.", None),),
    ),
    Filter(
        "startswith",
        "Whether a text begins with another.",
        TEXT,
        str.startswith,
        "'teapot' | startswith('tea')",
        True,
        (Parameter("part", TEXT, "What to look for."),),
    ),
    Filter(
        "endswith",
        "Whether a text ends with another.",
        TEXT,
        str.endswith,
        "'teapot' | endswith('pot')",
        True,
        (Parameter("part", TEXT, "What to look for."),),
    ),
    Filter(
        "urlencode",
        "The text as one part of an address, such as what is between two slashes.",
        TEXT,
        urlencode,
        "'tea & milk' | urlencode",
        "tea%20%26%20milk",
        effort=20,
    ),
    Filter(
        "markdown",
        "The text in Markdown, shown as HTML; it can only be all of the text of an element.",
        TEXT,
        markdown,
        "'**Hot** tea' | markdown",
        Html("<p><strong>Hot</strong> tea</p>"),
        gives_html=True,
        effort=0,
        looks_inside=True,
    ),
    Filter("string", "Any value as it stands in a text.", ANY, string, "7.0 | string", "7", looks_inside=True),
    Filter(
        "default",
        "The value, or another one where it is null.",
        ANY,
        default,
        "null | default('nobody')",
        "nobody",
        (
            Parameter("other", ANY, "The other value."),
            Parameter("empty", ANY, "Whether to give it in the place of empty texts, zero and false too.", False),
        ),
    ),
)
