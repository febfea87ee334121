"""Fields of forms: what users type and choose, here and in other tabs."""

from __future__ import annotations

from pathlib import Path

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
