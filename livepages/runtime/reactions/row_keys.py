"""What the keys of an `each` have read."""

from __future__ import annotations

from collections.abc import Hashable

from livepages.runtime.reactions.reaction import Reaction
from livepages.runtime.state.tracking import Effect, Readers


class RowKeys(Effect):
    """The keys of an `each`, as long as they hold: when anything is written that one of them has read, none does.

    `gone` counts the items that went meanwhile: what their keys have read still counts as read.
    """

    __slots__ = ("_rows", "gone", "hold")

    def __init__(self, rows: Reaction) -> None:
        super().__init__()
        self._rows = rows
        self.gone = 0
        self.hold = False

    def invalidate(self, readers: Readers, key: Hashable) -> None:
        """Something that a key has read was written."""
        self.hold = False
        self._rows.host.want(self._rows)

    def renew(self) -> None:
        """All keys are about to be worked out."""
        self.forget()
        self.gone = 0
        self.hold = True
