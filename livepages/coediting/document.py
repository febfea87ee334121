"""A document that many write at once: a Yjs text, those who follow it, and the store that keeps it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from time import monotonic
from typing import Any, Final, cast

from pycrdt import Doc, Text, TextEvent, TransactionEvent

from livepages.coediting.beginnings import ROOT, beginning_of
from livepages.coediting.protocol.applying import NOTHING_NEW, Torn, apply_update, has_all_of, is_same, only_deletes
from livepages.coediting.protocol.awareness import Awareness
from livepages.coediting.protocol.encoding import BadMessage
from livepages.coediting.protocol.messages import ClientState, asking_for_state, change, presence
from livepages.coediting.protocol.surplus import length_of, surplus_of
from livepages.coediting.protocol.update_check import Update, clocks_of
from livepages.coediting.reader import TOO_LARGE, UNSAVED, Reader, Refused
from livepages.coediting.stores.store import Store, StoreError
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.limits import Limits

log = logging.getLogger(__name__)

LATE: Final = 2.0
"""Seconds in which changes still come of those who have not heard that a document is locked now."""


class Document:
    """One document in memory. What changes it is on disk before anybody else is told of it.

    `changed` is called after a reader, not the server, has changed it. `max_length` is that of its fields, in
    characters, and `is_locked` says that none of them can be written in. `is_lost` is set when a change could not be
    kept: then it must be loaded anew, and nobody is told of it. Making one raises StoreError.
    """

    def __init__(
        self,
        key: str,
        use: DocumentUse,
        store: Store,
        limits: Callable[[], Limits],
        changed: Callable[[Document], None],
    ) -> None:
        self.key = key
        self.max_length = use.max_length
        self.is_locked = use.is_locked
        self._locked = -LATE
        self.is_rich = use.is_rich
        self.is_lost = False
        self.awareness = Awareness()
        self.readers: dict[Reader, None] = {}
        self._store = store
        self._limits = limits
        self._changed = changed
        self._waiting = 0
        self._made: list[bytes] = []
        self._deltas: list[list[dict[str, Any]]] = []
        self._beginning = b"" if store.has(key) else beginning_of(use)
        self._become(self._load())
        store.settled(key, self._loaded)

    def _load(self) -> Doc[Text]:
        """The document as the store has it. What of it can't be read any more is set aside there, and reported."""
        doc: Doc[Text] = Doc()
        if self._beginning:
            doc.apply_update(self._beginning)
        good, wrong = [], ""
        for update in self._store.load(self.key):
            try:
                doc.apply_update(update)
                good.append(update)
            except ValueError as error:
                wrong = str(error)
        if wrong:
            self._store.set_aside(self.key, wrong, good)
        return doc

    def _loaded(self, error: Exception | None) -> None:
        """What was loaded is kept, or some of it never will be."""
        if error is not None and not self.is_lost:
            self._lose(error)

    def _become(self, doc: Doc[Text]) -> None:
        """Hold this document from now on."""
        self._doc = doc
        self.text: Text = doc.get(ROOT, type=Text)
        self._size = len(doc.get_update())
        self._clocks = clocks_of(doc.get_state())
        self._old_news: bytes | None = None
        self._watching = doc.observe(self._note)
        if self.is_rich:
            self._end_with_line()

    def close(self) -> None:
        """Nobody uses it any more; what is observed stays in memory otherwise."""
        self._doc.unobserve(self._watching)

    def _note(self, event: TransactionEvent) -> None:
        if event.update != NOTHING_NEW:
            self._made.append(event.update)

    def _note_text(self, event: TextEvent) -> None:
        self._deltas.append(cast(list[dict[str, Any]], event.delta))  # type: ignore[attr-defined] # its stubs leave that out

    def follow(self, use: DocumentUse) -> None:
        """Its elements say something else of it now, such as after the site's file was edited."""
        if use.is_locked and not self.is_locked:
            self._locked = monotonic()
        self.max_length, self.is_locked = use.max_length, use.is_locked
        if use.is_rich and not self.is_rich:
            self.is_rich = True
            self._end_with_line()

    def _end_with_line(self) -> None:
        """Have the text end as Quill's do, where it was a plain one before."""
        if not str(self.text).endswith("\n"):
            with self.writing() as text:
                text.insert(len(text), "\n", {})

    @property
    def takes_no_change(self) -> bool:
        """Whether it is locked, and was before anything that comes now was written."""
        return self.is_locked and monotonic() - self._locked > LATE

    @property
    def is_idle(self) -> bool:
        """Whether nobody follows it, and nothing of it waits to be kept."""
        return not self.readers and not self._waiting

    # The server's own changes

    @contextmanager
    def writing(self) -> Iterator[Text]:
        """Within this, the text can be changed: all of it is one change, which every reader is told."""
        try:
            with self._doc.transaction():
                yield self.text
        finally:
            for update in self._made:
                self._know(Update(update))
            self._publish(None)

    # Readers

    def join(self, reader: Reader) -> None:
        """A reader begins to follow."""
        self.readers[reader] = None
        self.awareness.join(reader)
        reader.send(asking_for_state(self._doc.get_state()))
        if states := list(self.awareness.states()):
            reader.send(presence(states))

    def leave(self, reader: Reader) -> None:
        """A reader is gone, and its cursor with it."""
        if reader in self.readers:
            del self.readers[reader]
            self._tell_presence(self.awareness.leave(reader))

    def since(self, state: bytes) -> tuple[bytes, bytes]:
        """The update that one lacks who has this state vector, and the one that it has then. Raises BadMessage."""
        clocks_of(state)
        try:
            return self._doc.get_update(state), self._doc.get_state()
        except ValueError as error:
            raise BadMessage(f"this is not a state vector: {error}") from None

    def when_kept(self, done: Callable[[Exception | None], None]) -> None:
        """Have `done` called once all that the document holds now is kept, or with why it is not."""
        self._store.settled(self.key, done)

    def change(self, update: bytes, reader: Reader) -> bool:
        """Apply a reader's update; False, and nothing is changed, where it builds on what is not here.

        Raises BadMessage and Refused, and changes nothing then.
        """
        if update == self._old_news:  # as all send who come back to a server that has all
            return True
        looked_through = Update(update)
        if not looked_through.builds_on(self._clocks):
            return False
        self._check_room(update)
        with self._noting_texts() if self._may_exceed(update) else nullcontext():
            self._apply(update)
        is_news = any(self._clocks.get(client, 0) < end for client, end in looked_through.ends.items())
        if self._made or not is_news:
            self._know(looked_through)
        if self._made:
            self._publish(reader)
            self._take_out_surplus()
            self._changed(self)
        elif is_news:
            raise BadMessage("what is in it builds on itself")
        else:
            self._old_news = update
        return True

    def has(self, update: bytes) -> bool:
        """Whether all that an update brings is here already. Raises BadMessage."""
        if update == self._old_news:
            return True
        brought = Update(update)
        is_known = all(self._clocks.get(client, 0) >= end for client, end in brought.ends.items())
        return is_known and brought.builds_on(self._clocks) and has_all_of(self._doc, update)

    def _may_exceed(self, update: bytes) -> bool:
        """Whether there may be too much text after an update, by bytes, which are no fewer than characters."""
        return self.max_length is not None and len(self.text) + len(update) - self.is_rich > self.max_length

    @contextmanager
    def _noting_texts(self) -> Iterator[None]:
        """Note what is put in where; for this the library looks at all of the text."""
        watching = self.text.observe(self._note_text)
        try:
            yield
        finally:
            self.text.unobserve(watching)

    def _apply(self, update: bytes) -> None:
        """Apply an update. Raises BadMessage."""
        try:
            apply_update(self._doc, update)
        except Torn:
            self._lose(StoreError("an update could not be applied"))
            raise

    def _know(self, update: Update) -> None:
        """An update has been applied."""
        for client, clock in update.ends.items():
            self._clocks[client] = max(clock, self._clocks.get(client, 0))

    def _check_room(self, update: bytes) -> None:
        """Raises Refused for an update that makes the document too large; taking something out is always possible."""
        limits = self._limits()
        if not self._store.has(self.key) and self._store.count() >= limits.documents:
            kept = f"{limits.documents:,}"
            raise Refused(TOO_LARGE, f"There are {kept} documents already, which is all that this site keeps.")
        most = limits.document_size
        if self._size + len(update) <= most:
            return
        self._size = len(self._doc.get_update())
        if self._size + len(update) > most and not only_deletes(update):
            raise Refused(TOO_LARGE, f"This document is full: it can have {most:,} bytes, and this change is too much.")

    def _take_out_surplus(self) -> None:
        """Take out what a reader has put in beyond the length that the fields allow."""
        deltas, self._deltas = self._deltas, []
        if self.max_length is None or not deltas or len(self.text) - self.is_rich <= self.max_length:
            return  # bytes, by which the library counts, are no fewer than characters
        excess = length_of(self.text) - self.is_rich - self.max_length
        if excess > 0:
            with self.writing() as text:
                for start, end in surplus_of(deltas[-1], excess):
                    del text[start:end]

    # Keeping and telling

    def _publish(self, source: Reader | None) -> None:
        """Keep what has been made, then tell it to all but the one that it came from."""
        made, self._made = self._made, []
        if made and self._beginning:  # it has to be kept once somebody has written in it; readers have it
            self._keep(self._beginning, b"", None)
            self._beginning = b""
        for update in made:
            self._keep(update, update, source)

    def _keep(self, update: bytes, told: bytes, source: Reader | None) -> None:
        self._size += len(update)
        self._waiting += 1
        self._store.append(self.key, update, partial(self._kept, told, source))

    def _kept(self, update: bytes, source: Reader | None, error: Exception | None) -> None:
        self._waiting -= 1
        if self.is_lost:
            return
        if error is not None:
            self._lose(error)
            return
        message = change(update)
        for reader in [each for each in self.readers if update and each is not source]:
            reader.send(message)
        if not self._waiting:
            self.compact_if_needed()

    def compact_if_needed(self) -> None:
        """Have the store keep the whole document in place of its changes, where these have become many."""
        if self._store.needs_compaction(self.key) and not self.is_lost:
            whole = self._doc.get_update()
            if not is_same(whole, self._doc):
                log.error("The document %s can't be compacted: the library can't read again what it writes.", self.key)
                return
            self._size = len(whole)
            self._store.compact(self.key, whole)

    def _lose(self, error: Exception) -> None:
        """What is here is not what is kept: readers come back to the document as it is loaded anew."""
        self.is_lost = True
        log.error("The document %s can't be saved: %s", self.key, error)
        for reader in list(self.readers):
            reader.refuse(UNSAVED, "The server can't save this document at the moment.")
        self.readers.clear()

    # Presence

    def tell_of(self, states: Iterable[ClientState], reader: Reader, now: float) -> None:
        """A reader says where it is. Raises BadMessage."""
        self._tell_presence(self.awareness.take(states, reader, now), but=reader)

    def forget_outdated(self, now: float) -> None:
        """Take away the cursors that have not been heard of for long."""
        self._tell_presence(self.awareness.forget_outdated(now))

    def _tell_presence(self, states: list[ClientState], but: Reader | None = None) -> None:
        if states:
            message = presence(states)
            for reader in [each for each in self.readers if each is not but]:
                reader.send(message)
