"""Mistakes of things in the wrong place: what shows once in copies, a session where all see the same."""

from __future__ import annotations

from livepages.schema.diagnostics import Diagnostics
from livepages.schema.element import (
    ComponentSpec,
    ElementSpec,
    Spec,
    copies_of,
    templates_of,
    walk,
)
from livepages.schema.expansion import Expansion
from livepages.schema.site import Site


def check_copies(site: Site, expansion: Expansion, diagnostics: Diagnostics) -> None:
    """Report components that show a shared element, which shows once, within what an `each` repeats."""
    for spec in site.body_specs():
        for inner in walk(tuple(inner for body in copies_of(spec) for inner in body)):
            mounted = expansion.mounted(inner) if isinstance(inner, ComponentSpec) else ()
            if mounted and isinstance(inner, ComponentSpec):
                what = f'The component "{inner.name}" shows the shared element "{mounted[0]}"'
                message = f"{what}, so it can't stand within `each`."
                hint = "A shared element shows once on a page: put it beside the `each`."
                diagnostics.error("misplaced-shared", message, inner.position, hint=hint)


def check_sessions(site: Site, diagnostics: Diagnostics) -> None:
    """Report components that show what is each visitor's own where all see the same."""
    own = _session_components(site)
    bodies = [
        *((f"the page {page.route.path}", page.body) for page in site.pages if page.scope == "shared"),
        *((f'the shared element "{name}"', shared.body) for name, shared in site.shared.items()),
    ]
    for what, body in bodies:
        for spec in walk(body):
            if isinstance(spec, ComponentSpec) and spec.name in own:
                message = f'The component "{spec.name}" shows state of the session, and all see {what} alike.'
                hint = "On pages of the scope tab or session it can."
                diagnostics.error("misplaced-session", message, spec.position, hint=hint)


def _session_components(site: Site) -> frozenset[str]:
    """The components whose bodies show state of the session, themselves or by others in them."""
    own = {name for name, component in site.components.items() if any(map(_shows_session, walk(component.body)))}
    grown = True
    while grown:
        using = {
            name
            for name, component in site.components.items()
            if any(isinstance(spec, ComponentSpec) and spec.name in own for spec in walk(component.body))
        }
        grown = not using <= own
        own |= using
    return frozenset(own)


def _shows_session(spec: Spec) -> bool:
    if isinstance(spec, ElementSpec) and spec.bind is not None and spec.bind.root == "session":
        return True
    bound = (binding for where, binding in templates_of(spec) if not where.startswith("on."))
    return any(read.path[0] == "session" for binding in bound for read in binding.reads)
