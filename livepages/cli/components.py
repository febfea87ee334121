"""`livepages components`: the element types, and what is to know of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

import typer
from rich.console import Console

from livepages.cli.console import fail, out
from livepages.cli.telling import columns, example, heading
from livepages.components.attributes import GLOBAL_ATTRIBUTES
from livepages.components.table import ELEMENT_TYPES, by_group
from livepages.schema.findings.suggest import suggestion
from livepages.schema.readers.bind_reader import BIND
from livepages.schema.readers.loop_reader import LOOP_KEYS
from livepages.schema.reference.topics import topics
from livepages.schema.reference.type_words import type_words
from livepages.schema.site.element_type import COMMON, ElementType
from livepages.schema.site.events import (
    FLOW_MODIFIERS,
    GLOBAL_EVENTS,
    HELD_MODIFIERS,
    KEY_EVENTS,
    KEY_NAMES,
    MOUSE_EVENTS,
)
from livepages.schema.site.properties import Property
from livepages.schema.site.special_elements import SPECIAL_ELEMENTS, SpecialElement

SPECIAL_GROUP = "Elements of the site's own"


def components(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The element type to tell all of.", show_default="all")
    ] = None,
) -> None:
    """List the element types, or tell all of one: its properties, its events and an example."""
    if name is None:
        _list(out())
    elif not tell_element(out(), name):
        fail(f'There is no element type "{name}". {_hint(name)}')


def _hint(name: str) -> str:
    """What to do about a name that is no element type's."""
    if any(entry.is_about(name) for topic in topics() for entry in topic.entries):
        return f"`livepages reference {name}` tells what it is."
    return suggestion(name, [*ELEMENT_TYPES, *SPECIAL_ELEMENTS]) or "`livepages components` lists them."


def tell_element(console: Console, name: str) -> bool:
    """Tell all of an element type, or of an element that stands for others; whether there is one of this name."""
    if name in ELEMENT_TYPES:
        _tell(console, ELEMENT_TYPES[name])
    elif name in SPECIAL_ELEMENTS:
        _tell_special(console, name, SPECIAL_ELEMENTS[name])
    return name in ELEMENT_TYPES or name in SPECIAL_ELEMENTS


def _list(console: Console) -> None:
    groups = {group: [(kind.name, kind.doc) for kind in kinds] for group, kinds in by_group().items()}
    groups[SPECIAL_GROUP] = [(name, special.doc) for name, special in SPECIAL_ELEMENTS.items()]
    width = max(len(name) for rows in groups.values() for name, _ in rows)
    for group, rows in groups.items():
        console.print(group, style="bold")
        columns(console, rows, width)
        console.print()
    console.print("livepages components NAME tells all of one.", style="dim")


def _tell(console: Console, kind: ElementType) -> None:
    heading(console, kind.name, kind.doc)
    console.print(f"Its content is {_content(kind)}.", soft_wrap=True)
    every = {**COMMON, **GLOBAL_ATTRIBUTES}
    own = {name: prop for name, prop in kind.properties.items() if prop is not every.get(name)}
    own |= {"bind": BIND} if kind.has_state else {}
    _properties(console, "Properties", own)
    _properties(console, "Properties of every element", {**every, **LOOP_KEYS})
    _events(console, kind)
    example(console, kind.example)


def _content(kind: ElementType) -> str:
    told = [f"its `{kind.content}`"] if kind.content not in (None, "text") else []
    told += ["a text"] if kind.content == "text" else []
    told += ["a list of elements"] if kind.children else []
    return " or ".join(told) or "nothing"


def _properties(console: Console, heading: str, properties: Mapping[str, Property]) -> None:
    if properties:
        console.print(f"\n{heading}", style="bold")
        columns(console, [(name, prop.doc, type_words(prop)) for name, prop in properties.items()])


def _events(console: Console, kind: ElementType) -> None:
    console.print("\nEvents", style="bold")
    rows = [
        ("its own", _words(kind.own_events - GLOBAL_EVENTS)),
        ("mouse", _words(MOUSE_EVENTS)),
        ("keys", _words(KEY_EVENTS)),
        ("others", _words(GLOBAL_EVENTS - MOUSE_EVENTS - KEY_EVENTS)),
    ]
    columns(console, [row for row in rows if row[1]])
    console.print("\nModifiers, after dots (keydown.ctrl.enter)", style="bold")
    keys = sorted(name for name in KEY_NAMES if len(name) > 1 and not name[1:].isdigit())
    columns(
        console,
        [
            ("all events", _words(FLOW_MODIFIERS)),
            ("mouse, keys", _words(HELD_MODIFIERS)),
            ("keys", f"{' '.join(keys)} a-z 0-9 f1-f12"),
        ],
    )


def _words(names: Iterable[str]) -> str:
    return " ".join(sorted(names))


def _tell_special(console: Console, name: str, special: SpecialElement) -> None:
    heading(console, name, special.doc)
    console.print(f"Its content: {special.content}", soft_wrap=not console.is_terminal)
    if special.keys:
        console.print("\nProperties", style="bold")
        columns(console, special.keys.items())
    example(console, special.example)
