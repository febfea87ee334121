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
from livepages.schema.params import Param
from livepages.schema.region import Region
from livepages.schema.routes import Route
from livepages.schema.site import Component, Page, Shared
from livepages.schema.timer_reader import TimerReader
from livepages.schema.value_reader import ValueReader
from livepages.schema.vocabulary import Declaration, Vocabulary
from livepages.schema.yaml_tree import Node


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
        region = Region(f"the page {path}", names=frozenset(params), params=frozenset(params))
        values = ValueReader(region, self.diagnostics)
        told: dict[str, Any] = dict(self.defaults)
        for name in ("title", "description", "lang", "scope", "classes"):
            node = keys.node(name)
            if node is None:
                continue
            read = values.read if name == "title" else values.read_literal
            if (value := read(PAGE_KEYS[name], node, name)) is not None:
                told[name] = value
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

    def _params(self, route: Route, keys: Keys) -> dict[str, Param]:
        declared = dict(DeclarationReader(self.diagnostics).read(keys.node("params"), "params"))
        for name in route.parameters:
            declared.setdefault(name, Param(name))
        return declared

    def _check_scope(self, route: Route, params: AnyMapping[str, Param], scope: str, keys: Keys) -> None:
        query = [name for name in params if name not in route.parameters]
        if scope != "tab" and query:
            self.diagnostics.error(
                "shared-query",
                f'The page {route.path} is {scope}, so its tabs can\'t differ by the query parameter "{query[0]}".',
                keys.nodes["params"].position,
                hint=f"Put it into the route, such as {route.path.rstrip('/')}/{{{query[0]}}}, or use `scope: tab`.",
            )

    def _body(self, keys: Keys, region: Region) -> tuple[Spec, ...]:
        node = keys.node("body")
        return ElementReader(self.vocabulary, region, self.diagnostics).read_body(node) if node is not None else ()

    def read_shared(self, name: str, node: Node) -> Shared:
        """A shared element; all of them together are one region."""
        reader = ElementReader(self.vocabulary, self.shared_region, self.diagnostics)
        return Shared(name, reader.read_body(node), node.position)

    def read_component(self, name: str, declaration: Declaration, keys: Keys) -> Component:
        """A component, whose declaration has been read before."""
        region = Region(f'the component "{name}"', names=frozenset(declaration.props), slots=True)
        return Component(name, declaration.props, self._body(keys, region), declaration.slots, keys.position)
