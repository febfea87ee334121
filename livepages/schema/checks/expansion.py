"""What bodies come to when every component in them is put in: how large they are, and what shows in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import NamedTuple

from livepages.schema.site.element import ComponentSpec, MountSpec, Spec, branches_of, children_of
from livepages.schema.site.site import Component, Shared

MAX_ELEMENTS = 100_000
"""How many elements a page may have in the file, components counted as what they stand for."""
MAX_DEPTH = 100
"""How deep they may be nested; browsers give up at 512."""


class Measure(NamedTuple):
    """How many elements there are, and how deep they are nested at most."""

    size: int = 0
    depth: int = 0


NOTHING = Measure()


class Expansion:
    """Answers for the components and shared elements of one site, none of which contains itself."""

    def __init__(self, components: Mapping[str, Component], shared: Mapping[str, Shared]) -> None:
        self._components = components
        self._shared = shared
        self._measures: dict[str, Measure] = {}
        self._mounted: dict[str, tuple[str, ...]] = {}

    def measure(self, body: tuple[Spec, ...], above: int = 0) -> Measure:
        """The measure of a body that stands `above` levels deep; what is deeper than the limit is not looked at.

        What is put into a slot counts as standing in the deepest place of its component.
        """
        size = depth = 0
        for spec in body if above <= MAX_DEPTH else ():
            own = self._component(spec.name, above + 1) if isinstance(spec, ComponentSpec) else NOTHING
            below = children_of(spec)
            inner = self.measure(below, above + own.depth + 1) if below else NOTHING
            size += 1 + inner.size + own.size
            depth = max(depth, 1 + inner.depth + own.depth)
        return Measure(size, depth)

    def _component(self, name: str, above: int) -> Measure:
        if name not in self._measures:
            component = self._components.get(name)
            self._measures[name] = self.measure(component.body, above) if component else NOTHING
        return self._measures[name]

    def mounted(self, spec: MountSpec | ComponentSpec) -> tuple[str, ...]:
        """The shared elements that show where this spec stands, those in them too; not those in its slots.

        One that shows more than once is there twice.
        """
        if isinstance(spec, MountSpec):
            return (spec.name, *self._in(f"shared {spec.name}", self._shared[spec.name].body))
        component = self._components.get(spec.name)
        return self._in(spec.name, component.body) if component else ()

    def _in(self, key: str, body: tuple[Spec, ...]) -> tuple[str, ...]:
        if key not in self._mounted:
            counts = self._count(body)
            self._mounted[key] = tuple(name for name, count in counts.items() for _ in range(min(count, 2)))
        return self._mounted[key]

    def _count(self, body: tuple[Spec, ...]) -> Counter[str]:
        """How often each shared element shows at most in a body; of several branches one shows."""
        counts: Counter[str] = Counter()
        for spec in body:
            if isinstance(spec, MountSpec | ComponentSpec):
                counts.update(self.mounted(spec))
            bodies = branches_of(spec) or (tuple(children_of(spec)),)
            counts += reduce(or_, map(self._count, bodies))
        return counts
