"""What no browser would send: it changes nothing, gets a typed error, and leaves one line in the log."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from livepages.testing import open_site
from tests.runtime.live_pages import HANDLERS, PAGE
from tests.runtime.support import write_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path, PAGE, HANDLERS)


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
