"""Fields that are tied to state, in both directions."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from livepages.testing import open_site
from tests.runtime.support import write_site

KINDS = """
scope: shared
state:
  name: Ann
  age: {default: 30, ge: 0, le: 120}
  drink: tea
  cup: 1
  sure: false
  date: ""
  volume: 5.5
  text: "a\\nb"
  shown: false
  files: []
  file: ""
  todos: [{title: first, done: false}, {title: second, done: true}]
body:
  - p: "${name} ${age} ${drink} ${cup} ${sure} ${date} ${volume} ${text} ${shown} ${files} ${file} ${todos}"
    id: out
  - {input: , bind: name, id: name}
  - {input: , bind: name, id: again}
  - {input: , type: number, bind: age, id: age}
  - {select: , bind: drink, id: drink, options: {tea: Tea, milk: Milk}}
  - {input: tea, type: radio, name: drink, bind: drink, id: tea}
  - {input: milk, type: radio, name: drink, bind: drink, id: milk}
  - {select: , bind: cup, id: cup, options: [1, 2]}
  - {input: , type: checkbox, bind: sure, id: sure}
  - {input: , type: date, bind: date, id: date}
  - {input: , type: range, bind: volume, id: volume}
  - {textarea: , bind: text, id: text}
  - {details: [{p: x}], bind: shown, id: shown}
  - {input: , type: file, multiple: true, bind: files, id: files}
  - {input: , type: file, bind: file, id: file}
  - div:
      - {input: , bind: todo.title, id: title}
      - {input: , type: checkbox, bind: todo.done, id: done}
    each: todo in todos
  - {button: reset, id: reset, on: {click: [{clear: name}, {set: {age: 1, drink: tea, shown: true}}]}}
"""


async def test_every_kind_of_field_shows_and_writes_state(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, KINDS)) as site:
        tab, other = await site.open(), await site.open()
        assert (tab["name"].value, tab["age"].value, tab["drink"].value, tab["cup"].value) == ("Ann", 30, "tea", "1")
        assert (tab["tea"].value, tab["milk"].value, tab["sure"].value) == (True, False, False)
        assert (tab["volume"].value, tab["text"].value) == (5.5, "a\nb")
        for name, value in {
            "name": "Bob",
            "age": 31,
            "cup": "2",
            "sure": True,
            "date": "2025-12-31",
            "volume": 7,
            "text": "c",
            "files": ["a.txt", "b.txt"],
            "file": ["c.txt"],
        }.items():
            await tab.fill(name, value)
        await tab.click("milk")
        await tab.fire("shown", "toggle", open=True)
        start = "Bob 31 milk 2 true 2025-12-31 7 c true"
        assert tab["out"].text.startswith(f'{start} ["a.txt", "b.txt"] c.txt ')
        for each in (tab, other):
            assert (each["again"].value, each["drink"].value, each["tea"].value) == ("Bob", "milk", False)
            assert each["milk"].value is True
            await each.verify()
        await other.fill("drink", "tea")
        assert (tab["tea"].value, tab["milk"].value) == (True, False)
        await tab.click("reset")
        assert (other["name"].value, other["age"].value, tab["name"].value) == ("", 1, "")
        assert tab.errors == tab.commands == []
        await tab.verify()
        await other.verify()


async def test_fields_of_rows_write_their_row(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, KINDS)) as site:
        tab = await site.open()
        titles = [field for field in tab.find_all("input") if field.value == "second"]
        await tab.fill(titles[0], "changed")
        ticks = [field for field in tab.find_all("input[type=checkbox]") if field.value is True]
        await tab.click(ticks[-1])
        text = tab["out"].text
        assert text.endswith('[{"title": "first", "done": false}, {"title": "changed", "done": false}]')


async def test_the_tab_that_types_gets_only_its_echo(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, KINDS)) as site:
        tab, other = await site.open(), await site.open()
        other["name"].type("!")
        await tab.fill("name", "Bob")
        values = [operation for operation in other.operations() if operation[0] == "value"]
        assert values == [["value", 2, "Bob", tab.id], ["value", 3, "Bob", None]]
        assert other["name"].value == "Bob!"


async def test_what_a_state_makes_of_a_value_goes_to_the_tab_that_typed_it(tmp_path: Path) -> None:
    text = """
        scope: shared
        state: {name: ""}
        body:
          - {input: , bind: name, id: name, on: {input: {set: {name: "${name | upper}"}}}}
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab, other = await site.open(), await site.open()
        await tab.fill("name", "bob")
        assert (tab["name"].value, other["name"].value) == ("BOB", "BOB")
        await tab.verify()


BOUNDS = """
state: {age: {default: 30, ge: 0, le: 120}, name: {default: Ann, pattern: '^[A-Z]'}, sent: 0, said: ""}
body:
  - {p: "${age} ${name} ${sent} ${said}", id: out}
  - form:
      - {input: , type: number, bind: age, id: age, on: {change: {set: {said: changed}}}}
      - {input: , bind: name, id: name}
      - {button: Send, type: submit, id: send}
    on: {submit.prevent: {set: {sent: "${sent + 1}"}}}
    id: form
  - {button: five, id: five, on: {click: {set: {age: 5}}}}
"""


async def test_a_refused_value_stays_in_its_field_with_a_message(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, BOUNDS)) as site:
        tab = await site.open()
        await tab.fill("age", 130)
        text = "Expected a whole number from 0 to 120, not 130."
        message = {"type": "invalid", "stream": "page", "node": 3, "text": text}
        assert tab.commands == [message]
        assert (tab["age"].value, tab["out"].text, tab.errors) == (130, "30 Ann 0 ", [])
        await tab.fire("age", "change")
        assert tab["out"].text == "30 Ann 0 "
        await tab.click("send")
        assert tab["out"].text == "30 Ann 0 "
        assert tab.commands[-1] == {"type": "focus", "stream": "page", "node": 3}
        await tab.verify()
        tab.frames.clear()
        await tab.fill("age", 31)
        assert tab.commands == [{"type": "invalid", "stream": "page", "node": 3, "text": ""}]
        await tab.click("send")
        assert tab["out"].text == "31 Ann 1 "


async def test_a_form_is_sent_once_its_state_has_gone_on(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, BOUNDS)) as site:
        tab = await site.open()
        await tab.fill("age", None)
        assert [command["text"] for command in tab.commands] == ["Expected a whole number from 0 to 120, not nothing."]
        await tab.click("five")
        assert tab["age"].value == 5
        await tab.click("send")
        assert tab["out"].text == "5 Ann 1 "


async def test_what_one_tab_is_refused_others_do_not_see(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, "scope: shared\n" + BOUNDS.lstrip())) as site:
        tab, other = await site.open(), await site.open()
        await tab.fill("name", "bob")
        assert [command["type"] for command in tab.commands] == ["invalid"]
        assert (tab["name"].value, other["name"].value) == ("bob", "Ann")
        assert (other.commands, other.operations()) == ([], [])
        await tab.click("send")
        await other.click("send")
        assert tab["out"].text == "30 Ann 1 "


async def test_components_bind_to_entries_that_their_props_name(tmp_path: Path) -> None:
    text = """
        state: {of: {tea: 1, milk: 2}}
        pages:
          /:
            body:
              - {p: "${site.of.tea} ${site.of.milk}", id: out}
              - cups: {name: tea}
              - cups: {name: milk}
        components:
          cups:
            props: {name: ""}
            body:
              - {input: , type: number, bind: "site.of[name]", placeholder: "${name}"}
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.open()
        first, second = tab.find_all("input")
        await tab.fill(second, 5)
        await tab.fill(first, 4)
        assert tab["out"].text == "4 5"


async def test_open_and_close_write_the_state_of_what_is_tied_to_it(tmp_path: Path) -> None:
    text = """
        state: {shown: false}
        body:
          - {p: "It is ${shown}", id: out}
          - {dialog: [{p: Hello}], bind: shown, id: box}
          - {button: open, id: open, on: {click: {open: box}}}
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.open()
        await tab.click("open")
        assert (tab["out"].text, tab.operations()[-1]) == ("It is true", ["prop", 2, "open", True])
        await tab.fire("box", "close", open=False)
        assert tab["out"].text == "It is false"
        await tab.click("open")
        assert tab["out"].text == "It is true"
        await tab.verify()


async def test_bounds_of_the_state_are_told_to_the_browser(tmp_path: Path) -> None:
    text = """
        state:
          age: {default: 30, ge: 0, le: 120}
          name: {default: Ann, min_length: 1, max_length: 5}
        body:
          - {input: , type: number, bind: age, id: age}
          - {input: , type: range, bind: age, max: 50, id: range}
          - {input: , bind: name, id: name}
          - {textarea: , bind: name, id: text}
          - {select: , bind: name, options: [Ann, Bob], id: select}
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.open()
        names = ("min", "max", "minlength", "maxlength", "required")
        found = {
            field: {name: value for name, value in tab[field].element.attributes.items() if name in names}
            for field in ("age", "range", "name", "text", "select")
        }
        lengths = {"minlength": "1", "maxlength": "5", "required": ""}
        assert found == {
            "age": {"min": "0", "max": "120"},
            "range": {"min": "0", "max": "50"},
            "name": lengths,
            "text": lengths,
            "select": {"required": ""},
        }


REFUSED = """
state:
  age: {default: 0, ge: 0, le: 120}
  ages: {type: map, default: {ann: 1}, items: {type: int, le: 9}}
  names: {type: list, max_length: 1}
  words: [{text: a}]
  person: ann
session: {age: 0}
body:
  - {p: "${age} ${ages} ${names} ${words}", id: out}
  - form:
      - {input: , type: number, bind: age, id: age}
      - {input: , type: number, bind: "ages[person]", id: entry}
      - {select: , multiple: true, bind: names, options: [a, b], id: names}
      - {button: Send, type: submit, id: send}
    on: {submit.prevent: {set: {person: bob}}}
  - {button: set, id: set, on: {click: {set: {age: 0}}}}
  - {button: clear, id: clear, on: {click: {clear: age}}}
  - {button: entry, id: set_entry, on: {click: {set: {"ages[person]": 1}}}}
  - {button: whole, id: whole, on: {click: {set: {ages: {ann: 1}}}}}
  - {button: names, id: clear_names, on: {click: {clear: names}}}
  - {button: handler, id: handler, on: {click: again}}
  - {button: other, id: other, on: {click: [{append: {words: {text: b}}}, {set: {person: ann}}]}}
"""
AGAIN = "def again(page):\n    page.state.update(age=page.state.age)"
CASES = [
    ("age", 500, "set", 0),
    ("age", None, "clear", 0),
    ("age", 500, "handler", 0),
    ("entry", 500, "set_entry", 1),
    ("entry", None, "whole", 1),
    ("names", ["a", "b"], "clear_names", []),
]


@pytest.mark.parametrize("scope", ["tab", "shared"])
@pytest.mark.parametrize(("field", "refused", "button", "value"), CASES)
async def test_a_state_that_is_written_takes_the_place_of_a_refused_value(
    scope: str, field: str, refused: Any, button: str, value: Any, tmp_path: Path
) -> None:
    """Even where it is what it was, so that nothing else of the page changes."""
    async with open_site(write_site(tmp_path, f"scope: {scope}\n{REFUSED.lstrip()}", AGAIN)) as site:
        tab, other = await site.open(), await site.open()
        await tab.fill(field, refused)
        (command,) = tab.commands
        await tab.click("other")
        assert (tab[field].value, command["type"], tab.commands) == (refused, "invalid", [command])
        shown, others = tab["out"].text, other.html
        tab.frames.clear()
        await tab.click(button)
        assert (tab[field].value, tab["out"].text) == (value, shown)
        assert tab.commands == [{**command, "text": ""}]
        if scope == "tab":
            assert other.html == others
        await tab.click("send")
        assert tab.errors == [] and [each["type"] for each in tab.commands] == ["invalid"], "the form is sent"
        for each in (tab, other):
            await each.verify()


async def test_a_refused_value_is_forgotten_with_its_tab_and_its_row(tmp_path: Path) -> None:
    text = """
        scope: shared
        limits: {tab_time: 5s}
        state: {rows: [{n: 0}], all: {type: map, items: {type: int, le: 9}}}
        body:
          - form: [{input: , bind: row.n, id: field, pattern: x}, {input: , type: number, bind: "all[row.n]"}]
            each: row in rows
          - {button: drop, id: drop, on: {click: [{clear: rows}, {append: {rows: {n: 0}}}]}}
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.open()
        (room,) = site.app.state.hub.rooms
        (own,) = room.tabs.values()
        for _ in range(3):
            await tab.fill(tab.find_all("input")[1], 10)
            assert len(own.refused) == 1
            await tab.click("drop")
        await tab.fill(tab.find_all("input")[1], 10)
        (refusal,) = own.refused.values()
        assert refusal.reads_anything
        await tab.close()
        await asyncio.sleep(30)
        assert (own.refused, refusal.reads_anything) == ({}, False)
