"""What differs from the blueprint in one tree."""

from __future__ import annotations

from typing import Any

from livepages.runtime.node import Node


class Overlay:
    """The changes of one tree. Its size grows with what was changed, never with the size of the page.

    `props` are properties that were set, by node; `children` the child lists that were changed; `added` the nodes that
    handlers made, with negative numbers; `parents` those of nodes that were moved; `gone` the topmost nodes of the
    blueprint that were taken away. `owned` are the ids of added nodes, by owner and id, and `mounts` the added nodes
    where shared elements show.
    """

    __slots__ = ("added", "children", "gone", "last_number", "mounts", "owned", "parents", "props")

    def __init__(self) -> None:
        self.props: dict[int, dict[str, Any]] = {}
        self.children: dict[int, list[int]] = {}
        self.added: dict[int, Node] = {}
        self.parents: dict[int, int] = {}
        self.gone: set[int] = set()
        self.owned: dict[tuple[int, str], int] = {}
        self.mounts: set[int] = set()
        self.last_number = 0

    @property
    def is_empty(self) -> bool:
        """Whether the tree is as its blueprint says."""
        return not (self.props or self.children)

    def next_number(self) -> int:
        """A number that no node of the tree has had."""
        self.last_number -= 1
        return self.last_number
