"""Where elements can't stand, because the HTML parser would move or drop them and the page lose its shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

PARTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "table": frozenset(("caption", "colgroup", "thead", "tbody", "tfoot")),
        "colgroup": frozenset(("col",)),
        "thead": frozenset(("tr",)),
        "tbody": frozenset(("tr",)),
        "tfoot": frozenset(("tr",)),
        "tr": frozenset(("th", "td")),
    }
)
"""The elements that hold certain others only, which stand nowhere else (HTML Standard, 13.2.6.4.9 to .15)."""

TABLE_PARTS = frozenset(part for parts in PARTS.values() for part in parts)

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

PARAGRAPH_ENDS = HEADINGS | frozenset(
    "address article aside blockquote dd details dialog div dl dt fieldset figcaption figure footer form header hgroup "
    "hr li main menu nav ol p pre search section summary table ul".split()
)
"""The elements whose start ends a paragraph (HTML Standard, 13.2.6.4.7)."""

CELLS = frozenset(("table", "td", "th", "caption"))
"""The elements within which the parser forgets what is open around them."""

NOT_IN_ITSELF: Mapping[str, frozenset[str]] = MappingProxyType(
    {"a": CELLS - {"table"}, "button": CELLS, "form": frozenset(), "option": frozenset(("datalist",))}
)
"""The elements that can't stand in one of their own kind, and what between the two makes it possible."""

ITEM_ENDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {"li": frozenset(("li",)), "dt": frozenset(("dt", "dd")), "dd": frozenset(("dt", "dd"))}
)
"""The open items that an item's start ends."""

SEE_THROUGH = frozenset(
    "a abbr address b bdi bdo cite code data del dfn div em i ins kbd label mark output p q s samp small span strong "
    "sub sup time u var".split()
)
"""The elements past which the parser looks for an open item to end."""


def misplaced(around: Sequence[str], tag: str) -> str | None:
    """Why an element can't stand where it is, as a sentence without its full stop; None where it can.

    `around` are the tags of the elements it stands in, from the outside in.
    """
    parent = around[-1] if around else ""
    if parent in PARTS and tag not in PARTS[parent]:
        return f'"{parent}" holds only {_listed(PARTS[parent])}, no "{tag}"'
    if tag in TABLE_PARTS and tag not in PARTS.get(parent, ()):
        return f'"{tag}" stands only in {_listed(frozenset(name for name in PARTS if tag in PARTS[name]))}'
    if tag in PARAGRAPH_ENDS and _is_open("p", around, CELLS | {"button"}):
        return f'a paragraph can\'t hold "{tag}": use "div" in place of "p"'
    if tag in HEADINGS and parent in HEADINGS:
        return f'"{tag}" can\'t stand in another heading'
    if tag in NOT_IN_ITSELF and _is_open(tag, around, NOT_IN_ITSELF[tag]):
        return f'"{tag}" can\'t stand in another "{tag}"'
    if tag in ITEM_ENDS and (item := next((name for name in reversed(around) if name not in SEE_THROUGH), "")):
        return f'"{tag}" in "{item}" needs a list of its own around it' if item in ITEM_ENDS[tag] else None
    return None


def _is_open(tag: str, around: Sequence[str], walls: frozenset[str]) -> bool:
    """Whether a `tag` is open around a place, with no wall between."""
    nearest = next((name for name in reversed(around) if name == tag or name in walls), None)
    return nearest == tag


def _listed(names: frozenset[str]) -> str:
    ordered = [f'"{name}"' for name in sorted(names)]
    return " and ".join([", ".join(ordered[:-1]), ordered[-1]] if ordered[1:] else ordered)
