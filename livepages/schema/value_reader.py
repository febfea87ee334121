"""Reads values of properties: literals are checked at once, expressions are bound."""

from __future__ import annotations

from typing import Any

from livepages.schema.bindings import Nested, leaves
from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element_type import COMMON
from livepages.schema.expressions import ExpressionError, Template, parse
from livepages.schema.properties import Property, Text
from livepages.schema.region import Region
from livepages.schema.yaml_tree import Mapping, Node, Scalar, Sequence, locate, plain


class ValueReader:
    """Reads the values of one region's properties; mistakes go into `diagnostics`."""

    def __init__(self, region: Region, diagnostics: Diagnostics) -> None:
        self.region = region
        self.diagnostics = diagnostics

    def read(self, prop: Property, node: Node, what: str) -> Any:
        """The checked value, or a binding; None where there is no value or it is wrong."""
        value = self.bind(node)
        if isinstance(value, Template | Nested):
            return value
        return self._check(prop, node, value, what)

    def read_literal(self, prop: Property, node: Node, what: str) -> Any:
        """The checked value of a property that can't be bound."""
        return self._check(prop, node, plain(node), what)

    def read_id(self, node: Node) -> str | None:
        """An element's id, noted in the region."""
        identifier = self.read_literal(COMMON["id"], node, "id")
        if identifier is None:
            return None
        self.region.take_id(identifier, node.position, self.diagnostics)
        return str(identifier)

    def bind(self, node: Node) -> Any:
        """The plain value of a node, or a binding where it has expressions."""
        if not self.region.expressions:
            return plain(node)
        value = self._templates(node)
        return Nested(value) if not isinstance(value, Template) and leaves(value) else value

    def _templates(self, node: Node) -> Any:
        """The plain value of a node with templates in place of the texts that are some."""
        if isinstance(node, Sequence):
            return [self._templates(item) for item in node.items]
        if isinstance(node, Mapping):
            return {key.text: self._templates(value) for key, value in node.entries}
        return self._scalar(node)

    def _scalar(self, node: Scalar) -> Any:
        if not isinstance(node.value, str):
            return node.value
        try:
            template = parse(node.value)
        except ExpressionError as error:
            where = locate(node, error.offset, error.length)
            self.diagnostics.error("bad-expression", error.message, where)
            return None
        if template is None:
            return node.value
        return self._known(node, template)

    def _known(self, node: Scalar, template: Template) -> Any:
        """The template, or the text that it comes to without names, or None where a name is not known."""
        known = True
        for part in template.parts:
            if isinstance(part, str) or self.region.knows(part.path):
                continue
            known = False
            where = locate(node, part.offset, len(part.path) + 3)
            hint = self.region.explain(part.path)
            self.diagnostics.error("unknown-name", f'There is no name "{part.path}" here.', where, hint=hint)
        if not known:
            return None
        return template if template.names else template.evaluate(lambda path: None)

    def _check(self, prop: Property, node: Node, value: Any, what: str) -> Any:
        if value is None:
            return None
        if prop.type is Text and isinstance(node, Scalar):
            value = node.text if not isinstance(value, str) else value
        try:
            return prop.check(value)
        except ValueError as error:
            self.diagnostics.error("wrong-value", f"{what}: {error}.", node.position)
            return None
