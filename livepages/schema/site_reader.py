"""Reads a site's tree: what stands at the top of its file, and the pages below."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from livepages.schema.definition_reader import DefinitionReader, declarations_of
from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element_type import ElementType
from livepages.schema.handlers import SITE_NAMES, Handlers
from livepages.schema.key_reader import Keys
from livepages.schema.keys import PAGE_KEYS, SITE_KEYS
from livepages.schema.limits import DEFAULT_LIMITS, LIMIT_KEYS, Limits
from livepages.schema.page_reader import PageReader
from livepages.schema.region import Region
from livepages.schema.routes import Route
from livepages.schema.site import Page, Site
from livepages.schema.site_checks import check_site
from livepages.schema.site_files import SiteFiles
from livepages.schema.value_reader import ValueReader
from livepages.schema.vocabulary import Vocabulary
from livepages.schema.yaml_tree import Mapping, Node, Scalar

SITE_HINT = "A site's elements stand in a list under `body:`."
PAGE_HINT = "A page's elements stand in a list under its `body:`."


class SiteReader:
    """Reads one site. Its single page may be written at its top."""

    def __init__(
        self, file: Path, files: frozenset[Path], types: AnyMapping[str, ElementType], diagnostics: Diagnostics
    ) -> None:
        self.file = file.resolve()
        self.yaml_files = files
        self.types = types
        self.diagnostics = diagnostics
        self.files = SiteFiles(file.parent, diagnostics)

    def read(self, node: Node) -> Site:
        """The site, as far as it can be read."""
        keys = Keys(node, {**SITE_KEYS, **PAGE_KEYS}, "A site", self.diagnostics, hint=SITE_HINT, types=self.types)
        defaults = self._defaults(keys)
        definitions = DefinitionReader(self.types, self.diagnostics)
        components = definitions.components(keys.node("components"))
        shared = definitions.shared(keys.node("shared"))
        vocabulary = Vocabulary(
            self.types,
            declarations_of(components),
            frozenset(shared),
            self._handlers(keys),
            complete=not any(keys.is_broken(key) or key in keys.meant for key in ("components", "shared")),
        )
        reader = PageReader(vocabulary, defaults, self.diagnostics)
        pages, regions = self._pages(keys, reader)
        site = Site(
            file=self.file,
            title=defaults.get("title", ""),
            pages=pages,
            shared=MappingProxyType({name: reader.read_shared(name, body) for name, body in shared.items()}),
            components=MappingProxyType(
                {name: reader.read_component(name, *component) for name, component in components.items()}
            ),
            handlers=vocabulary.handlers if vocabulary.handlers is not None else Handlers({}),
            vocabulary=vocabulary,
            startup=reader.timers.read_handlers(keys.node("startup"), SITE_NAMES, "startup"),
            every=reader.timers.read(keys.node("every"), page=False) if "pages" in keys else (),
            theme=self._literal(keys, "theme") or "default",
            css=self.files.css(keys.node("css")),
            limits=self._limits(keys.node("limits")),
            files=self.yaml_files | self.files.read,
        )
        check_site(site, regions, reader.shared_region, self.diagnostics)
        return site

    def _handlers(self, keys: Keys) -> Handlers | None:
        handlers = self.files.handlers(keys.node("handlers"))
        return None if keys.is_broken("handlers") or "handlers" in keys.meant else handlers

    def _literal(self, keys: Keys, name: str) -> Any:
        node = keys.node(name)
        values = ValueReader(Region("the site"), self.diagnostics)
        return values.read_literal(SITE_KEYS[name], node, name) if node is not None else None

    def _limits(self, node: Node | None) -> Limits:
        if node is None:
            return DEFAULT_LIMITS
        values = ValueReader(Region("the site"), self.diagnostics)
        keys = Keys(node, LIMIT_KEYS, "limits", self.diagnostics)
        given = {
            name: value
            for name, prop in LIMIT_KEYS.items()
            if (entry := keys.node(name)) is not None
            and (value := values.read_literal(prop, entry, f"limits.{name}")) is not None
        }
        return Limits(**given)

    def _defaults(self, keys: Keys) -> dict[str, Any]:
        """What the site says for all its pages; a site of one page says it for that page itself."""
        if "pages" not in keys:
            return {}
        told = {name: self._literal(keys, name) for name in ("title", "description", "lang")}
        return {name: value for name, value in told.items() if value is not None}

    def _pages(self, keys: Keys, reader: PageReader) -> tuple[tuple[Page, ...], dict[str, Region]]:
        if "pages" in keys:
            self._misplaced(keys)
            return self._several_pages(keys, reader)
        page, region = reader.read_page("/", keys)
        if keys.lacks("body") and "pages" not in keys.meant:
            hint = "Such as `body: [{h1: Hello}]`."
            self.diagnostics.error("missing-key", "A site needs a `body`, or `pages`.", keys.position, hint=hint)
        return (page,), {"/": region}

    def _misplaced(self, keys: Keys) -> None:
        """Report what stands at the top, though the site has several pages."""
        for name in PAGE_KEYS:
            if name not in SITE_KEYS and name in keys:
                message = f'"{name}" belongs to a page, and this site has its pages under `pages`.'
                hint = "Move it to the page that it is meant for."
                self.diagnostics.error("misplaced-key", message, keys.place(name), hint=hint)

    def _several_pages(self, keys: Keys, reader: PageReader) -> tuple[tuple[Page, ...], dict[str, Region]]:
        pages, regions = [], {}
        node = keys.node("pages")
        if not isinstance(node, Mapping):
            if not keys.is_broken("pages"):
                where = node.position if node is not None else keys.place("pages")
                message = "pages: expected a mapping of routes to pages."
                hint = "Such as `pages: {/: {body: [{h1: Hello}]}}`."
                self.diagnostics.error("expected-mapping", message, where, hint=hint)
            return (), {}
        if not node.entries:
            self.diagnostics.error("missing-key", "pages: there are no pages.", node.position)
        for route, inner in node.entries:
            if not self._is_route(route):
                continue
            what = f"The page {route.text}"
            page_keys = Keys(
                inner,
                PAGE_KEYS,
                what,
                self.diagnostics,
                hint=PAGE_HINT,
                types=self.types,
                position=route.position,
            )
            page, regions[route.text] = reader.read_page(route.text, page_keys)
            if page_keys.lacks("body"):
                self.diagnostics.error("missing-key", f"{what} has no `body`.", route.position, hint=PAGE_HINT)
            pages.append(page)
        return tuple(pages), regions

    def _is_route(self, key: Scalar) -> bool:
        try:
            Route.parse(key.text)
        except ValueError as error:
            if not key.broken:
                self.diagnostics.error("bad-route", f"pages: {error}.", key.position)
            return False
        return True
