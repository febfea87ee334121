"""Mistakes that only the whole site shows: loops, clashes, and what is mounted where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element import ComponentSpec, MountSpec, Spec, walk
from livepages.schema.region import Region
from livepages.schema.site import Page, Site


def check_site(site: Site, regions: Mapping[str, Region], shared_region: Region, diagnostics: Diagnostics) -> None:
    """Report what is wrong across the site. `regions` are those of the pages, by route."""
    loops = _report_loops(
        {name: component.body for name, component in site.components.items()},
        lambda spec: spec.name if isinstance(spec, ComponentSpec) else None,
        "component",
        diagnostics,
    )
    if loops:
        return
    _report_loops(
        {name: shared.body for name, shared in site.shared.items()},
        lambda spec: spec.name if isinstance(spec, MountSpec) else None,
        "shared element",
        diagnostics,
    )
    _check_routes(site.pages, diagnostics)
    for page in site.pages:
        _check_mounts(site, page, regions[page.route.path], shared_region, diagnostics)
    for name, shared in site.shared.items():
        if name in shared_region.ids:
            message = f'"{name}" is the id of an element and the name of a shared element.'
            diagnostics.error("duplicate-id", message, shared_region.ids[name], hint="Handlers could not tell them apart.")


def _report_loops(
    bodies: Mapping[str, tuple[Spec, ...]], refers: Callable[[Spec], str | None], what: str, diagnostics: Diagnostics
) -> bool:
    """Report every entry that contains itself, at the place that closes the loop. Returns whether there is one."""
    uses = {
        name: [(target, spec) for spec in walk(body) if (target := refers(spec)) is not None]
        for name, body in bodies.items()
    }
    found = False
    for name in bodies:
        chain = _loop(name, uses)
        if chain is not None and name == min(chain):
            found = True
            closing = next(spec for target, spec in uses[chain[-1]] if target == name)
            path = " > ".join([*chain, name])
            diagnostics.error(
                "contains-itself", f'The {what} "{name}" contains itself: {path}.', closing.position
            )
    return found


def _loop(start: str, uses: Mapping[str, Iterable[tuple[str, Spec]]]) -> list[str] | None:
    """The shortest chain of names that leads from `start` back to it, without its repetition at the end."""
    chains, seen = [[start]], {start}
    while chains:
        chain = chains.pop(0)
        for target, _ in uses.get(chain[-1], ()):
            if target == start:
                return chain
            if target not in seen:
                seen.add(target)
                chains.append([*chain, target])
    return None


def _check_routes(pages: tuple[Page, ...], diagnostics: Diagnostics) -> None:
    shapes: dict[str, Page] = {}
    for page in pages:
        other = shapes.setdefault(page.route.shape, page)
        if other is not page:
            diagnostics.error(
                "route-clash",
                f"The routes {other.route.path} and {page.route.path} match the same addresses.",
                page.position,
                hint="Remove one of them, or give them different fixed parts.",
            )


def _check_mounts(site: Site, page: Page, region: Region, shared_region: Region, diagnostics: Diagnostics) -> None:
    mounted: set[str] = set()
    for mount in site.mounts(page.body):
        for name in [mount.name, *(inner.name for inner in site.mounts(site.shared[mount.name].body))]:
            if name in mounted:
                message = f'The shared element "{name}" is on the page {page.route.path} twice.'
                diagnostics.error("duplicate-mount", message, mount.position, hint="A shared element shows once on a page.")
            mounted.add(name)
    if mounted:
        for identifier in region.ids.keys() & shared_region.ids.keys():
            diagnostics.error(
                "duplicate-id",
                f'The id "{identifier}" is used on the page {page.route.path} and in a shared element on it.',
                region.ids[identifier],
                hint="Give each element an id of its own.",
            )
