from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from livepages.runtime.hub.hub import Hub, StartupFailed
from livepages.runtime.pages.addresses import BadParameter, PageNotFound
from livepages.testing import open_site
from tests.runtime.support import load, write_site

ROUTES = """
pages:
  /: {body: [{h1: first}]}
  /room/{name}:
    params: {name: {max_length: 5}, page: {type: int, default: 1, ge: 1, le: 9}}
    body: [{h1: "${name} ${page}"}]
  /room/new: {body: [{h1: new}]}
"""


@pytest.fixture
def hub() -> Hub:
    return Hub(load(ROUTES))


@pytest.mark.parametrize(
    ("path", "query", "route", "params"),
    [
        ("/", {}, "/", {}),
        ("/room/new", {}, "/room/new", {}),
        ("/room/a", {}, "/room/{name}", {"name": "a", "page": 1}),
        ("/room/a%2Fb", {"page": "3", "other": "x"}, "/room/{name}", {"name": "a/b", "page": 3}),
        ("/room/a", {"name": "query"}, "/room/{name}", {"name": "a", "page": 1}),
    ],
)
def test_addresses_lead_to_pages(
    hub: Hub, path: str, query: dict[str, str], route: str, params: dict[str, object]
) -> None:
    page, found = hub.match(path, query)
    assert (page.route.path, found) == (route, params)


@pytest.mark.parametrize("path", ["", "/room", "/room/", "/room/a/b", "//", "/ROOM/new"])
def test_addresses_that_lead_nowhere(hub: Hub, path: str) -> None:
    with pytest.raises(PageNotFound):
        hub.match(path, {})


@pytest.mark.parametrize(
    ("path", "query", "message"),
    [
        ("/room/toolong", {}, 'The parameter name: expected a text of at most 5 characters, not "toolong".'),
        ("/room/a", {"page": "0"}, 'The parameter page: expected a whole number from 1 to 9, not "0".'),
        ("/room/a", {"page": ""}, 'The parameter page: expected a whole number from 1 to 9, not "".'),
        ("/room/a", {"page": "1.5"}, 'The parameter page: expected a whole number from 1 to 9, not "1.5".'),
    ],
)
def test_parameters_that_do_not_fit(hub: Hub, path: str, query: dict[str, str], message: str) -> None:
    with pytest.raises(BadParameter) as caught:
        hub.match(path, query)
    assert str(caught.value) == message


async def test_a_parameter_without_a_default_must_be_given() -> None:
    with pytest.raises(BadParameter, match=r"The parameter num is missing: expected a whole number\."):
        Hub(load("params: {num: int}\nbody: [{p: x}]")).match("/", {})


async def test_startup_comes_before_the_first_page(tmp_path: Path) -> None:
    python = """
        import asyncio
        async def first(shared, site):
            await asyncio.sleep(60)
            site.data["n"] = 1
            shared["a"].append({"p": "one"})
        def second(shared, site):
            site.data["n"] += 1
            shared["a"].append({"p": f"two {site.data['n']}"})
        """
    text = "startup: [first, second]\nshared: {s: [{div: , id: a}]}\npages: {/: {body: [{shared: s}]}}"
    async with open_site(write_site(tmp_path, text, python)) as site:
        assert (await site.open()).text == "one\ntwo 2"


async def test_a_startup_that_fails_keeps_the_site_from_starting(tmp_path: Path) -> None:
    folder = write_site(tmp_path, "startup: begin\nbody: [{p: x}]", "def begin():\n    raise OSError('no disk')")
    with pytest.raises(StartupFailed, match=r"(?s)The startup handler begin failed\.\n.*OSError: no disk"):
        async with open_site(folder):
            pass


SITE = """
startup: begin
shared: {log: [{div: , id: lines}]}
pages:
  /: {body: [{shared: log}]}
  /all: {scope: shared, body: [{p: "", id: here}]}
  /room/{name}: {scope: shared, body: [{p: "", id: here}]}
"""
HANDLERS = """
import asyncio

def begin(site):
    site.data["site"] = site
    site.run_task(work(site))

async def work(site):
    for number in range(3):
        await asyncio.sleep(1)
        site.page("/all")["here"].text = number
        site.page("/room/a")["here"].text = number
        site.update()
    raise LookupError("work is over")
"""


async def test_tasks_of_a_site_run_beside_events(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS)) as site:
        every, room = await site.open("/all"), await site.open("/room/a")
        await asyncio.sleep(10)
        await site.settle()
        assert [operation[2] for operation in every.operations()] == ["0", "1", "2"]
        assert room["here"].text == "2"
        assert "The task work failed." in caplog.text


async def test_a_page_that_is_not_shared_can_not_be_asked_for(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS)) as site:
        handle = site.app.state.hub.handle
        with pytest.raises(LookupError, match=r"The page / is not shared: each tab has its own\."):
            handle.page("/")
        with pytest.raises(LookupError, match="/nowhere"):
            handle.page("/nowhere")


@pytest.mark.real_time
async def test_a_thread_of_its_own_can_change_pages(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SITE, HANDLERS)) as site:
        handle = site.app.state.hub.handle
        tab = await site.open("/")
        shared = site.app.state.hub.shared

        def add(text: str) -> int:
            shared["lines"].append({"p": text})
            return threading.get_ident()

        async def add_later(text: str) -> str:
            await asyncio.sleep(0)
            shared["lines"].append({"p": text})
            return text

        def work() -> tuple[int, str]:
            return handle.from_thread(add, "one").result(5), handle.from_thread(add_later, "two").result(5)

        assert await asyncio.to_thread(work) == (threading.get_ident(), "two")
        await tab.until(lambda: tab.text == "one\ntwo")


async def test_shared_elements_within_shared_elements(tmp_path: Path) -> None:
    text = """
        shared:
          inner: [{p: "0", id: n}]
          outer: [{div: [{shared: inner}], id: box}]
        pages:
          /:
            body:
              - {shared: outer}
              - {button: Add, id: add, on: {click: add}}
              - {button: Hide, id: hide, on: {click: hide}}
        """
    python = """
        async def add(page, shared):
            shared["n"].text = int(shared["n"].text) + 1
            await page.update()
            return False
        def hide(shared):
            shared["box"].show = not shared["box"].show
        """
    async with open_site(write_site(tmp_path, text, python)) as site:
        tab, other = await site.open(), await site.open()
        await tab.click("add")
        assert tab["n"].text == other["n"].text == "1"
        await tab.click("hide")
        assert "n" not in other
        await tab.click("add")
        await tab.click("hide")
        await tab.click("add")
        assert tab["n"].text == other["n"].text == "3"
        await tab.verify()
        await other.verify()


async def test_an_event_in_a_shared_element_that_the_page_hides_is_refused(tmp_path: Path) -> None:
    text = """
        shared: {s: [{button: Go, id: go, on: {click: go}}]}
        pages: {/: {body: [{div: [{shared: s}], id: box}, {button: Hide, id: hide, on: {click: hide}}]}}
        """
    python = "def go(page): pass\ndef hide(page): page['box'].show = False"
    async with open_site(write_site(tmp_path, text, python)) as site:
        tab = await site.open()
        await tab.click("go")
        await tab.click("hide")
        tab.send({"type": "event", "id": 9, "stream": "shared/s", "node": 1, "on": "click"})
        await tab.until(lambda: tab.errors)
        assert tab.errors[0]["code"] == "unknown-element"
