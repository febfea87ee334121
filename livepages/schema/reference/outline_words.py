"""What the outline of a site says in a few words: values, declarations, times and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from livepages.schema.expressions.expressions import Template, as_text
from livepages.schema.site.actions import (
    Action,
    CallAction,
    CloseAction,
    EmitAction,
    FocusAction,
    GoAction,
    OpenAction,
    ToastAction,
    target_of,
)
from livepages.schema.site.bindings import Nested, leaves
from livepages.schema.site.events import UNITS, EventSpec
from livepages.schema.site.params import MISSING, Param
from livepages.schema.site.site import Timer


def text_words(value: Any) -> str:
    """A value in one line, with expressions as the file has them."""
    if isinstance(value, Template):
        written = "".join(part if isinstance(part, str) else f"${{{part.source}}}" for part in value.parts)
    elif isinstance(value, Nested):
        written = ", ".join(text_words(leaf) for leaf in leaves(value.value))
    else:
        written = as_text(value)
    return " ".join(written.split())


def class_words(value: Any) -> tuple[str, ...]:
    """CSS classes, with `${…}` for the expressions in them."""
    if isinstance(value, Nested):
        return class_words(value.value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(name for each in value for name in class_words(each))
    if isinstance(value, Template):
        return tuple("".join(part if isinstance(part, str) else "${…}" for part in value.parts).split())
    return tuple(as_text(value).split())


def param_words(params: Mapping[str, Param]) -> str:
    """Declarations, such as `num: a whole number from 1 to 3600 = 10`."""
    return ", ".join(f"{name}: {_param(param)}" for name, param in params.items())


def _param(param: Param) -> str:
    default = "" if param.default is MISSING or param.default is None else f" = {as_text(param.default)}"
    return f"{param.describe()}{default}"


def timer_words(timers: tuple[Timer, ...]) -> str:
    """Timers, such as `2s: tick`."""
    return ", ".join(f"{duration(timer.interval)}: {action_words(timer.actions)}" for timer in timers)


def duration(milliseconds: int) -> str:
    """A time in the largest unit that it is a whole number of: `500ms`, `2s`, `1h`."""
    unit = next(name for name in reversed(UNITS) if milliseconds % UNITS[name] == 0)
    return f"{milliseconds // UNITS[unit]}{unit}"


def event_words(events: Mapping[str, EventSpec]) -> tuple[tuple[str, str], ...]:
    """Events with what happens then, those left out that only carry a value."""
    told = ((event.key, event.handler or action_words(event.actions)) for event in events.values())
    return tuple((key, words) for key, words in told if words)


def action_words(actions: tuple[Action, ...]) -> str:
    """Actions in order, such as `set step, toast`; a handler is its name."""
    return ", ".join(map(_action, actions))


def _action(action: Action) -> str:
    match action:
        case CallAction():
            return action.handler
        case GoAction():
            return f"go {text_words(action.url)}"
        case ToastAction():
            return "toast"
        case OpenAction() | CloseAction() | FocusAction():
            return f"{type(action).__name__.removesuffix('Action').lower()} #{action.id}"
        case EmitAction():
            return f"emit {action.name}"
        case _:
            verb = type(action).__name__.removesuffix("Action").lower()
            return f"{verb} {target_of(action)}"
