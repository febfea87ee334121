"""Numbers elements: components become the elements they stand for, with their props put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from livepages.runtime.node import ROOT, Kind, Node
from livepages.schema.bindings import Binding, substitute
from livepages.schema.element import NOTHING, ComponentSpec, ElementSpec, MountSpec, SlotSpec, Spec, nothing
from livepages.schema.events import EventSpec
from livepages.schema.site import Component
from livepages.schema.source import Position


@dataclass(frozen=True, slots=True)
class Place:
    """Where specs are compiled: below which node, among whose ids, and with which props and slots of a component.

    `around` are the tags of the HTML elements there, from the outside in.
    """

    parent: int = ROOT
    owner: int = ROOT
    values: Mapping[str, Any] | None = None
    slots: Mapping[str, tuple[Spec, ...]] = field(default_factory=nothing)
    outer: Place | None = None
    around: tuple[str, ...] = ()


class Compiler:
    """Turns specs into nodes. `nodes` and `ids` (by owner and id) hold what it has made so far.

    `mistakes` are values that turned out wrong once a component's props were put in (such a property is left out), and
    elements where HTML does not allow them.
    """

    def __init__(self, components: Mapping[str, Component], numbers: Iterator[int]) -> None:
        self.components = components
        self.numbers = numbers
        self.nodes: dict[int, Node] = {}
        self.ids: dict[tuple[int, str], int] = {}
        self.mistakes: list[tuple[str, Position | None]] = []

    def compile(self, specs: tuple[Spec, ...], place: Place) -> tuple[int, ...]:
        """The numbers of the nodes that `specs` become, directly below `place`."""
        numbers: list[int] = []
        for spec in specs:
            if isinstance(spec, ElementSpec):
                numbers.append(self._element(spec, place))
            elif isinstance(spec, ComponentSpec):
                numbers.append(self._component(spec, place))
            elif isinstance(spec, MountSpec):
                numbers.append(self._mount(spec, place))
            else:
                numbers.extend(self._slot(spec, place))
        return tuple(numbers)

    def _add(self, node: Node) -> int:
        self.nodes[node.number] = node
        if node.id is not None:
            self.ids[node.owner, node.id] = node.number
        return node.number

    def _mount(self, spec: MountSpec, place: Place) -> int:
        parent = self.nodes.get(place.parent)
        if parent is not None and parent.type is not None and parent.type.misplaced(place.around, "div"):
            self.mistakes.append((f'"{parent.type.name}" can\'t hold a shared element', spec.position))
        node = Node(next(self.numbers), place.parent, place.owner, Kind.MOUNT, name=spec.name, position=spec.position)
        return self._add(node)

    def _element(self, spec: ElementSpec, place: Place) -> int:
        number = next(self.numbers)
        tag = spec.type.tag
        if sentence := spec.type.misplaced(place.around, tag):
            self.mistakes.append((sentence, spec.position))
        props, bindings = self._props(spec, place)
        node = Node(
            number,
            place.parent,
            place.owner,
            type=spec.type,
            props=props,
            bindings=bindings,
            events=self._events(spec, props, place),
            id=spec.id,
            position=spec.position,
        )
        self._add(node)
        if spec.children:
            node.children = self.compile(spec.children, replace(place, parent=number, around=(*place.around, tag)))
        return number

    def _props(self, spec: ElementSpec, place: Place) -> tuple[Mapping[str, Any], Mapping[str, Binding]]:
        """The properties that are known now, and those that wait for the page's parameters."""
        if not any(isinstance(value, Binding) for value in spec.props.values()):
            return spec.props, NOTHING
        props, bindings = {}, {}
        for name, value in spec.props.items():
            put = substitute(value, place.values) if isinstance(value, Binding) and place.values is not None else value
            if isinstance(put, Binding):
                bindings[name] = put
            elif put is value:
                props[name] = value
            elif put is not None:
                self._check(spec, name, put, props)
        return MappingProxyType(props), MappingProxyType(bindings)

    def _check(self, spec: ElementSpec, name: str, value: object, props: dict[str, Any]) -> None:
        try:
            props[name] = spec.type.properties[name].check(value)
        except ValueError as error:
            self.mistakes.append((f"{spec.type.name}.{name}: {error}", spec.position))

    def _events(self, spec: ElementSpec, props: Mapping[str, Any], place: Place) -> Mapping[str, EventSpec]:
        """The declared events with their arguments put in, and those that the type listens to by itself."""
        implied = spec.type.implied_events(props)
        if not implied and not any(event.arguments for event in spec.events.values()):
            return spec.events
        events = {event.key: event for event in implied}
        for key, event in spec.events.items():
            event = _timed(event, implied)
            arguments = {
                name: substitute(value, place.values)
                if isinstance(value, Binding) and place.values is not None
                else value
                for name, value in event.arguments.items()
            }
            events[key] = replace(event, arguments=MappingProxyType(arguments))
        return MappingProxyType(events)

    def _component(self, spec: ComponentSpec, place: Place) -> int:
        number = next(self.numbers)
        node = Node(
            number,
            place.parent,
            place.owner,
            Kind.FRAGMENT,
            name=spec.name,
            props=NOTHING if spec.show else MappingProxyType({"show": False}),
            id=spec.id,
            position=spec.position,
        )
        self._add(node)
        values = {
            name: substitute(value, place.values) if isinstance(value, Binding) and place.values is not None else value
            for name, value in spec.props.items()
        }
        inside = Place(number, number, values, spec.slots, place, place.around)
        node.children = self.compile(self.components[spec.name].body, inside)
        return number

    def _slot(self, spec: SlotSpec, place: Place) -> tuple[int, ...]:
        """What the component's user gave for the slot, compiled where the user stands; else the slot's own content."""
        given = place.slots.get(spec.name)
        if given is None or place.outer is None:
            return self.compile(spec.children, place)
        return self.compile(given, replace(place.outer, parent=place.parent, around=place.around))


def _timed(event: EventSpec, implied: tuple[EventSpec, ...]) -> EventSpec:
    """A field's own event, which waits as the field does where the event itself says nothing."""
    own = next((each for each in implied if each.type == event.type), None)
    if own is None or event.debounce is not None or event.throttle is not None:
        return event
    return replace(event, debounce=own.debounce, throttle=own.throttle)
