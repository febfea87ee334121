"""All that a running site needs to become another one, worked out beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.runtime.blueprints.blueprints import Blueprints, compile_site
from livepages.runtime.blueprints.site_styles import site_classes
from livepages.runtime.reload.edits import edits, is_edited, says_otherwise
from livepages.runtime.tree.comparison import differences
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.errors import SiteError
from livepages.schema.site.sameness import essence
from livepages.schema.site.site import Page, Site
from livepages.styles.stylesheet import Stylesheet


@dataclass(frozen=True)
class Prepared:
    """The next version of a site, compiled: elements that stay have their former numbers.

    `pages` are, by the routes of the present version, the pages as which those go on; the others end. `differing` are
    the numbers by which blueprints differ from those that they follow. `edits` says in words what was changed; `edited`
    are the blueprints that say something else than before, or whose pages do.
    """

    site: Site
    blueprints: Blueprints
    pages: Mapping[str, Page]
    differing: Mapping[Blueprint, frozenset[int]]
    edits: tuple[str, ...]
    edited: frozenset[Blueprint]

    def shown_on(self, blueprint: Blueprint) -> Iterator[Blueprint]:
        """A blueprint, and those of the shared elements that may show on it."""
        yield blueprint
        for name in blueprint.mounted_names:
            yield from self.shown_on(self.blueprints.shared[name])


def prepare(former: Site, before: Blueprints, styles: Stylesheet, site: Site) -> Prepared:
    """What `former`, with the blueprints `before`, needs to become `site`. Raises SiteError.

    Class names that are new are compiled into the style sheet.
    """
    diagnostics = Diagnostics()
    pages = dict(_heirs(former, site))
    blueprints = compile_site(site, diagnostics, before, {page.route.path: route for route, page in pages.items()})
    if diagnostics.has_errors:
        raise SiteError(diagnostics)
    styles.add(site_classes(site, blueprints))
    pairs = [(before.pages[route], blueprints.pages[page.route.path]) for route, page in pages.items()]
    pairs += [(before.shared[name], each) for name, each in blueprints.shared.items() if name in before.shared]
    differing = {new: differences(old, new) for old, new in pairs}
    otherwise = frozenset(new for old, new in pairs if differing[new] or says_otherwise(old, new))
    edited = otherwise | {
        blueprints.pages[pages[page.route.path].route.path]
        for page in former.pages
        if page.route.path in pages and is_edited(page, pages[page.route.path], blueprints, otherwise)
    }
    said = edits(former, site, pages, blueprints, otherwise)
    return Prepared(site, blueprints, pages, differing, said, edited)


def _heirs(former: Site, site: Site) -> Iterator[tuple[str, Page]]:
    """The pages that go on, by their former routes: under the same route, or as they are under another one."""
    routes = {page.route.path: page for page in site.pages}
    known = {page.route.path for page in former.pages}
    coming = [page for page in site.pages if page.route.path not in known]
    for page in former.pages:
        heir = routes.get(page.route.path) or next((each for each in coming if _is_moved(page, each)), None)
        if heir in coming:
            coming.remove(heir)
        if heir is not None and heir.scope == page.scope:
            yield page.route.path, heir


def _is_moved(former: Page, page: Page) -> bool:
    """Whether a page is another one under a new address."""
    same = set(former.route.parameters) == set(page.route.parameters) and former.scope == page.scope
    return same and essence(former.body) == essence(page.body)
