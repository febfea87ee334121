"""What happens, as a site's file says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from livepages.schema.expressions.expressions import Template, parse
from livepages.schema.site.actions import (
    AppendAction,
    CallAction,
    ClearAction,
    CloseAction,
    EmitAction,
    FocusAction,
    GoAction,
    OpenAction,
    PrependAction,
    RemoveAction,
    SetAction,
    Target,
    ToastAction,
    ToggleAction,
    readings_of,
    target_of,
)
from livepages.schema.site.bindings import Nested
from livepages.schema.site.element import ComponentSpec, EachSpec, ElementSpec, walk
from tests.schema.sites import load

SITE = """
handlers: h.py
session: {{name: ""}}
state: {{n: 0, done: false, votes: {{tea: 0}}, items: [], name: ""}}
body:
  - dialog: []
    id: box
  - input:
    id: field
    on: {{change: {}}}
"""


def actions(folder: Path, text: str) -> list[Any]:
    """What happens on the change of an input: each action as a tuple of its type and what it holds."""
    site = load(folder, SITE.format(text), h__py="def save(row=0): pass")
    field = site.pages[0].body[1]
    assert isinstance(field, ElementSpec)
    return [told(action) for action in field.events["change"].actions]


def told(action: Any) -> Any:
    """An action as a tuple; targets, templates and expressions are their texts."""
    held = [getattr(action, name) for name in action.__dataclass_fields__ if name not in ("when", "position", "link")]
    when = () if action.when is None else (f"when {action.when.source}",)
    return (type(action), *map(text_of, held), *when)


def text_of(value: Any) -> Any:
    if isinstance(value, Template):
        return "".join(part if isinstance(part, str) else f"${{{part.source}}}" for part in value.parts)
    return str(value) if hasattr(value, "root") else dict(value) if hasattr(value, "keys") else value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{set: {n: 3}}", [(SetAction, "n", 3)]),
        ("{set: {name: 3}}", [(SetAction, "name", "3")]),
        ("{set: {n: '${n + 1}'}}", [(SetAction, "n", "${n + 1}")]),
        ("{set: {done: true, name: '${value}'}}", [(SetAction, "done", True), (SetAction, "name", "${value}")]),
        ("{set: {'votes[name]': 1}}", [(SetAction, "votes[name]", 1)]),
        (
            "{set: {votes.tea: , session.name: Ann}}",
            [(SetAction, "votes.tea", None), (SetAction, "session.name", "Ann")],
        ),
        ("{toggle: done}", [(ToggleAction, "done")]),
        ("{append: {items: {a: '${name}'}}}", [(AppendAction, "items", {"a": "${name}"})]),
        ("{prepend: {items: 3}}", [(PrependAction, "items", 3)]),
        ("{remove: {items: '${value}'}}", [(RemoveAction, "items", "${value}", True)]),
        ("{remove: 'items[0]'}", [(RemoveAction, "items[0]", None, False)]),
        ("{clear: items}", [(ClearAction, "items")]),
        ("{go: '/?name=${name}'}", [(GoAction, "/?name=${name}")]),
        ("{go: https://example.org/}", [(GoAction, "https://example.org/")]),
        ("{toast: 'Hello ${name}'}", [(ToastAction, "Hello ${name}", "info")]),
        ("{toast: {text: Saved, kind: success}}", [(ToastAction, "Saved", "success")]),
        ("{open: box}", [(OpenAction, "box")]),
        ("{close: box}", [(CloseAction, "box")]),
        ("{focus: field}", [(FocusAction, "field")]),
        ("{call: save, with: {row: 3}, when: n > 1}", [(CallAction, "save", {"row": 3}, "when n > 1")]),
        ("{toggle: done, when: '${n == 1}'}", [(ToggleAction, "done", "when n == 1")]),
        ("[save, {toggle: done}]", [(CallAction, "save", {}), (ToggleAction, "done")]),
        (
            "[{call: save, with: {row: '${n}'}}, save]",
            [(CallAction, "save", {"row": "${n}"}), (CallAction, "save", {})],
        ),
    ],
)
def test_actions(written: str, expected: list[Any], tmp_path: Path) -> None:
    found = actions(tmp_path, written)
    assert [tuple(text_of_all(part) for part in action) for action in found] == expected


def text_of_all(value: Any) -> Any:
    """A value with the templates in it as texts, those of nested ones too."""
    value = value.value if isinstance(value, Nested) else value
    return {key: text_of(item) for key, item in value.items()} if isinstance(value, dict) else value


def test_a_lone_call_is_no_action(tmp_path: Path) -> None:
    for text in ("save", "{call: save}", "[save]"):
        site = load(tmp_path, SITE.format(text), h__py="def save(): pass")
        event = site.pages[0].body[1].events["change"]  # type: ignore[union-attr]
        assert (event.handler, event.actions) == ("save", ())


def test_times_stand_beside_an_only_action(tmp_path: Path) -> None:
    site = load(tmp_path, SITE.format("{toggle: done, debounce: 300ms}"), h__py="")
    event = site.pages[0].body[1].events["change"]  # type: ignore[union-attr]
    assert (event.debounce, event.throttle, event.token) == (300, None, "change/d300")


def test_actions_within_a_loop_write_what_it_goes_through(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        """
        state: {todos: [{done: false, tags: []}], drinks: {tea: {price: 1}}}
        body:
          - div:
              - button: Go
                on: {click: [{toggle: todo.done}, {remove: "todos[loop.index0]"}, {append: {todo.tags: "${tag}"}}]}
                each: tag in todo.tags
            each: todo in todos | where('done')
          - button: ${name} ${drink.price}
            on: {click: {set: {drink.price: 2}}}
            each: name, drink in drinks
        """,
    )
    loops = [spec for spec in walk(site.pages[0].body) if isinstance(spec, EachSpec)]
    assert [loop.names for loop in loops] == [("todo",), ("tag",), ("name", "drink")]


def test_events_of_components(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        """
        state: {picked: ""}
        components:
          card:
            props: {text: str}
            body:
              - button: ${text}
                on: {click: {emit: {picked: "${text}"}}, dblclick: {emit: opened}}
        body:
          - card: Tea
            on: {picked: {set: {picked: "${value}"}}, opened: {toast: "${picked}"}}
        """,
    )
    card = site.pages[0].body[0]
    assert isinstance(card, ComponentSpec)
    assert {name: [told(action) for action in event.actions] for name, event in card.events.items()} == {
        "picked": [(SetAction, "picked", "${value}")],
        "opened": [(ToastAction, "${picked}", "info")],
    }
    button = site.components["card"].body[0]
    assert isinstance(button, ElementSpec)
    assert site.components["card"].events == {"picked", "opened"}
    assert [told(event.actions[0]) for event in button.events.values()] == [
        (EmitAction, "picked", "${text}"),
        (EmitAction, "opened", None),
    ]


def test_what_happens_by_itself(tmp_path: Path) -> None:
    site = load(
        tmp_path,
        """
        handlers: h.py
        state: {online: 0}
        startup: [save, {set: {site.online: 1}}]
        every: {1s: [save, {set: {site.online: 0}, when: false}], 2s: [save, save]}
        pages:
          /:
            scope: shared
            state: {n: 0}
            startup: {set: {n: "${site.online}"}}
            every: {1s: {set: {n: "${n + 1}"}}, 2s: {go: /}}
            on: {open: {set: {n: "${tabs}"}}, close: save}
            body: ["${n}"]
        """,
        h__py="def save(): pass",
    )
    (page,) = site.pages
    assert [told(action) for action in site.startup] == [(CallAction, "save", {}), (SetAction, "site.online", 1)]
    assert [(timer.interval, [type(action) for action in timer.actions]) for timer in site.every] == [
        (1000, [CallAction, SetAction]),
        (2000, [CallAction]),
        (2000, [CallAction]),
    ]
    assert [told(action) for action in page.startup] == [(SetAction, "n", "${site.online}")]
    assert [told(timer.actions[0]) for timer in page.every] == [(SetAction, "n", "${n + 1}"), (GoAction, "/")]
    assert [told(action) for action in page.events["open"].actions] == [(SetAction, "n", "${tabs}")]
    assert page.events["close"].handler == "save"


def test_the_startup_of_a_site_of_one_page_calls_for_the_site_and_writes_for_the_page(tmp_path: Path) -> None:
    text = "handlers: h.py\nstate: {n: 0}\nstartup: [save, {set: {n: 1}}]\nbody: ['${n}']"
    site = load(tmp_path, text, h__py="def save(site): pass")
    assert [told(action) for action in site.startup] == [(CallAction, "save", {})]
    assert [told(action) for action in site.pages[0].startup] == [(SetAction, "n", 1)]


def test_what_actions_read_and_write() -> None:
    value = parse("${n + 1}")
    assert value is not None
    (step,) = value.expressions
    action = SetAction(Target("votes", (step,)), value, when=step)
    assert [reading.names for reading in readings_of(action)] == [("n",), ("n",), ("n",)]
    assert str(target_of(action)) == "votes[n + 1]"
    assert target_of(GoAction("/")) is None
