"""Puts the props of a component into what happens in its body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from livepages.schema.expressions.expressions import Expression, Template
from livepages.schema.expressions.tree import Name
from livepages.schema.site.actions import Action, CallAction, Target, target_of
from livepages.schema.site.bindings import Binding
from livepages.schema.site.events import EventSpec

OWN = "·"
"""Stands in names between what the file calls a component's own state and a number that nothing else has."""
SERIAL = re.compile(rf"{OWN}-?\d+")

VALUED = ("when", "value", "url", "text")
"""What actions evaluate, beside their targets and what `with` gives."""


def event_with(event: EventSpec, values: Mapping[str, Any]) -> EventSpec:
    """An event with `values` in the place of the names of props. Raises ExpressionFailed."""
    if not event.arguments and not event.actions:
        return event
    actions = tuple(_action_with(action, values) for action in event.actions)
    return replace(event, arguments=_all_with(event.arguments, values), actions=actions)


def target_with(target: Target, values: Mapping[str, Any]) -> Target:
    """A target with `values` in its steps, and its root renamed where they say so. Raises ExpressionFailed."""
    renamed = name_in(values[target.root]) if target.root in values else None
    if renamed is None and not target.expressions:
        return target
    return replace(target, root=renamed or target.root, steps=tuple(_with(step, values) for step in target.steps))


def reference(name: str) -> Template:
    """A value that stands for a name, so that putting it in renames."""
    return Template((Expression(name, 0, Name(name, 0)),))


def name_in(value: Any) -> str | None:
    """The name that a value stands for, None where it is anything else."""
    match value:
        case Template((Expression(tree=Name(name=name)),)):
            return name
    return None


def as_written(message: str) -> str:
    """A message in which components' own state goes by the names that the file has."""
    return SERIAL.sub("", message)


def _action_with(action: Action, values: Mapping[str, Any]) -> Action:
    changes: dict[str, Any] = {
        name: _with(getattr(action, name), values) for name in VALUED if getattr(action, name, None) is not None
    }
    target = target_of(action)
    if target is not None:
        changes["target"] = target_with(target, values)
    if isinstance(action, CallAction):
        changes["arguments"] = _all_with(action.arguments, values)
    return replace(action, **changes)


def _all_with(arguments: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType({name: _with(value, values) for name, value in arguments.items()})


def _with(value: Any, values: Mapping[str, Any]) -> Any:
    return value.substitute(values) if isinstance(value, Binding | Expression) else value
