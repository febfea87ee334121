"""Reads where the action `go` leads: to an address, or to a page with its parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator

from livepages.schema.expressions.expressions import Expression, Template, tree_of
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.action_entry import ActionEntry
from livepages.schema.readers.address_templates import PageAddress
from livepages.schema.readers.key_reader import Keys
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.actions import Action, GoAction, LinkParam, PageLink
from livepages.schema.site.properties import ADDRESS, Property
from livepages.schema.site.routes import Route
from livepages.schema.values.addresses import safe_url
from livepages.schema.yaml.tree import Mapping, Node, Scalar

HINT = 'Such as `go: {page: "/room/{name}", params: {name: "${room}"}}`.'


def _address(text: str) -> str:
    """`text`, if it is an address that a tab can go to. Raises ValueError."""
    safe_url(text)
    if not re.match(r"/|#|\?|[A-Za-z][A-Za-z0-9+.-]*:", text):
        raise ValueError(f'expected a route that begins with a slash, such as "/{text.strip()}", or a whole address')
    return text


GO = Property(Annotated[str, AfterValidator(_address), ADDRESS], "Where the tab goes.")
GO_KEYS = MappingProxyType(
    {
        "page": Property(str, "The route of a page of this site, as it stands under `pages`."),
        "params": Property(dict[str, Any], "The page's parameters, those of its route and those of its query."),
    }
)


class GoReader:
    """Reads it in one region."""

    def __init__(self, values: ValueReader, diagnostics: Diagnostics) -> None:
        self.values = values
        self.diagnostics = diagnostics

    def read(self, entry: ActionEntry) -> Iterator[Action]:
        """What stands under `go`; nothing where it is wrong, which is reported."""
        if isinstance(entry.node, Mapping):
            yield from self._page(entry, entry.node)
            return
        url = self.values.read(GO, entry.node, entry.what)
        if url is not None:
            yield GoAction(url, when=entry.when, position=entry.node.position)

    def _page(self, entry: ActionEntry, node: Mapping) -> Iterator[Action]:
        keys = Keys(node, GO_KEYS, entry.what, self.diagnostics)
        page, params = keys.node("page"), self._params(keys.node("params"), f"{entry.what}.params")
        if page is None:
            if "page" in keys or keys.lacks("page"):
                message = f"{entry.what}: the page is missing."
                self.diagnostics.error("missing-key", message, node.position, hint=HINT)
            return
        path = self.values.read_literal(GO_KEYS["page"], page, f"{entry.what}.page")
        if path is not None and params is not None:
            tree = PageAddress(Route(path), tuple(params), tuple(tree_of(each.value) for each in params.values()))
            link = PageLink(path, page.position, MappingProxyType(params))
            yield GoAction(Template((Expression(path, 0, tree),)), link, when=entry.when, position=entry.position)

    def _params(self, node: Node | None, what: str) -> dict[str, LinkParam] | None:
        if node is None or (isinstance(node, Scalar) and node.broken):
            return None if node is not None else {}
        if not isinstance(node, Mapping):
            message = f"{what}: expected a mapping of the page's parameters to values."
            self.diagnostics.error("wrong-value", message, node.position, hint=HINT)
            return None
        return {
            name.text: LinkParam(name.position, self.values.bind(value), value.position)
            for name, value in node.entries
            if not name.broken
        }
