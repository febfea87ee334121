"""Mistakes that only the whole site shows: loops, clashes, and what is mounted where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from livepages.schema.checks.address_checks import AddressChecks
from livepages.schema.checks.expansion import MAX_DEPTH, MAX_ELEMENTS, Expansion
from livepages.schema.checks.loops import loops, uses_of
from livepages.schema.checks.place_checks import check_copies, check_documents, check_sessions
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.site.element import (
    ComponentSpec,
    ElementSpec,
    MountSpec,
    Spec,
    children_of,
    choices_of,
    walk_once,
)
from livepages.schema.site.region import Region
from livepages.schema.site.site import Component, Page, Shared, Site


def check_site(site: Site, regions: Mapping[str, Region], shared_region: Region, diagnostics: Diagnostics) -> None:
    """Report what is wrong across the site. `regions` are those of the pages, by route."""
    _check_routes(site.pages, diagnostics)
    _check_shared_names(site, shared_region, diagnostics)
    AddressChecks(site, diagnostics).check()
    found = list(loops(uses_of(site)))
    for loop in found:
        first = loop.owners[0]
        path = " > ".join(f'"{owner.name}"' for owner in (*loop.owners, first))
        through = f": {path}" if loop.owners[1:] else ""
        diagnostics.error(
            "contains-itself",
            f'The {first.kind} "{first.name}" contains itself{through}.',
            loop.position,
            hint="Take it out here: it would go on without end.",
        )
    expansion = Expansion(site.components, site.shared)
    if not found and _check_sizes(site, expansion, diagnostics):
        check_copies(site, expansion, diagnostics)
        check_sessions(site, diagnostics)
        check_documents(site, diagnostics)
        for page in site.pages:
            _check_mounts(site, page, expansion, regions[page.route.path], diagnostics)


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


def _check_shared_names(site: Site, region: Region, diagnostics: Diagnostics) -> None:
    """Handlers find shared elements by name and by id, so the two must differ."""
    for name in region.ids.keys() & site.shared.keys():
        message = f'"{name}" is the name of a shared element, so it can\'t be an id in one.'
        hint = "Choose another id: handlers find both by `shared[...]`."
        diagnostics.error("duplicate-id", message, region.ids[name], hint=hint)


def _check_sizes(site: Site, expansion: Expansion, diagnostics: Diagnostics) -> bool:
    """Whether all bodies keep to the limits; the first that doesn't is reported."""
    bodies: list[tuple[str, Component | Shared | Page]] = [
        *((f'the component "{name}"', component) for name, component in site.components.items()),
        *((f'the shared element "{name}"', shared) for name, shared in site.shared.items()),
        *((f"the page {page.route.path}", page) for page in site.pages),
    ]
    for what, owner in bodies:
        size, depth = expansion.measure(owner.body)
        if size > MAX_ELEMENTS:
            message = f"With all components put in, {what} has more than {MAX_ELEMENTS:,} elements."
            hint = "Let a handler add elements that repeat."
            diagnostics.error("too-large", message, owner.position, hint=hint)
            return False
        if depth > MAX_DEPTH:
            message = f"With all components put in, the elements of {what} are nested more than {MAX_DEPTH} deep."
            hint = "Use fewer components within components."
            diagnostics.error("too-deep", message, owner.position, hint=hint)
            return False
    return True


def _check_mounts(site: Site, page: Page, expansion: Expansion, region: Region, diagnostics: Diagnostics) -> None:
    """A shared element shows once on a page, and its ids are none of the page's own."""
    mounted: set[str] = set()
    for name, spec in _repeated(page.body, mounted, expansion):
        message = f'The shared element "{name}" shows twice on the page {page.route.path}.'
        hint = "It can show once on a page: take it out in one of the places."
        diagnostics.error("duplicate-mount", message, spec.position, hint=hint)
    for name in sorted(mounted):
        for inner in walk_once(site.shared[name].body):
            _check_id(inner, page, name, region, diagnostics)


def _repeated(body: tuple[Spec, ...], mounted: set[str], expansion: Expansion) -> Iterator[tuple[str, Spec]]:
    """The places that show what shows already; what shows is added to `mounted`. Of several choices one shows."""
    for spec in body:
        for name in expansion.mounted(spec) if isinstance(spec, MountSpec | ComponentSpec) else ():
            if name in mounted:
                yield name, spec
            mounted.add(name)
        if not choices_of(spec):
            yield from _repeated(tuple(children_of(spec)), mounted, expansion)
        shown = [set(mounted) for _ in choices_of(spec)]
        for choice, own in zip(choices_of(spec), shown, strict=True):
            yield from _repeated(choice, own, expansion)
        mounted.update(*shown)


def _check_id(spec: Spec, page: Page, shared: str, region: Region, diagnostics: Diagnostics) -> None:
    if isinstance(spec, ElementSpec | ComponentSpec) and spec.id is not None and spec.id in region.ids:
        message = (
            f'The id "{spec.id}" is used on the page {page.route.path} and in the shared element "{shared}" on it.'
        )
        where = region.ids[spec.id]
        diagnostics.error("duplicate-id", message, where, hint="Give each element an id of its own.")
