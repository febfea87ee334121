"""What the file can do by itself when something happens: changes of state, and what one tab is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from livepages.schema.expressions.expressions import Expression, Template
from livepages.schema.findings.source import Position
from livepages.schema.site.bindings import Binding

ToastKind = Literal["info", "success", "warning", "error"]

STORES = ("site", "session")
"""Roots whose first step names a state: `site.messages`. Any other root is such a name itself."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place in state: `votes[drink]` has the root `votes` and one step, an expression; `todo.done` the step "done".

    Steps that are texts are keys, whole numbers are indices, and expressions are evaluated to one of these.
    """

    root: str
    steps: tuple[str | int | Expression, ...] = ()
    position: Position | None = None

    @property
    def name(self) -> str:
        """The state that it leads into, with its store: `votes`, `site.messages`."""
        first = self.steps[0] if self.steps else None
        return f"{self.root}.{first}" if self.root in STORES and isinstance(first, str) else self.root

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The steps that are evaluated."""
        return tuple(step for step in self.steps if not isinstance(step, str | int))

    def __str__(self) -> str:
        return self.root + "".join(map(_step_text, self.steps))


def _step_text(step: str | int | Expression) -> str:
    """A step as the file writes it."""
    if isinstance(step, str):
        return f".{step}" if step.isidentifier() else f"['{step}']"
    return f"[{step if isinstance(step, int) else step.source.strip()}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Action:
    """What all actions have: they are passed over where `when` comes to nothing true."""

    when: Expression | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class SetAction(_Action):
    """Assign a value, a plain one or a binding."""

    target: Target
    value: Any


@dataclass(frozen=True, slots=True)
class ToggleAction(_Action):
    """Turn true to false, and anything false to true."""

    target: Target


@dataclass(frozen=True, slots=True)
class AppendAction(_Action):
    """Put an item at the end of a list."""

    target: Target
    value: Any


@dataclass(frozen=True, slots=True)
class PrependAction(_Action):
    """Put an item at the beginning of a list."""

    target: Target
    value: Any


@dataclass(frozen=True, slots=True)
class RemoveAction(_Action):
    """Take the first item that is equal to `value` out of a list; with no `value` the entry that `target` names.

    `has_value` tells a value of null from none.
    """

    target: Target
    value: Any = None
    has_value: bool = False


@dataclass(frozen=True, slots=True)
class ClearAction(_Action):
    """Empty a list, a mapping or a text; whatever else goes back to its default."""

    target: Target


class LinkParam(NamedTuple):
    """A page's parameter as an action gives it: where its name stands, and its value with the place of that."""

    named: Position
    value: Any
    position: Position


@dataclass(frozen=True, slots=True)
class PageLink:
    """The route of a page that an action names, with what it gives for the parameters."""

    page: str
    position: Position
    params: Mapping[str, LinkParam]


@dataclass(frozen=True, slots=True)
class GoAction(_Action):
    """Lead the tab to another address; `link` is how the file names the page, where it does not write the address."""

    url: str | Template
    link: PageLink | None = None


@dataclass(frozen=True, slots=True)
class ToastAction(_Action):
    """Show the tab a short message."""

    text: Any
    kind: ToastKind = "info"


@dataclass(frozen=True, slots=True)
class OpenAction(_Action):
    """Open the dialog or the details of this id."""

    id: str


@dataclass(frozen=True, slots=True)
class CloseAction(_Action):
    """Close the dialog or the details of this id."""

    id: str


@dataclass(frozen=True, slots=True)
class FocusAction(_Action):
    """Put the tab's cursor into the element of this id."""

    id: str


@dataclass(frozen=True, slots=True)
class CallAction(_Action):
    """Call a handler; `arguments` are what `with` gives, some of them bindings."""

    handler: str
    arguments: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class EmitAction(_Action):
    """Raise an event of the component to whoever uses it, with a value."""

    name: str
    value: Any = None


StateAction = SetAction | ToggleAction | AppendAction | PrependAction | RemoveAction | ClearAction
"""Actions that write state."""
Action = StateAction | GoAction | ToastAction | OpenAction | CloseAction | FocusAction | CallAction | EmitAction


Reading = Binding | Expression
"""What reads names when it is evaluated."""


def target_of(action: Action) -> Target | None:
    """The state that an action writes; None where it writes none."""
    return action.target if isinstance(action, StateAction) else None


def readings_of(action: Action) -> Iterator[Reading]:
    """The expressions that an action evaluates: its condition's, its target's, its values'."""
    if action.when is not None:
        yield action.when
    if (target := target_of(action)) is not None:
        yield from target.expressions
    for value in _values(action):
        if isinstance(value, Binding):
            yield value


def _values(action: Action) -> tuple[Any, ...]:
    match action:
        case SetAction() | AppendAction() | PrependAction() | RemoveAction() | EmitAction():
            return (action.value,)
        case GoAction():
            return (action.url,)
        case ToastAction():
            return (action.text,)
        case CallAction():
            return tuple(action.arguments.values())
        case _:
            return ()
