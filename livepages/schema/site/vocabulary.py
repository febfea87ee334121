"""What the names in a body can mean: the element types, and what the site itself defines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from livepages.schema.code.handlers import Handlers
from livepages.schema.site.element_type import ElementType
from livepages.schema.site.params import Param

SPECIAL = ("slot", "shared", "match")
"""The elements that are no types."""
DEFAULT_SLOT = "body"
"""The slot that elements go into when no other is named."""


@dataclass(frozen=True)
class Declaration:
    """A component as its users see it: its props, and the names of its slots and of the events that it emits.

    `state` is what each of its uses keeps, which only its body sees. `complete` is False where a part of its
    definition could not be read.
    """

    props: Mapping[str, Param]
    slots: frozenset[str]
    complete: bool = True
    events: frozenset[str] = frozenset()
    state: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Vocabulary:
    """All names that a body may use.

    `handlers` is None where they could not be loaded: then they go unchecked. `complete` is False where components or
    shared elements could not be read, so that a name may well exist.
    """

    types: Mapping[str, ElementType]
    components: Mapping[str, Declaration] = field(default_factory=lambda: MappingProxyType({}))
    shared: frozenset[str] = frozenset()
    handlers: Handlers | None = None
    complete: bool = True

    def __contains__(self, name: str) -> bool:
        """Whether an element can begin with this key."""
        return name in self.types or name in self.components or name in SPECIAL

    def __iter__(self) -> Iterator[str]:
        yield from self.types
        yield from self.components
        yield from SPECIAL
