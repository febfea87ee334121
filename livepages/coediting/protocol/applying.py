"""Updates are applied by a library, which is written in Rust: what it says of those that it can't apply."""

from __future__ import annotations

from typing import Final

from pycrdt import Doc, Text

from livepages.coediting.protocol.encoding import BadMessage
from livepages.coediting.protocol.update import clocks_of

NOTHING_NEW: Final = b"\x00\x00"
"""An update without content (Yjs, UpdateEncoder: no clients, no deletions)."""


class Torn(BadMessage):
    """An update in the midst of which the library has given up: the document is not to be used any more."""


def apply_update(doc: Doc[Text], update: bytes) -> None:
    """Change a document as an update says. Raises BadMessage, and Torn."""
    try:
        doc.apply_update(update)
    except ValueError as error:
        raise BadMessage(f"this is not an update: {error}") from None
    except BaseException as error:  # a panic is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise Torn(f"this update can't be applied: {error}") from None


def has_all_of(doc: Doc[Text], update: bytes) -> bool:
    """Whether an update would change nothing. To find out takes as long as loading the document. Raises BadMessage."""
    copy: Doc[Text] = Doc()
    copy.apply_update(doc.get_update())
    made: list[bytes] = []
    watching = copy.observe(lambda event: made.append(event.update))
    try:
        apply_update(copy, update)
    finally:
        copy.unobserve(watching)
    return all(each == NOTHING_NEW for each in made)


def is_same(whole: bytes, doc: Doc[Text]) -> bool:
    """Whether an update makes the same document anew."""
    copy: Doc[Text] = Doc()
    try:
        apply_update(copy, whole)
    except BadMessage:
        return False
    return clocks_of(copy.get_state()) == clocks_of(doc.get_state())


def only_deletes(update: bytes) -> bool:
    """Whether an update adds nothing: it begins with the number of clients that have written something in it."""
    return update[:1] == NOTHING_NEW[:1]
