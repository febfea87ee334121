"""Reads the declarations of typed values: a page's params and a component's props."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.key_reader import Keys
from livepages.schema.params import MISSING, PARAM_KEYS, TYPES, Param, type_of
from livepages.schema.region import Region
from livepages.schema.suggest import did_you_mean
from livepages.schema.value_reader import ValueReader
from livepages.schema.yaml_tree import Mapping, Node, Scalar, plain


class DeclarationReader:
    """Reads declarations: `name: str`, `name: a default`, or `name: {type: int, default: 3, ge: 1}`."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self.diagnostics = diagnostics
        self.values = ValueReader(Region("a declaration", expressions=False), diagnostics)

    def read(self, node: Node | None, what: str) -> MappingProxyType[str, Param]:
        """All declarations of a mapping, by name."""
        if node is None:
            return MappingProxyType({})
        if not isinstance(node, Mapping):
            hint = f"Such as {{{'num: {type: int, default: 10}'}}}."
            self.diagnostics.error("expected-mapping", f"{what}: expected a mapping of names.", node.position, hint=hint)
            return MappingProxyType({})
        params = {}
        for key, value in node.entries:
            if not key.text.isidentifier() or key.text in ("params", "body"):
                message = f'"{key.text}" can\'t be a name here.'
                self.diagnostics.error("bad-name", message, key.position, hint="Use letters, digits and _.")
            elif (param := self._read(key.text, value, what)) is not None:
                params[key.text] = param
        return MappingProxyType(params)

    def _read(self, name: str, node: Node, what: str) -> Param | None:
        if isinstance(node, Mapping):
            return self._full(name, node, f"{what}.{name}")
        value = plain(node)
        if isinstance(value, str) and value in TYPES:
            return Param(name, value)
        if isinstance(value, str) and isinstance(node, Scalar) and node.plain and self._near_type(value):
            self.diagnostics.warning(
                "likely-type",
                f'{what}.{name}: "{value}" is taken as the default text.',
                node.position,
                hint=f'Did you mean the type "{self._near_type(value)}"?',
            )
        return Param(name, type_of(value), value) if value is not None else Param(name, "any", None)

    def _near_type(self, value: str) -> str | None:
        aliases = {"string": "str", "text": "str", "integer": "int", "number": "float", "boolean": "bool"}
        return aliases.get(value.lower()) or (did_you_mean(value, TYPES) if len(value) < 7 else None)

    def _full(self, name: str, node: Mapping, what: str) -> Param | None:
        keys = Keys(node, PARAM_KEYS, what, self.diagnostics)
        found: dict[str, Any] = {
            key: value
            for key, entry in keys.nodes.items()
            if (value := self.values.read_literal(PARAM_KEYS[key], entry, f"{what}.{key}")) is not None
        }
        default = found.pop("default", MISSING)
        kind = found.pop("type", "str" if default is MISSING else type_of(default))
        choices = found.pop("choices", None)
        param = Param(name, kind, default, choices=tuple(choices) if choices else None, **found)
        return self._usable(param, keys, what)

    def _usable(self, param: Param, keys: Keys, what: str) -> Param | None:
        """The declaration, if its bounds make sense for its type and its default keeps to them."""
        try:
            _ = param.property.adapter
        except Exception:
            message = f"{what}: these bounds do not fit the type {param.type}."
            self.diagnostics.error("wrong-value", message, keys.position)
            return None
        if param.required or param.default is None:
            return param
        try:
            param.check(param.default)
        except ValueError as error:
            self.diagnostics.error("wrong-value", f"{what}.default: {error}.", keys.nodes["default"].position)
        return param
