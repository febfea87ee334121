"""Addresses with expressions in them: what is put into one stays one part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from livepages.schema.expressions.errors import ExpressionFailed
from livepages.schema.expressions.expressions import Expression, Template
from livepages.schema.expressions.tree import Filtered, Node, Scope
from livepages.schema.expressions.values import Work
from livepages.schema.site.bindings import Nested
from livepages.schema.site.properties import URL_ATTRIBUTES
from livepages.schema.site.routes import Route

LONGEST_PART: Final = 10_000
ENCODING: Final = 20
"""How much longer it takes to encode 50 characters than to look at an item."""
OPAQUE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!//)")
"""How an address begins that has no path: `mailto:`, `tel:`, `data:`."""
OPAQUE_SAFE: Final = "@+/="
"""What stays in such addresses as it is, since mail, telephone numbers and base64 need it."""


@dataclass(frozen=True, slots=True)
class Encoded(Node):
    """A value percent-encoded, so that it is one part of an address; the characters in `safe` stay as they are."""

    value: Node
    safe: str

    def evaluate(self, scope: Scope, work: Work) -> str:
        """The text for the address."""
        return percent_encoded(text_of(self.value.evaluate(scope, work), work), self.safe)


@dataclass(frozen=True, slots=True)
class PageAddress(Node):
    """The address of a page with values for its parameters: those of the route in it, the others in its query."""

    route: Route
    names: tuple[str, ...]
    values: tuple[Node, ...]

    def evaluate(self, scope: Scope, work: Work) -> str:
        """The address. A parameter whose value is null is left out. Raises ExpressionFailed."""
        values = [node.evaluate(scope, work) for node in self.values]
        given = {
            name: text_of(value, work) for name, value in zip(self.names, values, strict=True) if value is not None
        }
        for name in self.route.parameters:
            if not given.get(name):
                raise ExpressionFailed(f'the page {self.route.path} needs the parameter "{name}", which is empty')
        path = self.route.build({name: given.pop(name) for name in self.route.parameters})
        query = "&".join(f"{quote(name)}={percent_encoded(text)}" for name, text in given.items())
        return f"{path}?{query}" if query else path


def text_of(value: object, work: Work) -> str:
    """The text that a value is in an address. Raises ExpressionFailed for one that is too long."""
    text = work.anew().as_text(value)
    if len(text) > LONGEST_PART:
        raise ExpressionFailed(f"expected at most {LONGEST_PART:,} characters in an address, not {len(text):,}")
    work.look_over(text, ENCODING)
    return text


def percent_encoded(text: str, safe: str = "") -> str:
    """A text as one part of an address."""
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
