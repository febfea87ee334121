"""What stands in a `match` or `each`: its ids, shared elements in it, and what is put into slots there."""

from __future__ import annotations

from pathlib import Path

import pytest

from livepages.schema.findings.errors import SiteError
from livepages.testing import open_site
from tests.runtime.support import write_site

IDS = """
scope: shared
state: {step: 1, items: [], said: ""}
body:
  - match: step
    cases:
      1:
        - {label: Name, for: box, id: named}
        - {input: one, id: box}
        - {p: first, id: out}
      2:
        - {input: two, id: box}
        - {details: [{p: more}], id: more}
        - match: said
          cases: {"": [{p: nothing, id: inner}]}
          else: [{p: "${said}", id: inner}]
  - {button: next, on: {click: [{set: {step: 2}}, {focus: box}, {open: more}]}}
  - {button: open, on: {click: {open: more}}}
  - {button: write, on: {click: write}}
  - {button: say, on: {click: {set: {said: hello}}}}
  - {button: add, on: {click: add}}
  - {button: fill, on: {click: {append: {items: x}}}}
  - p: ${item}
    each: item in items
    id: row
    empty: [{p: none yet, id: empty}]
  - card:
    id: card
  - card:
components:
  card:
    state: {open: false}
    body:
      - {button: turn, id: turn, on: {click: [{toggle: open}, {focus: field}]}}
      - match: open
        cases: {true: [{label: Own, for: field}, {input: "", id: field}]}
        else: [{p: closed, id: field}]
"""
HANDLERS = """
def write(page):
    page["out"].text = "written"

def add(page):
    page.append({"p": "new", "id": "inner"})
"""


async def test_ids_in_a_match_stay_as_they_are_written(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, IDS, HANDLERS)) as site:
        tab, other = await site.open(), await site.open()
        assert (tab["named"]["for"], tab["box"].value, tab["empty"].text) == ("box", "one", "none yet")
        await tab.click("write")
        assert other["out"].text == "written"
        await tab.click("next")
        assert (other["box"].value, "out" in other, other["inner"].text) == ("two", False, "nothing")
        assert tab.commands == [{"type": "focus", "stream": "page", "node": int(tab["box"]["data-n"])}]
        assert tab["more"]["open"] == ""
        await tab.click("say")
        assert other["inner"].text == "hello"
        await tab.click("fill")
        assert "empty" not in tab
        assert tab.errors == []
        await tab.verify()
        await other.verify()


async def test_what_stands_in_a_match_is_there_only_at_times(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_site(write_site(tmp_path, IDS, HANDLERS)) as site:
        tab = await site.open()
        await tab.click("open")
        assert [error["message"] for error in tab.errors] == ['open more: there is no element with the id "more" here.']
        await tab.click("add")
        assert """the id "inner" is that of an element in a `match` or `empty`.""" in caplog.text
        await tab.click("next")
        await tab.click("write")
        hint = "It is that of an element in a `match` or `empty`, which does not show now."
        assert f'There is no element with the id "out" here. {hint}' in caplog.text


async def test_ids_in_a_match_of_a_component_are_those_of_its_use(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, IDS, HANDLERS)) as site:
        tab = await site.open()
        first, second = [each for each in tab.find_all("button") if each.text == "turn"]
        await tab.click(second)
        (label,) = [each for each in tab.find_all("label") if each.text == "Own"]
        (field,) = [each for each in tab.find_all("input") if each["id"].startswith("field-")]
        assert label["for"] == field["id"] == second["id"].replace("turn", "field")
        assert tab.commands == [{"type": "focus", "stream": "page", "node": int(field["data-n"])}]
        assert first["id"] != second["id"]
        await tab.verify()


SHARED = """
shared:
  board:
    - {p: "${site.n}", id: count}
    - {button: More, on: {click: {set: {site.n: "${site.n + 1}"}}}}
  outer:
    - match: site.n > 1
      cases: {true: [{shared: board}]}
      else: [{p: low}]
state: {n: 0}
pages:
  /:
    state: {step: 1}
    body:
      - match: step
        cases:
          1: [{p: none}]
          2: [{h2: Two}, {shared: board}]
          3: [{div: [{frame: }]}]
      - {button: next, on: {click: {set: {step: "${step + 1}"}}}}
      - {button: back, on: {click: {set: {step: 1}}}}
  /board: {body: [{shared: board}]}
  /outer: {body: [{shared: outer}]}
components:
  frame: {body: [{match: 1, cases: {1: [{shared: board}]}}]}
"""


async def test_a_shared_element_in_a_match_comes_and_goes(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SHARED)) as site:
        tab, other, outer = await site.open(), await site.open("/board"), await site.open("/outer")
        await other.click("More")
        assert ("count" in tab, outer.find("p").text) == (False, "low")
        await tab.click("next")
        assert tab["count"].text == "1"
        await tab.click("More")
        assert (tab["count"].text, other["count"].text, outer["count"].text) == ("2", "2", "2")
        await tab.click("next")
        await other.click("More")
        assert (tab["count"].text, outer["count"].text) == ("3", "3")
        await tab.click("More")
        await tab.click("back")
        await other.click("More")
        assert ("count" in tab, outer["count"].text) == (False, "5")
        await tab.click("next")
        assert (tab["count"].text, tab.errors) == ("5", [])
        for each in (tab, other, outer):
            await each.verify()


SLOTS = """
state: {names: [ann, bob], who: me, shown: true, seen: ""}
body:
  - list:
      items: ${names}
      body:
        - {b: "${who} ", id: mark}
        - {label: L, for: field}
        - {input: "", id: field}
        - {button: use, on: {click: [{set: {seen: "${who}"}}, {focus: field}]}}
      last: [{i: "last of ${who}"}]
  - panel:
      open: ${shown}
      body: [{u: "in ${who}", id: said}, {panel: {open: true, body: [{s: deep}]}}]
  - {button: other, on: {click: {set: {who: you}}}}
  - {button: more, on: {click: {append: {names: cy}}}}
  - {button: flip, on: {click: {toggle: shown}}}
  - {button: write, on: {click: write}}
  - {p: "${seen}", id: seen}
components:
  list:
    props: {items: list}
    body:
      - div:
          - {em: "${who}:", id: mark}
          - {slot: }
          - match: loop.last
            cases: {true: [{slot: last}]}
        each: who in items
  panel:
    props: {open: bool}
    body:
      - match: open
        cases: {true: [{slot: }]}
        else: [{p: shut}]
"""
WRITE = """
def write(page):
    page["said"].title = "written"
"""


async def test_slots_repeat_with_what_their_user_names(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SLOTS, WRITE)) as site:
        tab = await site.open()
        texts = [each.text for each in tab.find_all("em, b, i")]
        assert texts == ["ann:", "me ", "bob:", "me ", "last of me"]
        await tab.click("other")
        await tab.click("more")
        texts = [each.text for each in tab.find_all("em, b, i")]
        assert texts == ["ann:", "you ", "bob:", "you ", "cy:", "you ", "last of you"]
        ids = [each["id"] for each in tab.find_all("em, b, input")]
        assert len(ids) == len(set(ids)) == 9
        fields = [each["id"] for each in tab.find_all("input")]
        assert [each["for"] for each in tab.find_all("label")] == fields
        await tab.click([each for each in tab.find_all("button") if each.text == "use"][1])
        assert tab["seen"].text == "you"
        assert tab.commands == [{"type": "focus", "stream": "page", "node": int(tab.find_all("input")[1]["data-n"])}]
        assert tab.errors == []
        await tab.verify()


async def test_slots_in_a_match_keep_the_ids_of_their_user(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, SLOTS, WRITE)) as site:
        tab = await site.open()
        assert (tab["said"].text, tab.find("s").text) == ("in me", "deep")
        await tab.click("flip")
        assert ("said" in tab, tab.find("s, p").text) == (False, "shut")
        await tab.click("flip")
        await tab.click("write")
        assert tab["said"]["title"] == "written"
        await tab.verify()


NESTED = """
state: {names: [a, b], picked: "", at: here}
body:
  - outer:
      items: ${names}
      body:
        - {b: "${at}", id: mark}
    on: {picked: {set: {picked: "${at} ${value}"}}}
  - {p: "${picked}", id: picked}
components:
  inner:
    props: {items: list}
    body:
      - li: [{slot: }, {i: "${n}"}]
        each: n in items
  outer:
    props: {items: list}
    state: {count: 0}
    body:
      - ul:
          - inner:
              items: [1, 2]
              body:
                - button: "${n} ${count}"
                  id: mark
                  on: {click: [{set: {count: "${count + 1}"}}, {emit: {picked: "${n}"}}]}
                - {slot: }
        each: n in items
"""


async def test_slots_within_slots_that_repeat(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, NESTED)) as site:
        tab = await site.open()
        assert [each.text for each in tab.find_all("ul button, ul b, ul i")] == [
            *("a 0", "here", "1", "a 0", "here", "2"),
            *("b 0", "here", "1", "b 0", "here", "2"),
        ]
        ids = [each["id"] for each in tab.find_all("ul button, ul b")]
        assert len(set(ids)) == 8
        await tab.click(tab.find_all("button")[2])
        assert tab["picked"].text == "here b"
        assert [each.text for each in tab.find_all("button")] == ["a 1", "a 1", "b 1", "b 1"]
        assert tab.errors == []
        await tab.verify()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            """
            components:
              list: {body: [{div: [{match: 1, cases: {1: [{slot: }]}}], each: n in 1..3}]}
            shared: {board: [{p: a}]}
            body: [{list: [{shared: board}]}]
            """,
            'site.yaml:4:25: error: The shared element "board" shows once on a page, and this stands within an `each`.',
        ),
        (
            """
            components:
              frame: {body: [{shared: board}]}
            shared: {board: [{p: a}]}
            body: [{table: [{match: 1, cases: {1: [{frame: }]}}]}]
            """,
            'site.yaml:2:27: error: "table" can\'t hold a shared element.',
        ),
    ],
)
async def test_places_where_a_shared_element_can_not_show(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SiteError) as raised:
        async with open_site(write_site(tmp_path, text)):
            pass
    assert message in str(raised.value)
