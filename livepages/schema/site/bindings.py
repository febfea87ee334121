"""Values that are bound to expressions: one text, or texts within lists and mappings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from livepages.schema.expressions.expressions import Bound, Read, Scope, Template, tree_of
from livepages.schema.expressions.tree import ListOf, MapOf, Node


@dataclass(frozen=True, slots=True)
class Nested(Bound):
    """A list or mapping of which some leaves are templates."""

    value: Any

    @property
    def names(self) -> tuple[str, ...]:
        """The dotted paths that its templates read, each once, in order."""
        return tuple(dict.fromkeys(read.dotted for read in self.reads))

    @property
    def reads(self) -> tuple[Read, ...]:
        """The names that its templates read, as often as they do."""
        return tuple(read for template in leaves(self.value) for read in template.reads)

    def node(self) -> Node:
        """What it is worked out from."""
        return _tree(self.value)

    def evaluate(self, scope: Scope) -> Any:
        """The value with every template in it evaluated. Raises ExpressionFailed."""
        return replace(self.value, lambda template: template.evaluate(scope))

    def substitute(self, values: Mapping[str, Any]) -> Any:
        """It with `values` in the place of root names: a plain value when nothing is left to evaluate.

        Raises ExpressionFailed.
        """
        value = replace(self.value, lambda template: template.substitute(values))
        return Nested(value) if leaves(value) else value


Binding = Template | Nested


def leaves(value: object) -> tuple[Template, ...]:
    """The templates anywhere within a plain value."""
    if isinstance(value, Template):
        return (value,)
    if isinstance(value, dict):
        return tuple(leaf for item in value.values() for leaf in leaves(item))
    if isinstance(value, list):
        return tuple(leaf for item in value for leaf in leaves(item))
    return ()


def _tree(value: Any) -> Node:
    if isinstance(value, dict):
        return MapOf(tuple(value), tuple(_tree(item) for item in value.values()))
    if isinstance(value, list):
        return ListOf(tuple(_tree(item) for item in value))
    return tree_of(value)


def replace(value: object, change: Callable[[Template], object]) -> object:
    """`value` with each template in it replaced by what `change` makes of it."""
    if isinstance(value, Template):
        return change(value)
    if isinstance(value, dict):
        return {key: replace(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [replace(item, change) for item in value]
    return value


def lookup_in(values: Mapping[str, Any]) -> Scope:
    """The scope of root names in `values`. What is not there is None."""
    return values.get


def substitute(binding: Binding, values: Mapping[str, Any]) -> Any:
    """`binding` with the names in `values` put in: a plain value when nothing is left to evaluate, else a binding.

    A value may be a binding itself, over the names of another place. Raises ExpressionFailed.
    """
    return binding.substitute(values)
