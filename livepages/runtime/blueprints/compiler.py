"""Numbers elements: components become the elements they stand for, with their props put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import Any, Final

from livepages.runtime.blueprints.bind import shown
from livepages.runtime.blueprints.compile_place import Place, outside, owners
from livepages.runtime.blueprints.node import Each, Kind, Match, Mold, Node, renumber
from livepages.runtime.blueprints.rich_text import misplaced_markup
from livepages.schema.expressions.expressions import Expression, ExpressionFailed, as_text
from livepages.schema.findings.source import Position
from livepages.schema.reference.action_props import OWN, event_with, reference, target_with
from livepages.schema.site.bindings import Binding, substitute
from livepages.schema.site.element import (
    NOTHING,
    ComponentSpec,
    EachSpec,
    ElementSpec,
    MatchSpec,
    MountSpec,
    SlotSpec,
    Spec,
)
from livepages.schema.site.events import EventSpec
from livepages.schema.site.names import EVENT
from livepages.schema.site.site import Component

LOOP: Final = "loop"
"""What a row calls where it stands among the others."""


class Compiler:
    """Turns specs into nodes. `nodes` and `ids` (by owner and id) hold what it has made so far.

    `mistakes` are values that turned out wrong once a component's props were put in (such a property is left out), and
    elements where HTML does not allow them. `mounted` are the nodes where shared elements show, and `chosen_ids` the
    ids of what stands there at times, both with those in branches. `serials` tell the names that components have for
    themselves apart.
    """

    def __init__(
        self, components: Mapping[str, Component], numbers: Iterator[int], serials: Iterator[int] | None = None
    ) -> None:
        self.components = components
        self.numbers = numbers
        self.serials = serials if serials is not None else count(1)
        self.nodes: dict[int, Node] = {}
        self.ids: dict[tuple[int, str], int] = {}
        self.mounted: list[Node] = []
        self.chosen_ids: set[tuple[int, str]] = set()
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
            elif isinstance(spec, EachSpec | MatchSpec):
                numbers.append(self._branches(spec, place))
            else:
                numbers.extend(self._slot(spec, place))
        return tuple(numbers)

    def renumber(self, numbers: Mapping[int, int]) -> None:
        """Give nodes other numbers, by those that they have."""
        renumber(self.nodes.values(), numbers)
        self.nodes = {node.number: node for node in self.nodes.values()}
        self.ids = {(node.owner, node.id): node.number for node in self.nodes.values() if node.id is not None}
        self.chosen_ids = {(numbers.get(owner, owner), identifier) for owner, identifier in self.chosen_ids}

    def _add(self, node: Node) -> int:
        self.nodes[node.number] = node
        if node.id is not None:
            self.ids[node.owner, node.id] = node.number
        return node.number

    def _mount(self, spec: MountSpec, place: Place) -> int:
        if place.holder is not None and place.holder.misplaced(place.around, "div"):
            self.mistakes.append((f'"{place.holder.name}" can\'t hold a shared element', spec.position))
        node = Node(next(self.numbers), place.parent, place.owner, Kind.MOUNT, name=spec.name, position=spec.position)
        self.mounted.append(node)
        return self._add(node)

    def _branches(self, spec: EachSpec | MatchSpec, place: Place) -> int:
        """The fragment in which the copies of an `each` or `match` stand."""
        branch = self._each(spec, place) if isinstance(spec, EachSpec) else self._match(spec, place)
        name = "each" if isinstance(branch, Each) else "match"
        number = next(self.numbers)
        return self._add(
            Node(number, place.parent, place.owner, Kind.FRAGMENT, name=name, position=spec.position, branch=branch)
        )

    def _each(self, spec: EachSpec, place: Place) -> Each:
        source = self._put(spec.source, place, "each", spec.position)
        inside, names = self._own_names((*spec.names, LOOP), place)
        key = self._put(spec.key, inside, "key", spec.position)
        row, empty = self._row(spec.body, inside), self._choice(spec.empty, place)
        return Each(source, names[:-1], names[-1], key, row, empty)

    def _match(self, spec: MatchSpec, place: Place) -> Match:
        subject = self._put(spec.subject, place, "match", spec.position)
        cases = tuple((value, self._choice(body, place)) for value, body in spec.cases)
        return Match(subject, cases, self._choice(spec.otherwise, place))

    def _own_names(self, names: tuple[str, ...], place: Place) -> tuple[Place, tuple[str, ...]]:
        """A place within which names mean something new, and what they are called there.

        Within a component they are called what nothing else is: an expression that its user gives for a prop may read
        the same names, and means its own.
        """
        if place.values is None or not names:
            return place, names
        serial = next(self.serials)
        called = {name: f"{name}{OWN}{serial}" for name in names}
        values = {**place.values, **{name: reference(own) for name, own in called.items()}}
        return replace(place, values=values), tuple(called.values())

    def _row(self, body: tuple[Spec, ...], place: Place) -> Mold:
        """What an `each` repeats: all ids in it belong to the row."""
        mold, compiler = self._mold(body, replace(outside(place, self._owner_of, repeats=True), owner=0, repeats=False))
        for node in compiler.mounted:
            message = f'the shared element "{node.name}" shows once on a page, and this stands within an `each`'
            self.mistakes.append((message, node.position))
        return mold

    def _choice(self, body: tuple[Spec, ...], place: Place) -> Mold:
        """What may stand in a place, and then once: its ids are those of what is around it."""
        mold, compiler = self._mold(body, outside(place, self._owner_of))
        self.mounted += compiler.mounted
        around = owners(place.owner, mold.reach, self._owner_of)
        ids = (*mold.ids, *compiler.chosen_ids)
        self.chosen_ids |= {(around[-owner - 1], name) for owner, name in ids if owner < 0}
        return mold

    def _mold(self, body: tuple[Spec, ...], place: Place) -> tuple[Mold, Compiler]:
        compiler = Compiler(self.components, count(1), self.serials)
        roots = compiler.compile(body, replace(place, parent=0)) if body else ()
        self.mistakes += compiler.mistakes
        nodes = tuple(compiler.nodes.values())
        live = tuple(node.number for node in nodes if node.is_live)
        mounts = tuple(node.number for node in nodes if node.kind is Kind.MOUNT)
        reach = max((-node.owner for node in nodes if node.owner < 0), default=0)
        return Mold(nodes, roots, live, MappingProxyType(compiler.ids), mounts, reach), compiler

    def _owner_of(self, number: int) -> int:
        """The owner of an owner; those that are outside of a mold are counted."""
        return self.nodes[number].owner if number in self.nodes else number - 1

    def _put(self, expression: Expression | None, place: Place, what: str, position: Position | None) -> object:
        """An expression with the props of the component around it put in."""
        if expression is None or place.values is None:
            return expression
        try:
            return expression.substitute(place.values)
        except ExpressionFailed as error:
            self.mistakes.append((f"{what}: {error}", position))
            return None

    def _element(self, spec: ElementSpec, place: Place) -> int:
        number = next(self.numbers)
        tag = spec.type.tag
        if sentence := spec.type.misplaced(place.around, tag):
            self.mistakes.append((sentence, spec.position))
        props, bindings = self._props(spec, place)
        bind = spec.bind if spec.bind is None or place.values is None else target_with(spec.bind, place.values)
        if bind is not None and (held := spec.type.held({**props, **bindings})) is not None:
            bindings = MappingProxyType({**bindings, held.property: shown(bind, held, {**props, **bindings})})
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
            bind=bind,
        )
        self._add(node)
        if spec.children:
            node.children = self.compile(spec.children, place.within(number, spec.type))
        return number

    def _props(self, spec: ElementSpec, place: Place) -> tuple[Mapping[str, Any], Mapping[str, Binding]]:
        """The properties that are known now, and those that wait for the page's parameters."""
        if not any(isinstance(value, Binding) for value in spec.props.values()):
            return spec.props, NOTHING
        props, bindings = {}, {}
        for name, value in spec.props.items():
            put = self._with_props(value, place, f"{spec.type.name}.{name}", spec.position)
            if isinstance(put, Binding):
                bindings[name] = put
                if sentence := misplaced_markup(spec.type, name, put, place.around):
                    self.mistakes.append((f"{spec.type.name}.{name}: {sentence}", spec.position))
            elif put is value:
                props[name] = value
            elif put is not None:
                self._check(spec, name, put, props)
        return MappingProxyType(props), MappingProxyType(bindings)

    def _with_props(self, value: Any, place: Place, what: str, position: Position | None) -> Any:
        """A value with the props of the component around it put in; None where it has none with them."""
        if not isinstance(value, Binding) or place.values is None:
            return value
        try:
            return substitute(value, place.values)
        except ExpressionFailed as error:
            self.mistakes.append((f"{what}: {error}", position))
            return None

    def _check(self, spec: ElementSpec, name: str, value: object, props: dict[str, Any]) -> None:
        try:
            props[name] = spec.type.properties[name].check(as_text(value) if name == "text" else value)
        except ValueError as error:
            self.mistakes.append((f"{spec.type.name}.{name}: {error}", spec.position))

    def _events(self, spec: ElementSpec, props: Mapping[str, Any], place: Place) -> Mapping[str, EventSpec]:
        """The declared events, and those that the type listens to by itself."""
        implied = spec.type.implied_events(props) if spec.bind is None else spec.type.bound_events(props)
        if not implied and not spec.events:
            return spec.events
        declared = {key: _timed(event, implied) for key, event in spec.events.items()}
        own = {event.key: event for event in implied}
        return self._put_into_events({**own, **declared}, place, spec.type.name, spec.position)

    def _put_into_events(
        self, events: Mapping[str, EventSpec], place: Place, what: str, position: Position | None
    ) -> Mapping[str, EventSpec]:
        """Events with the props of the component around them put into what they do; names of events are their own."""
        if place.values is None:
            return MappingProxyType({**events})
        values = {name: value for name, value in place.values.items() if name not in EVENT}
        try:
            return MappingProxyType({key: event_with(event, values) for key, event in events.items()})
        except ExpressionFailed as error:
            self.mistakes.append((f"{what}.on: {error}", position))
            return NOTHING

    def _component(self, spec: ComponentSpec, place: Place) -> int:
        number = next(self.numbers)
        component = self.components[spec.name]
        values = {
            name: self._with_props(value, place, f"{spec.name}.{name}", spec.position)
            for name, value in spec.props.items()
        }
        inside, names = self._own_names(
            tuple(component.state), Place(number, number, values, spec.slots, place, place.around, place.holder)
        )
        show = self._with_props(spec.show, place, f"{spec.name}.show", spec.position)
        node = Node(
            number,
            place.parent,
            place.owner,
            Kind.FRAGMENT,
            name=spec.name,
            props=NOTHING if isinstance(show, Binding) or show else MappingProxyType({"show": False}),
            bindings=MappingProxyType({"show": show}) if isinstance(show, Binding) else NOTHING,
            events=self._put_into_events(spec.events, place, spec.name, spec.position) if spec.events else NOTHING,
            id=spec.id,
            position=spec.position,
            state=MappingProxyType(dict(zip(names, component.state.values(), strict=True))),
        )
        self._add(node)
        node.children = self.compile(component.body, inside)
        return number

    def _slot(self, spec: SlotSpec, place: Place) -> tuple[int, ...]:
        """What the component's user gave for the slot, compiled where the user stands; else the slot's own content."""
        given = place.slots.get(spec.name)
        if given is None or place.outer is None:
            return self.compile(spec.children, place)
        user = replace(place.outer, parent=place.parent, around=place.around, holder=place.holder)
        return (self._copied(given, user, spec.position),) if user.repeats else self.compile(given, user)

    def _copied(self, given: tuple[Spec, ...], user: Place, position: Position | None) -> int:
        """A fragment for what a component's user gave and its rows repeat, which owns the ids in it."""
        number = next(self.numbers)
        node = Node(number, user.parent, user.owner, Kind.FRAGMENT, position=position)
        self._add(node)
        node.children = self.compile(given, replace(user, parent=number, owner=number, repeats=False))
        return number


def _timed(event: EventSpec, implied: tuple[EventSpec, ...]) -> EventSpec:
    """A field's own event, which waits as the field does where the event itself says nothing."""
    own = next((each for each in implied if each.type == event.type), None)
    if own is None or event.debounce is not None or event.throttle is not None:
        return event
    return replace(event, debounce=own.debounce, throttle=own.throttle)
