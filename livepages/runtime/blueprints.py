"""The blueprints of a whole site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from livepages.runtime.blueprint import Blueprint, compile_blueprint
from livepages.schema.diagnostics import Diagnostics
from livepages.schema.site import Site


@dataclass(frozen=True, slots=True)
class Blueprints:
    """The blueprints of the pages by their routes, and of the shared elements by their names."""

    pages: Mapping[str, Blueprint]
    shared: Mapping[str, Blueprint]

    def __iter__(self) -> Iterator[Blueprint]:
        yield from self.pages.values()
        yield from self.shared.values()


def compile_site(site: Site, diagnostics: Diagnostics) -> Blueprints:
    """Compile all bodies of a site. What only their compiled form shows to be wrong goes into `diagnostics`."""
    blueprints = Blueprints(
        {page.route.path: compile_blueprint(page.body, site.components) for page in site.pages},
        {name: compile_blueprint(each.body, site.components) for name, each in site.shared.items()},
    )
    for blueprint in blueprints:
        for sentence, position in blueprint.mistakes:
            diagnostics.error("misplaced", f"{sentence[0].upper()}{sentence[1:]}.", position)
    return blueprints
