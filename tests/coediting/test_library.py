"""All documents of a site: those of pages that end are gone with them."""

from __future__ import annotations

from livepages.coediting.library import REST, Library
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.limits import Limits
from tests.coediting.readers import Peer

USE = DocumentUse("notes", is_rich=True)


def written(library: Library, key: str) -> None:
    """Somebody has written in a document, and has gone."""
    peer, document = Peer(), library.open(key, USE, 0)
    peer.joins(document)
    peer.writes(document, 0, "words")
    document.leave(peer)


def test_passing_documents_end_with_their_page_even_when_nobody_has_used_them_for_long() -> None:
    library = Library(lambda: Limits(documents=2))
    for number in range(5):
        for key in (f"~{number}/one", f"~{number}/two"):
            written(library, key)
        library.sweep(REST + 1)
        assert library.open_ones() == []
        library.forget(f"~{number}/")
    assert str(library.open("~4/one", USE, 0).text) == "\n"


def test_lasting_documents_stay() -> None:
    library = Library(Limits)
    written(library, "notes")
    written(library, "~1/notes")
    library.forget("~1/")
    library.sweep(REST + 1)
    assert str(library.open("notes", USE, 0).text) == "words\n"
