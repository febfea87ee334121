"""Finds what contains itself: components in components, shared elements in shared elements, and both in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from livepages.schema.findings.source import Position
from livepages.schema.site.element import ComponentSpec, MountSpec, Spec, walk
from livepages.schema.site.site import Site


class Owner(NamedTuple):
    """What has a body that others can hold."""

    kind: str
    name: str


class Loop(NamedTuple):
    """Owners, each of which holds the next, and the place at which the last one holds the first."""

    owners: tuple[Owner, ...]
    position: Position | None


Uses = Mapping[Owner, tuple[tuple[Owner, Position | None], ...]]


def uses_of(site: Site) -> Uses:
    """What the bodies of components and shared elements hold of each other, with the places."""
    bodies = {
        **{Owner("component", name): component.body for name, component in site.components.items()},
        **{Owner("shared element", name): shared.body for name, shared in site.shared.items()},
    }
    return {
        owner: tuple((used, spec.position) for spec in walk(body) if (used := _used(spec)) in bodies and used)
        for owner, body in bodies.items()
    }


def _used(spec: Spec) -> Owner | None:
    if isinstance(spec, ComponentSpec):
        return Owner("component", spec.name)
    return Owner("shared element", spec.name) if isinstance(spec, MountSpec) else None


def loops(uses: Uses) -> Iterator[Loop]:
    """The loops, in the order of the file: at least one for each set of owners that hold each other.

    Goes down depth first, without recursion: a use of what is being gone through closes a loop.
    """
    done: set[Owner] = set()
    for start in uses:
        chain = {start: iter(uses[start])} if start not in done else {}
        while chain:
            owner, rest = next(reversed(chain.items()))
            used, position = next(rest, (None, None))
            if used is None:
                done.add(owner)
                del chain[owner]
            elif used in chain:
                owners = list(chain)
                yield Loop(tuple(owners[owners.index(used) :]), position)
            elif used not in done:
                chain[used] = iter(uses[used])
