"""The blueprints of a whole site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from livepages.runtime.blueprints.blueprint import Blueprint, compile_blueprint
from livepages.runtime.blueprints.node import roots_read
from livepages.schema.collecting import without_collecting
from livepages.schema.expressions.expressions import Template, parse
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.site.actions import readings_of
from livepages.schema.site.names import EVENT
from livepages.schema.site.site import Page, Site


@dataclass(frozen=True, slots=True, eq=False)
class Blueprints:
    """The blueprints of the pages by their routes, and of the shared elements by their names."""

    pages: Mapping[str, Blueprint]
    shared: Mapping[str, Blueprint]

    def __iter__(self) -> Iterator[Blueprint]:
        yield from self.pages.values()
        yield from self.shared.values()


NONE: Final = Blueprints(MappingProxyType({}), MappingProxyType({}))


def compile_site(
    site: Site, diagnostics: Diagnostics, former: Blueprints = NONE, routes: Mapping[str, str] = MappingProxyType({})
) -> Blueprints:
    """Compile all bodies of a site. What only their compiled form shows to be wrong goes into `diagnostics`.

    With `former` ones they come after these; `routes` has the former routes of pages, by their present ones.
    """
    with without_collecting():
        blueprints = Blueprints(
            {page.route.path: _compile_page(page, site, former, routes) for page in site.pages},
            {
                name: compile_blueprint(each.body, site.components, former=former.shared.get(name))
                for name, each in site.shared.items()
            },
        )
    for blueprint in blueprints:
        for sentence, position in blueprint.mistakes:
            diagnostics.error("misplaced", f"{sentence[0].upper()}{sentence[1:]}.", position)
    return blueprints


def _compile_page(page: Page, site: Site, former: Blueprints, routes: Mapping[str, str]) -> Blueprint:
    before = former.pages.get(routes.get(page.route.path, ""))
    return compile_blueprint(page.body, site.components, _read_by(page), _full_names(page), before)


def _read_by(page: Page) -> Iterator[str]:
    """The names that a page's title reads, and what happens on it."""
    timed = [action for timer in page.every for action in timer.actions]
    told = [action for event in page.events.values() for action in event.steps]
    yield from roots_read((page.title,))
    yield from roots_read(reading for action in (*page.startup, *timed, *told) for reading in readings_of(action))


def _full_names(page: Page) -> Mapping[str, Template] | None:
    """What stands for the parameters that have the names of events: where these are put in, those would be read."""
    full = {name: parse(f"${{params.{name}}}") for name in page.params if name in EVENT}
    return {name: template for name, template in full.items() if template is not None} or None
