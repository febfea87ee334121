"""A numbered element of a tree, and the pieces of which a tree has any number of copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple

from livepages.schema.expressions.expressions import Expression
from livepages.schema.findings.source import Position
from livepages.schema.site.actions import Target, readings_of
from livepages.schema.site.bindings import Binding
from livepages.schema.site.element import nothing
from livepages.schema.site.element_type import ElementType
from livepages.schema.site.events import EventSpec
from livepages.schema.site.params import Param

ROOT = 0
"""The number of a tree's root."""


class Kind(Enum):
    """What a node is in the browser: an element, several elements without one around them, or another stream's root."""

    ELEMENT = "element"
    FRAGMENT = "fragment"
    MOUNT = "mount"


class Span(NamedTuple):
    """Where a node's HTML is in its blueprint's: the whole of it, and what is between its tags."""

    start: int
    inner_start: int
    inner_end: int
    end: int


@dataclass(slots=True, eq=False)
class Node:
    """An element of a blueprint, or one that a handler made; what changes is in the tree's overlay, not here.

    `owner` is the component in use (a fragment) whose ids the node's id is among, 0 for the page's own. `name` is the
    component's or the shared element's. `bindings` are properties bound to expressions, `bind` is the state that its
    user's input goes to, `state` what a component keeps for itself, under names that nothing else on the page has, and
    `branch` decides what stands in a fragment.
    """

    number: int
    parent: int
    owner: int
    kind: Kind = Kind.ELEMENT
    type: ElementType | None = None
    name: str = ""
    props: Mapping[str, Any] = field(default_factory=nothing)
    bindings: Mapping[str, Binding] = field(default_factory=nothing)
    events: Mapping[str, EventSpec] = field(default_factory=nothing)
    children: tuple[int, ...] = ()
    id: str | None = None
    position: Position | None = None
    span: Span | None = None
    branch: Branch | None = None
    bind: Target | None = None
    state: Mapping[str, Param] = field(default_factory=nothing)

    @property
    def is_live(self) -> bool:
        """Whether something on it has to be evaluated."""
        return bool(self.bindings or self.state) or self.branch is not None

    @property
    def can_show_document(self) -> bool:
        """Whether it is of a type whose elements can show a document."""
        return self.type is not None and self.type.shows_documents

    def hears(self, event: EventSpec) -> bool:
        """Whether an event that it declares comes from browsers, and not from the server."""
        return self.type is None or event.type not in self.type.server_events({**self.props, **self.bindings})

    @property
    def tokens(self) -> str:
        """The events that browsers are to listen to."""
        return " ".join([event.token for event in self.events.values() if self.hears(event)])

    @property
    def dom_id(self) -> str | None:
        """The HTML id: the id itself on a page, made unique within a component."""
        return self.id if self.id is None or not self.owner else f"{self.id}-{abs(self.owner)}"

    def describe(self) -> str:
        """The node as a message names it."""
        what = self.type.name if self.type else self.name
        return f'{what} "{self.id}"' if self.id else what


@dataclass(frozen=True, slots=True, eq=False)
class Mold:
    """Nodes whose numbers count from 1; 0 is what each copy stands in, which owns the ids in a row.

    A negative owner stands outside of the copy: -1 is the owner of the fragment that the copy is put into, -2 the owner
    of that one, and so on; `reach` says how many of them there are. `nodes` come in document order, so each after its
    parent. `roots` are those at the top, `live` those with bindings or branches, `mounts` those where shared elements
    show, and `ids` are by owner and id.
    """

    nodes: tuple[Node, ...] = ()
    roots: tuple[int, ...] = ()
    live: tuple[int, ...] = ()
    ids: Mapping[tuple[int, str], int] = field(default_factory=dict)
    mounts: tuple[int, ...] = ()
    reach: int = 0

    @property
    def size(self) -> int:
        """How many numbers a copy takes."""
        return len(self.nodes)

    def copy(self, root: int, outside: Sequence[int]) -> Iterator[Node]:
        """The nodes of a copy in `root`, which has the number before theirs; handlers' numbers count down.

        `outside` are the owners outside of it, from the inside out.
        """
        for node in self.nodes:
            yield Node(
                root - node.number,
                root - node.parent,
                owner_in(root, node.owner, outside),
                node.kind,
                node.type,
                node.name,
                node.props,
                node.bindings,
                node.events,
                tuple([root - child for child in node.children]),
                node.id,
                node.position,
                branch=node.branch,
                bind=node.bind,
                state=node.state,
            )


def renumber(nodes: Iterable[Node], numbers: Mapping[int, int]) -> None:
    """Give nodes other numbers, by those that they have; a number that is not among `numbers` stays."""
    given = numbers.get
    for node in nodes:
        node.number, node.parent = given(node.number, node.number), given(node.parent, node.parent)
        node.owner = given(node.owner, node.owner)
        node.children = tuple([given(child, child) for child in node.children])


def owner_in(root: int, owner: int, outside: Sequence[int]) -> int:
    """The number of an owner that a mold names, in its copy in `root`."""
    return root - owner if owner >= 0 else outside[-owner - 1]


@dataclass(frozen=True, slots=True, eq=False)
class Each:
    """A row for each entry of `source`; `key` tells rows apart. `empty` stands there when there is none.

    `names` are those of the entry, and `loop` that of where it stands; within components they are made unique.
    """

    source: Expression | object
    names: tuple[str, ...]
    loop: str
    key: Expression | object | None
    row: Mold
    empty: Mold


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """The first case whose value `subject` has, or else `otherwise`."""

    subject: Expression | object
    cases: tuple[tuple[object, Mold], ...]
    otherwise: Mold


Branch = Each | Match
"""What decides which copies stand in a fragment."""


def molds_of(branch: Branch | None) -> Iterator[Mold]:
    """What can stand in a branch."""
    if isinstance(branch, Each):
        yield branch.row
        yield branch.empty
    elif isinstance(branch, Match):
        yield from (mold for _, mold in branch.cases)
        yield branch.otherwise


def names_read(nodes: Iterable[Node]) -> Iterator[str]:
    """The names that expressions on nodes, and on what may come to stand in them, begin with."""
    for node in nodes:
        branch = node.branch
        if not node.bindings and not node.events and branch is None:
            continue
        own = (branch.source, branch.key) if isinstance(branch, Each) else (branch.subject,) if branch else ()
        told = (reading for event in node.events.values() for step in event.steps for reading in readings_of(step))
        yield from roots_read((*node.bindings.values(), *own, *told))
        for mold in molds_of(branch):
            yield from names_read(mold.nodes)


def roots_read(readings: Iterable[object]) -> Iterator[str]:
    """The names that expressions begin with; other values are passed over."""
    for reading in readings:
        if isinstance(reading, Binding | Expression):
            yield from (name.partition(".")[0] for name in reading.names)
