"""The names that expressions can read at a place, and which of them are state, that actions can write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from livepages.schema.clock import NOW
from livepages.schema.params import Param

RESERVED = frozenset(
    "site session params loop event value tabs people now true false null and or not in if else".split()
)
"""Names that expressions give a meaning of their own, so that nothing else can have them."""

LOOP_FIELDS = tuple("index index0 first last length".split())
"""What `loop` has: the place from 1 and from 0, whether it is the first or the last, and how many there are."""
EVENT_FIELDS = tuple(
    "value checked key code alt ctrl shift meta button x y dx dy open files form submitter top left time "
    "duration".split()
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
    return {name: Name("a prop", param) for name, param in props.items()}


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
