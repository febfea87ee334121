"""Where elements are compiled, and how that looks from within what is copied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from livepages.runtime.blueprints.node import ROOT
from livepages.schema.site.element import Spec, nothing
from livepages.schema.site.element_type import ElementType

OwnerOf = Callable[[int], int]
"""From an owner of ids to the owner that it stands in."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where specs are compiled: below which node, among whose ids, and with which props and slots of a component.

    `around` are the tags of the HTML elements there, from the outside in, and `holder` is the type of the innermost.
    `repeats` says that what is put here stands in rows, though its owner is outside of them.
    """

    parent: int = ROOT
    owner: int = ROOT
    values: Mapping[str, Any] | None = None
    slots: Mapping[str, tuple[Spec, ...]] = field(default_factory=nothing)
    outer: Place | None = None
    around: tuple[str, ...] = ()
    holder: ElementType | None = None
    repeats: bool = False

    def within(self, number: int, kind: ElementType) -> Place:
        """The place within the element of this number and type."""
        around = (*self.around, kind.tag)
        return Place(number, self.owner, self.values, self.slots, self.outer, around, kind, self.repeats)


def outside(place: Place, owner_of: OwnerOf, *, repeats: bool = False) -> Place:
    """A place and those around it as a mold in it sees them, with owners outside of the mold."""
    return _seen(place, place.owner, 1, owner_of, repeats=repeats)


def _seen(place: Place, owner: int, distance: int, owner_of: OwnerOf, *, repeats: bool) -> Place:
    """What a mold sees of a place whose owner is so many steps away, or more if it is not that of the place."""
    while owner != place.owner:
        owner, distance = owner_of(owner), distance + 1
    outer = None if place.outer is None else _seen(place.outer, owner, distance, owner_of, repeats=repeats)
    return replace(place, owner=-distance, outer=outer, repeats=place.repeats or repeats)


def owners(owner: int, count: int, owner_of: OwnerOf) -> list[int]:
    """An owner, the owner of that one, and so on."""
    found: list[int] = []
    for _ in range(count):
        found.append(owner)
        owner = owner_of(owner)
    return found
