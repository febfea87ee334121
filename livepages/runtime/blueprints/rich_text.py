"""Where the markup that an expression makes can show: as all of the text of an element that holds paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from livepages.schema.expressions.tree import lost_html
from livepages.schema.site.bindings import Binding
from livepages.schema.site.element_type import ElementType

BLOCKS: Final = ("p", "h1", "a")
"""What such markup begins with, one of each kind that HTML moves out of some elements."""


def misplaced_markup(kind: ElementType, name: str, bound: Binding, around: Sequence[str]) -> str | None:
    """Why the markup that a bound property gives can't show there, as a sentence without its full stop.

    `around` are the tags of the elements that the element stands in. None where it can, or gives none.
    """
    tree = bound.node()
    if lost_html(tree) is None and not tree.gives_html:
        return None
    if name != "text" or lost_html(tree) is not None or not (kind.shows_text_as_it_is and kind.children):
        return 'what "markdown" makes can only be all of the text of an element, such as a "div"'
    within = (*around, kind.tag)
    if any(kind.misplaced(within, tag) for tag in BLOCKS):
        return 'what "markdown" makes can\'t stand in a paragraph, a heading, a link or a part of a table: use "div"'
    return None
