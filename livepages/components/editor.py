"""The editor: a field for formatted text that many write at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import AfterValidator, WithJsonSchema

from livepages.components.attribute_types import perhaps
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
from livepages.schema.expressions.mistakes import in_words
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.properties import Property
from livepages.schema.values.view import View

Groups = tuple[tuple[str, ...], ...]

TOOLBARS: Final[Mapping[str, Groups]] = MappingProxyType(
    {
        "none": (),
        "basic": (
            ("undo", "redo"),
            ("heading",),
            ("bold", "italic", "underline", "strike"),
            ("numbered", "bullet", "checklist"),
            ("quote", "code-block"),
            ("link", "image"),
            ("clear",),
        ),
        "full": (
            ("undo", "redo"),
            ("heading", "size", "font"),
            ("bold", "italic", "underline", "strike"),
            ("color", "background"),
            ("sub", "super"),
            ("numbered", "bullet", "checklist", "outdent", "indent"),
            ("align", "direction"),
            ("quote", "code", "code-block"),
            ("link", "image"),
            ("clear",),
        ),
    }
)
"""The tools of each toolbar that has a name, in groups."""
TOOLS: Final = tuple(tool for group in TOOLBARS["full"] for tool in group)
BREAK: Final = "|"
"""What parts the groups in a list of tools."""


def _toolbar(value: object) -> object:
    words = value if isinstance(value, list) else [value]
    known = (*TOOLS, BREAK) if isinstance(value, list) else tuple(TOOLBARS)
    for word in words:
        if word not in known:
            expected = ", ".join(known[:-1]) + f" or {known[-1]}"
            where = "the tools of a toolbar are" if isinstance(value, list) else "expected a list of tools, or"
            raise ValueError(f"{where} {expected}, not {in_words(word)}{perhaps(word, known)}")
    return value


Toolbar = Annotated[
    Any,
    AfterValidator(_toolbar),
    WithJsonSchema(
        {"anyOf": [{"enum": list(TOOLBARS)}, {"type": "array", "items": {"enum": [*TOOLS, BREAK]}}]},
    ),
]


def groups_of(toolbar: str | Iterable[str]) -> list[list[str]]:
    """The tools of a toolbar in groups: by its name, or of a list with breaks."""
    if isinstance(toolbar, str):
        return [list(group) for group in TOOLBARS[toolbar]]
    groups: list[list[str]] = [[]]
    for tool in toolbar:
        if tool == BREAK:
            groups.append([])
        else:
            groups[-1].append(tool)
    return [group for group in groups if group]


class EditorElement(HtmlElement):
    """The `editor`: its content is the name of the document."""

    shows_documents = True

    def document(self, props: Mapping[str, Any]) -> DocumentUse | None:
        """The rich document that is written in it."""
        name = props.get("editor")
        return DocumentUse(name, is_rich=True, **said_of(props)) if name else None

    def server_events(self, props: Mapping[str, Any]) -> frozenset[str]:
        """`change`, when somebody has written."""
        return CHANGE

    def view(self, props: Mapping[str, Any]) -> View:
        """An empty box, which the client fills."""
        options = {
            "toolbar": groups_of(props.get("toolbar") or "basic"),
            "spellcheck": off(props, "spellcheck"),
            **field_options(props),
        }
        return View("div", host_attributes(self.html_attributes(props), props.get("editor") or "", "rich", options))


EDITOR = EditorElement(
    "editor",
    "A field for formatted text that many write at once. Its content is the name of the document: the same name on "
    "several pages is the same document.",
    "- editor: notes\n  toolbar: full\n  placeholder: Write here, together",
    group="livepages",
    tag="div",
    own={
        "editor": Property(DocumentName, "The name of the document.", required=True),
        "toolbar": Property(
            Toolbar,
            "The tools above the text: full, basic (the default) or none, or a list such as [bold, italic, |, link].",
            default="basic",
        ),
        **FIELD,
    },
    content="editor",
    children=False,
    events=CHANGE,
)
