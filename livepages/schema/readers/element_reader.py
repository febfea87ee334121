"""Reads bodies: from nodes of YAML (or of a handler's dicts) to checked elements."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from types import MappingProxyType

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import did_you_mean, suggestion
from livepages.schema.readers.built_in_reader import BuiltInReader
from livepages.schema.readers.component_reader import ComponentReader
from livepages.schema.readers.event_reader import EventReader
from livepages.schema.readers.loop_reader import LOOP_KEYS, LoopReader
from livepages.schema.readers.match_reader import MatchReader
from livepages.schema.readers.place_reader import PlaceReader
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.action_keys import ON_ELEMENT
from livepages.schema.site.element import EachSpec, ElementSpec, Spec
from livepages.schema.site.element_type import COMMON
from livepages.schema.site.region import Region
from livepages.schema.site.vocabulary import Vocabulary
from livepages.schema.yaml.tree import Entries, Mapping, Node, Scalar

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
BESIDE = frozenset((*COMMON, *LOOP_KEYS, "on", "bind", "cases", "else"))
"""Keys that stand beside an element's type, so that none of them is meant for one."""


class ElementReader:
    """Reads the bodies of one region; mistakes go into `diagnostics`, and what is wrong is left out."""

    def __init__(self, vocabulary: Vocabulary, region: Region, diagnostics: Diagnostics) -> None:
        self.vocabulary = vocabulary
        self.region = region
        self.diagnostics = diagnostics
        self.values = ValueReader(region, diagnostics)
        happening = ValueReader(region.where_something_happens(), diagnostics)
        events = EventReader(vocabulary, happening, ON_ELEMENT, diagnostics)
        self.built_in = BuiltInReader(vocabulary, self.values, events, self.read_body, diagnostics)
        self.components = ComponentReader(self.values, events, self.read_body, diagnostics)
        self.places = PlaceReader(vocabulary, region, self.read_body, diagnostics)
        self.matches = MatchReader(self.values, self._read_within, diagnostics)
        self.loops = LoopReader(self.values, diagnostics)

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
        rest = [entry for entry in node.entries if entry is not found]
        if self._misses_each(found[0], rest):
            inner = ElementReader(self.vocabulary, self.region.within({}, complete=False), self.diagnostics)
            return inner._read_typed(*found, rest)
        loop = {key.text: (key, value) for key, value in rest if key.text in LOOP_KEYS}
        if not loop or found[0].text in ("slot", "shared"):
            return self._read_typed(*found, rest)
        rest = [(key, value) for key, value in rest if key.text not in LOOP_KEYS]
        if "each" in loop:
            return self._read_loop(found, rest, {name: value for name, (_, value) in loop.items()})
        for key, _ in loop.values():
            self.loops.misplaced(key)
        return self._read_typed(*found, rest)

    def _misses_each(self, key: Scalar, rest: Entries) -> bool:
        """Whether a key was probably meant for `each`, so that any name may be one that it would have given."""
        kind = self.vocabulary.types.get(key.text)
        known = kind.properties if kind is not None else ()
        other = (name.text for name, _ in rest if name.text not in BESIDE and name.text not in known)
        return any(did_you_mean(name, LOOP_KEYS) == "each" for name in other)

    def _read_typed(self, key: Scalar, content: Node, rest: Entries) -> Spec | None:
        """An element whose type `key` names; `rest` are the keys beside it."""
        if key.text in self.vocabulary.types:
            return self.built_in.read(self.vocabulary.types[key.text], key, content, rest)
        if key.text == "slot":
            return self.places.read_slot(key, content, rest)
        if key.text == "shared":
            return self.places.read_mount(key, content, rest)
        if key.text == "match":
            if not self.region.expressions:
                self._only_in_files("match", key)
                return None
            return self.matches.read(key, content, rest)
        return self.components.read(self.vocabulary.components[key.text], key, content, rest)

    def _read_loop(self, found: tuple[Scalar, Node], rest: Entries, loop: AnyMapping[str, Node]) -> Spec | None:
        """An element that repeats. Where its `each` is wrong, any name may be one that it would have given."""
        if not self.region.expressions:
            self._only_in_files("each", found[0])
            return None
        head = self.loops.read(loop["each"])
        region = head.region if head is not None else self.region.within({}, complete=False)
        inner = ElementReader(self.vocabulary, region, self.diagnostics)
        body = inner._read_typed(*found, rest)
        key = inner.values.expression(loop["key"], "key") if "key" in loop else None
        choice = self.region.choice()
        empty = self._read_within(loop["empty"], choice) if "empty" in loop else ()
        self.region.join([choice])
        if head is None or body is None:
            return None
        return EachSpec(head.source, head.names, key, (body,), empty, found[0].position)

    def _only_in_files(self, name: str, key: Scalar) -> None:
        """Report what an element that a handler makes can't have, as it reads no state."""
        message = f"Elements that handlers make can't have `{name}`: it stands in the site's file."
        hint = "Let the handler make those elements that show now."
        self.diagnostics.error("unbindable", message, key.position, hint=hint)

    def _read_within(self, node: Node, region: Region) -> tuple[Spec, ...]:
        """A body with a region of its own."""
        return ElementReader(self.vocabulary, region, self.diagnostics).read_body(node)

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
        named = [key for key, _ in node.entries if key.text not in BESIDE]
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
