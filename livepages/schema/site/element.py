"""Elements as the file or a handler wrote them, checked: what blueprints are compiled from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Any

from livepages.schema.expressions.expressions import Expression, Template
from livepages.schema.findings.source import Position
from livepages.schema.site.actions import Action, Reading, Target, readings_of
from livepages.schema.site.bindings import Binding
from livepages.schema.site.element_type import ElementType
from livepages.schema.site.events import EventSpec

NOTHING: Mapping[str, Any] = MappingProxyType({})


def nothing() -> Mapping[str, Any]:
    """The empty mapping, as a default."""
    return NOTHING


@dataclass(frozen=True, slots=True)
class ElementSpec:
    """An element of a built-in type.

    `props` are checked values; a value that is a `Template` is bound to an expression and is checked when it has been
    evaluated. `events` are by their key (`keydown.enter`). `bind` is the state that its user's input goes to.
    """

    type: ElementType
    props: Mapping[str, Any] = field(default_factory=nothing)
    children: tuple[Spec, ...] = ()
    events: Mapping[str, EventSpec] = field(default_factory=nothing)
    id: str | None = None
    position: Position | None = None
    bind: Target | None = None


@dataclass(frozen=True, slots=True)
class ComponentSpec:
    """A component of the site in use: its props, and the elements for its slots by the slots' names.

    `events` are by the names that the component emits.
    """

    name: str
    props: Mapping[str, Any] = field(default_factory=nothing)
    slots: Mapping[str, tuple[Spec, ...]] = field(default_factory=nothing)
    id: str | None = None
    show: bool | Template = True
    position: Position | None = None
    events: Mapping[str, EventSpec] = field(default_factory=nothing)


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


@dataclass(frozen=True, slots=True)
class EachSpec:
    """An element or component that stands once for each entry of a list, a mapping or a range.

    `names` are those of the entry: of the item, or of the key (or index) and the item. `key` tells entries apart when
    their order changes; without one the place does. `body` is the one element, `empty` stands there without entries.
    """

    source: Expression
    names: tuple[str, ...]
    key: Expression | None
    body: tuple[Spec, ...]
    empty: tuple[Spec, ...] = ()
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class MatchSpec:
    """One of several bodies: that of the first case whose value is the subject's, or else `otherwise`."""

    subject: Expression
    cases: tuple[tuple[Any, tuple[Spec, ...]], ...] = ()
    otherwise: tuple[Spec, ...] = ()
    position: Position | None = None


Spec = ElementSpec | ComponentSpec | SlotSpec | MountSpec | EachSpec | MatchSpec
"""Anything that can stand in a body."""


def children_of(spec: Spec) -> tuple[Spec, ...]:
    """The specs directly below `spec`, those in the slots of a component and in all branches included."""
    if isinstance(spec, ElementSpec | SlotSpec):
        return spec.children
    if isinstance(spec, ComponentSpec):
        return tuple(chain.from_iterable(spec.slots.values()))
    return tuple(chain.from_iterable(branches_of(spec)))


def branches_of(spec: Spec) -> tuple[tuple[Spec, ...], ...]:
    """The bodies that an `each` or `match` decides between."""
    return (*copies_of(spec), *choices_of(spec))


def copies_of(spec: Spec) -> tuple[tuple[Spec, ...], ...]:
    """The body of which an `each` shows any number of copies, each with ids of its own."""
    return (spec.body,) if isinstance(spec, EachSpec) else ()


def choices_of(spec: Spec) -> tuple[tuple[Spec, ...], ...]:
    """The bodies of which one shows at a time, if any: those of a `match`, and what an `each` shows when empty."""
    if isinstance(spec, EachSpec):
        return (spec.empty,)
    if isinstance(spec, MatchSpec):
        return (*(body for _, body in spec.cases), spec.otherwise)
    return ()


def walk(specs: tuple[Spec, ...]) -> Iterator[Spec]:
    """`specs` and all below them, in the order of the file."""
    stack = list(reversed(specs))
    while stack:
        spec = stack.pop()
        yield spec
        stack.extend(reversed(children_of(spec)))


def walk_once(specs: tuple[Spec, ...]) -> Iterator[Spec]:
    """`specs` and all below them that there is at most one of: what an `each` repeats is left out."""
    for spec in specs:
        yield spec
        below = choices_of(spec) if copies_of(spec) else (tuple(children_of(spec)),)
        for body in below:
            yield from walk_once(body)


def templates_of(spec: Spec) -> Iterator[tuple[str, Reading]]:
    """The expressions that `spec` itself holds, each with what it is bound to: a property, `each`, `on.click`."""
    match spec:
        case ElementSpec():
            yield from _bound(spec.props)
            yield from (("bind", step) for step in (spec.bind.expressions if spec.bind is not None else ()))
            yield from _in_events(spec.events)
        case ComponentSpec():
            yield from _bound({**spec.props, "show": spec.show})
            yield from _in_events(spec.events)
        case EachSpec():
            yield "each", spec.source
            if spec.key is not None:
                yield "key", spec.key
        case MatchSpec():
            yield "match", spec.subject


def actions_of(spec: Spec) -> Iterator[Action]:
    """What happens when the events of `spec` come, calls of handlers alone left out."""
    if isinstance(spec, ElementSpec | ComponentSpec):
        for event in spec.events.values():
            yield from event.actions


def _bound(props: Mapping[str, Any]) -> Iterator[tuple[str, Reading]]:
    return ((name, value) for name, value in props.items() if isinstance(value, Binding))


def _in_events(events: Mapping[str, EventSpec]) -> Iterator[tuple[str, Reading]]:
    for event in events.values():
        yield from ((f"on.{event.key}", value) for value in event.arguments.values() if isinstance(value, Binding))
        for action in event.actions:
            yield from ((f"on.{event.key}", reading) for reading in readings_of(action))
