"""Documents on the pages of a site: whose they are, what handlers do with them, what happens when people write."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from livepages.runtime.documents.document_finder import UnknownDocument
from livepages.runtime.pages.kit import ElementError
from livepages.runtime.wire.wire import Event
from livepages.testing import NotDeclared, OpenSite, open_site
from tests.coediting.readers import Peer

SITE = """
handlers: site.py
pages:
  /:
    scope: shared
    body:
      - editor: notes
      - input: Untitled
        shared_text: heading
        maxlength: 10
      - code: main
        language: python
        id: program
  /again:
    scope: shared
    body:
      - textarea:
        shared_text: notes
  /room/{name}:
    scope: shared
    params: {name: {type: str, max_length: 9, pattern: "^[a-z]+$"}}
    body:
      - editor: notes
  /own:
    body:
      - editor: notes
  /mine:
    scope: session
    body:
      - editor: notes
  /plain:
    body:
      - shared: board
shared:
  board:
    - editor: board
      id: words
"""


@asynccontextmanager
async def served(folder: Path, yaml: str = SITE, code: str = "") -> AsyncIterator[OpenSite]:
    (folder / "site.yaml").write_text(yaml, encoding="utf-8")
    (folder / "site.py").write_text(code, encoding="utf-8")
    async with open_site(folder) as site:
        yield site


def joined(site: OpenSite, key: str) -> Peer:
    """Somebody who writes in a document."""
    peer = Peer()
    peer.joins(site.app.state.hub.documents.open(key, None))
    return peer


def write(site: OpenSite, key: str, index: int, text: str) -> Peer:
    """Somebody writes in a document."""
    peer = joined(site, key)
    peer.writes(site.app.state.hub.documents.open(key, None), index, text)
    return peer


async def test_the_same_name_is_the_same_document_on_all_shared_pages(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        site.page("/")["notes"].text = "Hello"
        assert site.page("/again")["notes"].text == "Hello"
        assert str(joined(site, "notes").text) == "Hello\n"


async def test_each_address_has_its_own_document(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        site.page("/room/kitchen")["notes"].text = "Soup"
        assert site.page("/room/attic")["notes"].text == ""
        assert site.page("/")["notes"].text == ""
        assert str(joined(site, "name=kitchen/notes").text) == "Soup\n"
        assert str(joined(site, "name=cellar/notes").text) == "\n"  # nobody has opened that page


async def test_documents_of_a_visit_are_its_own_and_go_with_it(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        one, other = await site.open("/own"), await site.open("/own")
        hub = site.app.state.hub
        keys = [room.live.document_prefix + "notes" for room in hub.rooms if room.page.route.path == "/own"]
        assert len(set(keys)) == 2 and all(key.startswith("~") for key in keys)
        write(site, keys[0], 0, "mine")
        assert [str(joined(site, key).text) for key in keys] == ["mine\n", "\n"]
        for room in list(hub.rooms):
            if room.live.document_prefix + "notes" == keys[0]:
                hub.rooms.drop(room, "the test says so")
        with pytest.raises(UnknownDocument):
            joined(site, keys[0])
        assert one.text == other.text


async def test_documents_of_a_session_are_for_that_session_alone(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        await site.open("/mine")
        await site.browser().open("/mine")
        hub = site.app.state.hub
        rooms = [room for room in hub.rooms if room.page.route.path == "/mine"]
        keys = [room.live.document_prefix + "notes" for room in rooms]
        hub.documents.open(keys[0], rooms[0].session)
        for session in (None, rooms[1].session):
            with pytest.raises(UnknownDocument):
                hub.documents.open(keys[0], session)


async def test_a_shared_element_has_one_document_wherever_it_shows(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        one = await site.open("/plain")
        assert 'data-document="board"' in one.html
        write(site, "board", 0, "all")
        assert site.app.state.hub.shared["words"].text == "all"


@pytest.mark.parametrize(
    "key",
    [
        "", "other", "/notes", "a/notes", "name=kitchen/other", "name=KITCHEN/notes", "name=/notes", "name=a&x=b/notes",
        "name=toolongforit/notes", "name=kit%63hen/notes", "~nobody/notes", "~/notes", "n%6Ftes", "notes/", "../notes",
        "name=a/name=b/notes",
    ],
)  # fmt: skip
async def test_what_no_page_shows_is_no_document(tmp_path: Path, key: str) -> None:
    async with served(tmp_path) as site:
        with pytest.raises(UnknownDocument):
            joined(site, key)


async def test_handlers_read_what_people_write(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        peer = joined(site, "notes")
        document = site.app.state.hub.documents.open("notes", None)
        document.change(peer.does(lambda text: text.insert(0, "bold", {"bold": True})), peer)
        notes = site.page()["notes"]
        assert notes.text == notes.value == "bold"
        assert notes.html == "<p><strong>bold</strong></p>"
        assert notes.markdown.strip() == "**bold**"
        assert notes.delta == [{"insert": "bold", "attributes": {"bold": True}}, {"insert": "\n"}]


async def test_handlers_write_and_all_see_it(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        peer, notes = joined(site, "notes"), site.page()["notes"]
        notes.html = '<h1>Plan</h1><p>a <b>b</b><script>alert(1)</script><a href="javascript:x()">c</a></p>'
        assert str(peer.text) == "Plan\na bc\n"
        assert notes.html == "<h1>Plan</h1><p>a <strong>b</strong>c</p>"
        notes.append("!", italic=True).prepend("The ").insert(-1, "?")
        assert str(peer.text) == "The Plan\na bc?!\n"
        notes.delta = [{"insert": "x"}, {"insert": "\n", "attributes": {"header": 2}}]
        assert notes.html == "<h2>x</h2>"
        notes.clear()
        assert (str(peer.text), notes.html) == ("\n", "<p><br></p>")
        notes.set("two\nlines")
        assert notes.text == "two\nlines"


async def test_plain_documents_have_no_formats(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        heading, program = site.page()["heading"], site.page()["program"]
        assert heading.text == "Untitled"
        heading.append("!!")
        assert str(joined(site, "heading").text) == "Untitled!!"
        program.text = "print(1)\n"
        assert str(joined(site, "main").text) == "print(1)\n"
        with pytest.raises(ElementError, match=r'input "heading".html: this document is plain text'):
            heading.html = "<b>x</b>"
        with pytest.raises(ElementError, match="plain text, which has no formats"):
            heading.insert(0, "x", bold=True)
        assert heading.text == "Untitled!!"


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("text", 3, r'editor "notes".text: expected a text, not int.'),
        ("html", None, r'editor "notes".html: expected a text, not NoneType.'),
        ("delta", [{"insert": "x", "attributes": {"blink": True}}], r'editor "notes".delta: .*blink'),
        ("delta", 3, r'editor "notes".delta: '),
        ("colour", "red", "has no property 'colour'"),
    ],
)
async def test_what_a_handler_writes_is_checked(tmp_path: Path, name: str, value: Any, why: str) -> None:
    async with served(tmp_path) as site:
        notes = site.page()["notes"]
        notes.text = "before"
        with pytest.raises((ElementError, AttributeError), match=why):
            setattr(notes, name, value)
        assert notes.text == "before"


async def test_the_length_of_a_field_holds_for_all(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        with pytest.raises(ElementError, match='input "heading": expected at most 10 characters, not 11'):
            site.page()["heading"].append("123")
        peer = write(site, "heading", 8, " and more")
        assert str(peer.text) == "Untitled a"


@pytest.mark.parametrize("name", ["notes", "heading"])
async def test_what_no_document_can_hold_is_left_out(tmp_path: Path, name: str) -> None:
    async with served(tmp_path) as site:
        site.page()[name].text = "a\r\nb\x00\ud800c"
        assert site.page()[name].text == "a\nbc"


async def test_properties_of_an_editor_are_those_of_any_element(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        tab, page = await site.open("/"), site.page()
        page["notes"].readonly = True
        page["notes"].toolbar = ["bold", "|", "link"]
        page.update()
        await site.settle()
        assert tab["notes"]["data-options"] == '{"toolbar":[["bold"],["link"]],"readonly":true}'


async def test_who_is_there_is_no_text(tmp_path: Path) -> None:
    async with served(tmp_path, "scope: shared\nbody: [{people: notes, id: who}, {editor: notes}]\n") as site:
        site.page()["notes"].text = "kept"
        with pytest.raises(AttributeError, match='people "who" has no property'):
            site.page()["who"].text = "gone"
        assert site.page()["notes"].text == "kept"


async def test_the_value_of_an_event_is_what_the_document_holds(tmp_path: Path) -> None:
    body = "[{input: Hi, shared_text: draft, on: {keydown.enter: send}}, {p: , id: said}]"
    yaml = f"handlers: site.py\nscope: shared\nbody: {body}"
    async with served(tmp_path, yaml, "def send(page, value):\n    page['said'].text = value\n") as site:
        tab = await site.open()
        write(site, "draft", 2, " all")
        await tab.press("input", "Enter")
        assert tab["said"].text == "Hi all"


async def test_limits_and_kinds_follow_an_edit_of_the_site_at_once(tmp_path: Path) -> None:
    yaml = "scope: shared\nbody: [{FIELD}]\n"
    async with served(tmp_path, yaml.replace("FIELD", 'textarea: "", shared_text: notes, maxlength: 3')) as site:
        peer = write(site, "notes", 0, "12345")
        assert str(peer.text) == "123"
        document = site.app.state.hub.documents.open("notes", None)
        (tmp_path / "site.yaml").write_text(yaml.replace("FIELD", "editor: notes, max_length: 5"), encoding="utf-8")
        await site.reload()
        peer.writes(document, 3, "456789")
        assert str(peer.text) == "12345\n"
        assert site.page()["notes"].html == "<p>12345</p>"


async def test_the_readers_of_a_document_that_ends_are_told(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        await site.open("/own")
        hub = site.app.state.hub
        (room,) = [room for room in hub.rooms if room.page.route.path == "/own"]
        peer = joined(site, room.live.document_prefix + "notes")
        hub.rooms.drop(room, "the test says so")
        assert peer.refused == [(4404, "The page of this document has ended.")]


async def test_an_editor_that_a_handler_makes_has_a_document(tmp_path: Path) -> None:
    async with served(tmp_path, "scope: shared\nbody: [{div: , id: box}]\n") as site:
        with pytest.raises(UnknownDocument):
            joined(site, "late")
        page = site.page()
        page["box"].append({"editor": "late"})
        page.update()
        peer = joined(site, "late")
        page["late"].text = "here"
        assert str(peer.text) == "here\n"
        page["late"].remove()
        with pytest.raises(UnknownDocument):
            joined(site, "late")


async def test_a_second_element_of_a_document_has_no_id_of_itself(tmp_path: Path) -> None:
    async with served(tmp_path, "scope: shared\nbody: [{div: , id: box}]\n") as site:
        box = site.page()["box"]
        box.append({"editor": "late"})
        box.append({"textarea": "", "shared_text": "late"})
        with pytest.raises(ElementError, match='there is an element with the id "late" already'):
            box.append({"p": "", "id": "late"})
        site.page()["late"].text = "both"
        assert [each.id for each in box.children] == ["late", None]
        assert box.children[1].text == "both"


async def test_each_row_can_have_a_document(tmp_path: Path) -> None:
    yaml = """
scope: shared
state: {cards: [a, b]}
body:
  - section:
      - editor: card ${card}
    each: card in cards
    key: card
"""
    async with served(tmp_path, yaml) as site:
        write(site, "card%20a", 0, "first")
        assert [str(joined(site, key).text) for key in ("card%20a", "card%20b")] == ["first\n", "\n"]


CHANGES = """
handlers: site.py
pages:
  /:
    scope: shared
    state: {heading: ""}
    body:
      - input:
        shared_text: heading
        on: {change: {set: {heading: "${value}"}, debounce: 100ms}}
      - h1: ${heading}
      - editor: notes
        on: {change: noted}
      - p:
        id: count
  /plain:
    body: [{shared: board}]
shared:
  board:
    - editor: board
      on: {change: on_board}
    - p:
      id: told
"""
CHANGED = """
def noted(page, element, value, site, shared, params):
    page["count"].text = f"{element.text} {value} {len(params)}"

def on_board(shared, element, value):
    shared["told"].text = value
"""


async def test_what_people_write_happens_once_they_pause(tmp_path: Path) -> None:
    async with served(tmp_path, CHANGES, CHANGED) as site:
        tab = await site.open("/")
        peer = joined(site, "heading")
        document = site.app.state.hub.documents.open("heading", None)
        for index, letter in enumerate("Plan"):
            peer.writes(document, index, letter)
        await site.settle()
        assert tab.find("h1").text == ""
        await asyncio.sleep(0.11)
        assert tab.find("h1").text == "Plan"
        assert [each.text for each in (tab["count"],)] == [""]


async def test_handlers_of_a_change_get_what_there_is(tmp_path: Path) -> None:
    async with served(tmp_path, CHANGES, CHANGED) as site:
        tab, other = await site.open("/"), await site.open("/plain")
        write(site, "notes", 0, "hi")
        write(site, "board", 0, "all")
        await asyncio.sleep(0.3)
        assert tab["count"].text == "hi hi 0"
        assert other["told"].text == "all"


async def test_what_handlers_write_is_no_change_of_people(tmp_path: Path) -> None:
    async with served(tmp_path, CHANGES, CHANGED) as site:
        tab = await site.open("/")
        site.page()["notes"].text = "server"
        await asyncio.sleep(1)
        assert tab["count"].text == ""


async def test_no_tab_can_say_that_a_document_has_changed(tmp_path: Path) -> None:
    async with served(tmp_path, CHANGES, CHANGED) as site:
        tab = await site.open("/")
        assert "data-on" not in tab["notes"]
        with pytest.raises(NotDeclared):
            await tab.fire(tab["notes"], "change")
        stream = tab.html.partition('data-document="notes"')[0]
        number = int(stream.rpartition('data-n="')[2].partition('"')[0])
        tab.send(Event(1, "page", number, "change"))
        await site.settle()
        assert [error["code"] for error in tab.errors] == ["unknown-event"]
        assert tab["count"].text == ""
