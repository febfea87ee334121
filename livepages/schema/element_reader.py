"""Reads bodies: from nodes of YAML (or of a handler's dicts) to checked elements."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from livepages.schema.component_reader import ComponentReader
from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element import ElementSpec, MountSpec, SlotSpec, Spec
from livepages.schema.element_type import ElementType
from livepages.schema.event_reader import EventReader
from livepages.schema.region import Region
from livepages.schema.suggest import did_you_mean, suggestion
from livepages.schema.value_reader import ValueReader
from livepages.schema.vocabulary import DEFAULT_SLOT, Vocabulary
from livepages.schema.yaml_tree import Mapping, Node, Scalar, Sequence


class ElementReader:
    """Reads the bodies of one region; mistakes go into `diagnostics`, and what is wrong is left out."""

    def __init__(self, vocabulary: Vocabulary, region: Region, diagnostics: Diagnostics) -> None:
        self.vocabulary = vocabulary
        self.region = region
        self.diagnostics = diagnostics
        self.values = ValueReader(region, diagnostics)
        self.events = EventReader(vocabulary.handlers, self.values, diagnostics)
        self.components = ComponentReader(self.values, self.read_body, diagnostics)

    def read_body(self, node: Node) -> tuple[Spec, ...]:
        """The elements of a body: a list of them, one text, or nothing."""
        if isinstance(node, Scalar):
            return () if node.value is None else (self.read_text(node),)
        if isinstance(node, Mapping):
            self.diagnostics.error(
                "expected-list",
                "A body is a list of elements.",
                node.position,
                hint='Begin each element with a dash: "- div: ...".',
            )
            return ()
        specs: list[Spec] = []
        for item in node.items:
            specs.extend(self.read_item(item))
        return tuple(specs)

    def read_item(self, node: Node) -> tuple[Spec, ...]:
        """One entry of a list of elements: an element, a text, or a list that stands for its own entries."""
        if not isinstance(node, Mapping):
            return self.read_body(node)
        spec = self.read_element(node)
        return (spec,) if spec is not None else ()

    def read_text(self, node: Scalar) -> Spec:
        """A text among elements: a span of its own."""
        kind = self.vocabulary.types["span"]
        props = {"text": value} if (value := self.values.read(kind.properties["text"], node, "text")) else {}
        return ElementSpec(kind, MappingProxyType(props), position=node.position)

    def read_element(self, node: Mapping) -> Spec | None:
        """An element, of whatever kind."""
        found = self._type_key(node)
        if found is None:
            return None
        key, content = found
        rest = [(name, value) for name, value in node.entries if name is not key]
        if key.text in self.vocabulary.types:
            return self._built_in(self.vocabulary.types[key.text], key, content, rest)
        if key.text == "slot":
            return self._slot(key, content, rest)
        if key.text == "shared":
            return self._mount(key, content, rest)
        return self.components.read(self.vocabulary.components[key.text], key, content, rest)

    def _type_key(self, node: Mapping) -> tuple[Scalar, Node] | None:
        """The entry that says what the element is: the first, or else the only one that can be."""
        if not node.entries:
            self.diagnostics.error("unknown-element", "An element without anything in it.", node.position)
            return None
        types = [entry for entry in node.entries if entry[0].text in self.vocabulary]
        if node.entries[0] in types:
            return node.entries[0]
        if len(types) == 1:
            return types[0]
        self._unknown_type(node.entries[0][0])
        return None

    def _unknown_type(self, key: Scalar) -> None:
        if not key.broken:
            self.diagnostics.error(
                "unknown-element",
                f'There is no element type "{key.text}".',
                key.position,
                hint=suggestion(key.text, self.vocabulary)
                or "An element begins with its type: `livepages components` lists them.",
            )

    def _built_in(
        self, kind: ElementType, key: Scalar, content: Node, rest: list[tuple[Scalar, Node]]
    ) -> ElementSpec | None:
        props, children = self._content(kind, key, content)
        events = {}
        identifier = None
        for name, value in rest:
            if name.text == "on":
                events = self.events.read(kind, value)
            elif name.text == "id":
                identifier = self.values.read_id(value)
            elif name.text in kind.properties:
                checked = self.values.read(kind.properties[name.text], value, f"{kind.name}.{name.text}")
                if checked is not None:
                    props[name.text] = checked
            else:
                self._unknown_property(kind, name)
        for wrong, sentence in kind.check_together(props):
            where = next((value for name, value in rest if name.text == wrong), content)
            self.diagnostics.error("wrong-value", f"{kind.name}.{wrong}: {sentence}.", where.position)
        return ElementSpec(
            kind, MappingProxyType(props), children, MappingProxyType(events), identifier, key.position
        )

    def _content(self, kind: ElementType, key: Scalar, content: Node) -> tuple[dict[str, Any], tuple[Spec, ...]]:
        """The properties and the children that an element's content gives."""
        if isinstance(content, Scalar) and content.value is None:
            return {}, ()
        if kind.children and isinstance(content, Sequence):
            return {}, self.read_body(content)
        if kind.content is None:
            self.diagnostics.error(
                "unexpected-content", f'"{kind.name}" takes no content.', content.position, hint=f'Write "{kind.name}:".'
            )
            return {}, ()
        if kind.children and isinstance(content, Mapping):
            self.diagnostics.error(
                "expected-list",
                f'The content of "{kind.name}" is a text or a list of elements, not a mapping.',
                content.position,
                hint=self._mapping_hint(kind, content),
            )
            return {}, ()
        checked = self.values.read(kind.properties[kind.content], content, kind.name)
        return ({kind.content: checked} if checked is not None else {}), ()

    def _mapping_hint(self, kind: ElementType, content: Mapping) -> str:
        first = content.entries[0][0].text if content.entries else ""
        if first in kind.properties or first == "on":
            return f'"{first}" is a property: write it in line with "{kind.name}", not below it.'
        return 'Begin each child with a dash: "- span: ...".'

    def _slot(self, key: Scalar, content: Node, rest: list[tuple[Scalar, Node]]) -> Spec | None:
        if not self.region.slots:
            self.diagnostics.error("misplaced-slot", "A slot stands in the body of a component only.", key.position)
            return None
        name = DEFAULT_SLOT
        children: tuple[Spec, ...] = ()
        if isinstance(content, Sequence):
            children = self.read_body(content)
        elif isinstance(content, Scalar) and content.value is not None:
            name = content.text
        for prop, value in rest:
            if prop.text == "body":
                children = self.read_body(value)
            else:
                self.diagnostics.error("unknown-property", f'A slot has no "{prop.text}".', prop.position)
        return SlotSpec(name, children, key.position)

    def _mount(self, key: Scalar, content: Node, rest: list[tuple[Scalar, Node]]) -> Spec | None:
        name = content.text if isinstance(content, Scalar) else ""
        for prop, _ in rest:
            self.diagnostics.error(
                "unknown-property",
                f'A shared element has no "{prop.text}" where it is mounted.',
                prop.position,
                hint="Put it around the shared element, or on the elements under `shared:`.",
            )
        if name not in self.vocabulary.shared:
            self.diagnostics.error(
                "unknown-shared",
                f'There is no shared element "{name}".',
                content.position,
                hint=suggestion(name, self.vocabulary.shared) or "Shared elements are defined under `shared:`.",
            )
            return None
        return MountSpec(name, content.position)

    def _unknown_property(self, kind: ElementType, name: Scalar) -> None:
        word = name.text
        if word in ("class", "className"):
            hint = 'Did you mean "classes"?'
        elif word in kind.events or word.removeprefix("on") in kind.events:
            hint = f'"{word.removeprefix("on")}" is an event: write it under `on`.'
        else:
            near = did_you_mean(word, [*kind.properties, "on"])
            hint = f'Did you mean "{near}"?' if near else f"`livepages components {kind.name}` lists its properties."
        self.diagnostics.error("unknown-property", f'"{kind.name}" has no property "{word}".', name.position, hint=hint)
