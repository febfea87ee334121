"""What documents begin with."""

from __future__ import annotations

import zlib
from typing import Final

from pycrdt import Doc, Text

from livepages.schema.site.element_type import DocumentUse

ROOT: Final = "text"
"""The name of the shared type in every document: a Yjs text, whatever field shows it."""
SEED: Final = b"\x01\x01\x01\x00\x04\x01\x04text\x01\n\x00"
"""The first update of every rich document: the line break that Quill's end with, as client 1 writes it.

It is the same bytes for each, so that it can be made again and merges with itself: it is stored with what is written
first, and nothing has to be for a document that nobody has written in.
"""
FIRST_OF_TEXTS: Final = 2
"""The lowest client that the beginning of a plain text can be by; browsers choose theirs at random, of 32 bits."""


def beginning_with(text: str) -> bytes:
    """The update of a document that begins with a text.

    The same bytes for the same text: where a server has forgotten the document, that of a browser merges with it.
    """
    doc: Doc[Text] = Doc(client_id=FIRST_OF_TEXTS + zlib.crc32(text.encode()))
    doc.get(ROOT, type=Text).insert(0, text)
    return doc.get_update()


def beginning_of(use: DocumentUse) -> bytes:
    """The update of a document that is new; b"" where it is empty."""
    if use.is_rich:
        return SEED
    return beginning_with(use.initial) if use.initial else b""
