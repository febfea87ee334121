"""`livepages tree`: a site as a person would draw it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

from rich.text import Text
from rich.tree import Tree

from livepages.cli.console import out, show
from livepages.cli.site import SitePath, load
from livepages.schema.findings.snippet import printable
from livepages.schema.reference.outline import Item, Section, outline

MOST_CLASSES = 3
LONGEST_TEXT = 40
MOST_READ = 4
KINDS = MappingProxyType({"element": "", "case": ""})
"""What stands before an item's name, where that is not its kind."""


def tree(site: SitePath = Path()) -> None:
    """Draw a site: its pages with their scopes, parameters, timers and elements, its shared elements and components."""
    drawn = outline(load(site))
    root = Tree(_head(drawn.name, "bold", (("title", drawn.title), *drawn.facts)))
    for section in drawn.sections:
        _add(root.add(_section(section)), section.items)
    show(out(), root)


def _section(section: Section) -> Text:
    return Text.assemble((f"{section.kind} ", "dim"), _head(section.name, "bold cyan", section.facts))


def _head(name: str, style: str, facts: Iterable[tuple[str, str]]) -> Text:
    text = Text(printable(name), style=style)
    for word, told in facts:
        if told:
            text.append(f"  {word} ", style="not bold dim")
            text.append(printable(told), style="not bold default")
    return text


def _add(branch: Tree, items: Iterable[Item]) -> None:
    for item in items:
        _add(branch.add(_label(item)), item.children)


def _label(item: Item) -> Text:
    name_style = "green" if item.kind == "element" else "magenta"
    text = Text.assemble((KINDS.get(item.kind, f"{item.kind} "), "dim"), (printable(item.name), name_style))
    if item.id:
        text.append(f" #{printable(item.id)}", style="yellow")
    if item.classes:
        more = "…" if len(item.classes) > MOST_CLASSES else ""
        text.append(printable("".join(f" .{name}" for name in item.classes[:MOST_CLASSES]) + more), style="dim")
    if item.text:
        text.append(f' "{printable(_shortened(item.text))}"')
    for event, handler in item.events:
        text.append(f"  {event} → {handler}", style="cyan")
    if item.bind:
        text.append(f"  bind {printable(item.bind)}", style="cyan")
    if item.reads:
        more = ", …" if len(item.reads) > MOST_READ else ""
        text.append(f"  reads {printable(', '.join(item.reads[:MOST_READ]))}{more}", style="dim")
    text.rstrip()
    return text


def _shortened(text: str) -> str:
    """The first words of a text."""
    if len(text) <= LONGEST_TEXT:
        return text
    return text[: LONGEST_TEXT - 1].rsplit(" ", 1)[0] + " …"
