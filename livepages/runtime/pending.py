"""The changes of a tree that its tabs have not been told yet."""

from __future__ import annotations

from typing import Any, Final


class Missing:
    """The type of MISSING."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()
"""Stands for the value of a property that is not set."""


class Pending:
    """What was so when the tabs were last told: enough to say what is different now.

    `touched` has the former values of properties, by node and name. `placed` has the elements that came, went or
    moved, each with the element that it was in, None if the tabs did not have it. `origins` names the tab whose user
    typed the value of a field.
    """

    __slots__ = ("origins", "placed", "touched")

    def __init__(self) -> None:
        self.touched: dict[int, dict[str, Any]] = {}
        self.placed: dict[int, int | None] = {}
        self.origins: dict[int, str] = {}

    def __bool__(self) -> bool:
        return bool(self.touched or self.placed)

    def touch(self, number: int, name: str, old: Any) -> None:
        """A property is about to change; only its first former value counts."""
        self.touched.setdefault(number, {}).setdefault(name, old)

    def place(self, number: int, parent: int | None) -> None:
        """An element comes, goes or moves; only where it was first counts."""
        self.placed.setdefault(number, parent)

    def forget(self, number: int) -> None:
        """A node went with the one above it."""
        self.touched.pop(number, None)
        self.placed.pop(number, None)
        self.origins.pop(number, None)

    def split(self, numbers: frozenset[int]) -> Pending:
        """Take out what concerns these nodes."""
        part = Pending()
        for name in self.__slots__:
            mine, theirs = getattr(self, name), getattr(part, name)
            for number in numbers & mine.keys():
                theirs[number] = mine.pop(number)
        return part
