"""Reads elements of the built-in types: their properties, their events, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from livepages.schema.expressions.mistakes import listed
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.readers.bind_reader import BindReader
from livepages.schema.readers.event_reader import EventReader
from livepages.schema.readers.loop_reader import LOOP_KEYS
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.element import ElementSpec, Spec
from livepages.schema.site.element_type import ElementType
from livepages.schema.site.vocabulary import Vocabulary
from livepages.schema.yaml.tree import Entries, Mapping, Node, Scalar, Sequence

FEW = 4
"""How many element types a hint names that have a property."""


class BuiltInReader:
    """Reads the elements of one region that are of a built-in type. `read_body` reads their children."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        values: ValueReader,
        events: EventReader,
        read_body: Callable[[Node], tuple[Spec, ...]],
        diagnostics: Diagnostics,
    ) -> None:
        self.types = vocabulary.types
        self.shared = vocabulary.shared
        self.values = values
        self.events = events
        self.binds = BindReader(values, diagnostics)
        self.read_body = read_body
        self.diagnostics = diagnostics

    def read(self, kind: ElementType, key: Scalar, content: Node, rest: Entries) -> ElementSpec:
        """An element; `content` is what stands under its type's name, `rest` the keys beside it."""
        props, children = self._content(kind, content)
        identifier = bind = on = None
        for name, value in rest:
            if name.text == "on":
                on = value
            elif name.text == "id":
                identifier = self.values.read_id(value, f"{kind.name}.id")
            elif name.text == "bind":
                bind = (name, value)
            elif name.text == kind.content and not _is_null(content):
                self._said_twice(kind, name)
            elif name.text in kind.properties:
                checked = self.values.read(kind.properties[name.text], value, f"{kind.name}.{name.text}")
                if checked is not None:
                    props[name.text] = checked
            elif not name.broken:
                self._unknown_property(kind, name, value)
        self._check_content(kind, props, key, content)
        self._check_together(kind, props, content, rest)
        target = self.binds.read(kind, props, *bind) if bind is not None else None
        if target is not None:
            props.update(self.binds.bounds(kind, props, target))
        identifier = identifier or self._id_of_document(kind, props, key)
        events = self.events.read(kind, props, on) if on is not None else {}
        fixed, happening = MappingProxyType(props), MappingProxyType(events)
        return ElementSpec(kind, fixed, children, happening, identifier, key.position, target)

    def _id_of_document(self, kind: ElementType, props: dict[str, Any], key: Scalar) -> str | None:
        """The id of an element that has none of its own and is the first here to show a document: its name."""
        use = kind.document(props)
        if use is None or use.only_looks or not isinstance(use.name, str):
            return None
        is_taken = self.values.region.is_shared and use.name in self.shared
        return None if is_taken else self.values.take_free_id(use.name, key.position)

    def _content(self, kind: ElementType, content: Node) -> tuple[dict[str, Any], tuple[Spec, ...]]:
        """The properties and the children that an element's content gives."""
        if _is_null(content):
            return {}, ()
        if kind.children and isinstance(content, Sequence):
            return {}, self.read_body(content)
        if kind.content is None or (kind.children and isinstance(content, Mapping)):
            self._wrong_content(kind, content)
            return {}, ()
        value = self.values.read(kind.properties[kind.content], content, kind.name)
        return ({kind.content: value} if value is not None else {}), ()

    def _wrong_content(self, kind: ElementType, content: Node) -> None:
        """Report a content that elements of this type can't have."""
        what, hint = "a text or a list of elements", 'Begin each child with a dash, such as "- p: Hello".'
        if kind.content is None and kind.children:
            what, hint = "a list of elements", 'Begin each child with a dash, such as "- li: Hello".'
        elif kind.content is None:
            what, hint = "nothing", f'Write "{kind.name}:" with nothing after it.'
        if isinstance(content, Mapping) and content.entries:
            first = content.entries[0][0].text
            if first in kind.properties or first == "on":
                hint = f'"{first}" is a property: indent it as much as "{kind.name}", not more.'
        given = "mapping" if isinstance(content, Mapping) else "list" if isinstance(content, Sequence) else "text"
        message = f'The content of "{kind.name}" is {what}, not a {given}.'
        self.diagnostics.error("wrong-content", message, content.position, hint=hint)

    def _check_content(self, kind: ElementType, props: dict[str, Any], key: Scalar, content: Node) -> None:
        """Report an element without a content that it can't do without."""
        needed = kind.properties[kind.content] if kind.content is not None else None
        if needed is not None and needed.required and kind.content not in props and _is_null(content):
            what = f"{needed.doc[:1].lower()}{needed.doc[1:].rstrip('.')}"
            hint = f'Such as "{kind.example.splitlines()[0]}".'
            self.diagnostics.error("wrong-content", f'"{kind.name}" needs {what}.', key.position, hint=hint)

    def _said_twice(self, kind: ElementType, name: Scalar) -> None:
        message = f'{kind.name}.{name.text}: this "{kind.name}" has a content already.'
        hint = f'The content stands after "{kind.name}:", and "{name.text}" is another way to write it.'
        self.diagnostics.error("wrong-value", message, name.position, hint=hint)

    def _check_together(self, kind: ElementType, props: dict[str, Any], content: Node, rest: Entries) -> None:
        for wrong, sentence in kind.check_together(props):
            beside = next((value for name, value in rest if name.text == wrong), content)
            where = beside if wrong != kind.content or _is_null(content) else content
            self.diagnostics.error("wrong-value", f"{kind.name}.{wrong}: {sentence}.", where.position)

    def _unknown_property(self, kind: ElementType, name: Scalar, value: Node) -> None:
        message = f'"{kind.name}" has no property "{name.text}".'
        hint = self._property_hint(kind, name.text, value)
        self.diagnostics.error("unknown-property", message, name.position, hint=hint)

    def _property_hint(self, kind: ElementType, word: str, value: Node) -> str:
        """What somebody probably meant by a word that is no property."""
        event = word.lower().removeprefix("on")
        if word in ("class", "className"):
            return 'Did you mean "classes"?'
        if event in kind.events:
            handler = value.text if isinstance(value, Scalar) and value.value is not None else "..."
            return f'"{event}" is an event: write `on: {{{event}: {handler}}}`.'
        if word.startswith(("data-", "aria-")):
            return f"Write it under `attrs`: `attrs: {{{word}: ...}}`."
        if word in ("children", "content", "body", "html"):
            return f'What is in an element stands after its type: "{kind.name}: ...".'
        if near := did_you_mean(word, [*kind.properties, "on", "bind", *LOOP_KEYS]):
            return f'Did you mean "{near}"?'
        if word in self.types and isinstance(value, Scalar | Sequence):
            return f'"{word}" is an element type; every element begins with a dash of its own.'
        having = [f'"{other.name}"' for other in self.types.values() if word in other.own]
        if 0 < len(having) <= FEW:
            return f"It is a property of {listed(having, 'and')}."
        return f"`livepages components {kind.name}` lists its properties."


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None
