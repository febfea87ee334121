"""Where nodes stand in their parents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

PlaceOf = Callable[[int, int], int]
"""The place of a node, the second, among the children of its parent, the first."""
FEW: Final = 50
"""Nodes up to which looking through their parents' children is quicker than tables of them."""


class Siblings:
    """Tables of the children of nodes as they are when they are first asked for, for who looks for many of them."""

    __slots__ = ("_children", "_tables")

    def __init__(self, children: Callable[[int], Sequence[int]]) -> None:
        self._children = children
        self._tables: dict[int, dict[int, int]] = {}

    def place(self, parent: int, number: int) -> int:
        """The place of a node among the children of its parent."""
        table = self._tables.get(parent)
        if table is None:
            table = self._tables[parent] = {child: place for place, child in enumerate(self._children(parent))}
        return table[number]
