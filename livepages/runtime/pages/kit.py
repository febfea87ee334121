"""What all live pages of a site share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import Any, Final

from livepages.runtime.state.tracking import Tracker
from livepages.runtime.wire.operations import Css
from livepages.schema.expressions.expressions import as_text
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position, Source
from livepages.schema.readers.element_reader import ElementReader
from livepages.schema.site.element import Spec
from livepages.schema.site.limits import DEFAULT_LIMITS, Limits
from livepages.schema.site.region import Region
from livepages.schema.site.site import Component
from livepages.schema.site.vocabulary import Vocabulary
from livepages.schema.values.clock import Wall
from livepages.schema.yaml.scalars import ScalarValue
from livepages.schema.yaml.tree import Mapping as MappingNode
from livepages.schema.yaml.tree import Node, Scalar, Sequence
from livepages.styles.stylesheet import Stylesheet

IN_PYTHON: Final = Position(Source(Path("handler"), "handler", ""), 1, 1)
"""The position of nodes that come from no file."""
MAX_DEPTH: Final = 100
"""How deep the elements of one call may be nested."""


class ElementError(ValueError):
    """An element that a handler made, or asked for, is not right. Its text says what to do."""


@dataclass(frozen=True, slots=True)
class Kit:
    """The components, the names that elements can use, the style sheet that grows with their classes, and limits.

    `tracker` knows who reads which state; `stale` are the live pages with something on them that state has changed;
    `wall` tells the time. `element` makes what handlers see of an element of a live page, by its number, and `document`
    opens the document of a name that a live page shows; `document_listener` is called with a live page that says
    something else of its documents, or shows others. `fault_listeners` are called with a live page on which other
    expressions than before have no value.
    """

    components: Mapping[str, Component]
    vocabulary: Vocabulary
    styles: Stylesheet
    limits: Limits = DEFAULT_LIMITS
    tracker: Tracker = field(default_factory=Tracker)
    stale: dict[Any, None] = field(default_factory=dict)
    wall: Wall = time
    fault_listeners: list[Callable[[Any], None]] = field(default_factory=list)
    element: Callable[[Any, int], Any] | None = None
    document: Callable[[Any, str], Any] | None = None
    document_listener: Callable[[Any], None] | None = None

    def css(self, *, whole: bool) -> Css:
        """The style sheet as it is now, or only what grows of it."""
        return Css(self.styles.version, self.styles.css if whole else self.styles.growing, whole)

    def read(self, value: object) -> tuple[Spec, ...]:
        """Elements as a handler writes them: a dict, a text, or a list of these.

        Texts stay as they are: `${` means nothing in them. Raises ElementError with all that is wrong.
        """
        diagnostics = Diagnostics()
        region = Region("this element", expressions=False)
        specs = ElementReader(self.vocabulary, region, diagnostics).read_item(as_node(value))
        if diagnostics.has_errors:
            findings = [f"{found.message} {found.hint or ''}".rstrip() for found in diagnostics]
            raise ElementError(" ".join(findings))
        return specs


def as_node(value: object, depth: int = 0) -> Node:
    """A plain Python value as the YAML reader would have read it. Raises ElementError if it can't be."""
    if depth > MAX_DEPTH:
        raise ElementError(f"Elements are nested more than {MAX_DEPTH} deep.")
    if isinstance(value, dict):
        entries = [(Scalar(str(key), str(key), IN_PYTHON), as_node(item, depth + 1)) for key, item in value.items()]
        return MappingNode(entries, IN_PYTHON)
    if isinstance(value, list | tuple):
        return Sequence([as_node(item, depth + 1) for item in value], IN_PYTHON)
    return Scalar(_scalar(value), as_text(value), IN_PYTHON)


def _scalar(value: object) -> ScalarValue:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise ElementError(f"A {type(value).__name__} can't stand in an element: write text, numbers, lists and dicts.")
