"""A document that many write at once: a Yjs text, those who follow it, and the store that keeps it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from math import isqrt
from typing import Final

from pycrdt import Text

from livepages.coediting.beginnings import beginning_of, outdated, replaced
from livepages.coediting.content import Content, Delta
from livepages.coediting.loading import load
from livepages.coediting.lock import Lock
from livepages.coediting.protocol.applying import Torn, only_deletes
from livepages.coediting.protocol.awareness import Awareness
from livepages.coediting.protocol.deletions import Deletion, only
from livepages.coediting.protocol.encoding import BadMessage
from livepages.coediting.protocol.messages import ClientState, asking_for_state, change, presence
from livepages.coediting.protocol.parts import Part, parts_of
from livepages.coediting.protocol.surplus import length_of, surplus_of
from livepages.coediting.protocol.update import Update
from livepages.coediting.reader import TOO_LARGE, UNSAVED, Reader, Refused
from livepages.coediting.stores.store import Store, StoreError
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.limits import Limits

log = logging.getLogger(__name__)

STEPS: Final = 100_000
"""Items that the library may pass at once as it looks for places; each takes it 80 to 400 nanoseconds."""
SMALLEST: Final = 10
"""Bytes that an item of a document has at the least, as a rule."""

Work = Generator[None, None, bool]
"""Something that is done bit by bit, and whether it has been."""


class Document:
    """One document in memory. What changes it is on disk before anybody else is told of it.

    `changed` is called after a reader, not the server, has changed it. `max_length` is that of its fields, in
    characters. `is_lost` is set when a change could not be kept: then it must be loaded anew, and nobody is told of it.
    Making one raises StoreError.
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
        self.lock = Lock(is_closed=use.is_locked)
        self.is_rich = use.is_rich
        self.is_lost = False
        self._is_closed = False
        self.awareness = Awareness()
        self.readers: dict[Reader, None] = {}
        self._store = store
        self._limits = limits
        self._changed = changed
        self._waiting = 0
        self._old_news: bytes | None = None
        self._beginning = b"" if store.has(key) else beginning_of(use)
        self._content = Content(load(store, key, self._beginning))
        if self.is_rich:
            self._end_with_line()
        store.settled(key, self._loaded)

    @property
    def text(self) -> Text:
        """Its text, as it is now."""
        return self._content.text

    def _loaded(self, error: Exception | None) -> None:
        """What was loaded is kept, or some of it never will be."""
        if error is not None and not self.is_lost:
            self._lose(error)

    def close(self) -> None:
        """Nobody uses it any more; what is still being applied to it goes no further."""
        self._is_closed = True
        self._content.close()

    def follow(self, use: DocumentUse) -> None:
        """Its elements say something else of it now, such as after the site's file was edited."""
        self.max_length = use.max_length
        self.lock.set(is_closed=use.is_locked)
        if use.is_rich and not self.is_rich:
            self.is_rich = True
            self._end_with_line()

    def _end_with_line(self) -> None:
        """Have the text end as Quill's do, where it was a plain one before."""
        if not str(self.text).endswith("\n"):
            with self.writing() as text:
                text.insert(len(text), "\n", {})

    @property
    def is_idle(self) -> bool:
        """Whether nobody follows it, and nothing of it waits to be kept."""
        return not self.readers and not self._waiting

    # The server's own changes

    @contextmanager
    def writing(self) -> Iterator[Text]:
        """Within this, the text can be changed: all of it is one change, which every reader is told."""
        try:
            with self._content.writing() as text:
                yield text
        finally:
            self._publish(None)

    # Readers

    def join(self, reader: Reader) -> None:
        """A reader begins to follow."""
        self.readers[reader] = None
        self.awareness.join(reader)
        reader.send(asking_for_state(self._content.state))
        if states := list(self.awareness.states()):
            reader.send(presence(states))

    def leave(self, reader: Reader) -> None:
        """A reader is gone, and its cursor with it."""
        if reader in self.readers:
            del self.readers[reader]
            self._tell_presence(self.awareness.leave(reader))

    def since(self, state: bytes) -> tuple[bytes, bytes]:
        """The update that one lacks who has this state vector, and the one that it has then. Raises BadMessage."""
        return self._content.since(state), self._content.state

    def when_kept(self, done: Callable[[Exception | None], None]) -> None:
        """Have `done` called once all that the document holds now is kept, or with why it is not."""
        self._store.settled(self.key, done)

    def change(self, data: bytes, reader: Reader) -> bool:
        """Apply a reader's update, as `changing` does, without a pause."""
        work = self.changing(data, reader)
        while True:
            try:
                next(work)
            except StopIteration as done:
                return bool(done.value)

    def changing(self, data: bytes, reader: Reader) -> Work:
        """Apply a reader's update, with pauses in which others have their turn.

        False, and nothing is changed, where it builds on what is not here. Raises BadMessage and Refused, and nothing
        is changed then either.
        """
        if data == self._old_news:  # as all send who come back to a server that has all
            return True
        update = Update(data)
        for pause in update.reading():
            yield pause
            self._check_open()
        if not update.builds_on(self._content.clocks):
            return False
        yield
        self._check_open()
        self._check_room(data)
        is_news, has_changed = update.brings_news(self._content.clocks), False
        old = outdated(update, self._content.clocks)
        former = replaced(update, self._content.clocks) if self._beginning else []
        for part in parts_of(update, self._content.clocks, self._searches):
            if part is not None:
                self._delete(former)
                former = []
                has_changed |= self._take(part, reader)
            yield
            self._check_open()
        self._delete(old)
        if not has_changed and is_news:
            raise BadMessage("what is in it builds on itself")
        if not has_changed:
            self._old_news = data
        return True

    def _delete(self, deletions: list[Deletion]) -> None:
        if deletions:
            self._content.apply(only(deletions))
            self._publish(None)

    def _check_open(self) -> None:
        """Raises Refused where it has been closed, or lost, in a pause."""
        if self._is_closed or self.is_lost:
            raise Refused(UNSAVED, "The server does not have this document any more as it was.")

    def _searches(self) -> int:
        """For how many items places can be searched at once: each search may pass all that is there, and the others."""
        return max(1, min(isqrt(STEPS), STEPS * SMALLEST // self._content.size))

    def _take(self, part: Part, reader: Reader) -> bool:
        """Apply a part of an update; whether that has changed anything. Raises BadMessage."""
        delta = self._apply(part.data)
        if not self._content.made:
            return False
        self._content.know(part.ends)
        self._publish(reader)
        self._take_out_surplus(delta)
        self._changed(self)
        return True

    def _apply(self, data: bytes) -> Delta:
        """Apply an update; what has changed in the text, where it may have become too long. Raises BadMessage."""
        try:
            if self._may_exceed(data):
                return self._content.apply_noting(data)
            self._content.apply(data)
        except Torn:
            self._lose(StoreError("an update could not be applied"))
            raise
        return []

    def has(self, data: bytes) -> bool:
        """Whether all that an update brings is here already. Raises BadMessage."""
        return data == self._old_news or self._content.has(data)

    def _may_exceed(self, update: bytes) -> bool:
        """Whether there may be too much text after an update, by bytes, which are no fewer than characters."""
        return self.max_length is not None and len(self.text) + len(update) - self.is_rich > self.max_length

    def _check_room(self, update: bytes) -> None:
        """Raises Refused for an update that makes the document too large; taking something out is always possible."""
        limits = self._limits()
        if not self._store.has(self.key) and self._store.count() >= limits.documents:
            kept = f"{limits.documents:,}"
            raise Refused(TOO_LARGE, f"There are {kept} documents already, which is all that this site keeps.")
        most = limits.document_size
        if self._content.size + len(update) <= most:
            return
        self._content.measure()
        if self._content.size + len(update) > most and not only_deletes(update):
            raise Refused(TOO_LARGE, f"This document is full: it can have {most:,} bytes, and this change is too much.")

    def _take_out_surplus(self, delta: Delta) -> None:
        """Take out what a reader has put in beyond the length that the fields allow."""
        if self.max_length is None or not delta or len(self.text) - self.is_rich <= self.max_length:
            return  # bytes, by which the library counts, are no fewer than characters
        excess = length_of(self.text) - self.is_rich - self.max_length
        if excess > 0:
            with self.writing() as text:
                for start, end in surplus_of(delta, excess):
                    del text[start:end]

    # Keeping and telling

    def _publish(self, source: Reader | None) -> None:
        """Keep what has been made, then tell it to all but the one that it came from."""
        made = self._content.take_made()
        if made and self._beginning:  # it has to be kept once somebody has written in it; readers have it
            self._keep(self._beginning, b"", None)
            self._beginning = b""
        for update in made:
            self._keep(update, update, source)

    def _keep(self, update: bytes, told: bytes, source: Reader | None) -> None:
        self._content.size += len(update)
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
            whole = self._content.measure()
            if not self._content.is_same(whole):
                log.error("The document %s can't be compacted: the library can't read again what it writes.", self.key)
                return
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
