"""Values that are bound to expressions: one text, or texts within lists and mappings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from livepages.schema.expressions import Lookup, Name, Template, as_text


@dataclass(frozen=True, slots=True)
class Nested:
    """A list or mapping of which some leaves are templates."""

    value: Any

    @property
    def names(self) -> tuple[str, ...]:
        """The paths that its templates read."""
        return tuple(name for template in leaves(self.value) for name in template.names)

    def evaluate(self, lookup: Lookup) -> object:
        """The value with every template in it evaluated."""
        return replace(self.value, lambda template: template.evaluate(lookup))


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


def replace(value: object, change: Callable[[Template], object]) -> object:
    """`value` with each template in it replaced by what `change` makes of it."""
    if isinstance(value, Template):
        return change(value)
    if isinstance(value, dict):
        return {key: replace(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [replace(item, change) for item in value]
    return value


def lookup_in(values: Mapping[str, Any]) -> Lookup:
    """The lookup of dotted paths in `values`: entries of mappings, never attributes of objects.

    What is not there is None.
    """

    def lookup(path: str) -> object:
        value: Any = values
        for key in path.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        return value

    return lookup


def substitute(binding: Binding, values: Mapping[str, Any]) -> object:
    """`binding` with the names in `values` put in: a plain value when nothing is left to evaluate, else a binding.

    A value may be a binding itself, over the names of another place.
    """
    if isinstance(binding, Nested):
        nested = replace(binding.value, lambda template: substitute(template, values))
        return Nested(nested) if leaves(nested) else nested
    lookup = lookup_in(values)
    parts: list[Any] = []
    for part in binding.parts:
        value = lookup(part.path) if isinstance(part, Name) else part
        parts.extend(value.parts if isinstance(value, Template) else [value])
    if len(parts) == 1 and not isinstance(parts[0], Name):
        return parts[0]
    if any(isinstance(part, Name) for part in parts):
        return Template(tuple(part if isinstance(part, str | Name) else as_text(part) for part in parts))
    return "".join(as_text(part) for part in parts)
