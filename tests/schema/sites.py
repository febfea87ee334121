"""What the tests of the language share: sites written into a folder and loaded."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.expressions.expressions import Template
from livepages.schema.loader import load_site
from livepages.schema.site.element import ComponentSpec, EachSpec, ElementSpec, MatchSpec, MountSpec, SlotSpec, Spec
from livepages.schema.site.site import Site


def load(folder: Path, text: str, **files: str) -> Site:
    """The site of a text; `files` are others of it, with __ for the dot before the ending and _in_ for a slash."""
    for name, content in files.items():
        path = folder / name.replace("__", ".").replace("_in_", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(content), encoding="utf-8")
    file = folder / "site.yaml"
    file.write_text(dedent(text), encoding="utf-8")
    return load_site(file, ELEMENT_TYPES)


def body(folder: Path, text: str, **files: str) -> list[Any]:
    """The body of a site's only page, as `plain` writes it."""
    (page,) = load(folder, text, **files).pages
    return [plain(spec) for spec in page.body]


def plain(spec: Spec) -> Any:
    """An element as a tuple: its type, what is told of it, and what is in it, the last two where there is any."""
    match spec:
        case MountSpec():
            return ("shared", spec.name)
        case SlotSpec():
            return ("slot", spec.name, *children(spec.children))
        case ComponentSpec():
            slots = {name: [plain(child) for child in given] for name, given in spec.slots.items()}
            told = {name: value_of(value) for name, value in spec.props.items()}
            told |= {"id": spec.id} if spec.id else {}
            told |= {} if spec.show is True else {"show": value_of(spec.show)}
            told |= {"on": dict(spec.events)} if spec.events else {}
            return (spec.name, told, *([slots] if slots else []))
        case ElementSpec():
            told = {name: value_of(value) for name, value in spec.props.items()}
            told |= {"id": spec.id} if spec.id else {}
            told |= {"on": dict(spec.events)} if spec.events else {}
            told |= {"bind": str(spec.bind)} if spec.bind else {}
            return (spec.type.name, *([told] if told else []), *children(spec.children))
        case EachSpec():
            told = {"each": f"{', '.join(spec.names)} in {spec.source.source}"}
            told |= {"key": spec.key.source} if spec.key else {}
            told |= {"empty": [plain(child) for child in spec.empty]} if spec.empty else {}
            return ("each", told, *children(spec.body))
        case MatchSpec():
            cases = {value: [plain(child) for child in branch] for value, branch in spec.cases}
            otherwise = {"else": [plain(child) for child in spec.otherwise]} if spec.otherwise else {}
            return ("match", spec.subject.source, cases | otherwise)


def children(specs: tuple[Spec, ...]) -> list[Any]:
    return [[plain(child) for child in specs]] if specs else []


def value_of(value: Any) -> Any:
    """A value, or the paths that a binding reads."""
    return value.names if isinstance(value, Template) or hasattr(value, "evaluate") else value
