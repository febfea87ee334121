"""The code: a piece of a program in a text, or a field for code that many write at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from livepages.components.attribute_types import one_of
from livepages.components.html import HtmlElement
from livepages.components.shared_document import (
    CHANGE,
    FIELD,
    DocumentName,
    field_options,
    host_attributes,
    off,
    said_of,
)
from livepages.schema.site.bindings import Binding
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.properties import Flag, Property
from livepages.schema.values.view import View

LANGUAGES: Final = tuple(
    "text python javascript typescript jsx json html css xml sql markdown yaml java cpp rust go shell toml ini "
    "dockerfile ruby lua diff powershell r perl nginx".split()
)
"""The languages whose words are coloured."""
OF_FIELDS: Final = (*FIELD, "line_numbers")
"""The properties that only the field has."""
NAME: Final = Property(DocumentName, "The name of the document.")


class CodeElement(HtmlElement):
    """The `code`: HTML's own, and with a `language` a field whose content is the name of its document."""

    shows_documents = True

    def check_together(self, props: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Properties that need a language, and a content that is no name."""
        yield from super().check_together(props)
        if props.get("language") is None:
            for name in OF_FIELDS:
                if name in props:
                    yield name, f"only a field for code has {name}: say its language, such as language: python"
        elif not props.get("text"):
            yield "language", "a field for code needs the name of its document as the content, such as code: main"
        elif not isinstance(props["text"], Binding):
            try:
                NAME.check(props["text"])
            except ValueError as error:
                yield "text", str(error)

    def document(self, props: Mapping[str, Any]) -> DocumentUse | None:
        """The document of the field."""
        if props.get("language") is None or not props.get("text"):
            return None
        return DocumentUse(props["text"], **said_of(props))

    def server_events(self, props: Mapping[str, Any]) -> frozenset[str]:
        """`change` of the field, when somebody has written."""
        return CHANGE

    def view(self, props: Mapping[str, Any]) -> View:
        """The text, or an empty box, which the client fills."""
        if props.get("language") is None:
            return super().view(props)
        options = {
            "language": props["language"],
            "lineNumbers": off(props, "line_numbers"),
            **field_options(props),
        }
        return View("div", host_attributes(self.html_attributes(props), props.get("text") or "", "code", options))


CODE = CodeElement(
    "code",
    "A piece of a program. With a `language`, a field for code that many write at once; its content is then the name "
    "of the document.",
    "- code: print(1)\n- code: main\n  language: python",
    group="Text-level semantics",
    own={
        "language": Property(one_of(*LANGUAGES), "The language of the code in the field."),
        **FIELD,
        "line_numbers": Property(Flag, "Whether the lines of the field are numbered.", default=True),
    },
    events=CHANGE,
)
