"""Reads components in use: their props, and the elements for their slots."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.readers.event_reader import EventReader
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.element import ComponentSpec, Spec
from livepages.schema.site.element_type import COMMON
from livepages.schema.site.events import EventSpec
from livepages.schema.site.vocabulary import DEFAULT_SLOT, Declaration
from livepages.schema.yaml.tree import Entries, Mapping, Node, Scalar, Sequence


class ComponentReader:
    """Reads the uses of components in one region. `read_body` reads what goes into a slot."""

    def __init__(
        self,
        values: ValueReader,
        events: EventReader,
        read_body: Callable[[Node], tuple[Spec, ...]],
        diagnostics: Diagnostics,
    ) -> None:
        self.values = values
        self.events = events
        self.read_body = read_body
        self.diagnostics = diagnostics

    def read(self, declaration: Declaration, key: Scalar, content: Node, rest: Entries) -> ComponentSpec:
        """A component in use; `content` is what stands under its name, `rest` the keys beside it."""
        use = _Use(self, declaration, key)
        use.read_content(content)
        identifier, show = None, True
        events: dict[str, EventSpec] = {}
        for name, value in rest:
            if name.text == "id":
                identifier = self.values.read_id(value, f"{key.text}.id")
            elif name.text == "show":
                given = self.values.read(COMMON["show"], value, f"{key.text}.show")
                show = True if given is None else given
            elif name.text == "on":
                events = self._events(declaration, key, name, value)
            elif not name.broken:
                use.misplaced(name)
        use.complete()
        props, slots = MappingProxyType(use.props), MappingProxyType(use.slots)
        return ComponentSpec(key.text, props, slots, identifier, show, key.position, MappingProxyType(events))

    def _events(self, declaration: Declaration, key: Scalar, name: Scalar, node: Node) -> dict[str, EventSpec]:
        if declaration.events or not declaration.complete:
            return self.events.read_own(key.text, declaration.events, node)
        message = f'The component "{key.text}" has no events.'
        hint = "An element in its body can raise one by the action `emit`, such as `on: {click: {emit: picked}}`."
        self.diagnostics.error("unknown-event", message, name.position, hint=hint)
        return {}


class _Use:
    """One use of a component. `settled` are the props that were given, or that something wrong was meant for."""

    def __init__(self, reader: ComponentReader, declaration: Declaration, key: Scalar) -> None:
        self.values = reader.values
        self.read_body = reader.read_body
        self.diagnostics = reader.diagnostics
        self.declaration = declaration
        self.key = key
        self.props: dict[str, Any] = {}
        self.slots: dict[str, tuple[Spec, ...]] = {}
        self.settled: set[str] = set()

    def read_content(self, content: Node) -> None:
        """Read what stands under the component's name: a mapping of props and slots, or only one of these."""
        if isinstance(content, Mapping):
            for name, value in content.entries:
                if not name.broken:
                    self._entry(name, value)
        elif isinstance(content, Scalar) and content.value is None:
            self.settled.update(self.declaration.props if content.broken else ())
        elif self._is_only_prop(content):
            self._prop(next(iter(self.declaration.props)), content)
        elif isinstance(content, Sequence):
            self._slot(DEFAULT_SLOT, self.key, content)
        elif self.declaration.complete:
            names = ", ".join(self.declaration.props)
            hint = f"Such as `{self.key.text}: {{{next(iter(self.declaration.props))}: ...}}`." if names else None
            what = "is a mapping of its props" if names else "can't be a text, as it has no props"
            message = f'The content of the component "{self.key.text}" {what}.'
            self.diagnostics.error("expected-mapping", message, content.position, hint=hint)
            self.settled.update(self.declaration.props)

    def _is_only_prop(self, content: Node) -> bool:
        """Whether a content that is no mapping is the value of the only prop."""
        props = self.declaration.props
        if len(props) != 1:
            return False
        return isinstance(content, Scalar) or DEFAULT_SLOT not in self.declaration.slots

    def _entry(self, name: Scalar, value: Node) -> None:
        if name.text in self.declaration.props:
            self._prop(name.text, value)
        else:
            self._slot(name.text, name, value)

    def _prop(self, name: str, node: Node) -> None:
        is_null = isinstance(node, Scalar) and node.value is None and not node.broken
        if not is_null:
            self.settled.add(name)
        value = self.values.read(self.declaration.props[name].property, node, f"{self.key.text}.{name}")
        if value is not None:
            self.props[name] = value

    def _slot(self, slot: str, name: Scalar, content: Node) -> None:
        if slot in self.declaration.slots:
            self.slots[slot] = self.read_body(content)
            return
        if slot == DEFAULT_SLOT:
            self.read_body(content)
        if not self.declaration.complete:
            return
        known = [*self.declaration.props, *self.declaration.slots]
        near = did_you_mean(slot, known)
        if near:
            self.settled.add(near)
        if slot == DEFAULT_SLOT:
            hint = "Put `- slot:` into its body, where the elements of its users should go."
        else:
            hint = f'Did you mean "{near}"?' if near else f"It has {', '.join(sorted(known)) or 'no props'}."
        what = "no slot for elements" if slot == DEFAULT_SLOT else f'no prop or slot "{slot}"'
        message = f'The component "{self.key.text}" has {what}.'
        self.diagnostics.error("unknown-prop", message, name.position, hint=hint)

    def misplaced(self, name: Scalar) -> None:
        """Report a key beside the component."""
        if name.text in self.declaration.props or name.text in self.declaration.slots:
            hint = f'The props of a component are its content: write "{name.text}" below "{self.key.text}", indented.'
            self.settled.add(name.text)
        else:
            hint = (
                "Beside a component stand `id`, `show`, `on`, `each`, `key` and `empty`; make a prop of it, or put an "
                "element around it."
            )
        message = f'The component "{self.key.text}" takes no "{name.text}" here.'
        self.diagnostics.error("unknown-property", message, name.position, hint=hint)

    def complete(self) -> None:
        """Fill in the defaults, and report required props that are missing."""
        for name, param in self.declaration.props.items():
            if name in self.props:
                continue
            if not param.required:
                self.props[name] = param.default
            elif name not in self.settled:
                message = f'The component "{self.key.text}" needs the prop "{name}", {param.describe()}.'
                hint = f"Write it below the name: `{self.key.text}: {{{name}: ...}}`."
                self.diagnostics.error("missing-prop", message, self.key.position, hint=hint)
