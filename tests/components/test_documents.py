"""The elements that show documents: what they tell the client, and what is said of mistakes in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from livepages.components.editor import TOOLBARS, TOOLS, groups_of
from livepages.components.table import ELEMENT_TYPES
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.loader import read_site
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.values.view import View
from tests.components.elements import Element


def view_of(name: str, **props: Any) -> View:
    view: View = Element(name, props).view
    return view


def options(view: View) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(view.attributes["data-options"])
    return found


def test_an_editor_is_a_box_that_the_client_fills() -> None:
    view = view_of("editor", editor="notes", toolbar="none", classes="h-96")
    assert (view.tag, view.inner) == ("div", None)
    assert dict(view.attributes) == {
        "class": "livepages-document livepages-document-rich h-96",
        "data-document": "notes",
        "data-kind": "rich",
        "data-options": '{"toolbar":[]}',
    }


def test_the_client_is_told_only_what_is_not_as_usual() -> None:
    given = {"placeholder": "Write", "readonly": True, "max_length": 9, "presence": False, "spellcheck": False}
    assert options(view_of("editor", editor="a", toolbar=["bold", "|", "link", "image"], **given)) == {
        "toolbar": [["bold"], ["link", "image"]],
        "placeholder": "Write",
        "readonly": True,
        "maxLength": 9,
        "presence": False,
        "spellcheck": False,
    }
    usual = {"readonly": False, "presence": True, "spellcheck": True}
    assert options(view_of("editor", editor="a", **usual)) == {"toolbar": groups_of("basic")}


def test_the_full_toolbar_has_what_the_kitchen_sink_had() -> None:
    wanted = "heading size font color background numbered bullet quote code align link image undo redo clear".split()
    assert set(wanted) <= set(TOOLS)
    assert {tool for group in TOOLBARS["basic"] for tool in group} < set(TOOLS)
    assert groups_of([]) == groups_of("none") == groups_of(["|", "|"]) == []


def test_code_is_a_field_with_a_language_and_html_without() -> None:
    assert view_of("code", text="print(1)") == View("code", {}, {}, inner="print(1)")
    field = view_of("code", text="main", language="python", line_numbers=False)
    assert (field.tag, field.inner, field.attributes["data-document"]) == ("div", None, "main")
    assert options(field) == {"language": "python", "lineNumbers": False}


@pytest.mark.parametrize("name", ["input", "textarea"])
def test_a_field_with_a_shared_text_holds_none_of_its_own(name: str) -> None:
    element = Element(name, {"value": "Hello", "shared_text": "title", "maxlength": 9})
    kind, props = element.type, element.props
    view = kind.first_view(props)
    assert (view.tag, view.value, view.inner, view.attributes.get("value")) == (name, None, None, None)
    assert (view.attributes["data-document"], view.attributes["data-kind"]) == ("title", "plain")
    assert kind.document(props) == DocumentUse("title", initial="Hello", max_length=9)
    assert (kind.implied_events(props), kind.held(props)) == ((), None)
    assert kind.changes_from(props, {"value": "forged"}) == {}
    assert kind.document({"value": "Hello"}) is None


MISTAKES = """
- editor:
---
"editor" needs the name of the document.
===
- people:
---
"people" needs the name of the document.
===
- editor: a/b
---
expected the name of a document, of letters, digits, spaces, _ - and . after a letter or digit, not "a/b"
===
- editor: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
---
expected the name of a document, of at most 100 characters, not 101
===
- editor: a
  toolbar: fulll
---
editor.toolbar: expected a list of tools, or none, basic or full, not "fulll" (did you mean "full"?)
===
- editor: a
  toolbar: [bold, linkk]
---
not "linkk" (did you mean "link"?)
===
- editor: a
  on: {change.prevent: ok}
---
The event "change" has no modifier "prevent"
===
- editor: a
  on: {change: asks_tab}
---
The handler "asks_tab" asks for "tab", which can't be given here
===
- code: x
  placeholder: y
---
code.placeholder: only a field for code has placeholder: say its language, such as language: python
===
- code:
  language: python
---
code.language: a field for code needs the name of its document as the content, such as code: main
===
- code: main
  language: pyton
---
(did you mean "python"?)
===
- input: 3
  type: number
  shared_text: n
---
input.shared_text: an input of type number has no shared_text; it goes with text, search, url, tel, email
===
- textarea:
  shared_text: n
  debounce: 1s
---
textarea.debounce: a shared text is sent as it is typed, without debounce
===
- textarea:
  shared_text: n
  bind: words
---
textarea.bind: the text is that of a document, so no state can be tied to it
===
- textarea: ${words}
  shared_text: n
---
textarea.value: what a shared text begins with can't be an expression
===
- editor: notes
- p: x
  id: notes
---
Within the page / the id "notes" is used twice
===
- p: x
  attrs: {data-document: y}
---
p.attrs.data-document: livepages keeps this attribute for itself
"""


@pytest.mark.parametrize("case", MISTAKES.split("===\n"))
def test_mistakes_are_told(case: str, tmp_path: Path) -> None:
    body, _, told = case.partition("---\n")
    (tmp_path / "site.yaml").write_text(f'handlers: h.py\nscope: shared\nstate: {{words: ""}}\nbody:\n{body}', "utf-8")
    (tmp_path / "h.py").write_text("def ok(value): ...\ndef asks_tab(tab): ...\n", "utf-8")
    diagnostics = Diagnostics()
    read_site(tmp_path, ELEMENT_TYPES, diagnostics)
    (found,) = diagnostics
    assert told.strip() in found.message
    assert found.position is not None and found.position.line > 3


def test_a_shared_elements_document_has_no_page(tmp_path: Path) -> None:
    shared = "shared: {board: [{editor: b, on: {change: asks_page}}]}"
    site = f"handlers: h.py\n{shared}\npages: {{/: {{body: [{{shared: board}}]}}}}\n"
    (tmp_path / "site.yaml").write_text(site, "utf-8")
    (tmp_path / "h.py").write_text("def asks_page(page): ...\n", "utf-8")
    diagnostics = Diagnostics()
    read_site(tmp_path, ELEMENT_TYPES, diagnostics)
    assert [found.message for found in diagnostics] == [
        'The handler "asks_page" asks for "page", which can\'t be given here.'
    ]


@pytest.mark.parametrize(
    ("change", "is_fit"),
    [
        ("asks_page", False),
        ("{call: asks_more, with: {more: 1}}", False),
        ("[{set: {n: 1}}, {toast: Saved}]", False),
        ("asks_value", True),
        ("{set: {n: 1}}", True),
    ],
)
def test_nor_has_one_in_a_component_of_it(change: str, is_fit: bool, tmp_path: Path) -> None:
    site = f"""
handlers: h.py
components:
  pad:
    state: {{n: 0}}
    body: [{{editor: b, on: {{change: {change}}}}}, "${{n}}"]
  desk: {{body: [{{div: [pad: {{}}]}}]}}
shared: {{board: [desk: {{}}]}}
pages: {{/: {{body: [{{shared: board}}, {{pad: {{}}}}]}}}}
"""
    (tmp_path / "site.yaml").write_text(site, "utf-8")
    functions = "def asks_page(page): ...\ndef asks_more(page, more): ...\ndef asks_value(value): ...\n"
    (tmp_path / "h.py").write_text(functions, "utf-8")
    diagnostics = Diagnostics()
    read_site(tmp_path, ELEMENT_TYPES, diagnostics)
    told = (
        'The component "desk" needs a page when somebody writes in a document of it, and the shared element "board" '
        "is on any number of them."
    )
    assert [found.message for found in diagnostics if found.severity == "error"] == ([] if is_fit else [told])
