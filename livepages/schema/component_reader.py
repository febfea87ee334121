"""Reads components in use: their props, and the elements for their slots."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element import ComponentSpec, Spec
from livepages.schema.element_type import COMMON
from livepages.schema.suggest import did_you_mean
from livepages.schema.value_reader import ValueReader
from livepages.schema.vocabulary import DEFAULT_SLOT, Declaration
from livepages.schema.yaml_tree import Mapping, Node, Scalar, Sequence

Entries = list[tuple[Scalar, Node]]


class ComponentReader:
    """Reads the uses of components in one region. `read_body` reads what goes into a slot."""

    def __init__(
        self, values: ValueReader, read_body: Callable[[Node], tuple[Spec, ...]], diagnostics: Diagnostics
    ) -> None:
        self.values = values
        self.read_body = read_body
        self.diagnostics = diagnostics

    def read(self, declaration: Declaration, key: Scalar, content: Node, rest: Entries) -> ComponentSpec:
        """A component in use; `content` is what stands under its name, `rest` the keys beside it."""
        props, slots = self._content(declaration, key, content)
        identifier, show = None, True
        for name, value in rest:
            if name.text == "id":
                identifier = self.values.read_id(value)
            elif name.text == "show":
                show = self.values.read_literal(COMMON["show"], value, f"{key.text}.show") is not False
            else:
                self._misplaced(declaration, key, name)
        self._complete(declaration, key, props, content)
        return ComponentSpec(key.text, MappingProxyType(props), MappingProxyType(slots), identifier, show, key.position)

    def _content(
        self, declaration: Declaration, key: Scalar, content: Node
    ) -> tuple[dict[str, Any], dict[str, tuple[Spec, ...]]]:
        if isinstance(content, Sequence):
            return {}, self._slot(declaration, key, DEFAULT_SLOT, key, content)
        if isinstance(content, Scalar):
            return self._only_prop(declaration, key, content), {}
        props: dict[str, Any] = {}
        slots: dict[str, tuple[Spec, ...]] = {}
        for name, value in content.entries:
            if name.text in declaration.props:
                props.update(self._prop(declaration, key, name.text, value))
            else:
                slots.update(self._slot(declaration, key, name.text, name, value))
        return props, slots

    def _only_prop(self, declaration: Declaration, key: Scalar, content: Scalar) -> dict[str, Any]:
        """A single value as the content: that of the only prop."""
        if content.value is None:
            return {}
        if len(declaration.props) == 1:
            return self._prop(declaration, key, next(iter(declaration.props)), content)
        names = ", ".join(declaration.props) or "none"
        self.diagnostics.error(
            "expected-mapping",
            f'The content of the component "{key.text}" is a mapping of its props.',
            content.position,
            hint=f"Its props: {names}.",
        )
        return {}

    def _prop(self, declaration: Declaration, key: Scalar, name: str, node: Node) -> dict[str, Any]:
        value = self.values.read(declaration.props[name].property, node, f"{key.text}.{name}")
        return {} if value is None else {name: value}

    def _slot(
        self, declaration: Declaration, key: Scalar, slot: str, name: Scalar, content: Node
    ) -> dict[str, tuple[Spec, ...]]:
        if slot in declaration.slots:
            return {slot: self.read_body(content)}
        near = did_you_mean(slot, [*declaration.props, *declaration.slots])
        if slot == DEFAULT_SLOT:
            hint = "Put `- slot:` into its body, where its user's elements should go."
        else:
            hint = f'Did you mean "{near}"?' if near else self._known(declaration)
        what = "no slot" if slot == DEFAULT_SLOT else f'no prop or slot "{slot}"'
        self.diagnostics.error("unknown-prop", f'The component "{key.text}" has {what}.', name.position, hint=hint)
        return {}

    def _known(self, declaration: Declaration) -> str:
        return f"It has {', '.join([*declaration.props, *sorted(declaration.slots)]) or 'no props'}."

    def _misplaced(self, declaration: Declaration, key: Scalar, name: Scalar) -> None:
        if name.text in declaration.props or name.text in declaration.slots:
            hint = f'Props are the component\'s content: write "{name.text}" below "{key.text}".'
        else:
            hint = "Only `id` and `show` stand beside a component; make a prop of it, or wrap the component."
        self.diagnostics.error(
            "unknown-property", f'The component "{key.text}" takes no "{name.text}" here.', name.position, hint=hint
        )

    def _complete(self, declaration: Declaration, key: Scalar, props: dict[str, Any], content: Node) -> None:
        """Fill in the defaults, and report required props that are missing."""
        given = {name.text for name, _ in content.entries} if isinstance(content, Mapping) else set(props)
        for name, param in declaration.props.items():
            if name in props:
                continue
            if not param.required:
                props[name] = param.default
            elif name not in given:
                self.diagnostics.error(
                    "missing-prop", f'The component "{key.text}" needs the prop "{name}".', key.position
                )
