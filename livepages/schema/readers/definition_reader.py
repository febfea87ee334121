"""Reads what a site defines under names: its components and its shared elements."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from types import MappingProxyType

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.declaration_reader import DeclarationReader
from livepages.schema.readers.key_reader import Keys
from livepages.schema.readers.loop_reader import LOOP_KEYS
from livepages.schema.readers.state_reader import StateReader
from livepages.schema.site.element_type import COMMON, ElementType
from livepages.schema.site.keys import COMPONENT_KEYS
from livepages.schema.site.params import Param
from livepages.schema.site.vocabulary import DEFAULT_SLOT, SPECIAL, Declaration
from livepages.schema.yaml.tree import Mapping, Node, Scalar, Sequence

TAKEN = frozenset((*COMMON, *LOOP_KEYS, *SPECIAL, "on", "bind", "cases", "else"))
"""Keys of elements, which can't be the names of components."""


class DefinitionReader:
    """Reads the names that a site defines; what stands under them is read later, when all names are known."""

    def __init__(self, types: AnyMapping[str, ElementType], diagnostics: Diagnostics) -> None:
        self.types = types
        self.diagnostics = diagnostics

    def components(self, node: Node | None) -> dict[str, tuple[Declaration, Keys]]:
        """The components by name: what their users see, and the keys of their definitions."""
        found = {}
        for name, (key, inner) in self._named(node, "components").items():
            if self._is_taken(key):
                continue
            what = f'The component "{name}"'
            hint = "Such as `{props: {text: str}, body: [{p: ${text}}]}`."
            keys = Keys(
                inner, COMPONENT_KEYS, what, self.diagnostics, hint=hint, types=self.types, position=key.position
            )
            broken = not keys.readable or any(keys.is_broken(key) for key in ("props", "state", "body"))
            if keys.lacks("body"):
                self.diagnostics.error("missing-key", f"{what} has no `body`.", key.position)
            props = DeclarationReader(self.diagnostics).read(keys.node("props"), f"{name}.props")
            state = self._state(keys, f"{name}.state", props)
            slots, events = frozenset(slot_names(keys.node("body"))), frozenset(event_names(keys.node("body")))
            complete = not broken and not keys.meant
            found[name] = (Declaration(props, slots, complete, events, state), keys)
        return found

    def _state(self, keys: Keys, what: str, props: AnyMapping[str, Param]) -> AnyMapping[str, Param]:
        """The state of each use of a component, no name of which is that of a prop."""
        return StateReader(self.diagnostics).read(keys.node("state"), what, dict.fromkeys(props, "a prop"))

    def shared(self, node: Node | None) -> dict[str, Node]:
        """The bodies of the shared elements by name."""
        return {name: inner for name, (_, inner) in self._named(node, "shared").items()}

    def _named(self, node: Node | None, what: str) -> dict[str, tuple[Scalar, Node]]:
        """The entries of a mapping of names that the site gives."""
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            message = f"{what}: expected a mapping of names to what they stand for."
            inner = "[{p: Hello}]" if what == "shared" else "{body: [{p: Hello}]}"
            hint = f"Such as `{what}: {{card: {inner}}}`."
            self.diagnostics.error("expected-mapping", message, node.position, hint=hint)
            return {}
        for key, _ in node.entries:
            if not key.broken and not key.text.replace("-", "_").isidentifier():
                message = f'{what}: "{key.text}" can\'t be a name.'
                hint = "A name has letters, digits, _ and -, and begins with a letter."
                self.diagnostics.error("bad-name", message, key.position, hint=hint)
        return {key.text: (key, value) for key, value in node.entries if not key.broken}

    def _is_taken(self, key: Scalar) -> bool:
        """Whether a component's name has a meaning already, which is reported."""
        what = "an element type" if key.text in self.types else "a key of elements" if key.text in TAKEN else None
        if what is not None:
            message = f'components: "{key.text}" is {what} already.'
            self.diagnostics.error("bad-name", message, key.position, hint="Choose another name.")
        return what is not None


def slot_names(node: Node | None) -> set[str]:
    """The names of the slots anywhere in a component's body."""
    names: set[str] = set()
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, Sequence):
            names.update(name for item in node.items if (name := _slot_name(item)) is not None)
            stack.extend(node.items)
        elif isinstance(node, Mapping):
            stack.extend(value for _, value in node.entries)
    return names


def _slot_name(item: Node) -> str | None:
    """The name of the slot that an element is, None for any other."""
    slot = item.get("slot") if isinstance(item, Mapping) else None
    if slot is None:
        return None
    return slot.text if isinstance(slot, Scalar) and slot.value is not None else DEFAULT_SLOT


def event_names(node: Node | None) -> set[str]:
    """The names of the events that the actions in a component's body emit."""
    names: set[str] = set()
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, Sequence):
            stack.extend(node.items)
        elif isinstance(node, Mapping):
            names.update(_emitted(node.get("emit")))
            stack.extend(value for _, value in node.entries)
    return names


def _emitted(node: Node | None) -> list[str]:
    """The names that stand under an `emit`."""
    if isinstance(node, Mapping):
        return [key.text for key, _ in node.entries]
    return [node.text] if isinstance(node, Scalar) and node.value is not None else []


def declarations_of(components: AnyMapping[str, tuple[Declaration, Keys]]) -> AnyMapping[str, Declaration]:
    """The components as a vocabulary holds them."""
    return MappingProxyType({name: declaration for name, (declaration, _) in components.items()})
