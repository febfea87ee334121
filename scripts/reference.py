"""Write docs/reference from the program's own models: python scripts/reference.py"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
from typer.main import get_command

from livepages import testing
from livepages.cli import app
from livepages.components.attributes import GLOBAL_ATTRIBUTES
from livepages.components.table import by_group
from livepages.runtime.documents.document_element import DocumentElement
from livepages.runtime.pages.element import ClassNames, Element
from livepages.runtime.pages.handles import HandlerEvent, Page, Params, Session, SharedElements
from livepages.runtime.rooms.site_handle import SiteHandle
from livepages.runtime.rooms.tab import TabHandle
from livepages.schema.readers.bind_reader import BIND
from livepages.schema.reference.topics import Entry, topics
from livepages.schema.reference.type_words import type_words
from livepages.schema.site.element_type import COMMON, ElementType
from livepages.schema.site.events import GLOBAL_EVENTS
from livepages.schema.site.properties import Property
from livepages.schema.site.special_elements import SPECIAL_ELEMENTS

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
TOPICS = MappingProxyType({topic.name: topic for topic in topics()})
OF_ALL = MappingProxyType({**COMMON, **GLOBAL_ATTRIBUTES})
DOT = "\u00b7"

ABOUT = """\
All of the language, in lists. [The language](../language.md) explains it. In the terminal, `livepages reference WORD`
tells of one word, and `livepages components NAME` of an element."""
ABOUT_FILTERS = """\
A filter stands after a value and a `|`: `${names | sort | join(', ')}`. What is in square brackets may be left out, and
all can be named: `sort(reverse=true)`. `→` is the result."""

Lines = Iterator[str]
Row = tuple[str, ...]


def table(head: Row, rows: Iterable[Row]) -> Lines:
    """A table without the columns in which nothing stands."""
    found = [tuple(cell.replace("|", "\\|") for cell in row) for row in rows]
    shown = [column for column in range(len(head)) if any(row[column] for row in found)]
    for row in (head, ("---",) * len(head), *found):
        yield "| " + " | ".join(row[column] for column in shown) + " |"
    yield ""


def code(text: str) -> str:
    """A text as it is written, nothing where there is none."""
    return f"`{text}`" if text else ""


def block(example: str) -> Lines:
    """An example in YAML."""
    if example:
        yield from ("```yaml", example, "```", "")


def worked(entry: Entry) -> str:
    """An expression with its value."""
    value = f" → `{json.dumps(entry.result, ensure_ascii=False)}`" if entry.has_result else ""
    return f"{code(entry.work)}{value}" if entry.work else ""


def head(title: str, doc: str = "", level: int = 1) -> Lines:
    """A heading, with a paragraph below it."""
    yield from (f"{'#' * level} {title}", "")
    yield from (doc, "") if doc else ()


def topic_table(name: str) -> Lines:
    """A topic whose words need a line each."""
    topic = TOPICS[name]
    rows = [
        (code(entry.written or entry.name), entry.takes, code(entry.default), entry.doc, worked(entry))
        for entry in topic.entries
    ]
    yield from (*head(topic.name, topic.doc, 2), *table(("", "Takes", "Default", "", "Example"), rows))


def topic_sections(name: str) -> Lines:
    """A topic whose words have an example each."""
    topic = TOPICS[name]
    yield from head(topic.name, topic.doc, 2)
    for entry in topic.entries:
        takes = f" Takes {entry.takes}." if entry.takes else ""
        yield from (*head(code(entry.name), f"{entry.doc}{takes}", 3), *block(entry.example))


def filters() -> Lines:
    """The filters with their parameters."""
    yield from head("Filters", ABOUT_FILTERS)
    for entry in TOPICS["Filters"].entries:
        yield from head(code(entry.written), f"{entry.doc} Takes {entry.takes}.", 2)
        for part in entry.parts:
            default = f" Default: {code(part.default)}." if part.default and "not given" not in part.doc else ""
            yield f"- {code(part.name)}, {part.takes}: {part.doc}{default}"
        yield from ("", worked(entry), "") if entry.parts else (worked(entry), "")


def properties(own: Mapping[str, Property]) -> Lines:
    """Properties of elements."""
    rows = [(code(name), type_words(prop), code(_default(prop.default)), prop.doc) for name, prop in own.items()]
    yield from table(("Property", "Takes", "Default", ""), rows)


def _default(value: Any) -> str:
    return "" if value is None or value == "" else json.dumps(value)


def own_of(kind: ElementType) -> Mapping[str, Property]:
    """What a type has beside what all have; a text as content goes without saying."""
    own = {name: prop for name, prop in kind.properties.items() if prop is not OF_ALL.get(name)}
    if kind.content == "text":
        own.pop("text", None)
    return {**own, "bind": BIND} if kind.has_state else own


def content(kind: ElementType) -> str:
    """What stands after the key that names the type."""
    told = [f"its {code(kind.content)}"] if kind.content not in (None, "text") else []
    told += ["a text"] if kind.content == "text" else []
    told += ["a list of elements"] if kind.children else []
    return " or ".join(told) or "nothing"


def elements(group: str) -> Lines:
    """The elements of a group: those without anything of their own in a table, the others after it."""
    kinds = by_group()[group]
    rich = [kind for kind in kinds if own_of(kind) or kind.own_events - GLOBAL_EVENTS or "\n" in kind.example]
    plain = [kind for kind in kinds if kind not in rich]
    yield from head("Of livepages itself" if group == "livepages" else group, level=2)
    if plain:
        rows = [(code(kind.name), kind.doc, content(kind), code(kind.example)) for kind in plain]
        yield from table(("Element", "", "Content", "Example"), rows)
    for kind in rich:
        told = "" if "content" in kind.doc else f" Its content is {content(kind)}."
        yield from head(code(kind.name), f"{kind.doc}{told}", 3)
        yield from properties(own_of(kind)) if own_of(kind) else ()
        if events := sorted(kind.own_events - GLOBAL_EVENTS):
            yield from (f"Events of its own: {', '.join(map(code, events))}.", "")
        yield from block(kind.example)


def elements_page(title: str, *groups: str) -> Lines:
    """A page of element types."""
    yield from head(title, "What every element has besides is told in [Elements](elements.md).")
    for group in groups:
        yield from elements(group)


def all_elements() -> Lines:
    """What all elements have, the special ones, and livepages' own."""
    yield from head("Elements", "An element is a mapping: its type with its content, and its properties beside it.")
    yield from (*head("Properties of every element", level=2), *properties(COMMON))
    yield from ("HTML has these for every element too:", "", *properties(GLOBAL_ATTRIBUTES))
    yield from (*topic_table("Repetition"), *topic_table("Binding"))
    yield from head("Elements that stand for others", level=2)
    for name, special in SPECIAL_ELEMENTS.items():
        yield from head(code(name), f"{special.doc} Its content: {special.content}", 3)
        yield from table(("Key", ""), ((code(key), doc) for key, doc in special.keys.items())) if special.keys else ()
        yield from block(special.example)
    yield from elements("livepages")


def events() -> Lines:
    """What happens, and when."""
    yield from (*head("Actions and events"), *topic_sections("Actions"), *topic_sections("Options of actions"))
    yield from head("Events of elements", "Every element has these. Some have others too, which are told with them.", 2)
    yield from (f" {DOT} ".join(map(code, sorted(GLOBAL_EVENTS))), "")
    yield from (*topic_table("Modifiers"), *topic_table("Events of a page"))


def members(owner: type) -> Lines:
    """What a class has for its users, with the first sentence of each."""
    rows = []
    for name, member in vars(owner).items():
        function = member.fget if isinstance(member, property) else member
        is_shown = not name.startswith("_") or (name == "__getitem__" and inspect.getdoc(function))
        if is_shown and callable(function):
            rows.append((code(_written(name, member)), _doc(function)))
    if rows:
        yield from table(("", ""), rows)


def _written(name: str, member: Any) -> str:
    if isinstance(member, property):
        return name
    parameters = ", ".join(
        f"[{each.name}]" if each.default is not each.empty else f"{'*' * _stars(each)}{each.name}"
        for each in list(inspect.signature(member).parameters.values())
        if each.name != "self"
    )
    return f"[{parameters}]" if name == "__getitem__" else f"{name}({parameters})"


def _stars(parameter: inspect.Parameter) -> int:
    kinds = {inspect.Parameter.VAR_POSITIONAL: 1, inspect.Parameter.VAR_KEYWORD: 2}
    return kinds.get(parameter.kind, 0)


def _doc(thing: Any) -> str:
    """The first paragraph of a docstring, in one line."""
    return " ".join((inspect.getdoc(thing) or "").partition("\n\n")[0].split())


def handlers() -> Lines:
    """What handlers are given."""
    yield from (*head("Handlers"), *topic_table("Parameters of handlers"))
    owners = {
        "page": Page, "element": Element, "element.classes": ClassNames, 'page["notes"]': DocumentElement,
        "shared": SharedElements, "event": HandlerEvent, "params": Params, "tab": TabHandle, "session": Session,
        "site": SiteHandle,
    }  # fmt: skip
    for name, owner in owners.items():
        yield from (*head(code(name), _doc(owner), 2), *members(owner))


def tests() -> Lines:
    """The testing API."""
    yield from head("Testing", "`livepages.testing` opens a site in the test's own process, without a browser.")
    yield from (*re.findall(r"```python\n.*?```", testing.__doc__ or "", re.DOTALL), "")
    for name in testing.__all__:
        thing = getattr(testing, name)
        if isinstance(thing, type):
            yield from (*head(code(name), _doc(thing), 2), *members(thing))
        else:
            yield from head(code(_written(name, thing)), _doc(thing), 2)


def commands() -> Lines:
    """The command line."""
    yield from head("The command line", "`livepages COMMAND --help` tells the same.")
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        yield from head(code(f"livepages {name}"), _doc(command.callback), 2)
        rows = [(code(_option(each)), each.help or "", code(_preset(each))) for each in command.params]
        yield from table(("", "", "Default"), rows) if rows else ()
        lines = re.sub(r"\[.*?\]", "", command.epilog or "").strip().removeprefix("Examples").strip().splitlines()
        yield from ("```sh", *map(_shell, filter(None, lines)), "```", "")


def _shell(line: str) -> str:
    """A line of a command's examples, with what it says of itself as a comment."""
    does, _, doc = (part.strip() for part in line.partition("  "))
    if does.startswith("livepages"):
        return f"{does}  # {doc}" if doc else does
    return line if line.startswith("#") else f"# {line}"


def _option(parameter: click.Parameter) -> str:
    return ", ".join(parameter.opts) if parameter.param_type_name == "option" else str(parameter.metavar)


def _preset(parameter: click.Parameter) -> str:
    shown = getattr(parameter, "show_default", None)
    if isinstance(shown, str):
        return shown
    value = parameter.default
    return "" if value in (None, False) or parameter.required else str(getattr(value, "value", value))


def site() -> Lines:
    """The keys of a site's file."""
    yield from (*head("Sites, pages and components"), *topic_sections("Site"), *topic_sections("Page"))
    yield from (*topic_sections("Component"), *topic_table("Declarations"), *topic_table("Types"))
    yield from topic_table("Limits")


def expressions() -> Lines:
    """What stands between `${` and `}`."""
    yield from head("Expressions", "`→` is the value. [Filters](filters.md) have a page of their own.")
    for name in ("Expressions", "Names", "Of a loop", "Of an event", "Bounds of expressions"):
        yield from topic_table(name)


def of_text() -> Lines:
    """Sections, paragraphs, lists, words."""
    return elements_page("Elements of text", "Sections", "Grouping content", "Text-level semantics", "Edits")


def of_media() -> Lines:
    """Pictures and tables."""
    return elements_page("Pictures, video and tables", "Embedded content", "Tabular data")


def of_forms() -> Lines:
    """Fields and what opens."""
    return elements_page("Forms, fields and dialogs", "Forms", "Interactive elements")


PAGES: Mapping[str, Callable[[], Lines]] = MappingProxyType(
    {
        "site.md": site,
        "elements.md": all_elements,
        "text.md": of_text,
        "media.md": of_media,
        "forms.md": of_forms,
        "expressions.md": expressions,
        "filters.md": filters,
        "actions.md": events,
        "handlers.md": handlers,
        "testing.md": tests,
        "command-line.md": commands,
    }
)


def written() -> Mapping[str, str]:
    """The text of each file of the reference, by its name."""
    note = "<!-- Made by `python scripts/reference.py` from what the program itself says; don't edit. -->"
    files = {name: "\n".join((note, *page())).rstrip() + "\n" for name, page in PAGES.items()}
    titles = {name: re.findall("^# (.*)", text, re.MULTILINE)[0] for name, text in files.items()}
    links = (f"- [{title}]({name})" for name, title in titles.items())
    return {"README.md": "\n".join((note, *head("Reference", ABOUT), *links)) + "\n", **files}


def main() -> None:
    """Write the files, and take away those that are none any more."""
    FOLDER.mkdir(exist_ok=True)
    files = written()
    for path in FOLDER.glob("*.md"):
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{FOLDER}: {', '.join(files)}\n")


if __name__ == "__main__":
    main()
