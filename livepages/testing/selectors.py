"""Finding elements by simple CSS selectors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from livepages.testing.dom import Element

PART = re.compile(
    r"(?P<tag>[A-Za-z][\w-]*|\*)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"
    r"|\[(?P<name>[\w:-]+)(?:=(?P<quote>[\"']?)(?P<value>[^\]\"']*)(?P=quote))?\]"
)
STEP = re.compile(rf"(?:{PART.pattern.replace('?P<', '?P<_')})+".replace("(?P=quote)", "(?P=_quote)"))


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
    alternatives = []
    for alternative in text.split(","):
        chain, direct = [], False
        for word in alternative.replace(">", " > ").split():
            if word == ">":
                direct = True
            elif STEP.fullmatch(word):
                chain.append(Compound(tuple(_conditions(word)), direct))
                direct = False
            else:
                return None
        if not chain or direct:
            return None
        alternatives.append(tuple(chain))
    return tuple(alternatives)


def _conditions(word: str) -> Iterator[tuple[str, str, str | None]]:
    for found in PART.finditer(word):
        if found["name"]:
            yield "attribute", found["name"], found["value"]
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
