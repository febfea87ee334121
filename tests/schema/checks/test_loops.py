"""What repeats, and what is chosen, as a site's file says it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.expressions.expressions import parse
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.element_reader import ElementReader
from livepages.schema.site.element import (
    ComponentSpec,
    EachSpec,
    MatchSpec,
    branches_of,
    children_of,
    templates_of,
    walk,
    walk_once,
)
from livepages.schema.site.region import Region
from livepages.schema.site.vocabulary import Vocabulary
from livepages.schema.yaml.reader import read_text
from tests.schema.sites import body, load

STATE = "state: {items: [a], votes: {tea: 0}, step: 1, size: small}\n"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("item in items", "item in items"),
        ("item in ${items}", "item in items"),
        ("  item  in  items ", "item in items"),
        ("drink, count in votes", "drink, count in votes"),
        ("drink ,count in votes | sort(reverse=true)", "drink, count in votes | sort(reverse=true)"),
        ("n in 1..5", "n in 1..5"),
        ("n in 1..step", "n in 1..step"),
        ("n in [1, 2]", "n in [1, 2]"),
    ],
)
def test_each(written: str, told: str, tmp_path: Path) -> None:
    assert body(tmp_path, f"{STATE}body: [{{p: a, each: '{written}'}}]") == [
        ("each", {"each": told}, [("p", {"text": "a"})])
    ]


def test_the_names_of_an_each_are_known_in_its_element_and_its_key(tmp_path: Path) -> None:
    text = """
    body:
      - div:
          - p: ${loop.index} ${name} ${count}
        title: ${name}
        on: {click: {set: {"votes[name]": "${count + event.x}"}}}
        each: name, count in votes
        key: name ~ loop.index
        empty: [{p: Nothing}]
    """
    ((_, told, ((name, props, inner),)),) = body(tmp_path, STATE + dedent(text))
    assert told == {
        "each": "name, count in votes",
        "key": "name ~ loop.index",
        "empty": [("p", {"text": "Nothing"})],
    }
    assert (name, props["title"]) == ("div", ("name",))
    assert inner == [("p", {"text": ("loop.index", "name", "count")})]


def test_components_repeat_and_show_by_expressions(tmp_path: Path) -> None:
    text = f"""{STATE}
components: {{card: {{props: {{text: str}}, body: ["${{text}}"]}}}}
body:
  - card: ${{item}}
    show: ${{item != 'b'}}
    each: item in items
"""
    site = load(tmp_path, text)
    (each,) = site.pages[0].body
    assert isinstance(each, EachSpec)
    (card,) = each.body
    assert isinstance(card, ComponentSpec)
    assert card.show == parse("${item != 'b'}")
    assert [(name, reading.names) for name, reading in templates_of(card)] == [("text", ("item",)), ("show", ("item",))]


def test_match(tmp_path: Path) -> None:
    text = STATE + "body: [{match: '${step}', cases: {1: [{p: a}], two: b, 3: }, else: [{p: '${size}'}]}]"
    assert body(tmp_path, text.replace("step: 1", "step: any")) == [
        (
            "match",
            "step",
            {
                1: [("p", {"text": "a"})],
                "two": [("span", {"text": "b"})],
                3: [],
                "else": [("p", {"text": ("size",)})],
            },
        )
    ]


def test_cases_are_of_the_type_of_what_is_matched(tmp_path: Path) -> None:
    text = "state: {size: '1'}\nbody: [{match: size, cases: {1: a, 2: b}}]"
    (match,) = load(tmp_path, text).pages[0].body
    assert isinstance(match, MatchSpec)
    assert [value for value, _ in match.cases] == ["1", "2"]


def test_a_match_that_repeats(tmp_path: Path) -> None:
    text = f"{STATE}body: [{{match: item, cases: {{a: [{{p: b}}]}}, each: item in items}}]"
    assert body(tmp_path, text) == [
        ("each", {"each": "item in items"}, [("match", "item", {"a": [("p", {"text": "b"})]})])
    ]


@pytest.mark.parametrize(
    ("element", "what"),
    [("{p: a, each: n in 1..3}", "`each`"), ("{match: 1, cases: {1: a}}", "`match`"), ("{input: , bind: a}", "tied")],
)
def test_elements_that_handlers_make_read_no_state(element: str, what: str) -> None:
    diagnostics = Diagnostics()
    node = read_text(element, diagnostics)
    assert node is not None
    region = Region("this element", expressions=False)
    ElementReader(Vocabulary(ELEMENT_TYPES), region, diagnostics).read_item(node)
    (found,) = diagnostics
    assert (found.code, what in found.message) == ("unbindable", True)


def test_walking(tmp_path: Path) -> None:
    text = """
    body:
      - div: [{p: a}]
        each: n in 1..3
        empty: [{em: b}]
      - match: 1
        cases: {1: [{b: c}]}
        else: [{i: d}]
      - hr:
    """
    (page,) = load(tmp_path, text).pages
    each, match, _ = page.body
    assert [name_of(spec) for spec in walk(page.body)] == ["EachSpec", "div", "p", "em", "MatchSpec", "b", "i", "hr"]
    assert [name_of(spec) for spec in walk_once(page.body)] == ["EachSpec", "em", "MatchSpec", "b", "i", "hr"]
    assert [[name_of(spec) for spec in branch] for branch in branches_of(each)] == [["div"], ["em"]]
    assert [[name_of(spec) for spec in branch] for branch in branches_of(match)] == [["b"], ["i"]]
    assert [name_of(spec) for spec in children_of(match)] == ["b", "i"]


def name_of(spec: object) -> str:
    kind = getattr(spec, "type", None)
    return kind.name if kind is not None else type(spec).__name__


def test_ids_in_copies_are_their_own(tmp_path: Path) -> None:
    text = """
    body:
      - dialog: []
        id: box
      - div:
          - dialog: []
            id: box
          - button: Open
            on: {click: [{open: box}, {focus: field}]}
        each: n in 1..3
      - input:
        id: field
    """
    assert len(load(tmp_path, text).pages[0].body) == 3


@pytest.mark.parametrize(
    ("element", "state"),
    [
        ("input:", "text: ''"),
        ("{input: , type: number}", "n: 0"),
        ("{input: , type: range}", "n: 1.5"),
        ("{input: , type: checkbox}", "done: false"),
        ("{input: , type: radio, value: tea}", "drink: tea"),
        ("{input: , type: date}", "day: ''"),
        ("{input: , type: file}", "names: []"),
        ("{input: , type: file}", "name: ''"),
        ("{input: , type: number}", "anything: "),
        ("textarea:", "text: ''"),
        ("{select: , options: [a, b]}", "choice: a"),
        ("{select: , options: ['1', '2']}", "choice: 1"),
        ("{select: , options: [a, b], multiple: true}", "choices: [a]"),
        ("{details: [a]}", "unfolded: false"),
        ("{dialog: [a]}", "unfolded: false"),
    ],
)
def test_bind(element: str, state: str, tmp_path: Path) -> None:
    name = state.partition(":")[0]
    inner = element.strip("{}")
    (told,) = body(tmp_path, f"state: {{{state}}}\nbody: [{{{inner} , bind: {name}}}]".replace(": ,", ": ,"))
    assert told[1]["bind"] == name


def test_what_is_bound_may_be_an_entry(tmp_path: Path) -> None:
    text = "state: {todos: [{title: a}]}\nbody: [{input: , bind: todo.title, each: todo in todos}]"
    assert body(tmp_path, text) == [("each", {"each": "todo in todos"}, [("input", {"bind": "todo.title"})])]
