"""Reads a site's tree: what stands at the top of its file, and the pages below."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from livepages.schema.checks.document_checks import DocumentChecks
from livepages.schema.checks.site_checks import check_site
from livepages.schema.checks.usage_checks import UsageChecks
from livepages.schema.code.handlers import Handlers
from livepages.schema.code.site_files import SiteFiles
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.definition_reader import DefinitionReader, declarations_of
from livepages.schema.readers.key_reader import Keys
from livepages.schema.readers.page_reader import PageReader, Stores
from livepages.schema.readers.state_reader import StateReader
from livepages.schema.readers.timer_reader import TimerReader
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.action_keys import SITE_WIDE
from livepages.schema.site.element_type import ElementType
from livepages.schema.site.keys import PAGE_KEYS, SITE_KEYS
from livepages.schema.site.limits import DEFAULT_LIMITS, LIMIT_KEYS, Limits
from livepages.schema.site.region import Region
from livepages.schema.site.routes import Route
from livepages.schema.site.site import Page, Site
from livepages.schema.site.vocabulary import Vocabulary
from livepages.schema.yaml.tree import Mapping, Node, Scalar, Sequence

SITE_HINT = "A site's elements stand in a list under `body:`."
PAGE_HINT = "A page's elements stand in a list under its `body:`."


class SiteReader:
    """Reads one site. Its single page may be written at its top.

    `former` are the handlers of the reading before, which are taken over when their files are the same.
    """

    def __init__(
        self,
        file: Path,
        files: frozenset[Path],
        types: AnyMapping[str, ElementType],
        diagnostics: Diagnostics,
        former: Handlers | None = None,
    ) -> None:
        self.file = file.resolve()
        self.yaml_files = files
        self.types = types
        self.diagnostics = diagnostics
        self.files = SiteFiles(file.parent, diagnostics, former)

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
        stores = self._stores(keys)
        reader = PageReader(vocabulary, defaults, stores, self.diagnostics)
        startup, page_startup = self._startup(keys)
        timers = self._site_timers(vocabulary, stores)
        pages, regions = self._pages(keys, reader, page_startup)
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
            state=stores.site,
            session_state=stores.session,
            startup=timers.read_actions(startup, "startup"),
            every=timers.read(keys.node("every")) if "pages" in keys else (),
            theme=self._literal(keys, "theme") or "default",
            css=self.files.css(keys.node("css")),
            limits=self._limits(keys.node("limits")),
            named_files=self.yaml_files | self.files.read,
        )
        check_site(site, regions, reader.shared_region, self.diagnostics)
        if not self.diagnostics.has_errors:
            python = [path for path in self.files.read if path.suffix == ".py" and path.is_file()]
            UsageChecks(site, self.files.called, python, self.diagnostics).check()
            DocumentChecks(site, python, self.diagnostics).check()
        return site

    def _stores(self, keys: Keys) -> Stores:
        """The state of the site and of sessions. That of a site of one page is the page's."""
        complete = not any(keys.is_broken(key) or key in keys.meant for key in ("state", "session"))
        reader = StateReader(self.diagnostics)
        site = keys.node("state") if "pages" in keys else None
        return Stores(reader.read(site, "state"), reader.read(keys.node("session"), "session"), complete)

    def _site_timers(self, vocabulary: Vocabulary, stores: Stores) -> TimerReader:
        region = Region("the site", stores.site_names, complete=stores.complete)
        values = ValueReader(region, self.diagnostics)
        return TimerReader(vocabulary.handlers, values, SITE_WIDE, self.diagnostics)

    def _startup(self, keys: Keys) -> tuple[Node | None, Node | None]:
        """What happens once for the site, and what once for each live page.

        On a site of one page handlers are called for the site, and actions write the state of the page.
        """
        node = keys.node("startup")
        if "pages" in keys or node is None:
            return node, None
        items = node.items if isinstance(node, Sequence) else [node]
        calls = [item for item in items if not isinstance(item, Mapping) or item.get("call") is not None]
        actions = [item for item in items if item not in calls]
        return Sequence(calls, node.position), Sequence(actions, node.position)

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

    def _pages(
        self, keys: Keys, reader: PageReader, startup: Node | None
    ) -> tuple[tuple[Page, ...], dict[str, Region]]:
        if "pages" in keys:
            self._misplaced(keys)
            return self._several_pages(keys, reader)
        page, region = reader.read_page("/", keys, startup)
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
            page, regions[route.text] = reader.read_page(route.text, page_keys, page_keys.node("startup"))
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
