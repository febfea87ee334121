"""From a file to a site: reads it and all that it names, and reports every mistake at once."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from livepages.schema.declaration_reader import DeclarationReader
from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element_type import ElementType
from livepages.schema.errors import SiteError
from livepages.schema.handlers import SITE_NAMES, Handlers
from livepages.schema.key_reader import Keys
from livepages.schema.keys import COMPONENT_KEYS, PAGE_KEYS, SITE_KEYS
from livepages.schema.page_reader import PageReader
from livepages.schema.region import Region
from livepages.schema.routes import Route
from livepages.schema.site import Page, Site
from livepages.schema.site_checks import check_site
from livepages.schema.site_files import SiteFiles
from livepages.schema.value_reader import ValueReader
from livepages.schema.vocabulary import DEFAULT_SLOT, Declaration, Vocabulary
from livepages.schema.yaml_reader import read_yaml
from livepages.schema.yaml_tree import Mapping, Node, Scalar, Sequence

DEFAULT_NAME = "site.yaml"
"""The file that stands for the folder it is in."""


def find_site(path: Path) -> Path:
    """The site's file: `path` itself, or `site.yaml` in it. Raises FileNotFoundError with a sentence."""
    if path.is_dir():
        file = path / DEFAULT_NAME
        if file.is_file():
            return file
        raise FileNotFoundError(f"There is no {DEFAULT_NAME} in the folder {path}.")
    if not path.is_file():
        raise FileNotFoundError(f"There is no file or folder {path}.")
    return path


def load_site(path: Path, types: AnyMapping[str, ElementType]) -> Site:
    """The site in a file or folder. Raises SiteError with all that is wrong, FileNotFoundError if there is none."""
    diagnostics = Diagnostics()
    site = read_site(path, types, diagnostics)
    if diagnostics.has_errors or site is None:
        raise SiteError(diagnostics)
    return site


def read_site(path: Path, types: AnyMapping[str, ElementType], diagnostics: Diagnostics) -> Site | None:
    """The site in a file or folder, as far as it can be read; what is wrong goes into `diagnostics`."""
    file = find_site(path)
    node, files = read_yaml(file, file.parent, diagnostics)
    if node is None:
        if not diagnostics.has_errors:
            diagnostics.error("empty-site", f"{file} is empty.", hint="A page begins with `body:`.")
        return None
    return _SiteReader(file, files, types, diagnostics).read(node)


class _SiteReader:
    """Reads one site's tree."""

    def __init__(
        self, file: Path, files: frozenset[Path], types: AnyMapping[str, ElementType], diagnostics: Diagnostics
    ) -> None:
        self.file = file.resolve()
        self.yaml_files = files
        self.types = types
        self.diagnostics = diagnostics
        self.files = SiteFiles(file.parent, diagnostics)

    def read(self, node: Node) -> Site:
        """The site, whose single page may be written at its top."""
        known = {**SITE_KEYS, **PAGE_KEYS}
        keys = Keys(node, known, "A site", self.diagnostics)
        defaults = self._defaults(keys)
        handlers = self.files.handlers(keys.node("handlers"))
        declarations, component_keys = self._declarations(keys)
        shared_nodes = self._named(keys.node("shared"), "shared")
        vocabulary = Vocabulary(self.types, declarations, frozenset(shared_nodes), handlers)
        reader = PageReader(vocabulary, defaults, self.diagnostics)
        pages, regions = self._pages(keys, reader)
        single = "pages" not in keys
        site = Site(
            file=self.file,
            title=defaults.get("title", ""),
            pages=pages,
            shared=MappingProxyType({name: reader.read_shared(name, node) for name, node in shared_nodes.items()}),
            components=MappingProxyType(
                {
                    name: reader.read_component(name, declarations[name], inner)
                    for name, inner in component_keys.items()
                }
            ),
            handlers=handlers if handlers is not None else Handlers({}),
            vocabulary=vocabulary,
            startup=reader.timers.read_handlers(keys.node("startup"), SITE_NAMES, "startup"),
            every=() if single else reader.timers.read(keys.node("every"), page=False),
            theme=self._literal(keys, "theme") or "default",
            css=self.files.css(keys.node("css")),
            files=self.yaml_files | self.files.read,
        )
        check_site(site, regions, reader.shared_region, self.diagnostics)
        return site

    def _literal(self, keys: Keys, name: str) -> Any:
        node = keys.node(name)
        values = ValueReader(Region("the site", expressions=False), self.diagnostics)
        return values.read_literal(SITE_KEYS[name], node, name) if node is not None else None

    def _defaults(self, keys: Keys) -> dict[str, Any]:
        """What the site says for all its pages; a site of one page says it for that page itself."""
        if "pages" not in keys:
            return {}
        told = {name: self._literal(keys, name) for name in ("title", "description", "lang")}
        return {name: value for name, value in told.items() if value is not None}

    def _pages(self, keys: Keys, reader: PageReader) -> tuple[tuple[Page, ...], dict[str, Region]]:
        if "pages" not in keys:
            page, region = reader.read_page("/", keys)
            self._require_body(keys, "A site needs `body:` or `pages:`.")
            return (page,), {"/": region}
        for name in (name for name in PAGE_KEYS if name not in SITE_KEYS and name in keys):
            self.diagnostics.error(
                "misplaced-key",
                f'"{name}" belongs to a page, and this site has `pages:`.',
                keys.nodes[name].position,
                hint="Move it to the page that it is meant for.",
            )
        pages, regions = [], {}
        for route, node in self._entries(keys.node("pages"), "pages"):
            try:
                Route.parse(route.text)
            except ValueError as error:
                self.diagnostics.error("bad-route", f"{error}.", route.position)
                continue
            page_keys = Keys(node, PAGE_KEYS, f"The page {route.text}", self.diagnostics)
            page_keys.position = route.position
            page, regions[route.text] = reader.read_page(route.text, page_keys)
            pages.append(page)
        if not pages and not self.diagnostics.has_errors:
            self.diagnostics.error("empty-site", "`pages:` has no pages.", keys.nodes["pages"].position)
        return tuple(pages), regions

    def _require_body(self, keys: Keys, sentence: str) -> None:
        if "body" not in keys and not self.diagnostics.has_errors:
            self.diagnostics.error("empty-site", sentence, keys.position, hint="Such as `body: [{h1: Hello}]`.")

    def _declarations(self, keys: Keys) -> tuple[AnyMapping[str, Declaration], dict[str, Keys]]:
        declarations, found = {}, {}
        for name, node in self._named(keys.node("components"), "components", taken=self.types).items():
            inner = Keys(node, COMPONENT_KEYS, f'The component "{name}"', self.diagnostics)
            props = DeclarationReader(self.diagnostics).read(inner.node("props"), f"{name}.props")
            slots = frozenset(_slot_names(inner.node("body")))
            declarations[name], found[name] = Declaration(props, slots), inner
        return MappingProxyType(declarations), found

    def _named(self, node: Node | None, what: str, taken: AnyMapping[str, object] = MappingProxyType({})) -> dict[str, Node]:
        """The entries of a mapping of names that the site gives."""
        found = {}
        for key, value in self._entries(node, what):
            if not key.text.replace("-", "_").isidentifier():
                message = f'{what}: "{key.text}" can\'t be a name.'
                self.diagnostics.error("bad-name", message, key.position, hint="Use letters, digits, _ and -.")
            elif key.text in taken or key.text in ("slot", "shared"):
                message = f'{what}: "{key.text}" is an element type of livepages already.'
                self.diagnostics.error("bad-name", message, key.position, hint="Choose another name.")
            else:
                found[key.text] = value
        return found

    def _entries(self, node: Node | None, what: str) -> list[tuple[Scalar, Node]]:
        if node is None:
            return []
        if not isinstance(node, Mapping):
            self.diagnostics.error("expected-mapping", f"{what}: expected a mapping.", node.position)
            return []
        return node.entries


def _slot_names(node: Node | None) -> set[str]:
    """The names of the slots anywhere in a component's body."""
    names: set[str] = set()
    if isinstance(node, Sequence):
        for item in node.items:
            names |= _slot_names(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text == "slot":
                names.add(value.text if isinstance(value, Scalar) and value.value is not None else DEFAULT_SLOT)
            names |= _slot_names(value)
    return names
