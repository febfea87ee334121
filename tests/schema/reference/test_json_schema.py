from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.loader import read_site
from livepages.schema.reference.json_schema import json_schema, json_schema_text
from livepages.schema.site.action_keys import ACTION_KEYS, ACTION_OPTIONS, TIMES
from livepages.schema.site.keys import COMPONENT_KEYS, PAGE_KEYS, SITE_KEYS
from livepages.schema.site.params import PARAM_KEYS
from livepages.schema.yaml.reader import read_text
from livepages.schema.yaml.tree import plain

SITES = sorted((Path(__file__).parents[3] / "sites").glob("*/site.yaml"))
SCHEMA = json_schema(ELEMENT_TYPES)

GOOD = {
    "a text": "body: hello",
    "nothing": "pages: {/: {body: }}",
    "texts, lists and numbers among elements": "body: [a, 3, true, [b, {p: c}], ]",
    "expressions in place of values": "params: {n: 1}\nbody: [{div: '${n}', tabindex: '${n}', show: '${n}'}]",
    "empty values": "title:\nbody: [{div: , id: , classes: , tabindex: }]",
    "numbers as texts": "title: 3\nbody: [{h1: 4, title: 5}]",
    "a property that is a type too": "body: [{input: a, form: f}, {select: , options: [{value: a, label: b}]}]",
    "the type is not the first key": "body: [{id: x, div: a}]",
    "events with modifiers": "handlers: h.py\nbody: [{button: a, on: {click.prevent.once: go, keyup.ctrl.a: go}}]",
    "an event as a mapping": "handlers: h.py\nbody: [{button: a, on: {click: {call: go, debounce: 1s}}}]",
    "components": "components: {card: {props: {a: str}, body: [{slot: }]}}\nbody: [{card: {a: b}, id: x, show: false}]",
    "a component's default slot": "components: {card: {body: [{slot: [a]}]}}\nbody: [{card: [{p: x}]}]",
    "shared elements": "shared: {s: [{div: a}]}\npages: {/: {body: [{shared: s}]}, /b: {body: [x]}}",
    "declarations": "params: {a: int, b: 3, c: {type: int, ge: 1, default: 2}}\nbody: [x]",
    "timers": "handlers: h.py\nevery: {1s: tick, 1.5m: [tick]}\nbody: [x]",
    "state": "state: {votes: {tea: 0}, n: {type: int, ge: 0}}\nsession: {name: ''}\nbody: ['${votes.tea}']",
    "actions": (
        "state: {n: 0, l: []}\nbody: [{button: a, on: {click: [{set: {n: '${n + 1}'}}, {append: {l: 3}, when: n > 2}],"
        " focus: {toast: {text: a, kind: success}, debounce: 1s}, blur: {remove: 'l[0]'}}}]"
    ),
    "actions of the page": "state: {n: 0}\non: {open: {set: {n: 1}}}\nevery: {1s: {set: {n: 2}}}\nbody: ['${n}']",
    "what repeats": "body: [{p: '${n}', each: n in 1..3, key: n, empty: [{p: a}, b]}, {hr: , each: n in 1..3}]",
    "a component that repeats": (
        "components: {card: {state: {a: b}, body: [{button: '${a}', on: {click: {emit: picked}}}]}}\n"
        "body: [{card: , on: {picked: {toast: a}}, each: n in 1..3, show: '${n > 1}', id: b}]"
    ),
    "what is chosen": "state: {n: 1}\nbody: [{match: n, cases: {1: [a], 2: b}, else: c}]",
    "what is bound": "state: {a: '', b: true}\nbody: [{input: , bind: a}, {details: [c], bind: b}]",
    "styles and classes": "body: [{p: a, classes: [b, c], style: {color: red}, attrs: {aria-label: d}}]",
}
BAD = {
    "a key of the site": ("titel: x\nbody: [a]", "$"),
    "no body": ("title: x", "$"),
    "a page's key beside pages": ("scope: tab\npages: {/: {body: [a]}}", "$"),
    "a route": ("pages: {a: {body: [x]}}", "$.pages"),
    "a key of a page": ("pages: {/: {bdy: [x]}}", "$.pages./"),
    "a scope": ("scope: shard\nbody: [a]", "$.scope"),
    "an interval": ("handlers: h.py\nevery: {often: tick}\nbody: [a]", "$.every"),
    "a declaration": ("params: {a: {typ: int}}\nbody: [a]", "$.params.a"),
    "a key of a component": ("components: {card: {prop: {a: str}, body: []}}\nbody: [x]", "$.components.card"),
    "a type with properties": ("body: [{dvi: a, classes: b}]", "$.body[0]"),
    "a nested type with properties": ("body: [{div: [{dvi: a, classes: b}]}]", "$.body[0].div[0]"),
    "an element without a type": ("body: [{id: x}]", "$.body[0]"),
    "an empty element": ("body: [{}]", "$.body[0]"),
    "a property": ("body: [{div: a, class: b}]", "$.body[0]"),
    "a property of another type": ("body: [{form: [], label: x}]", "$.body[0]"),
    "a mapping as content": ("body: [{div: {p: a}}]", "$.body[0].div"),
    "content where there is none": ("body: [{hr: a}]", "$.body[0].hr"),
    "children where there are none": ("body: [{icon: [{p: a}]}]", "$.body[0].icon"),
    "a flag": ("body: [{div: a, inert: perhaps}]", "$.body[0].inert"),
    "a choice": ("body: [{input: a, type: nummber}]", "$.body[0].type"),
    "an event": ("handlers: h.py\nbody: [{button: a, on: {clik: go}}]", "$.body[0].on"),
    "a modifier": ("handlers: h.py\nbody: [{button: a, on: {click.enter: go}}]", "$.body[0].on"),
    "an event of other types": ("handlers: h.py\nbody: [{div: a, on: {submit: go}}]", "$.body[0].on"),
    "an unknown action": ("body: [{div: a, on: {click: {sett: {a: 1}}}}]", "$.body[0].on.click"),
    "two actions in one": ("body: [{div: a, on: {click: {go: /, toast: a}}}]", "$.body[0].on.click"),
    "an event of the page": ("on: {opened: {toast: a}}\nbody: [a]", "$.on"),
    "a timer's debounce": ("every: {1s: {toast: a, debounce: 1s}}\nbody: [a]", "$.every.1s"),
    "an empty list of actions": ("body: [{div: a, on: {click: []}}]", "$.body[0].on.click"),
    "a list of loops": ("body: [{div: a, each: [a]}]", "$.body[0].each"),
    "a bind where nothing changes": ("state: {a: ''}\nbody: [{div: a, bind: a}]", "$.body[0]"),
    "a property of match": ("body: [{match: 1, cases: {1: a}, id: b}]", "$.body[0]"),
    "a call without a handler": ("body: [{div: a, on: {click: {debounce: 1s}}}]", "$.body[0].on.click"),
    "a slot with properties": ("components: {c: {body: [{slot: a, id: b}]}}\nbody: [{c: }]", "$.components.c.body[0]"),
    "a body that is a mapping": ("body: {div: a}", "$.body"),
}


def value(text: str) -> Any:
    diagnostics = Diagnostics()
    node = read_text(text, diagnostics)
    assert node is not None
    assert not diagnostics.has_errors
    return plain(node)


def problems(text: str) -> list[str]:
    """Where a file does not fit the schema."""
    found = Draft7Validator(SCHEMA).iter_errors(value(text))
    return sorted({error.json_path.replace("['", ".").replace("']", "") for error in found})


def is_right(text: str, folder: Path) -> bool:
    """Whether the reader finds nothing wrong with a file."""
    (folder / "site.yaml").write_text(text, encoding="utf-8")
    (folder / "h.py").write_text("def go(): pass\ndef tick(): pass\n", encoding="utf-8")
    diagnostics = Diagnostics()
    read_site(folder, ELEMENT_TYPES, diagnostics)
    return not diagnostics.has_errors


def test_it_is_a_schema_of_draft_7() -> None:
    Draft7Validator.check_schema(SCHEMA)


def test_it_is_small_enough_to_lie_beside_every_site() -> None:
    assert len(json_schema_text(ELEMENT_TYPES).encode()) < 500_000


@pytest.mark.parametrize("file", SITES, ids=lambda path: path.parent.name)
def test_the_example_sites_fit(file: Path) -> None:
    assert problems(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", ELEMENT_TYPES)
def test_the_examples_of_all_types_fit(name: str) -> None:
    example = "\n".join(f"  {line}" for line in ELEMENT_TYPES[name].example.splitlines())
    assert problems(f"body:\n{example}\n") == []


@pytest.mark.parametrize("name", GOOD)
def test_what_the_reader_takes_fits(name: str, tmp_path: Path) -> None:
    assert problems(GOOD[name]) == []
    assert is_right(GOOD[name], tmp_path)


@pytest.mark.parametrize("name", BAD)
def test_mistakes_do_not_fit_at_their_places(name: str, tmp_path: Path) -> None:
    text, place = BAD[name]
    assert problems(text) == [place]
    assert not is_right(text, tmp_path)


def test_every_key_and_property_is_there_and_explained() -> None:
    definitions = SCHEMA["definitions"]
    declared, called = definitions["site.declaration"]["anyOf"][1], definitions["call"]["anyOf"][1]
    places: list[tuple[Any, Any]] = [
        (SCHEMA, {**SITE_KEYS, **PAGE_KEYS}),
        (definitions["site.page"], PAGE_KEYS),
        (definitions["site.component"], COMPONENT_KEYS),
        (declared, PARAM_KEYS),
        (called, {**ACTION_KEYS, **ACTION_OPTIONS, **TIMES}),
        (definitions["action"], {**ACTION_KEYS, **ACTION_OPTIONS}),
        *((definitions[name], kind.properties) for name, kind in ELEMENT_TYPES.items()),
    ]
    for schema, known in places:
        assert set(known) - set(schema["properties"]) == set()
        for name, entry in schema["properties"].items():
            target = definitions[entry["$ref"].rpartition("/")[2]] if "$ref" in entry else entry
            assert target["description"], name


def test_every_event_of_every_type_is_there_and_explained() -> None:
    for name, kind in ELEMENT_TYPES.items():
        events = SCHEMA["definitions"][SCHEMA["definitions"][name]["properties"]["on"]["$ref"].rpartition("/")[2]]
        assert set(events["properties"]) == kind.events
        assert all(entry["description"] for entry in events["properties"].values())


def test_no_type_takes_the_name_of_another_definition() -> None:
    others = {"item", "other", "call", "does", "action", "bound", "on", "match"}
    assert others & set(ELEMENT_TYPES) == set()


def test_no_types_are_properties_of_each_other() -> None:
    mutual = [
        (one.name, other.name)
        for one in ELEMENT_TYPES.values()
        for other in ELEMENT_TYPES.values()
        if one is not other and one.name in other.properties and other.name in one.properties
    ]
    assert mutual == []


def test_the_text_is_the_schema() -> None:
    assert json.loads(json_schema_text(ELEMENT_TYPES)) == SCHEMA
