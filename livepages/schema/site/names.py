"""The names that expressions can read at a place, and which of them are state, that actions can write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from livepages.schema.site.params import Param
from livepages.schema.values.clock import NOW

ROOTS: Mapping[str, str] = MappingProxyType(
    {
        "site": "The state of the site, such as `site.messages`.",
        "session": "The state of the visitor's browser, such as `session.name`. Shared pages have it in actions only.",
        "params": "The parameters of the page: `params.name`, or the bare name.",
        "now": "The present time, in whole seconds since 1970, as date filters take it.",
        "tabs": "How many tabs show the page.",
        "people": "How many browsers have the page open.",
        "loop": "Where an entry of `each` stands, such as `loop.index`.",
        "event": "What the browser tells of an event, such as `event.key`. Only in actions of events.",
        "value": "What the field of the event holds, or what a component has emitted. Only in actions of events.",
    }
)
"""The names with a meaning of their own."""

PROP = "a prop"
"""What the prop of a component is, in words."""

RESERVED = frozenset((*ROOTS, *"true false null and or not in if else".split()))
"""Names that nothing else can have."""

LOOP_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "index": "The entry's place, from 1.",
        "index0": "The entry's place, from 0.",
        "first": "Whether it is the first entry.",
        "last": "Whether it is the last entry.",
        "length": "How many entries there are.",
    }
)
"""What `loop` has."""

EVENT_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "value": "What the field holds.",
        "checked": "Whether the box or radio button is ticked.",
        "key": "The key, as browsers name it: Enter, a, ArrowUp.",
        "code": "The place of the key on the keyboard: KeyA, Digit1.",
        "alt": "Whether Alt was held.",
        "ctrl": "Whether Ctrl was held.",
        "shift": "Whether Shift was held.",
        "meta": "Whether Meta was held, the Windows or Command key.",
        "button": "The mouse button: 0 is the main one.",
        "x": "How far from the left edge of the window the pointer is, in pixels.",
        "y": "How far from the top of the window the pointer is, in pixels.",
        "dx": "How far a wheel was turned to the right.",
        "dy": "How far a wheel was turned down.",
        "open": "Whether a dialog, details or popover is open now.",
        "files": "The chosen files: their names, sizes and types.",
        "form": "The fields of a submitted form, by their names.",
        "submitter": "The name of the button that submitted the form.",
        "top": "How far the element is scrolled down, in pixels.",
        "left": "How far the element is scrolled to the right, in pixels.",
        "time": "Where a video or audio is, in seconds.",
        "duration": "How long a video or audio is, in seconds.",
    }
)
"""What `event` has: what browsers tell of their events."""


@dataclass(frozen=True, slots=True)
class Name:
    """What one name means: `what` in words, and its declaration where it has one.

    `members` are the names after its dot where only certain ones can be, and `whole` says whether it can be read
    without one. `state` says whether actions can write it, `entries` whether they can write what is in it though not
    itself, `listed` whether a message names it among those that there are.
    """

    what: str
    param: Param | None = None
    members: Mapping[str, Name] | None = None
    state: bool = False
    entries: bool = False
    whole: bool = False
    listed: bool = True


Names = Mapping[str, Name]
"""From a root name to what it means."""

LOOP = Name("what tells of the loop", members=MappingProxyType(dict.fromkeys(LOOP_FIELDS, Name("a number"))))
EVENT: Names = MappingProxyType(
    {
        "value": Name("the value of the event"),
        "event": Name("the event", members=MappingProxyType(dict.fromkeys(EVENT_FIELDS, Name("a value"))), whole=True),
    }
)
"""What is known where something happens to an element."""
PRESENCE: Names = MappingProxyType(
    {
        "tabs": Name("the number of tabs that show the page", listed=False),
        "people": Name("the number of people who have the page open", listed=False),
    }
)
"""What is known on a page of those who have it open."""
TIME: Names = MappingProxyType({NOW: Name("the time in seconds since 1970", listed=False)})
"""What is known everywhere."""


def meaning_of(name: str, where: str) -> str:
    """What a reserved name means, as the end of a sentence."""
    return "stands for the time in every expression" if name == NOW else f"has a meaning of its own {where}"


def no_names() -> Names:
    """The names of a place where there are none."""
    return MappingProxyType({})


def names_of_props(props: Mapping[str, Param]) -> Names:
    """The props of a component, in its body."""
    return {name: Name(PROP, param) for name, param in props.items()}


def names_of_params(params: Mapping[str, Param]) -> Names:
    """The parameters of a page, which go by `params.name` too."""
    members = {name: Name("a parameter of the page", param) for name, param in params.items()}
    return {**members, "params": Name("the parameters of the page", members=members, listed=False)}


def names_of_state(state: Mapping[str, Param]) -> Names:
    """The state of a page or a component, by bare names."""
    return {name: Name("a state", param, state=True) for name, param in state.items()}


def store(name: str, state: Mapping[str, Param]) -> Names:
    """The state of the site or the session, by `site.name` or `session.name`."""
    return {name: Name(f"the state of the {name}", members=names_of_state(state))}


def names_of_loop(names: Iterable[str], *, entries: bool) -> Names:
    """The names that an `each` gives; `entries` says whether what its last name stands for is state."""
    given = tuple(names)
    found = {name: Name("a name of `each`", entries=entries and name == given[-1]) for name in given}
    return {**found, "loop": LOOP}
