"""Reads bodies: from nodes of YAML (or of a handler's dicts) to checked elements."""

from __future__ import annotations

from types import MappingProxyType

from livepages.schema.built_in_reader import BuiltInReader
from livepages.schema.component_reader import ComponentReader, Entries
from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element import ElementSpec, Spec
from livepages.schema.element_type import COMMON
from livepages.schema.place_reader import PlaceReader
from livepages.schema.region import Region
from livepages.schema.suggest import suggestion
from livepages.schema.value_reader import ValueReader
from livepages.schema.vocabulary import Vocabulary
from livepages.schema.yaml_tree import Mapping, Node, Scalar

OTHER_NAMES = MappingProxyType(
    {
        "text": "p",
        "paragraph": "p",
        "heading": "h1",
        "title": "h1",
        "link": "a",
        "list": "ul",
        "item": "li",
        "box": "div",
        "row": "div",
        "column": "div",
        "container": "div",
        "checkbox": "input",
        "radio": "input",
        "dropdown": "select",
    }
)
"""What elements are called elsewhere."""


class ElementReader:
    """Reads the bodies of one region; mistakes go into `diagnostics`, and what is wrong is left out."""

    def __init__(self, vocabulary: Vocabulary, region: Region, diagnostics: Diagnostics) -> None:
        self.vocabulary = vocabulary
        self.diagnostics = diagnostics
        self.values = ValueReader(region, diagnostics)
        self.built_in = BuiltInReader(vocabulary, self.values, self.read_body, diagnostics)
        self.components = ComponentReader(self.values, self.read_body, diagnostics)
        self.places = PlaceReader(vocabulary, region, self.read_body, diagnostics)

    def read_body(self, node: Node) -> tuple[Spec, ...]:
        """The elements of a body: a list of them, one text, or nothing."""
        if isinstance(node, Scalar):
            return () if node.value is None else self._text(node)
        if isinstance(node, Mapping):
            self.diagnostics.error(
                "expected-list",
                "A body is a list of elements, not a mapping.",
                node.position,
                hint='Begin each element with a dash, such as "- h1: Hello".',
            )
            return ()
        return tuple(spec for item in node.items for spec in self.read_item(item))

    def read_item(self, node: Node) -> tuple[Spec, ...]:
        """One entry of a list of elements: an element, a text, or a list that stands for its own entries."""
        if not isinstance(node, Mapping):
            return self.read_body(node)
        spec = self.read_element(node)
        return (spec,) if spec is not None else ()

    def _text(self, node: Scalar) -> tuple[Spec, ...]:
        """A text among elements: a span of its own; an empty one is nothing."""
        kind = self.vocabulary.types["span"]
        value = self.values.read(kind.properties["text"], node, "text")
        return (ElementSpec(kind, MappingProxyType({"text": value}), position=node.position),) if value else ()

    def read_element(self, node: Mapping) -> Spec | None:
        """An element, of whatever kind."""
        found = self._type_key(node)
        if found is None:
            return None
        key, content = found
        rest: Entries = [entry for entry in node.entries if entry is not found]
        if key.text in self.vocabulary.types:
            return self.built_in.read(self.vocabulary.types[key.text], key, content, rest)
        if key.text == "slot":
            return self.places.read_slot(key, content, rest)
        if key.text == "shared":
            return self.places.read_mount(content, rest)
        return self.components.read(self.vocabulary.components[key.text], key, content, rest)

    def _type_key(self, node: Mapping) -> tuple[Scalar, Node] | None:
        """The entry that says what the element is: the first, or else the only one that can be."""
        if not node.entries:
            hint = 'An element begins with its type, such as "div: Hello".'
            self.diagnostics.error("unknown-element", "There is no element in these braces.", node.position, hint=hint)
            return None
        first = node.entries[0]
        if first[0].text in self.vocabulary:
            return first
        types = [entry for entry in node.entries if entry[0].text in self.vocabulary]
        if len(types) == 1:
            return types[0]
        named = [key for key, _ in node.entries if key.text not in COMMON and key.text != "on"]
        if types:
            names = " and ".join(f'"{key.text}"' for key, _ in types[:2])
            message = f"This could be more than one element: it has the keys {names}."
            hint = "Write the element's type first; every element begins with a dash of its own."
            self.diagnostics.error("unknown-element", message, types[1][0].position, hint=hint)
        elif named:
            self._unknown_type(named[0])
        else:
            message = "The type of this element is missing."
            hint = 'An element begins with its type, such as "div: Hello".'
            self.diagnostics.error("unknown-element", message, first[0].position, hint=hint)
        return None

    def _unknown_type(self, key: Scalar) -> None:
        if key.broken or not self.vocabulary.complete:
            return
        other = OTHER_NAMES.get(key.text.lower())
        if other:
            hint = f'Did you mean "{other}"?' + (f" It takes `type: {key.text.lower()}`." if other == "input" else "")
        else:
            hint = suggestion(key.text, self.vocabulary) or "`livepages components` lists the types of elements."
        self.diagnostics.error("unknown-element", f'There is no element type "{key.text}".', key.position, hint=hint)
