"""The people in a document: who has it open now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livepages.components.html import HtmlElement
from livepages.components.shared_document import DocumentName, host_attributes
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.properties import Property
from livepages.schema.values.view import View


class PeopleElement(HtmlElement):
    """The `people`: its content is the name of the document."""

    shows_documents = True

    def document(self, props: Mapping[str, Any]) -> DocumentUse | None:
        """The document that it looks at."""
        name = props.get("people")
        return DocumentUse(name, only_looks=True) if name else None

    def view(self, props: Mapping[str, Any]) -> View:
        """An empty box, which the client fills."""
        return View("div", host_attributes(self.html_attributes(props), props.get("people") or "", "people"))


PEOPLE = PeopleElement(
    "people",
    "Who has a document open: their names in the colours of their cursors. One's own name can be changed here.",
    "- people: notes\n- editor: notes",
    group="livepages",
    tag="div",
    own={"people": Property(DocumentName, "The name of the document.", required=True)},
    content="people",
    children=False,
)
