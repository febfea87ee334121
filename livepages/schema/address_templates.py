"""Addresses with expressions in them: what is put into one stays one part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from livepages.schema.bindings import Nested
from livepages.schema.expression_errors import ExpressionFailed
from livepages.schema.expression_tree import Filtered, Node, Scope
from livepages.schema.expressions import Expression, Template, as_text
from livepages.schema.properties import URL_ATTRIBUTES
from livepages.schema.routes import Route

LONGEST_PART: Final = 10_000
OPAQUE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!//)")
"""How an address begins that has no path: `mailto:`, `tel:`, `data:`."""
OPAQUE_SAFE: Final = "@+/="
"""What stays in such addresses as it is, since mail, telephone numbers and base64 need it."""


@dataclass(frozen=True, slots=True)
class Encoded(Node):
    """A value percent-encoded, so that it is one part of an address; the characters in `safe` stay as they are."""

    value: Node
    safe: str

    def evaluate(self, scope: Scope) -> Any:
        """The text for the address."""
        return encoded(self.value.evaluate(scope), self.safe)


@dataclass(frozen=True, slots=True)
class PageAddress(Node):
    """The address of a page with values for its parameters: those of the route in it, the others in its query."""

    route: Route
    names: tuple[str, ...]
    values: tuple[Node, ...]

    def evaluate(self, scope: Scope) -> str:
        """The address. A parameter whose value is null is left out. Raises ExpressionFailed."""
        values = (node.evaluate(scope) for node in self.values)
        given = {name: value for name, value in zip(self.names, values, strict=True) if value is not None}
        for name in self.route.parameters:
            if as_text(given.get(name)) == "":
                raise ExpressionFailed(f'the page {self.route.path} needs the parameter "{name}", which is empty')
        query = (
            f"{quote(name)}={encoded(value)}" for name, value in given.items() if name not in self.route.parameters
        )
        path = self.route.build({name: as_text(given[name]) for name in self.route.parameters})
        return "?".join(filter(None, (path, "&".join(query))))


def encoded(value: object, safe: str = "") -> str:
    """A value as one part of an address. Raises ExpressionFailed for one that is too long."""
    text = as_text(value)
    if len(text) > LONGEST_PART:
        raise ExpressionFailed(f"expected at most {LONGEST_PART:,} characters in an address, not {len(text):,}")
    return quote(text, safe=safe, errors="replace")


def as_address(template: Template) -> Template:
    """The template of an address: what its expressions put in is encoded, but not what stands at its beginning.

    What ends with the filter `urlencode` is encoded already.
    """
    first, *rest = template.parts
    safe = OPAQUE_SAFE if isinstance(first, str) and OPAQUE.match(first) else ""
    return Template((first, *(_part(part, safe) if isinstance(part, Expression) else part for part in rest)))


def _part(part: Expression, safe: str) -> Expression:
    if isinstance(part.tree, Filtered) and part.tree.filter.name == "urlencode":
        return part
    return replace(part, tree=Encoded(part.tree, safe))


def with_addresses(attributes: Nested) -> Nested:
    """HTML attributes by their names, of which some are addresses."""
    given = attributes.value.items() if isinstance(attributes.value, dict) else ()
    addresses = {
        name: as_address(value)
        for name, value in given
        if name.lower() in URL_ATTRIBUTES and isinstance(value, Template)
    }
    return Nested({**attributes.value, **addresses}) if addresses else attributes
