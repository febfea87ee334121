"""Reads values of properties: literals are checked at once, expressions are bound."""

from __future__ import annotations

import re
from typing import Any

from livepages.schema.bindings import Nested, leaves, replace
from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element_type import COMMON
from livepages.schema.expressions import ExpressionError, Template, parse
from livepages.schema.mistakes import Mistake, Path
from livepages.schema.properties import Property
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
        if isinstance(value, Template):
            return value
        if isinstance(value, Nested):
            if prop is COMMON["attrs"]:
                # What the names of attributes are is known now, whatever their values come to.
                self._check(prop, node, replace(value.value, lambda _: ""), what)
            return value
        return self._check(prop, node, value, what)

    def read_literal(self, prop: Property, node: Node, what: str) -> Any:
        """The checked value of a property that can't be bound."""
        value = self.bind(node)
        if isinstance(value, Template | Nested):
            message = f"{what}: an expression can't stand here."
            self.diagnostics.error(
                "unbindable", message, node.position, hint="Write the value itself; for a literal ${ write $${."
            )
            return None
        return self._check(prop, node, value, what)

    def read_id(self, node: Node, what: str) -> str | None:
        """An element's id, noted in the region."""
        identifier = self.read_literal(COMMON["id"], node, what)
        if identifier is None:
            return None
        self.region.take_id(identifier, node.position, self.diagnostics)
        return str(identifier)

    def bind(self, node: Node) -> Any:
        """The plain value of a node, or a binding where it has expressions."""
        if not self.region.expressions:
            return plain(node)
        if isinstance(node, Scalar):
            return self._scalar(node)
        value = self._templates(node)
        return Nested(value) if leaves(value) else value

    def _templates(self, node: Node) -> Any:
        """The plain value of a node with templates in place of the texts that are some."""
        if isinstance(node, Sequence):
            return [self._templates(item) for item in node.items]
        if isinstance(node, Mapping):
            return {key.text: self._templates(value) for key, value in node.entries}
        return self._scalar(node)

    def _scalar(self, node: Scalar) -> Any:
        value = node.value
        if not isinstance(value, str) or "${" not in value:
            return value
        try:
            template = parse(value)
        except ExpressionError as error:
            where = locate(node, error.offset, error.length)
            self.diagnostics.error("bad-expression", error.message, where)
            return None
        return value if template is None else self._known(node, template)

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
        return template if template.names else template.evaluate(lambda _: None)

    def _check(self, prop: Property, node: Node, value: Any, what: str) -> Any:
        if value is None:
            return None
        if prop.is_text and isinstance(node, Scalar) and not isinstance(value, str):
            value = node.text
        try:
            return prop.check(value)
        except Mistake as mistake:
            place = ".".join((what, *(str(part) for part in mistake.path)))
            sentence = re.sub("^There ", "there ", str(mistake))
            where = _part(node, mistake.path, at_key=mistake.at_key).position
            self.diagnostics.error("wrong-value", f"{place}: {sentence}.", where)
            return None


def _part(node: Node, path: Path, *, at_key: bool) -> Node:
    """The part of a node that a path of keys and indices leads to, or its key, as far as it does."""
    if at_key and isinstance(whole := _part(node, path[:-1], at_key=False), Mapping):
        return next(key for key, _ in whole.entries if key.text == path[-1])
    for step in path:
        inner: Node | None = None
        if isinstance(node, Mapping):
            inner = node.get(str(step))
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            inner = node.items[step]
        if inner is None:
            break
        node = inner
    return node
