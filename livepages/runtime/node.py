"""A numbered element of a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from livepages.schema.bindings import Binding
from livepages.schema.element import nothing
from livepages.schema.element_type import ElementType
from livepages.schema.events import EventSpec
from livepages.schema.source import Position

ROOT = 0
"""The number of a tree's root."""


class Kind(Enum):
    """What a node is in the browser: an element, several elements without one around them, or another stream's root."""

    ELEMENT = "element"
    FRAGMENT = "fragment"
    MOUNT = "mount"


class Span(NamedTuple):
    """Where a node's HTML is in its blueprint's: the whole of it, and what is between its tags."""

    start: int
    inner_start: int
    inner_end: int
    end: int


@dataclass(slots=True, eq=False)
class Node:
    """An element of a blueprint, or one that a handler made; what changes is in the tree's overlay, not here.

    `owner` is the component in use (a fragment) whose ids the node's id is among, 0 for the page's own. `name` is the
    component's or the shared element's. `bindings` are properties bound to expressions over the page's parameters.
    """

    number: int
    parent: int
    owner: int
    kind: Kind = Kind.ELEMENT
    type: ElementType | None = None
    name: str = ""
    props: Mapping[str, Any] = field(default_factory=nothing)
    bindings: Mapping[str, Binding] = field(default_factory=nothing)
    events: Mapping[str, EventSpec] = field(default_factory=nothing)
    children: tuple[int, ...] = ()
    id: str | None = None
    position: Position | None = None
    span: Span | None = None

    @property
    def dom_id(self) -> str | None:
        """The HTML id: the id itself on a page, made unique within a component."""
        return self.id if self.id is None or not self.owner else f"{self.id}-{abs(self.owner)}"

    def describe(self) -> str:
        """The node as a message names it."""
        what = self.type.name if self.type else self.name
        return f'{what} "{self.id}"' if self.id else what
