"""Components with a state of their own, and names that stay those of whoever wrote them."""

from __future__ import annotations

from pathlib import Path

from livepages.testing import open_site
from tests.runtime.support import write_site

COUNTERS = """
components:
  counter:
    props: {caption: str, items: {type: list, default: []}}
    state: {count: 0, open: false}
    body:
      - button: "${caption} ${count}"
        on: {click: {set: {count: "${count + 1}"}}}
      - li: "${item} of ${caption}"
        each: item in items
state: {thing: {name: Mine}, names: [Ann, Bob], shown: true}
body:
  - counter: {caption: A}
    show: ${shown}
  - counter: {caption: "${thing.name}", items: [x, y]}
  - counter: {caption: "${item} no. ${loop.index}", items: [z]}
    each: item in names
  - button: Hide
    on: {click: [{toggle: shown}, {append: {names: Cy}}]}
"""


async def test_each_use_counts_for_itself(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, COUNTERS)) as site:
        tab = await site.open("/")
        assert [button.text for button in tab.find_all("button")][:4] == ["A 0", "Mine 0", "Ann no. 1 0", "Bob no. 2 0"]
        await tab.click("Bob no. 2 0")
        await tab.click("Bob no. 2 1")
        await tab.click("Mine 0")
        assert [button.text for button in tab.find_all("button")][:4] == ["A 0", "Mine 1", "Ann no. 1 0", "Bob no. 2 2"]
        assert [line.text for line in tab.find_all("li")] == [
            "x of Mine",
            "y of Mine",
            "z of Ann no. 1",
            "z of Bob no. 2",
        ]
        await tab.click("Hide")
        assert [button.text for button in tab.find_all("button")][:4] == [
            "Mine 1", "Ann no. 1 0", "Bob no. 2 2", "Cy no. 3 0",
        ]  # fmt: skip


async def test_a_prop_of_any_type_shows_as_text(tmp_path: Path) -> None:
    text = """
        components:
          fact: {props: {what: any}, body: [{p: "${what}"}]}
        body: [{fact: {what: true}}, {fact: {what: [1, 2]}}, {fact: {what: 1.50}}]
        """
    async with open_site(write_site(tmp_path, text)) as site:
        tab = await site.open()
        assert [each.text for each in tab.find_all("p")] == ["true", "[1, 2]", "1.5"]


async def test_each_that_a_handler_makes_counts_for_itself(tmp_path: Path) -> None:
    text = """
        components:
          counter:
            state: {count: 0}
            body:
              - button: "${count}"
                on: {click: {set: {count: "${count + 1}"}}}
        body:
          - counter:
          - button: Add
            on: {click: add}
        """
    python = """
        def add(page):
            page.append({"counter": None})
        """
    async with open_site(write_site(tmp_path, text, python)) as site:
        tab = await site.open("/")
        await tab.click("Add")
        await tab.click("Add")
        await tab.click(tab.find_all("button")[3])
        assert [button.text for button in tab.find_all("button")] == ["0", "Add", "0", "1"]


NAMED_AS_EVENTS = """
pages:
  /{value}:
    params: {event: none}
    state: {got: "", rows: [1, 2]}
    body:
      - {p: "${value} ${event} ${params.value}", id: shown, title: "${value | upper}"}
      - input:
        id: own
        on: {input: {set: {got: "${value} ${event.value} ${params.value} ${params.event}"}}}
      - {shower: {value: "${value}", of: "${value}!"}, id: outer, on: {told: {set: {got: "${value}"}}}}
      - {i: "${row} ${value}", each: row in rows, id: row}
      - {p: "${got}", id: got}
components:
  shower:
    props: {value: str, of: str, event: 3}
    body:
      - inner: {value: "${value} ${event}", of: "${of}"}
        on: {told: {emit: {told: "${value} ${of}"}}}
  inner:
    props: {value: str, of: str}
    body:
      - {b: "${value}", id: deep}
      - input:
        on: {input: {emit: {told: "${value} ${of}"}}}
"""


async def test_props_and_params_can_have_the_names_of_events_which_come_first_in_actions(tmp_path: Path) -> None:
    async with open_site(write_site(tmp_path, NAMED_AS_EVENTS)) as site:
        tab = await site.open("/room?event=x")
        assert (tab["shown"].text, tab["shown"]["title"], tab.find("b").text) == ("room x room", "ROOM", "room 3")
        assert [row.text for row in tab.find_all("i")] == ["1 room", "2 room"]
        await tab.fill("own", "typed")
        assert tab["got"].text == "typed typed room x"
        await tab.fill(tab.find_all("input")[1], "told")
        assert tab["got"].text == "told room! room!"
        assert tab.errors == []
        await tab.verify()
