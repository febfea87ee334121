"""Whether two versions of a site say the same, wherever it stands in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from livepages.schema.code.handlers import Handlers
from livepages.schema.expressions.expressions import Expression
from livepages.schema.site.actions import Action, CallAction
from livepages.schema.site.site import Page, Site

PLACES: Final = frozenset(("position", "offset", "end"))
"""Fields that say where something stands in a text."""


Essence = tuple[object, ...]


def essence(value: Any) -> Essence:
    """What a part of a site says, without where it stands: equal for equal meanings, and for nothing else.

    Expressions count by what they work out, not by how they are spaced. Values are told apart by their types too.
    """
    if isinstance(value, Expression):
        return essence(value.tree)
    if is_dataclass(value) and not isinstance(value, type):
        told = (field.name for field in fields(value) if field.name not in PLACES)
        return (type(value), *((name, essence(getattr(value, name))) for name in told))
    if isinstance(value, Mapping):
        return ("mapping", *((essence(key), essence(item)) for key, item in value.items()))
    if isinstance(value, tuple | list):
        return ("list", *map(essence, value))
    return (type(value), value)


def startup_changed(former: Site, site: Site) -> bool:
    """Whether a site's own startup is to run again: its actions or the code of the handlers they call are others."""
    return _steps(former.startup, former.handlers) != _steps(site.startup, site.handlers)


def page_startup_changed(former: Site, before: Page, site: Site, after: Page) -> bool:
    """Whether the startup of a page of `former` is another one than that of a page of `site`."""
    return _steps(before.startup, former.handlers) != _steps(after.startup, site.handlers)


def _steps(actions: tuple[Action, ...], handlers: Handlers) -> Essence:
    """What actions say, with the code of handlers in the place of their names."""
    return essence(
        tuple(
            replace(action, handler=handlers[action.handler].fingerprint) if isinstance(action, CallAction) else action
            for action in actions
        )
    )
