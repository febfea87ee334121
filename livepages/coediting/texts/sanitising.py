"""HTML that comes from elsewhere, without all that no text needs."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

import nh3

from livepages.coediting.texts.html_formats import BLOCKS, INLINES, READ_STYLES

EMPTY: Final = frozenset(("br", "img", "input"))
"""Elements that nothing can be in."""
TAGS: Final = frozenset((*BLOCKS, *INLINES, *EMPTY))
ATTRIBUTES: Final = MappingProxyType(
    {
        "*": frozenset("style class dir align color face data-list data-checked data-language".split()),
        "a": frozenset(("href",)),
        "img": frozenset("src alt width height".split()),
        "input": frozenset(("type", "checked")),
    }
)
SCHEMES: Final = frozenset("http https mailto tel data".split())
"""What addresses begin with; `data:` is for images, and what reads this knows of which kinds."""
DEEPEST: Final = 1_000
"""How deep elements may be nested for nh3, whose time grows with the square of that (73 s for 100,000)."""
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.I)


def sanitised(html: str) -> str:
    """HTML with only the elements, attributes, styles and addresses that can mean something for a text.

    Deeply nested HTML stays as it is: what reads it lets nothing else through either, and needs no time for depth.
    """
    if _depth(html) > DEEPEST:
        return html
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={name: set(names) for name, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        filter_style_properties=set(READ_STYLES),
        link_rel=None,
    )


def _depth(html: str) -> int:
    """How deep elements can be nested at the most; those that end without an end tag are counted as open."""
    depth = deepest = 0
    for end, name in TAG.findall(html):
        if name.lower() not in EMPTY:
            depth = max(0, depth - 1) if end else depth + 1
            deepest = max(deepest, depth)
    return deepest
