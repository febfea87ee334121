from __future__ import annotations

from pathlib import Path
from typing import Any

from livepages.schema.expressions.expressions import parse
from livepages.schema.site.events import EventSpec
from tests.schema.sites import load

HANDLERS = "def save(page, row=0, name=''): pass\nasync def anything(**more): pass\n"


def events(folder: Path, text: str) -> dict[str, Any]:
    site = load(folder, f"handlers: h.py\nparams: {{num: 3}}\nbody:\n  - input:\n    on: {text}\n", h__py=HANDLERS)
    return dict(site.pages[0].body[0].events)  # type: ignore[union-attr]


def test_a_handlers_name(tmp_path: Path) -> None:
    assert events(tmp_path, "{focus: save, keydown.ctrl.shift.s.prevent: save}") == {
        "focus": EventSpec("focus", "save"),
        "keydown.ctrl.shift.s.prevent": EventSpec("keydown.ctrl.shift.s.prevent", "save"),
    }


def test_a_call_with_times(tmp_path: Path) -> None:
    assert events(tmp_path, "{input: {call: save, debounce: 0.5s}, change: {call: save, throttle: 100ms}}") == {
        "input": EventSpec("input", "save", debounce=500),
        "change": EventSpec("change", "save", throttle=100),
    }


def test_what_with_gives(tmp_path: Path) -> None:
    given = events(tmp_path, "{focus: {call: save, with: {row: 3, name: 'row ${num}'}}}")["focus"]
    assert dict(given.arguments) == {"row": 3, "name": parse("row ${num}")}
    given = events(tmp_path, "{focus: {call: anything, with: {list: [1, '${num}'], map: {a: b}}}}")["focus"]
    assert given.arguments["list"].names == ("num",)
    assert given.arguments["map"] == {"a": "b"}
    assert events(tmp_path, "{focus: {call: save, with: }}") == {"focus": EventSpec("focus", "save")}


def test_names_of_two_modules(tmp_path: Path) -> None:
    text = "handlers: [a.py, b.py]\nstartup: b.go\nbody: [{button: Go, on: {click: a.go}}]"
    site = load(tmp_path, text, a__py="def go(): pass", b__py="def go(): pass")
    assert sorted(site.handlers) == ["a.go", "b.go"]
    assert [action.handler for action in site.startup] == ["b.go"]  # type: ignore[union-attr]
    assert site.pages[0].body[0].events["click"].handler == "a.go"  # type: ignore[union-attr]


def test_a_list_of_one_module_goes_by_bare_names(tmp_path: Path) -> None:
    site = load(tmp_path, "handlers: [a.py]\nbody: [{button: Go, on: {click: go}}]", a__py="def go(): pass")
    assert list(site.handlers) == ["go"]
