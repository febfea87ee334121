"""Fields of forms: what users type and choose, here and in other tabs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from livepages.testing import open_site
from tests.runtime.support import write_site


async def test_a_handler_that_puts_a_value_back_is_seen_in_the_tab_that_typed(tmp_path: Path) -> None:
    text = """
        scope: shared
        body: [{input: "", id: name, on: {input: refuse}}]
        """
    async with open_site(write_site(tmp_path, text, "def refuse(element):\n    element.value = ''")) as opened:
        tab, other = await opened.open(), await opened.open()
        await tab.fill("name", "x")
        assert (tab["name"].value, other["name"].value) == ("", "")


async def test_what_a_user_types_on_a_shared_page_shows_in_other_tabs(tmp_path: Path) -> None:
    text = "scope: shared\nbody: [{textarea: '', id: text}]"
    async with open_site(write_site(tmp_path, text)) as opened:
        tab, other = await opened.open(), await opened.open()
        other["text"].type("mine")
        tab["text"].type("hello")
        await tab.settle()
        assert other.operations() == [["value", 1, "hello", tab.id]]
        assert (tab["text"].value, other["text"].value) == ("hello", "hellomine")


async def test_radio_buttons_are_one_choice_on_the_server_too(tmp_path: Path) -> None:
    text = """
        scope: shared
        body:
          - {input: tea, type: radio, name: drink, id: tea, checked: true}
          - {input: milk, type: radio, name: drink, id: milk, on: {change: chosen}}
          - {p: "", id: out}
        """
    python = (
        "def chosen(page, value):\n    page['out'].text = f\"{page['tea'].checked} {page['milk'].checked} {value}\""
    )
    async with open_site(write_site(tmp_path, text, python)) as opened:
        tab, other = await opened.open(), await opened.open()
        await tab.click("milk")
        assert tab["out"].text == "False True True"
        assert (other["tea"].value, other["milk"].value) == (False, True)
        await tab.verify()
        await other.verify()


async def test_forms_keys_files_and_details(tmp_path: Path) -> None:
    text = """
        body:
          - form:
              - {input: Ann, name: who, id: who}
              - {input: true, type: checkbox, name: sure}
              - {input: false, type: checkbox, name: more}
              - {button: Send, type: submit, name: how, id: send}
            id: form
            on: {submit.prevent: submitted}
          - textarea: ""
            id: text
            on: {keydown.enter.ctrl: pressed}
          - {input: , type: file, id: files, multiple: true, on: {change: chosen}}
          - {details: [{summary: More}], id: more, on: {toggle: toggled}}
          - {p: "", id: out}
        """
    python = """
        def say(page, text): page["out"].text = str(text)
        def submitted(page, value, event): say(page, f"{value} {event.submitter}")
        def pressed(page, event): say(page, f"{event.key} {event.ctrl}")
        def chosen(page, value, event): say(page, f"{value} {[file.size for file in event.files]}")
        def toggled(page, element, value): say(page, f"{element.open} {value}")
        """
    async with open_site(write_site(tmp_path, text, python)) as opened:
        tab = await opened.open()
        tab["who"].fill("Bob")
        await tab.click("send")
        assert tab["out"].text == "{'who': 'Bob', 'sure': True, 'more': False} how"
        await tab.press("text", "Enter", ctrl=True)
        assert tab["out"].text == "Enter True"
        await tab.fill("files", ["a.txt", "b.txt"])
        assert tab["out"].text == "['a.txt', 'b.txt'] [0, 0]"
        await tab.fire("more", "toggle", open=True)
        assert tab["out"].text == "True True"


SUBMITTED = """
state:
  word: {default: ab, max_length: 5, pattern: "^[a-z]*$"}
  cups: {type: int, default: 3, ge: 1, le: 9}
  old: long ago
  got: []
body:
  - form:
      - {input: , bind: word, name: word}
      - {input: , type: number, bind: cups, name: cups}
      - {input: false, type: checkbox, name: sure}
      - {input: tea, type: radio, name: drink}
      - {input: milk, type: radio, name: drink}
      - {select: a, options: [a, b], name: size}
      - {textarea: "", name: note, maxlength: 4}
      - {input: "${old}", maxlength: 3, name: old}
    id: form
    on: {submit.prevent: {append: {got: "${value}"}}}
  - {p: "${got | length}", id: out}
"""
GOOD = {"word": "cd", "cups": 4, "sure": True, "drink": "milk", "size": "b", "note": "well", "old": "ago"}
FORGED: list[tuple[dict[str, Any], str]] = [
    ({"word": "ABC"}, 'input: expected a text of at most 5 characters that matches ^[a-z]*$, not "ABC".'),
    ({"word": 5}, "input: expected a text of one line, in quotes if it looks like a number."),
    ({"cups": 77}, "input: expected a whole number from 1 to 9, not 77."),
    ({"cups": "4"}, "input: expected a number."),
    ({"cups": None}, "input: expected a whole number from 1 to 9, not nothing."),
    ({"sure": "yes"}, "input: expected true or false."),
    ({"drink": "wine"}, "input: expected one of its choices."),
    ({"size": "c"}, "select: expected options that can be chosen."),
    ({"note": "so long"}, "textarea: expected at most 4 characters, not 7."),
]


@pytest.mark.parametrize(("forged", "message"), FORGED, ids=[str(forged) for forged, _ in FORGED])
async def test_a_form_delivers_what_its_fields_can_hold(forged: dict[str, Any], message: str, tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SUBMITTED)) as opened:
        tab = await opened.open()
        await tab.submit("form")
        assert tab["out"].text == "1", "what was there from the beginning is right"
        sent = tab.sent[-1]
        for number, form in enumerate((GOOD, GOOD | forged), start=sent.id + 1):
            event = {"type": "event", "id": number, "stream": sent.stream, "node": sent.node, "on": sent.on}
            tab.send({**event, "data": {"form": form}})
            await tab.settle()
        assert tab["out"].text == "2"
        assert [error["message"] for error in tab.errors] == [message]
