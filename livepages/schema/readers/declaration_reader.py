"""Reads the declarations of typed values: a page's params and a component's props."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.readers.declaration_checks import check_declaration, settled
from livepages.schema.readers.key_reader import Keys
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.names import EVENT, RESERVED, meaning_of
from livepages.schema.site.params import MISSING, PARAM_KEYS, TYPES, Param, type_of
from livepages.schema.site.region import Region
from livepages.schema.yaml.tree import Mapping, Node, Scalar, plain

OTHER_NAMES = MappingProxyType(
    {
        "string": "str",
        "text": "str",
        "integer": "int",
        "number": "float",
        "double": "float",
        "boolean": "bool",
        "array": "list",
        "dict": "map",
        "object": "map",
        "mapping": "map",
    }
)
"""What types are called elsewhere."""
NOTHING_TAKEN: AnyMapping[str, str] = MappingProxyType({})


class DeclarationReader:
    """Reads declarations: `name: str`, `name: a default`, or `name: {type: int, default: 3, ge: 1}`.

    `types` are those that make sense here, and `reserved` are names that nothing can have: what is only read can have
    those of an event, which come first where there is one.
    """

    declared = "types"
    reserved = RESERVED - EVENT.keys() | {"body"}
    example = "{count: int, name: {type: str, max_length: 20}}"

    def __init__(self, diagnostics: Diagnostics, types: AnyMapping[str, Any] = TYPES) -> None:
        self.diagnostics = diagnostics
        self.types = types
        self.values = ValueReader(Region("a declaration", expressions=False), diagnostics)

    def read(
        self, node: Node | None, what: str, taken: AnyMapping[str, str] = NOTHING_TAKEN
    ) -> MappingProxyType[str, Param]:
        """All declarations of a mapping, by name. One that is wrong becomes one that takes anything.

        `taken` are names that something else has, with what that is.
        """
        if node is None:
            return MappingProxyType({})
        if not isinstance(node, Mapping):
            message = f"{what}: expected a mapping of names to {self.declared}."
            hint = f"Such as `{what.rpartition('.')[2]}: {self.example}`."
            self.diagnostics.error("expected-mapping", message, node.position, hint=hint)
            return MappingProxyType({})
        params = {}
        for key, value in node.entries:
            if key.broken:
                continue
            if not self._is_free(key, what, taken):
                continue
            param = self._read(key.text, value, f"{what}.{key.text}")
            params[key.text] = replace(param or Param(key.text, "any", None), position=key.position)
        return MappingProxyType(params)

    def _is_free(self, key: Scalar, what: str, taken: AnyMapping[str, str]) -> bool:
        """Whether a name can be declared; if not, that is reported."""
        if not key.text.isidentifier() or key.text.startswith("_"):
            message = f'{what}: "{key.text}" can\'t be a name.'
            hint = "Names have letters, digits and _, and begin with a letter."
        elif key.text in self.reserved:
            message, hint = f'{what}: "{key.text}" {meaning_of(key.text, "here")}.', "Choose another name."
            if key.text in EVENT:
                hint = f"In actions it is {EVENT[key.text].what}, so none could write such a state: {hint.lower()}"
        elif key.text in taken:
            message, hint = f'{what}: "{key.text}" is {taken[key.text]} already.', "Choose another name."
        else:
            return True
        self.diagnostics.error("bad-name", message, key.position, hint=hint)
        return False

    def _read(self, name: str, node: Node, what: str) -> Param | None:
        if isinstance(node, Mapping):
            return self._full(name, node, what)
        value = plain(node)
        if isinstance(value, str) and value in TYPES:
            return Param(name, value) if self._fits_here(value, node, what) else None
        if isinstance(value, str) and isinstance(node, Scalar) and node.plain:
            self._warn_of_type(value, node, what)
        kind = type_of(value)
        return Param(name, kind, value) if value is None or self._fits_here(kind, node, what) else None

    def _warn_of_type(self, value: str, node: Node, what: str) -> None:
        if near := _near_type(value):
            message = f'{what}: "{value}" is no type, so it is taken as the default text.'
            hint = f'Did you mean the type "{near}"? If not, put the text in quotes.'
            self.diagnostics.warning("likely-type", message, node.position, hint=hint)

    def _fits_here(self, kind: str, node: Node, what: str) -> bool:
        if kind in self.types:
            return True
        message = f'{what}: a value of the type "{kind}" can\'t come from an address.'
        hint = f"Parameters of a page have the types {', '.join(self.types)}."
        self.diagnostics.error("wrong-value", message, node.position, hint=hint)
        return False

    def _full(self, name: str, node: Mapping, what: str) -> Param | None:
        before = len(self.diagnostics)
        keys = Keys(node, PARAM_KEYS, what, self.diagnostics)
        found: dict[str, Any] = {
            key: value
            for key in PARAM_KEYS
            if (entry := keys.node(key)) is not None and (value := self._value(key, entry, what)) is not None
        }
        items = found.pop("items", None)
        if len(self.diagnostics) > before:
            return None
        default = found.pop("default", None if "default" in keys else MISSING)
        choices = tuple(found.pop("choices", ()))
        kind = found.pop("type", None) or _implied_type(default, choices)
        if kind == "str" and isinstance(written := keys.node("default"), Scalar):
            default = written.text
        param = Param(name, kind, default, choices=choices or None, items=items, **found)
        return settled(param) if check_declaration(param, keys, what, self.diagnostics) else None

    def _items(self, node: Node, what: str) -> Param | None:
        """What each entry is: a type, or a declaration without a default."""
        if isinstance(node, Mapping):
            if (default := node.get("default")) is not None:
                message = f"{what}.default: an entry has no default: it is there only once it is put in."
                self.diagnostics.error("unknown-key", message, default.position)
                return None
            return self._full("", node, what)
        word = node.text if isinstance(node, Scalar) else ""
        if word in TYPES:
            return Param("", word)
        near = _near_type(word)
        message = f'{what}: there is no type "{word}".' if near else f"{what}: expected a type or a declaration."
        hint = f'Did you mean "{near}"?' if near else "Such as `items: int`, or `items: {type: str, max_length: 40}`."
        self.diagnostics.error("wrong-value", message, node.position, hint=hint)
        return None

    def _value(self, key: str, node: Node, what: str) -> Any:
        if key == "items":
            return self._items(node, f"{what}.items")
        if key == "type" and isinstance(node, Scalar) and (near := _near_type(node.text)):
            message = f'{what}.type: there is no type "{node.text}".'
            self.diagnostics.error("wrong-value", message, node.position, hint=f'Did you mean "{near}"?')
            return None
        value = self.values.read_literal(PARAM_KEYS[key], node, f"{what}.{key}")
        if key == "type" and value is not None and not self._fits_here(value, node, f"{what}.type"):
            return None
        return value


def _implied_type(default: object, choices: tuple[Any, ...]) -> str:
    """The type of a declaration that names none."""
    if default is not MISSING and default is not None:
        return type_of(default)
    kinds = {type_of(choice) for choice in choices}
    return kinds.pop() if len(kinds) == 1 else "str"


LIKELY: Final = ("str", "int", "float", "bool", "list")
"""Types that other words may be meant for."""
NEAR: Final = 0.8
"""How alike a word and a type have to be: many a text that a state begins with is a bit like one, such as light."""


def _near_type(word: str) -> str | None:
    """The type that a word was probably meant for; None for a type, and for any other word."""
    if word in TYPES or not word.isalpha() or not word.islower():
        return None
    swapped = next((kind for kind in LIKELY if sorted(kind) == sorted(word)), None)
    return OTHER_NAMES.get(word) or swapped or did_you_mean(word, LIKELY, NEAR)
