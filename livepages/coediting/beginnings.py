"""What documents begin with."""

from __future__ import annotations

import zlib
from typing import Final

from pycrdt import Doc, Text

from livepages.coediting.protocol.deletions import Deletion
from livepages.coediting.protocol.encoding import Reader
from livepages.coediting.protocol.update import Clocks, Update
from livepages.schema.site.element_type import DocumentUse

ROOT: Final = "text"
"""The name of the shared type in every document: a Yjs text, whatever field shows it."""
SEED: Final = b"\x01\x01\x01\x00\x04\x01\x04text\x01\n\x00"
"""The first update of every rich document: the line break that Quill's end with, as client 1 writes it.

It is the same bytes for each, so that it can be made again and merges with itself: it is stored with what is written
first, and nothing has to be for a document that nobody has written in.
"""
FIRST_OF_TEXTS: Final = 2**53 - 2**32
"""The lowest client that the beginning of a plain text can be by; those of browsers have 32 bits (Yjs, Doc.js)."""
TEXT: Final = b"\x04\x01\x04text"
"""What a text begins with that stands at the beginning of a document, before its length (Yjs, Item.js, write)."""


def beginning_with(text: str) -> bytes:
    """The update of a document that begins with a text.

    The same bytes for the same text: where a server has forgotten the document, that of a browser merges with it.
    """
    doc: Doc[Text] = Doc(client_id=_client_of(text.encode()))
    doc.get(ROOT, type=Text).insert(0, text)
    return doc.get_update()


def beginning_of(use: DocumentUse) -> bytes:
    """The update of a document that is new; b"" where it is empty."""
    if use.is_rich:
        return SEED
    return beginning_with(use.initial) if use.initial else b""


def outdated(update: Update, clocks: Clocks) -> list[Deletion]:
    """What an update brings of another beginning, such as from before the site's file was edited.

    Nothing, where somebody has written in it.
    """
    others = _other_beginnings(update, clocks)
    is_all = len(others) == len(update.structs) and not update.deletions
    if not is_all or not all(_is_whole(update, client) for client in others):
        return []
    return [Deletion(client, 0, update.structs[client].end) for client in others]


def _is_whole(update: Update, client: int) -> bool:
    """Whether a client's changes are the beginning that it is named after."""
    places = update.structs[client].places
    changes = update.data[places[0] : places[-1]]
    return changes.startswith(TEXT) and client == _client_of(Reader(changes[len(TEXT) :]).block())


def _client_of(text: bytes) -> int:
    return FIRST_OF_TEXTS + zlib.crc32(text)


def replaced(update: Update, clocks: Clocks) -> list[Deletion]:
    """What goes of a beginning in which nobody has written, as an update brings another in which somebody has."""
    others = _other_beginnings(update, clocks)
    if not others or outdated(update, clocks):
        return []
    return [Deletion(client, 0, clock) for client, clock in sorted(clocks.items()) if client >= FIRST_OF_TEXTS]


def _other_beginnings(update: Update, clocks: Clocks) -> list[int]:
    return sorted(client for client in update.structs if client >= FIRST_OF_TEXTS and client not in clocks)
