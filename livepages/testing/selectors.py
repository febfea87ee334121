"""Finding elements by simple CSS selectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from livepages.testing.dom import Element

ATTRIBUTE = r"\[(?P<name>[\w:-]+)(?:=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\]\"'\s]*)))?\]"
PART = re.compile(rf"(?P<tag>[A-Za-z][\w-]*|\*)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)|{ATTRIBUTE}")
STEP = re.compile(rf"(?:{re.sub(r'P<[a-z]+>', ':', PART.pattern)})+")
COMBINATOR = re.compile(r"\s*[>,]\s*|\s+")


@dataclass(frozen=True)
class Compound:
    """Conditions on one element, and whether it stands directly in the one of the compound before."""

    conditions: tuple[tuple[str, str, str | None], ...]
    direct: bool

    def matches(self, element: Element) -> bool:
        """Whether an element fulfils all conditions."""
        return all(_fulfils(element, *condition) for condition in self.conditions)


def _fulfils(element: Element, kind: str, name: str, value: str | None) -> bool:
    match kind:
        case "tag":
            return name in ("*", element.tag)
        case "id":
            return element.attributes.get("id") == name
        case "class":
            return name in element.attributes.get("class", "").split()
    return name in element.attributes and value in (None, element.attributes[name])


def compile_selector(text: str) -> tuple[tuple[Compound, ...], ...] | None:
    """A selector with its alternatives, None if the text is none.

    It knows tags, `#id`, `.class`, `[name]`, `[name=value]`, descendants, children (`>`) and alternatives (`,`).
    """
    alternatives: list[list[Compound]] = [[]]
    rest, combinator = text.strip(), ""
    while step := STEP.match(rest):
        alternatives[-1].append(Compound(tuple(_conditions(step[0])), combinator == ">"))
        between = COMBINATOR.match(rest, step.end())
        if between is None:
            return tuple(map(tuple, alternatives)) if step.end() == len(rest) else None
        combinator, rest = between[0].strip(), rest[between.end() :]
        if combinator == ",":
            alternatives.append([])
    return None


def _conditions(step: str) -> Iterator[tuple[str, str, str | None]]:
    for found in PART.finditer(step):
        if found["name"]:
            given = (found[form] for form in ("double", "single", "bare"))
            yield "attribute", found["name"], next((value for value in given if value is not None), None)
        else:
            kind = next(kind for kind in ("tag", "id", "class") if found[kind])
            yield kind, found[kind], None


def select(root: Element, selector: tuple[tuple[Compound, ...], ...]) -> Iterator[Element]:
    """The elements in `root` that a selector finds, in document order."""
    for element in root.walk():
        if any(_stands(element, chain) for chain in selector):
            yield element


def _stands(element: Element, chain: tuple[Compound, ...]) -> bool:
    *before, last = chain
    if not last.matches(element):
        return False
    if not before:
        return True
    above = list(element.ancestors())[: 1 if last.direct else None]
    return any(_stands(each, tuple(before)) for each in above)
