"""Reads values of properties: literals are checked at once, expressions are bound."""

from __future__ import annotations

import re
from typing import Any

from livepages.schema.expressions.expressions import (
    Expression,
    ExpressionError,
    ExpressionFailed,
    Template,
    as_text,
    parse,
    parse_expression,
)
from livepages.schema.expressions.mistakes import Mistake, Path, in_words
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Position
from livepages.schema.readers.address_templates import as_address, with_addresses
from livepages.schema.site.bindings import Nested, leaves, replace
from livepages.schema.site.element_type import COMMON
from livepages.schema.site.properties import Property, is_identifier
from livepages.schema.site.region import Region
from livepages.schema.yaml.tree import Mapping, Node, Scalar, Sequence, locate, plain


class ValueReader:
    """Reads the values of one region's properties; mistakes go into `diagnostics`."""

    def __init__(self, region: Region, diagnostics: Diagnostics) -> None:
        self.region = region
        self.diagnostics = diagnostics

    def read(self, prop: Property, node: Node, what: str) -> Any:
        """The checked value, or a binding; None where there is no value or it is wrong."""
        value = self.bind(node)
        if isinstance(value, Template):
            return as_address(value) if prop.is_address else value
        if isinstance(value, Nested):
            if prop is not COMMON["attrs"]:
                return value
            # What the names of attributes are is known now, whatever their values come to.
            self._check(prop, node, replace(value.value, lambda _: ""), what)
            return with_addresses(value)
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

    def take_free_id(self, name: str, position: Position) -> str | None:
        """A name as the id of an element that was given none; None where it can't be one, or is one already."""
        if name in self.region.ids or not is_identifier(name):
            return None
        self.region.take_id(name, position, self.diagnostics)
        self.region.documents.add(name)
        return name

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
            self.diagnostics.error("bad-expression", error.message, where, hint=error.hint)
            return None
        return value if template is None else self._known(node, template)

    def _known(self, node: Scalar, template: Template) -> Any:
        """The template, or what it comes to where it reads nothing, or None where a name is not known."""
        if not self.knows(node, template):
            return None
        if not template.is_constant:
            return template
        try:
            value = template.evaluate(lambda _: None)
            if template.expressions:
                message = f"This expression never changes: it always comes to {in_words(value)}."
                self.diagnostics.warning("constant-expression", message, node.position, hint="Write the value itself.")
            return value
        except ExpressionFailed as error:
            self.diagnostics.error("bad-expression", f"This expression has no value: {error}.", node.position)
            return None

    def knows(self, node: Scalar, binding: Template | Expression) -> bool:
        """Whether all names that an expression in this node reads are known; those that are not are reported."""
        unknown = [read for read in binding.reads if not self.region.knows(read.path)]
        for read in unknown:
            where = locate(node, read.offset, read.length)
            hint = self.region.explain(read.path)
            self.diagnostics.error("unknown-name", f'There is no name "{read.dotted}" here.', where, hint=hint)
        return not unknown

    def expression(self, node: Node, what: str, start: int = 0) -> Expression | None:
        """The expression that a text is from `start` on, with or without `${ }`; None where it is wrong."""
        if not isinstance(node, Scalar) or node.value is None:
            if not (isinstance(node, Scalar) and node.broken):
                self.diagnostics.error("wrong-value", f"{what}: expected an expression.", node.position)
            return None
        try:
            expression = parse_expression(node.text, start)
        except ExpressionError as error:
            where = locate(node, error.offset, error.length)
            self.diagnostics.error("bad-expression", error.message, where, hint=error.hint)
            return None
        return expression if self.knows(node, expression) else None

    def _check(self, prop: Property, node: Node, value: Any, what: str) -> Any:
        if value is None:
            return None
        if prop.is_text and isinstance(node, Scalar) and not isinstance(value, str):
            value = as_text(value) if isinstance(node.value, str) else node.text  # that of an expression, or as written
        try:
            return prop.check(value) if self.region.expressions else prop.check_live(value)
        except Mistake as mistake:
            place = ".".join((what, *(str(part) for part in mistake.path)))
            sentence = re.sub("^There ", "there ", str(mistake))
            where = part_at(node, mistake.path, at_key=mistake.at_key).position
            self.diagnostics.error("wrong-value", f"{place}: {sentence}.", where)
            return None


def part_at(node: Node, path: Path, *, at_key: bool) -> Node:
    """The part of a node that a path of keys and indices leads to, or its key, as far as it does."""
    if at_key and isinstance(whole := part_at(node, path[:-1], at_key=False), Mapping):
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
