"""Who follows a document without a socket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pycrdt import Doc, Text

from livepages.coediting.document import Document
from livepages.coediting.protocol.messages import Change, Presence, StateAsked, change, read_message
from livepages.coediting.stores.store import Done, MemoryStore, StoreError
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.limits import DEFAULT_LIMITS, Limits


@dataclass(eq=False)
class Peer:
    """A client with a document of its own, that takes in what it is sent."""

    doc: Doc[Text] = field(default_factory=Doc)
    told: list[object] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def send(self, message: bytes) -> None:
        """Take a message in."""
        read = read_message(message)
        self.told.append(read)
        if isinstance(read, Change):
            self.doc.apply_update(read.update)

    def refuse(self, code: int, reason: str) -> None:
        """Nothing more is taken."""
        self.refused.append((code, reason))

    @property
    def text(self) -> Text:
        """Its text."""
        return self.doc.get("text", type=Text)

    def joins(self, document: Document) -> None:
        """Follow a document, and get what it holds."""
        document.join(self)
        update, _ = document.since(self.doc.get_state())
        document.when_kept(lambda error: self.send(change(update, is_answer=True)) if error is None else None)

    def does(self, change: Callable[[Text], object]) -> bytes:
        """The update that a change of its text makes."""
        made: list[bytes] = []
        watching = self.doc.observe(lambda event: made.append(event.update))
        with self.doc.transaction():
            change(self.text)
        del watching
        return made[0]

    def writes(self, document: Document, index: int, content: str) -> bool:
        """Put a text in, and send that."""
        return document.change(self.does(lambda text: text.insert(index, content)), self)

    @property
    def presences(self) -> list[Presence]:
        """What it was told of others' cursors."""
        return [each for each in self.told if isinstance(each, Presence)]

    @property
    def questions(self) -> list[StateAsked]:
        """What it was asked."""
        return [each for each in self.told if isinstance(each, StateAsked)]


class SlowStore(MemoryStore):
    """A store that keeps things when it is told to, or can't."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Done] = []

    def append(self, key: str, update: bytes, done: Done) -> None:
        """Add an update, which is not kept yet."""
        super().append(key, update, _nothing)
        self.waiting.append(done)

    def settled(self, key: str, done: Done) -> None:
        """Wait behind what was added before."""
        if self.waiting:
            self.waiting.append(done)
        else:
            done(None)

    def keep(self, error: StoreError | None = None) -> None:
        """All that waits is kept, or fails."""
        waiting, self.waiting = self.waiting, []
        for done in waiting:
            done(error)


def _nothing(error: Exception | None) -> None:
    """Nobody waits for this."""


def document(
    store: MemoryStore | None = None,
    limits: Limits = DEFAULT_LIMITS,
    *,
    changes: list[str] | None = None,
    **use: object,
) -> Document:
    """A document; `changes` gets its key with each change by a reader, `use` is what its elements say of it."""
    told = changes if changes is not None else []
    return Document(
        "notes",
        DocumentUse("notes", **use),  # type: ignore[arg-type]
        store if store is not None else MemoryStore(),
        lambda: limits,
        lambda changed: told.append(changed.key),
    )
