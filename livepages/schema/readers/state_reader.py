"""Reads the declarations of state: names with defaults, and where wanted with types and bounds."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from livepages.schema.expressions.expressions import as_text
from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.readers.declaration_reader import DeclarationReader
from livepages.schema.site.names import RESERVED
from livepages.schema.site.params import PARAM_KEYS, TYPES, Param
from livepages.schema.yaml.tree import Mapping, Node, Scalar, Sequence, plain

ZEROS = MappingProxyType({"str": str, "int": int, "float": float, "bool": bool, "list": list, "map": dict})
"""What makes the value that a state begins with where only its type is told; any other begins with nothing."""


class StateReader(DeclarationReader):
    """Reads declarations of state, each of which has a default.

    A mapping is a declaration when all of its keys are words of one and `type` or `default` is among them; any other
    value is itself the default.
    """

    declared = "what they begin with"
    reserved = RESERVED | {"body"}
    example = "{count: 0, name: {type: str, max_length: 20}}"

    def _read(self, name: str, node: Node, what: str) -> Param | None:
        if self._refuses_expressions(node, what):
            return None
        if isinstance(node, Mapping) and not is_declaration(node):
            self._warn_of_near_declaration(node, what)
            return Param(name, "map", plain(node))
        param = super()._read(name, node, what)
        return param if param is None or not param.required else self._begun(param, node, what)

    def _begun(self, param: Param, node: Node, what: str) -> Param | None:
        """A declaration without a default, which begins with the zero of its type."""
        zero: Any = ZEROS[param.type]() if param.type in ZEROS else None
        try:
            return replace(param, default=zero if zero is None else param.check(zero))
        except ValueError:
            begin = f'"{zero}"' if isinstance(zero, str) else as_text(zero)
            message = f"{what}: a default is needed, as {begin} is not {param.describe()}."
            self.diagnostics.error("missing-key", message, node.position, hint="Write it under `default`.")
            return None

    def _warn_of_near_declaration(self, node: Mapping, what: str) -> None:
        """Warn of a mapping that would be a declaration, but for a misspelt key."""
        kind = node.get("type")
        if not (isinstance(kind, Scalar) and kind.value in TYPES):
            return
        for key, _ in node.entries:
            if key.text not in PARAM_KEYS and (near := did_you_mean(key.text, PARAM_KEYS)):
                message = f'{what}: "{key.text}" is no word of a declaration, so all of this is taken as the default.'
                self.diagnostics.warning("likely-type", message, key.position, hint=f'Did you mean "{near}"?')
                return

    def _refuses_expressions(self, node: Node, what: str) -> bool:
        """Whether there is an expression in a declaration, which is reported."""
        found = next((scalar for scalar in _scalars(node) if "${" in scalar.text), None)
        if found is None or found.text.replace("$${", "").count("${") == 0:
            return False
        message = f"{what}: an expression can't stand here."
        hint = "What state begins with is a fixed value; `startup` can set it to another."
        self.diagnostics.error("unbindable", message, found.position, hint=hint)
        return True


def is_declaration(node: Mapping) -> bool:
    """Whether a mapping declares a state, and is not itself the value that it begins with."""
    keys = [key.text for key, _ in node.entries]
    return all(key in PARAM_KEYS for key in keys) and ("type" in keys or "default" in keys)


def _scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    inner = node.items if isinstance(node, Sequence) else [value for _, value in node.entries]
    return [scalar for child in inner for scalar in _scalars(child)]
