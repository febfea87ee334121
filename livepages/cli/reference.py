"""`livepages reference`: the words of the language, and what is to know of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Annotated

import typer
from rich.console import Console

from livepages.cli.components import tell_element
from livepages.cli.console import fail, out
from livepages.cli.telling import columns, example, heading
from livepages.components.attributes import GLOBAL_ATTRIBUTES
from livepages.components.table import ELEMENT_TYPES
from livepages.schema.expressions.mistakes import listed
from livepages.schema.findings.suggest import suggestion
from livepages.schema.reference.topics import Entry, Topic, topics
from livepages.schema.reference.type_words import type_words
from livepages.schema.site.element_type import COMMON
from livepages.schema.site.events import GLOBAL_EVENTS


def reference(
    word: Annotated[
        str | None, typer.Argument(metavar="WORD", help="The word to tell all of.", show_default="all")
    ] = None,
) -> None:
    """List keys, actions, names and filters, or tell all that a word means, elements, properties and events too."""
    if word is None:
        _list(out(), topics())
        return
    told = [(topic, entry) for topic in topics() for entry in topic.entries if entry.is_about(word)]
    properties, events = _properties(word), _events(word)
    for number, (topic, entry) in enumerate(told):
        _tell(out(), topic, entry, is_first=not number)
    _also(out(), "property of elements", properties, is_first=not told)
    _also(out(), "event", events, is_first=not (told or properties))
    if told or properties or events:
        if word in ELEMENT_TYPES:
            out().print(f"\nIt is an element type too: livepages components {word}", style="dim")
    elif not tell_element(out(), word):
        hint = suggestion(word, _words()) or "`livepages reference` and `livepages components` list the words."
        fail(f'There is no "{word}" in the language. {hint}')


def _list(console: Console, found: Iterable[Topic]) -> None:
    for topic in found:
        heading(console, topic.name, topic.doc)
        columns(console, [(entry.written or entry.name, entry.doc) for entry in topic.entries])
        console.print()
    console.print("livepages reference WORD tells all of one, livepages components lists the elements.", style="dim")


def _tell(console: Console, topic: Topic, entry: Entry, *, is_first: bool) -> None:
    """One meaning of a word."""
    _apart(console, is_first=is_first)
    heading(console, f"{entry.written or entry.name}, {topic.kind}", entry.doc)
    if entry.takes:
        console.print(f"Takes {entry.takes}.", soft_wrap=True)
    if entry.default:
        console.print(f"Default: {entry.default}.", soft_wrap=True)
    if entry.parts:
        columns(console, [(part.name, part.doc, part.takes) for part in entry.parts])
    if entry.work:
        value = f" → {json.dumps(entry.result, ensure_ascii=False)}" if entry.has_result else ""
        console.print(f"\n${{{entry.work}}}{value}", soft_wrap=True)
    if entry.example:
        example(console, entry.example)


def _also(console: Console, kind: str, found: Mapping[str, str], *, is_first: bool) -> None:
    """What a word means to elements: each meaning with those that it is for."""
    if found:
        _apart(console, is_first=is_first)
        console.print(kind.capitalize(), style="bold")
        columns(console, [(owners, doc) for doc, owners in found.items()])


def _apart(console: Console, *, is_first: bool) -> None:
    if not is_first:
        console.print()


def _properties(word: str) -> dict[str, str]:
    """What a property is for and takes, with the elements that have it."""
    every = {**COMMON, **GLOBAL_ATTRIBUTES}
    if word in every:
        return {_doc(every[word].doc, type_words(every[word])): "all"}
    owners: dict[str, list[str]] = {}
    for kind in ELEMENT_TYPES.values():
        if word in kind.own:
            owners.setdefault(_doc(kind.own[word].doc, type_words(kind.own[word])), []).append(kind.name)
    return {doc: listed(names, "and") for doc, names in owners.items()}


def _doc(doc: str, takes: str) -> str:
    return f"{doc} Takes {takes}." if takes else doc


def _events(word: str) -> dict[str, str]:
    """The elements that have an event."""
    doc = f"on: {{{word}: ...}}"
    if word in GLOBAL_EVENTS:
        return {doc: "all"}
    owners = [kind.name for kind in ELEMENT_TYPES.values() if word in kind.own_events]
    return {doc: listed(owners, "and")} if owners else {}


def _words() -> set[str]:
    """All words that there are."""
    entries = (entry.name for topic in topics() for entry in topic.entries)
    properties = (name for kind in ELEMENT_TYPES.values() for name in (*kind.properties, *kind.events))
    return {*entries, *ELEMENT_TYPES, *properties}
