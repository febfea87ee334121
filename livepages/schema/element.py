"""Elements as the file or a handler wrote them, checked: what blueprints are compiled from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from livepages.schema.bindings import Binding
from livepages.schema.element_type import ElementType
from livepages.schema.events import EventSpec
from livepages.schema.source import Position

NOTHING: Mapping[str, Any] = MappingProxyType({})


def nothing() -> Mapping[str, Any]:
    """The empty mapping, as a default."""
    return NOTHING


@dataclass(frozen=True, slots=True)
class ElementSpec:
    """An element of a built-in type.

    `props` are checked values; a value that is a `Template` is bound to an expression and is checked when it has been
    evaluated. `events` are by their key (`keydown.enter`).
    """

    type: ElementType
    props: Mapping[str, Any] = field(default_factory=nothing)
    children: tuple[Spec, ...] = ()
    events: Mapping[str, EventSpec] = field(default_factory=nothing)
    id: str | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class ComponentSpec:
    """A component of the site in use: its props, and the elements for its slots by the slots' names."""

    name: str
    props: Mapping[str, Any] = field(default_factory=nothing)
    slots: Mapping[str, tuple[Spec, ...]] = field(default_factory=nothing)
    id: str | None = None
    show: bool = True
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class SlotSpec:
    """The place in a component's body where its user's elements go; `children` stand there when there are none."""

    name: str
    children: tuple[Spec, ...] = ()
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class MountSpec:
    """The place on a page where a shared element shows."""

    name: str
    position: Position | None = None


Spec = ElementSpec | ComponentSpec | SlotSpec | MountSpec
"""Anything that can stand in a body."""


def children_of(spec: Spec) -> Iterator[Spec]:
    """The specs directly below `spec`, those in the slots of a component included."""
    if isinstance(spec, ComponentSpec):
        for children in spec.slots.values():
            yield from children
    elif not isinstance(spec, MountSpec):
        yield from spec.children


def walk(specs: tuple[Spec, ...]) -> Iterator[Spec]:
    """`specs` and all below them, in the order of the file."""
    stack = list(reversed(specs))
    while stack:
        spec = stack.pop()
        yield spec
        stack.extend(reversed(list(children_of(spec))))


def templates_of(spec: Spec) -> Iterator[tuple[str, Binding]]:
    """The expressions that `spec` itself holds, each with the property (or `with` name) that it is bound to."""
    if isinstance(spec, ElementSpec | ComponentSpec):
        for name, value in spec.props.items():
            if isinstance(value, Binding):
                yield name, value
    if isinstance(spec, ElementSpec):
        for event in spec.events.values():
            for name, value in event.arguments.items():
                if isinstance(value, Binding):
                    yield name, value
