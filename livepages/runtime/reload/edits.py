"""What was changed in a site's files, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.runtime.blueprints.blueprints import Blueprints
from livepages.runtime.blueprints.node import Each, Match, Node, molds_of
from livepages.schema.site.sameness import Essence, essence
from livepages.schema.site.site import Page, Site


def edits(
    former: Site, site: Site, pages: Mapping[str, Page], blueprints: Blueprints, otherwise: Collection[Blueprint]
) -> tuple[str, ...]:
    """What `site` has changed, such as "page /" and "component message".

    `pages` are those that go on, by their former routes; `otherwise` are the blueprints that are not what they were.
    """
    found = [*_pages(former, site, pages, blueprints, otherwise), *_parts(former, site, blueprints, otherwise)]
    return tuple(dict.fromkeys(found))


def _pages(
    former: Site, site: Site, pages: Mapping[str, Page], blueprints: Blueprints, otherwise: Collection[Blueprint]
) -> Iterator[str]:
    before = {page.route.path: page for page in former.pages}
    for route, page in before.items():
        heir = pages.get(route)
        if heir is None:
            yield f"page {route}"
        elif heir.route.path != route:
            yield f"page {route}, now {heir.route.path},"
        elif is_edited(page, heir, blueprints, otherwise):
            yield f"page {route}"
    heirs = {page.route.path for page in pages.values()}
    yield from (f"page {page.route.path}" for page in site.pages if page.route.path not in heirs)


def is_edited(page: Page, heir: Page, blueprints: Blueprints, otherwise: Collection[Blueprint]) -> bool:
    """Whether a page says something else than the one that goes on as it."""
    return blueprints.pages[heir.route.path] in otherwise or _settings(page) != _settings(heir)


def _settings(page: Page) -> Essence:
    """What a page says beside its body."""
    return essence(
        (page.title, page.scope, page.params, page.every, page.classes, page.lang, page.description, page.state)
    ) + essence((page.startup, page.events))


def _parts(former: Site, site: Site, blueprints: Blueprints, otherwise: Collection[Blueprint]) -> Iterator[str]:
    for name in sorted({*former.components, *site.components}):
        if essence(former.components.get(name)) != essence(site.components.get(name)):
            yield f"component {name}"
    for name in sorted({*former.shared, *site.shared}):
        is_new = name not in former.shared or name not in site.shared
        if is_new or blueprints.shared[name] in otherwise:
            yield f"shared {name}"
    told = {
        "state": essence((former.state, former.session_state)) != essence((site.state, site.session_state)),
        "title": former.title != site.title,
        "startup": essence(former.startup) != essence(site.startup),
        "timers": essence(former.every) != essence(site.every),
        "handlers": former.handlers is not site.handlers,
        "css": (former.css, former.theme) != (site.css, site.theme),
        "limits": former.limits != site.limits,
    }
    yield from (name for name, is_changed in told.items() if is_changed)


def says_otherwise(old: Blueprint, new: Blueprint) -> bool:
    """Whether nodes that look the same are bound to something else, or do something else."""
    return any(_does(old.nodes[number]) != _does(node) for number, node in new.nodes.items() if number in old.nodes)


def _does(node: Node) -> Essence:
    """What is bound on a node, what happens on it, and what may stand in it."""
    if not (node.bindings or node.events or node.branch or node.bind or node.state):
        return ()
    own = essence((node.bindings, node.events, node.bind, node.state))
    return (own, *_decides(node), *(_shows(each) for mold in molds_of(node.branch) for each in mold.nodes))


def _decides(node: Node) -> Essence:
    match node.branch:
        case Each(source, names, loop, key):
            return essence((source, names, loop, key))
        case Match(subject, cases):
            return essence((subject, [value for value, _ in cases]))
    return ()


def _shows(node: Node) -> Essence:
    """All that a node in a branch is."""
    kind = node.type.name if node.type is not None else node.name
    return (kind, node.number, node.parent, node.id, repr(node.props), *_does(node))
