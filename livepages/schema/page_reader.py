"""Reads pages, shared elements and the bodies of components."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import Any

from livepages.schema.declaration_reader import DeclarationReader
from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element import Spec
from livepages.schema.element_reader import ElementReader
from livepages.schema.key_reader import Keys
from livepages.schema.keys import PAGE_KEYS
from livepages.schema.params import ADDRESS_TYPES, MISSING, Param
from livepages.schema.region import Region
from livepages.schema.routes import Route
from livepages.schema.site import Component, Page, Shared
from livepages.schema.timer_reader import TimerReader
from livepages.schema.value_reader import ValueReader
from livepages.schema.vocabulary import Declaration, Vocabulary
from livepages.schema.yaml_tree import Mapping, Node


class PageReader:
    """Reads what has a body. `defaults` are the site's own title, lang and description."""

    def __init__(self, vocabulary: Vocabulary, defaults: AnyMapping[str, Any], diagnostics: Diagnostics) -> None:
        self.vocabulary = vocabulary
        self.defaults = defaults
        self.diagnostics = diagnostics
        self.timers = TimerReader(vocabulary.handlers, diagnostics)
        self.shared_region = Region("the shared elements")

    def read_page(self, path: str, keys: Keys) -> tuple[Page, Region]:
        """The page at a route, and the region of its body."""
        route = Route.parse(path)
        params = self._params(route, keys)
        names = frozenset(params)
        complete = not (keys.is_broken("params") or "params" in keys.meant)
        region = Region(f"the page {path}", names=names, params=names, complete=complete)
        told = {**self.defaults, **self._told(ValueReader(region, self.diagnostics), keys)}
        self._check_scope(route, params, told.get("scope", "tab"), keys)
        page = Page(
            route=route,
            body=self._body(keys, region),
            params=params,
            every=self.timers.read(keys.node("every"), page=True),
            position=keys.position,
            **told,
        )
        return page, region

    def _told(self, values: ValueReader, keys: Keys) -> dict[str, Any]:
        """What the page says of itself in single values."""
        told: dict[str, Any] = {}
        for name in ("title", "description", "lang", "scope", "classes"):
            node = keys.node(name)
            read = values.read if name == "title" else values.read_literal
            if node is not None and (value := read(PAGE_KEYS[name], node, name)) is not None:
                told[name] = value
        return told

    def _params(self, route: Route, keys: Keys) -> dict[str, Param]:
        node = keys.node("params")
        declared = dict(DeclarationReader(self.diagnostics, ADDRESS_TYPES).read(node, "params"))
        for name in route.parameters:
            if declared.setdefault(name, Param(name)).default not in (MISSING, None) and isinstance(node, Mapping):
                default = node.get(name)
                where = default.get("default") if isinstance(default, Mapping) else default
                message = f'params.{name}: "{name}" is in the route, so its default is never used.'
                self.diagnostics.warning("unused-default", message, where.position if where else None)
        return declared

    def _check_scope(self, route: Route, params: AnyMapping[str, Param], scope: str, keys: Keys) -> None:
        query = next((name for name in params if name not in route.parameters), None)
        if scope == "tab" or query is None:
            return
        differ = f'its tabs can\'t differ by the query parameter "{query}"'
        message = f'The page {route.path} has the scope "{scope}", so {differ}.'
        hint = f"Put it into the route, such as {route.path.rstrip('/')}/{{{query}}}, or use `scope: tab`."
        self.diagnostics.error("shared-query", message, keys.place("params"), hint=hint)

    def _body(self, keys: Keys, region: Region) -> tuple[Spec, ...]:
        node = keys.node("body")
        return ElementReader(self.vocabulary, region, self.diagnostics).read_body(node) if node is not None else ()

    def read_shared(self, name: str, node: Node) -> Shared:
        """A shared element; all of them together are one region."""
        reader = ElementReader(self.vocabulary, self.shared_region, self.diagnostics)
        return Shared(name, reader.read_body(node), node.position)

    def read_component(self, name: str, declaration: Declaration, keys: Keys) -> Component:
        """A component, whose declaration has been read before."""
        what = f'the component "{name}"'
        region = Region(what, names=frozenset(declaration.props), slots=True, complete=declaration.complete)
        return Component(name, declaration.props, self._body(keys, region), declaration.slots, keys.position)
