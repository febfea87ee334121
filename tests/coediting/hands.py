"""Who writes in the soak: each edit has a name, by which it is found again, or missed."""

from __future__ import annotations

import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from pycrdt import Doc, Text, get_update, merge_updates

from tests.coediting.writers import Writer, update_message

WORD = re.compile(r" (\d+-\d+);")


@dataclass
class Hand:
    """One who writes: puts words in and takes his own out again or formats them, wherever they are by then."""

    name: int
    writer: Writer
    chance: random.Random
    edits: int = 0
    drops: int = 0
    there: dict[str, int | None] = field(default_factory=dict)
    """His words that must be in the document, each with the value of the last format that it got from him."""
    gone: set[str] = field(default_factory=set)
    """His words that must not be there any more."""
    sent: dict[str, float] = field(default_factory=dict)
    """When he has put in his words that the others were to see at once."""
    seen: bytes = b"\x00\x00"
    """All that he has ever got from the server."""

    @property
    def format(self) -> str:
        """A format that only he uses: in Yjs, formats of one name can cancel each other out where they adjoin."""
        return f"of-{self.name}"

    def edit(self) -> None:
        """Do something at a random place."""
        self.edits += 1
        what = self.chance.random()
        if what < 0.6 or len(self.there) < 3:
            self._add()
            return
        word = self.chance.choice(list(self.there))
        start = self.writer.text.index(f" {word};")
        if what < 0.85:
            self.writer.delete(start, start + len(word) + 2)
            del self.there[word]
            self.gone.add(word)
        else:
            self.there[word] = self.edits
            self.writer.format(start, start + len(word) + 2, {self.format: self.edits})

    def _add(self) -> None:
        """Put a word in before another, so that all words stay whole."""
        word, text = f"{self.name}-{self.edits}", self.writer.text
        place = text.find(" ", self.chance.randrange(len(text) + 1))
        if self.writer.is_connected:
            self.sent[word] = time.perf_counter()
        self.writer.insert(place if place >= 0 else 0, f" {word};")
        self.there[word] = None

    def drop(self) -> None:
        """Lose the connection, sometimes in the middle of a message."""
        self.drops += 1
        within = b"" if self.chance.random() < 0.5 else update_message(self.writer.doc.get_update())[:60_000]
        self.writer.drop(within=within)

    def all_seen(self) -> bytes:
        """All that he has ever got from the server, as one update."""
        self.seen, self.writer.received = merge_updates(self.seen, *self.writer.received), []
        return self.seen


def holds(doc: Doc[Text], seen: bytes) -> bool:
    """Whether a document has all that was once seen: what was put in, what was taken out, and the formats."""
    if get_update(seen, doc.get_state())[:1] != b"\x00":
        return False
    copy: Doc[Text] = Doc()
    copy.apply_update(doc.get_update())
    before = copy.get("text", type=Text).diff()
    copy.apply_update(seen)
    return bool(before == copy.get("text", type=Text).diff())


def lost(hand: Hand, reader: Writer) -> list[str]:
    """The edits of one that another does not have: words by their names, with "-" deletions, with "*" formats."""
    words, formats = Counter(WORD.findall(reader.text)), formats_in(reader.doc)
    missing = [word for word in hand.there if words[word] != 1]
    back = [f"-{word}" for word in hand.gone if word in words]
    plain = [
        f"*{word}"
        for word, value in hand.there.items()
        if value is not None and word in words and formats[word].get(hand.format) != value
    ]
    return missing + back + plain


def formats_in(doc: Doc[Text]) -> dict[str, dict[str, Any]]:
    """The formats of each word that stands in a run as a whole, as each does that was formatted as a whole."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for run, formats in doc.get("text", type=Text).diff():
        if isinstance(run, str):
            found.update((word, formats or {}) for word in WORD.findall(run))
    return found
