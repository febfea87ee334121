"""Mistakes of things in the wrong place: what shows once in copies, a session where all see the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from livepages.schema.checks.expansion import Expansion
from livepages.schema.code.handlers import SHARED_DOCUMENT_NAMES
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.site.actions import (
    Action,
    CallAction,
    CloseAction,
    FocusAction,
    GoAction,
    OpenAction,
    ToastAction,
)
from livepages.schema.site.element import (
    ComponentSpec,
    ElementSpec,
    Spec,
    copies_of,
    templates_of,
    walk,
)
from livepages.schema.site.site import Site

NEEDS_PAGE = (CloseAction, FocusAction, GoAction, OpenAction, ToastAction)
"""Actions that do something on one page, or in one of its tabs."""


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
    own = _components_with(_shows_session, site)
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


def check_documents(site: Site, diagnostics: Diagnostics) -> None:
    """Report components in shared elements that want to do something on the page when somebody writes in a document."""
    own = _components_with(partial(_needs_page, site), site)
    for name, shared in site.shared.items():
        for spec in walk(shared.body):
            if isinstance(spec, ComponentSpec) and spec.name in own:
                what = f'The component "{spec.name}" needs a page when somebody writes in a document of it'
                message = f'{what}, and the shared element "{name}" is on any number of them.'
                hint = "Use it on pages, or let the handler of its `change` do without `page`, `params` and `tab`."
                diagnostics.error("misplaced-document", message, spec.position, hint=hint)


def _components_with(found: Callable[[Spec], bool], site: Site) -> frozenset[str]:
    """The components in whose bodies something is found, or in those of the components that they use."""
    own = {name for name, component in site.components.items() if any(map(found, walk(component.body)))}
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


def _needs_page(site: Site, spec: Spec) -> bool:
    if not isinstance(spec, ElementSpec):
        return False
    of_server = spec.type.server_events(spec.props)
    steps = (step for key, event in spec.events.items() if key in of_server for step in event.steps)
    return any(_asks_for_page(site, step) for step in steps)


def _asks_for_page(site: Site, step: Action) -> bool:
    if isinstance(step, CallAction) and (handler := site.handlers.get(step.handler)) is not None:
        return any(handler.mistakes(SHARED_DOCUMENT_NAMES, frozenset(step.arguments)))
    return isinstance(step, NEEDS_PAGE)
