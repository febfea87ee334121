"""What a document holds: a Yjs text, and what of it is known without asking the library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from pycrdt import Doc, Text, TextEvent, TransactionEvent

from livepages.coediting.beginnings import ROOT
from livepages.coediting.protocol.applying import NOTHING_NEW, apply_update, has_all_of, is_same
from livepages.coediting.protocol.encoding import BadMessage
from livepages.coediting.protocol.update import Clocks, Update, clocks_of

Delta = list[dict[str, Any]]


class Content:
    """A text that is changed by updates.

    `clocks` are how many changes of each client there are, and `size` is about how many bytes an update of all of it
    has. What has been done in it since that was last taken is in `made`, as updates.
    """

    def __init__(self, doc: Doc[Text]) -> None:
        self._doc = doc
        self.text: Text = doc.get(ROOT, type=Text)
        self.clocks = clocks_of(doc.get_state())
        self.made: list[bytes] = []
        self._deltas: list[Delta] = []
        self._watching = doc.observe(self._note)
        self.measure()

    def close(self) -> None:
        """Nobody uses it any more; what is observed stays in memory otherwise."""
        self._doc.unobserve(self._watching)

    def _note(self, event: TransactionEvent) -> None:
        if event.update != NOTHING_NEW:
            self.made.append(event.update)

    def _note_text(self, event: TextEvent) -> None:
        self._deltas.append(cast(Delta, event.delta))  # type: ignore[attr-defined] # its stubs leave that out

    # Reading

    @property
    def state(self) -> bytes:
        """The state vector."""
        return self._doc.get_state()

    def since(self, state: bytes) -> bytes:
        """The update that one lacks who has this state vector. Raises BadMessage."""
        clocks_of(state)
        try:
            return self._doc.get_update(state)
        except ValueError as error:
            raise BadMessage(f"this is not a state vector: {error}") from None

    def measure(self) -> bytes:
        """Its size, measured anew: the update of all of it."""
        whole = self._doc.get_update()
        self.size = len(whole)
        return whole

    def has(self, data: bytes) -> bool:
        """Whether all that an update brings is here already. Raises BadMessage."""
        update = Update.of(data)
        is_known = not update.brings_news(self.clocks) and update.builds_on(self.clocks)
        return is_known and has_all_of(self._doc, data)

    def is_same(self, whole: bytes) -> bool:
        """Whether an update makes the same anew."""
        return is_same(whole, self._doc)

    # Changing

    @contextmanager
    def writing(self) -> Iterator[Text]:
        """Within this the text can be changed, by the server itself; all of it is one change."""
        try:
            with self._doc.transaction():
                yield self.text
        finally:
            for made in self.made:
                self.know(Update.of(made).ends)

    def apply(self, data: bytes) -> None:
        """Change it as an update says. Raises BadMessage, and Torn."""
        apply_update(self._doc, data)

    def apply_noting(self, data: bytes) -> Delta:
        """The same; gives what has changed in the text, for which the library looks at all of it."""
        watching = self.text.observe(self._note_text)
        try:
            self.apply(data)
        finally:
            self.text.unobserve(watching)
        deltas, self._deltas = self._deltas, []
        return deltas[-1] if deltas else []

    def know(self, clocks: Clocks) -> None:
        """The changes of these clients up to these clocks are there."""
        for client, clock in clocks.items():
            self.clocks[client] = max(clock, self.clocks.get(client, 0))

    def take_made(self) -> list[bytes]:
        """What has been done since this was last asked."""
        made, self.made = self.made, []
        return made
