"""Makes a document from what a store has of it."""

from __future__ import annotations

from pycrdt import Doc, Text

from livepages.coediting.stores.store import Store


def load(store: Store, key: str, beginning: bytes) -> Doc[Text]:
    """A document with this beginning, which may be stored too, and the changes that a store has.

    What of them can't be read any more is set aside there, and reported. Raises StoreError.
    """
    doc: Doc[Text] = Doc()
    if beginning:
        doc.apply_update(beginning)
    good, wrong = [], ""
    for update in store.load(key):
        try:
            doc.apply_update(update)
            good.append(update)
        except ValueError as error:
            wrong = str(error)
    if wrong:
        store.set_aside(key, wrong, good)
    return doc
