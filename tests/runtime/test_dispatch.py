"""Events of tabs, through the whole of the server but its socket."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from livepages.testing import Tab, open_site
from tests.runtime.support import write_site

PAGE = """
title: Test
body:
  - button: Press
    id: press
    on: {click: press, dblclick: {call: told, with: {how: twice}}}
  - p: nothing yet
    id: out
  - input: ""
    id: name
    maxlength: 5
  - input: 1
    type: number
    id: number
  - input: false
    type: checkbox
    id: box
    on: {change: changed}
  - select: tea
    options: [tea, milk]
    id: drink
  - div: hidden
    id: hidden
    show: false
    on: {click: press}
  - div: quiet
    id: quiet
    on: {click: quiet}
  - div: broken
    id: broken
    on: {click: broken}
"""
HANDLERS = """
def press(page, event, tab):
    page["out"].text = f"{event.type} {event.x} {page['name'].value}"
def told(page, how, element, value=None):
    page["out"].text = f"{how} {element.id} {value}"
def changed(page, value):
    page["out"].text = f"box {value!r}"
def quiet(page):
    page["out"].text = "quiet"
    return False
def broken(page):
    page["out"].text = "half"
    raise RuntimeError("no <luck>")
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path, PAGE, HANDLERS)


def event(tab: Tab, node: int, on: str = "click", stream: str = "page", **data: Any) -> dict[str, Any]:
    """An event as its frame says it, with the number that the server expects next."""
    return {"type": "event", "id": 1000 + len(tab.frames), "stream": stream, "node": node, "on": on, "data": data}


async def test_a_handler_gets_what_it_asks_for_and_the_page_is_updated(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        await tab.click("press", x=7)
        assert tab["out"].text == "click 7.0 "
        await tab.fire("press", "dblclick")
        assert tab["out"].text == "twice press None"
        assert tab.operations() == [["text", 2, "click 7.0 "], ["text", 2, "twice press None"]]


async def test_a_click_after_typing_reads_what_was_typed(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        tab["name"].type("Ann")
        assert tab.sent == []
        await tab.click("press")
        assert [sent.on for sent in tab.sent] == ["input", "click"]
        assert tab["out"].text == "click None Ann"


async def test_values_arrive_in_the_type_of_their_field(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        await tab.click("box")
        assert tab["out"].text == "box True"
        await tab.fill("number", 2.5)
        await tab.fill("drink", "milk")
        await tab.verify()
        assert (tab["number"].value, tab["drink"].value, tab["box"].value) == (2.5, "milk", True)
        await tab.fill("number", None)
        await tab.verify()
        assert tab["number"].value is None


async def test_what_a_user_typed_in_a_tab_of_its_own_is_not_sent_back(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        await tab.fill("name", "Ann")
        assert tab.operations() == []


async def test_a_handler_that_returns_something_shows_nothing_by_itself(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        await tab.click("quiet")
        assert tab["out"].text == "nothing yet"
        await tab.fill("name", "x")
        assert tab["out"].text == "quiet"


@pytest.mark.parametrize("development", [False, True])
async def test_a_handler_that_fails(site: Path, development: bool, caplog: pytest.LogCaptureFixture) -> None:
    async with open_site(site, development=development) as opened:
        tab, other = await opened.open(), await opened.open()
        await tab.click("broken")
        (error,) = tab.errors
        assert tab["out"].text == "half"
        assert (error["code"], error["event"]) == ("handler-failed", 1)
        assert error["id"].startswith("E-")
        assert error["message"] == ("RuntimeError: no <luck>" if development else "Something went wrong on the server.")
        assert (error["trace"] is None) is not development
        assert not development or 'raise RuntimeError("no <luck>")' in error["trace"]
        assert other.frames == [{"type": "ready"}]
        await tab.click("press")
        assert tab["out"].text == "click None "
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert record.levelname == "ERROR" and error["id"] in record.getMessage()
    assert 'File "handlers.py", line 12, in broken' in record.getMessage()
    assert "livepages/runtime" not in record.getMessage()


HOSTILE = [
    ("unknown-event", {"node": 2}, "p \"out\" declares no event 'click'."),
    ("unknown-event", {"node": 1, "on": "click.ctrl"}, "button \"press\" declares no event 'click.ctrl'."),
    ("unknown-event", {"node": 1, "on": "keydown"}, "declares no event 'keydown'."),
    ("unknown-element", {"node": 7}, "The page shows no element 7."),
    ("unknown-element", {"node": 0}, "The page shows no element 0."),
    ("unknown-element", {"node": 999}, "The page shows no element 999."),
    ("unknown-element", {"node": -1}, "The page shows no element -1."),
    ("unknown-element", {"node": 10**18}, f"The page shows no element {10**18}."),
    ("unknown-element", {"node": 1, "stream": "shared/board"}, "The page has no stream 'shared/board'."),
    ("wrong-value", {"node": 3, "on": "input", "data": {"value": 3}}, 'input "name": expected a text of one line'),
    ("wrong-value", {"node": 3, "on": "input", "data": {"value": "sixsix"}}, "expected at most 5 characters, not 6"),
    ("wrong-value", {"node": 3, "on": "input", "data": {"value": ["a"]}}, 'input "name": expected a text of one line'),
    ("wrong-value", {"node": 4, "on": "input", "data": {"value": "3"}}, 'input "number": expected a number'),
    ("wrong-value", {"node": 5, "on": "change", "data": {"value": "on"}}, 'input "box": expected true or false'),
    ("wrong-value", {"node": 6, "on": "change", "data": {"value": "rum"}}, 'select "drink": expected options'),
]


@pytest.mark.parametrize(("code", "sent", "message"), HOSTILE)
async def test_hostile_events_change_nothing(
    site: Path, code: str, sent: dict[str, Any], message: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_site(site, development=True) as opened:
        tab = await opened.open()
        before = tab.html
        tab.send({"type": "event", "id": 1, "stream": "page", "on": "click", "data": {}, **sent})
        await tab.until(lambda: any(frame["type"] == "ack" for frame in tab.frames))
        (error,) = tab.errors
        assert (error["code"], error["event"], error["id"], error["trace"]) == (code, 1, None, None)
        assert error["message"].startswith(message) or message in error["message"]
        assert tab.operations() == []
        assert tab.html == before
        await tab.verify()
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert record.levelname == "WARNING" and record.exc_info is None and "\n" not in record.getMessage()
    assert tab.id in record.getMessage() and code in record.getMessage()


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "hello",
        "[]",
        "{}",
        '{"type":"patch"}',
        '{"type":"event","id":"1","stream":"page","node":1,"on":"click"}',
        '{"type":"event","id":1,"stream":"page","node":1.5,"on":"click"}',
        '{"type":"event","id":1,"stream":"page","node":1,"on":"click","data":{"evil":1}}',
        '{"type":"event","id":1,"stream":"page","node":1,"on":"click","data":{"value":{"a":1}}}',
        '{"type":"event","id":1,"stream":"page","node":1,"on":"click","data":[]}',
        "[" * 5_000,
    ],
)
async def test_frames_that_are_not_of_the_protocol(site: Path, frame: str, caplog: pytest.LogCaptureFixture) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        tab.send(frame)
        await tab.until(lambda: tab.errors)
        assert [(error["code"], error["event"]) for error in tab.errors] == [("bad-frame", None)]
        await tab.click("press")
        assert tab["out"].text == "click None "
        await tab.verify()
    records = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [(record.levelname, record.exc_info) for record in records] == [("WARNING", None)]


async def test_frames_that_are_not_text_end_the_connection(site: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        tab.send(b"\xff\xfe")
        await tab.until(lambda: tab.closed)
        assert tab.closed == (1003, "messages are text")
        await tab.connect()
        await tab.click("press")
        assert tab["out"].text == "click None "
    assert all(record.exc_info is None for record in caplog.records)


async def test_an_event_is_applied_once(site: Path) -> None:
    async with open_site(site) as opened:
        tab = await opened.open()
        for number, x in ((1, 1), (1, 2), (2, 3), (1, 4)):
            tab.send({"type": "event", "id": number, "stream": "page", "node": 1, "on": "click", "data": {"x": x}})
        await tab.until(lambda: len([frame for frame in tab.frames if frame["type"] == "ack"]) == 4)
        assert [operation[2] for operation in tab.operations()] == ["click 1.0 ", "click 3.0 "]
        assert [frame["event"] for frame in tab.frames if frame["type"] == "ack"] == [1, 1, 2, 2]


ASYNC_HANDLERS = """
import asyncio

async def slow(page, element):
    page["out"].append({"p": f"{element.id} starts"})
    await page.update()
    await asyncio.sleep(1)
    page["out"].append({"p": f"{element.id} ends"})

def fast(page):
    page["out"].append({"p": "fast"})
"""
ASYNC_PAGE = """
body:
  - button: a
    id: a
    on: {click: slow}
  - button: b
    id: b
    on: {click: fast}
  - button: c
    id: c
    on: {click: slow}
  - div:
    id: out
"""


async def test_handlers_start_in_the_order_of_their_events_and_overlap_at_their_awaits(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, ASYNC_PAGE, ASYNC_HANDLERS)) as opened:
        tab = await opened.open()
        for number, node in enumerate((1, 2, 3), start=1):
            tab.send({"type": "event", "id": number, "stream": "page", "node": node, "on": "click"})
        await tab.until(lambda: "c ends" in tab.text)
        assert tab["out"].text.split("\n") == ["a starts", "fast", "c starts", "a ends", "c ends"]
        await tab.verify()


async def test_a_field_that_changes_while_a_handler_is_at_work_keeps_what_that_has_made(tmp_path: Path) -> None:
    text = """
        body: [{input: "", id: name}, {button: Go, id: go, on: {click: go}}]
        """
    python = """
        import asyncio
        async def go(page):
            page["name"].title = "working"
            page["name"].placeholder = "wait"
            await asyncio.sleep(1)
            page["name"].title = "done"
        """
    async with open_site(write_site(tmp_path, text, python)) as opened:
        tab = await opened.open()
        await tab.click("go")
        await tab.fill("name", "x")
        assert tab["name"]["title"] == "working"
        await tab.until(lambda: tab["name"]["title"] == "done")
        await tab.verify()


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


async def test_what_is_for_one_tab_reaches_that_alone(tmp_path: Path) -> None:
    text = "scope: shared\nbody: [{button: Go, id: go, on: {click: go}}, {input: '', id: name}]"
    python = """
        def go(tab, page, session, shared, site, params, event):
            tab.toast("hi <b>", kind="success")
            tab.title("new")
            tab.focus(page["name"])
            tab.go("/other?x=1")
            tab.run_js("alert(1)")
            tab.download("a,b", "a.csv")
            tab.data["n"] = tab.data.get("n", 0) + 1
            session.data["n"] = session.data.get("n", 0) + 1
            page.data["n"] = site.data["n"] = 1
            tab.toast(f"{tab.data} {session.data} {event.id == tab.id + ':1'}")
        """
    async with open_site(write_site(tmp_path, text, python)) as opened:
        tab, other = await opened.open(), await opened.open()
        await tab.click("go")
        toast, title, focus, go, run, download, data = tab.commands
        assert toast == {"type": "toast", "text": "hi <b>", "kind": "success"}
        assert title == {"type": "title", "text": "new"} and tab.title == "new"
        assert focus == {"type": "focus", "stream": "page", "node": 2}
        assert go == {"type": "go", "url": "/other?x=1"}
        assert data["text"] == "{'n': 1} {'n': 1} True"
        script, file = await opened.get(run["url"]), await opened.get(download["url"])
        assert (script.status, script.text, script.header("content-type")) == (
            200,
            "alert(1)",
            "text/javascript; charset=utf-8",
        )
        assert (file.status, file.text, file.header("content-disposition")) == (
            200,
            "a,b",
            'attachment; filename="a.csv"',
        )
        assert (await opened.get(run["url"])).status == 404
        assert other.frames == [{"type": "ready"}]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('tab.go("javascript:alert(1)")', "tab.go: addresses that begin with javascript: are not allowed here."),
        ('tab.toast("x", kind="loud")', 'there is no kind "loud": there are info, success, warning and error.'),
    ],
)
async def test_commands_that_can_not_be(tmp_path: Path, call: str, message: str) -> None:
    text = "body: [{button: Go, id: go, on: {click: go}}]"
    async with open_site(write_site(tmp_path, text, f"def go(tab):\n    {call}"), development=True) as opened:
        tab = await opened.open()
        await tab.click("go")
        assert message in tab.errors[0]["message"]
        assert tab.commands == []
