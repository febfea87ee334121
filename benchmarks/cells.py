"""The lists of which one cell changes, and what changes it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

SITE = """\
title: Items
state: {items: []}
components:
  cell:
    props: {count: int, most: int}
    body: [{span: "${count} of ${most}"}]
body:
  - h1: ${items | length} items
  - ul:
      - li: [CELLS]
        each: item in items
        KEY
"""
KEYED = "key: item.id"
SHOWN = '{b: "${item.name}"}, {span: "${item.count} of ${item.most}"}'
NUMBERED = SHOWN.replace("${item.name}", "${loop.index}. ${item.name}")
IN_COMPONENT = '{cell: {count: "${item.count}", most: "${item.most}"}}'
FIELD = '{input: null, type: number, bind: item.count}, {span: "${item.count} of ${item.most}"}'


@dataclass(frozen=True)
class Way:
    """A site with a list, and an event that changes one cell of it; without one, Python writes state."""

    site: str
    event: str = ""


def way(cells: str, *, key: str = KEYED, sets: str = "", event: str = "") -> Way:
    """A list with these cells, and a button in each row that sets something where `sets` says so."""
    button = f', {{button: +, on: {{click: {{set: {{"{sets}": "${{item.count + 1}}"}}}}}}}}' if sets else ""
    return Way(SITE.replace("CELLS", cells + button).replace("KEY", key), event or ("click" if sets else ""))


WAYS = MappingProxyType(
    {
        "handler": way(SHOWN),
        "handler, no key": way(SHOWN, key=""),
        "handler, component": way(IN_COMPONENT),
        "handler, filter": Way(way(SHOWN).site.replace("item in items", "item in items | where('done', false)")),
        "set item.count": way(NUMBERED, sets="item.count"),
        "set items[i].count": way(NUMBERED, sets="items[loop.index0].count", key=""),
        "bind": way(FIELD, event="input"),
    }
)
"""By what a report calls them."""
