"""The changes of a tree that its tabs have not been told yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple


class Missing:
    """The type of MISSING."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = Missing()
"""Stands for the value of a property that is not set."""


def current(own: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """Properties of which some have changed."""
    return {name: value for name, value in {**own, **changed}.items() if value is not MISSING}


UNSURE: Final = 0
"""Stands for an element's next one when the tabs may have another by now; the root is nobody's next one."""


class Was(NamedTuple):
    """Where the tabs have an element: in which other, and before which, None at the end."""

    parent: int
    next: int | None


class Pending:
    """What was so when the tabs were last told: enough to say what is different now.

    `touched` has the former values of properties, by node and name. `placed` has the elements that came, went or
    moved, each with where it was, None if the tabs did not have it. `origins` names the tab whose user typed the value
    of a field. `left` has, by element, those that may have been in it.
    """

    __slots__ = ("_before", "left", "origins", "placed", "touched")

    def __init__(self) -> None:
        self.touched: dict[int, dict[str, Any]] = {}
        self.placed: dict[int, Was | None] = {}
        self.origins: dict[int, str] = {}
        self._before: dict[Was, int] = {}
        self.left: dict[int, set[int]] = {}

    def __bool__(self) -> bool:
        return bool(self.touched or self.placed)

    def touch(self, number: int, name: str, old: Any) -> None:
        """A property is about to change; only its first former value counts."""
        self.touched.setdefault(number, {}).setdefault(name, old)

    def untouch(self, number: int, name: str) -> None:
        """The tabs know what a property is now."""
        former = self.touched.get(number, {})
        former.pop(name, None)
        if not former:
            self.touched.pop(number, None)

    def contest(self, number: int, name: str, value: Any) -> None:
        """A handler is about to change what a user has just typed, which the user's tab shows and others may not."""
        if self.origins and self.origins.pop(number, None) is not None and name in self.touched.get(number, {}):
            self.touched[number][name] = value

    def place(self, number: int, parent: int | None, following: int | None = None) -> None:
        """An element that is not placed yet comes, goes or moves; `parent` is None if the tabs do not have it.

        `following` is the next element in the same one that is not placed. Between the two the tabs may have others
        that are placed already.
        """
        if parent is None:
            self.placed[number] = None
            return
        was = Was(parent, following)
        while was in self._before:
            was = Was(parent, self._before[was])
        self._put(number, was)
        self._before[was] = number

    def anchor(self, number: int, parent: int) -> None:
        """An element goes in which the tabs have others that are placed: they count as being in `parent` from now."""
        for each in self.left.pop(number):
            was = self.placed.get(each)
            if was is not None and was.parent == number:
                self._put(each, Was(parent, UNSURE))

    def _put(self, number: int, was: Was) -> None:
        self.placed[number] = was
        self.left.setdefault(was.parent, set()).add(number)

    def forget(self, number: int) -> None:
        """A node is gone; where the tabs have it still counts."""
        self.touched.pop(number, None)
        self.origins.pop(number, None)
        if self.placed.get(number, UNSURE) is None:
            del self.placed[number]

    def split(self, numbers: Collection[int]) -> Pending:
        """Take out what concerns these nodes. Of the others it is no longer sure before which element they are."""
        part = Pending()
        for number in numbers:
            if number in self.touched:
                part.touched[number] = self.touched.pop(number)
            if number in self.placed:
                part.placed[number] = self.placed.pop(number)
            if number in self.origins:
                part.origins[number] = self.origins.pop(number)
        for number, was in self.placed.items():
            if was is not None:
                self.placed[number] = Was(was.parent, UNSURE)
        self._before.clear()
        return part
