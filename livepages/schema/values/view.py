"""What an element looks like in the browser: the value that first paint and patches are both made from."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

FieldValue = str | int | float | bool | list[str] | None
"""What a field holds: text, a number, checked or not, the chosen options; None where it has no value."""


class Html(str):
    """Markup that is safe to send as it stands. Everything else is text and gets escaped."""

    __slots__ = ()


class View(NamedTuple):
    """One element as the browser should show it, without its children.

    `attributes` are the HTML attributes in order, an empty string for a boolean one that is on.
    `properties` are DOM properties that the user can change beside the attribute (`open`, `checked`, `muted`).
    `value` is what a field holds, None for every other element.
    `inner` is the content of an element without child elements of its own: text, or `Html` that stays opaque.
    """

    tag: str
    attributes: Mapping[str, str] = {}
    properties: Mapping[str, FieldValue] = {}
    value: FieldValue = None
    inner: str | None = None


VOID_TAGS = frozenset("area br col embed hr img input link meta source track wbr".split())
"""Elements without an end tag (HTML Standard, 13.1.2)."""


def text_html(text: str) -> Html:
    """`text` as HTML content."""
    return text if isinstance(text, Html) else Html(escape(text, quote=False))


def attributes_html(attributes: Mapping[str, str]) -> Html:
    """` name="value"` for each attribute, with a leading space; a name alone where the value is empty."""
    return Html("".join(f' {name}="{escape(value)}"' if value else f" {name}" for name, value in attributes.items()))
