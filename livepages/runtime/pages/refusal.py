"""A value that a state has refused, and that its field still shows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from livepages.runtime.blueprints.node import Node
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.state.container import plain
from livepages.runtime.state.targets import find
from livepages.runtime.state.tracking import Effect, Readers


class Refusal(Effect):
    """Lasts until something is written to the state, be it what is there already: the field shows that then.

    `changes` are the properties that its user has changed; `ended` is called when it is over.
    """

    __slots__ = ("_changes", "_ended", "_live", "_number", "_place")

    def __init__(self, live: LivePage, node: Node, changes: Mapping[str, Any], ended: Callable[[], None]) -> None:
        super().__init__()
        self._live = live
        self._number = node.number
        self._changes = changes
        self._ended = ended
        self._place: frozenset[tuple[Readers, Hashable]] = frozenset()
        self._watch(node)

    def _watch(self, node: Node) -> None:
        """Read the state, and note what of all that is read its own place is, beside what leads there."""
        assert node.bind is not None, "the element is tied to a state"
        try:
            with self._live.kit.tracker.running(self):
                place = find(node.bind, self._live.reactions.scope_of(node.number))
                way = frozenset(self._sources)
                plain(place.read())
                self._place = frozenset(self._sources) - way
        except ValueError:
            return  # what was read on the way can change

    @property
    def concerns_nothing(self) -> bool:
        """Whether its element is gone."""
        return not self._live.tree.exists(self._number)

    def rewritten(self, readers: Readers, key: Hashable) -> None:
        """The state is written, and is what it was."""
        if (readers, key) in self._place:
            self.invalidate(readers, key)

    def invalidate(self, readers: Readers, key: Hashable) -> None:
        """The state is written."""
        self.forget()
        self._ended()
        if not self.concerns_nothing:
            for name, value in self._changes.items():
                self._live.tree.pending.touch(self._number, name, value)
            self._live.reactions.repeat(self._number)
