"""What differs from the blueprint in one tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from livepages.runtime.blueprints.node import Node
from livepages.schema.site.element import Spec


class Growth(NamedTuple):
    """Components that a handler has put in: what it wrote, and the nodes that this became, by their numbers."""

    spec: Spec
    nodes: Mapping[int, Node]


class Overlay:
    """The changes of one tree. Its size grows with what was changed, never with the size of the page.

    `props` are properties that were set, by node; `children` the child lists that were changed; `added` the nodes that
    handlers made, with negative numbers; `parents` those of nodes that were moved; `gone` the topmost nodes of the
    blueprint that were taken away. `owned` are the ids of added nodes, by owner and id, and `mounts` the added nodes
    where shared elements show.

    `growths` are what handlers made with components in it, by its number, and `heirs` the elements that took over from
    those of another type. `rows` are the numbers of the nodes of a row, by its fragment and in the order of its mold,
    where these do not follow from that of the fragment.
    """

    __slots__ = (
        "added",
        "children",
        "gone",
        "growths",
        "heirs",
        "last_number",
        "mounts",
        "owned",
        "parents",
        "props",
        "rows",
    )

    def __init__(self) -> None:
        self.props: dict[int, dict[str, Any]] = {}
        self.children: dict[int, list[int]] = {}
        self.added: dict[int, Node] = {}
        self.parents: dict[int, int] = {}
        self.gone: set[int] = set()
        self.owned: dict[tuple[int, str], int] = {}
        self.growths: dict[int, Growth] = {}
        self.heirs: dict[int, int] = {}
        self.rows: dict[int, tuple[int, ...]] = {}
        self.mounts: set[int] = set()
        self.last_number = 0

    @property
    def is_empty(self) -> bool:
        """Whether the tree is as its blueprint says."""
        return not (self.props or self.children)

    @property
    def touched(self) -> set[int]:
        """The nodes of which it holds anything."""
        return {*self.props, *self.children, *self.parents, *self.gone}

    def copy(self) -> Overlay:
        """Another of the same content, that can be changed for itself."""
        copy = Overlay()
        copy.props = {number: dict(changed) for number, changed in self.props.items()}
        copy.children = {number: list(children) for number, children in self.children.items()}
        copy.added, copy.parents, copy.gone = dict(self.added), dict(self.parents), set(self.gone)
        copy.owned, copy.growths, copy.heirs = dict(self.owned), dict(self.growths), dict(self.heirs)
        copy.mounts, copy.rows = set(self.mounts), dict(self.rows)
        copy.last_number = self.last_number
        return copy

    def latest(self, number: int) -> int:
        """The number of the element that has taken over from another one, as often as that was so."""
        while number in self.heirs:
            number = self.heirs[number]
        return number

    def first(self, number: int) -> int:
        """The number that an element had before others took over from it."""
        formerly = {heir: former for former, heir in self.heirs.items()} if self.heirs else {}
        while number in formerly:
            number = formerly[number]
        return number

    def next_number(self) -> int:
        """A number that no node of the tree has had."""
        self.last_number -= 1
        return self.last_number
