"""The expressions on one live page that have no value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from livepages.schema.findings.diagnostics import Diagnostic

MOST_FAULTS: Final = 10
"""Faults of one live page that are remembered."""


class Faults:
    """The first expressions that have no value now, each once, however many rows it has none in.

    Whoever has a fault is what it is known by, so that it can say later that there is none any more.
    """

    __slots__ = ("_found", "_told", "have_been")

    def __init__(self) -> None:
        self.have_been = False
        self._found: dict[Diagnostic, set[object]] = {}
        self._told: tuple[Diagnostic, ...] = ()

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(tuple(self._found))

    def add(self, fault: Diagnostic, owner: object) -> None:
        """An expression has no value."""
        if fault in self._found or len(self._found) < MOST_FAULTS:
            self._found.setdefault(fault, set()).add(owner)
            self.have_been = True

    def clear(self, owner: object) -> None:
        """All expressions of an owner have values, or it is gone."""
        for fault, owners in tuple(self._found.items()) if self._found else ():
            owners.discard(owner)
            if not owners:
                del self._found[fault]

    def take_news(self) -> bool:
        """Whether they are others than when this was asked before."""
        former, self._told = self._told, tuple(self._found)
        return self._told != former
