"""What on a site tells one browser from another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.runtime.blueprints.blueprints import Blueprints
from livepages.runtime.blueprints.node import Node, molds_of
from livepages.schema.code.handlers import Handlers
from livepages.schema.site.actions import Action, CallAction
from livepages.schema.site.site import Page, Site

SESSION: Final = "session"
"""The name by which expressions read a session's state, and by which handlers ask for it."""
BY_SESSION: Final = frozenset((SESSION, "people"))
"""The names that expressions can only have with sessions."""


def site_uses_sessions(site: Site, blueprints: Blueprints) -> bool:
    """Whether anything on a site tells one browser from another."""
    return (
        bool(site.session_state)
        or any(page.scope == "session" for page in site.pages)
        or any(SESSION in handler.asks for handler in site.handlers.values())
        or any("people" in blueprint.reads for blueprint in blueprints)
    )


def page_uses_sessions(page: Page, shown: Collection[Blueprint], handlers: Handlers) -> bool:
    """Whether anything on a page does, or on one of the shared elements among what is `shown` there."""
    if any(not BY_SESSION.isdisjoint(blueprint.reads) for blueprint in shown):
        return True
    nodes = (node for blueprint in shown for node in _all(blueprint.nodes.values()))
    actions = [*page.actions(), *(each for node in nodes for event in node.events.values() for each in event.steps)]
    return any(SESSION in handlers[name].asks for name in _called(actions))


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    """Nodes, with those that may come to stand in them."""
    for node in nodes:
        yield node
        for mold in molds_of(node.branch):
            yield from _all(mold.nodes)


def _called(actions: Iterable[Action]) -> Iterator[str]:
    return (action.handler for action in actions if isinstance(action, CallAction))
