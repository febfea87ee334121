"""What elements say of documents and can't all be meant: people of one that nobody writes in, two beginnings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from livepages.schema.expressions.mistakes import in_words
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.suggest import did_you_mean
from livepages.schema.site.element import ElementSpec, Spec, walk
from livepages.schema.site.element_type import DocumentUse
from livepages.schema.site.site import Site

Shown = tuple[ElementSpec, DocumentUse]
"""An element and the document that it shows."""


class DocumentChecks:
    """Warns of it. `python` are the site's Python files, whose handlers may make fields too."""

    def __init__(self, site: Site, python: Collection[Path], diagnostics: Diagnostics) -> None:
        self.site = site
        self.python = [path.read_text(encoding="utf-8", errors="replace") for path in python]
        self.diagnostics = diagnostics

    def check(self) -> None:
        """Report all of it."""
        self._check_people(list(_shown(self.site.body_specs())))
        for specs in self._places():
            self._check_beginnings(list(_shown(specs)))

    def _check_people(self, shown: list[Shown]) -> None:
        names = {use.name for _, use in shown}
        if not all(isinstance(name, str) for name in names):
            return  # some are known when the site is at work only
        written = {use.name for _, use in shown if not use.only_looks}
        for spec, use in shown:
            if use.name not in written and not any(use.name in text for text in self.python):
                self._nobody_writes(spec, use.name, written)

    def _nobody_writes(self, spec: ElementSpec, name: str, written: Collection[str]) -> None:
        near = did_you_mean(name, written)
        hint = f'Did you mean "{near}"?' if near else f"Show it by `editor: {name}`, `code` or `shared_text`."
        message = f'{spec.type.name}: no field of the site shows the document "{name}", so nobody is ever in it.'
        self.diagnostics.warning("unknown-document", message, spec.position, hint=hint)

    def _places(self) -> Iterator[list[Spec]]:
        """The elements that show the same documents, where these have the same names."""
        yield [spec for page in self.site.pages if page.is_singleton for spec in walk(page.body)]
        yield from (list(walk(page.body)) for page in self.site.pages if not page.is_singleton)
        yield from (list(walk(component.body)) for component in self.site.components.values())
        yield from (list(walk(shared.body)) for shared in self.site.shared.values())

    def _check_beginnings(self, shown: list[Shown]) -> None:
        first: dict[str, ElementSpec] = {}
        beginnings: dict[str, str] = {}
        for spec, use in shown:
            if use.initial and beginnings.setdefault(use.name, use.initial) != use.initial:
                other = first[use.name].position
                where = f" at line {other.line}" if other is not None else ""
                message = (
                    f'{spec.type.name}: the document "{use.name}" begins with {in_words(beginnings[use.name])}{where}, '
                    f"and with {in_words(use.initial)} here: it gets only one of them."
                )
                self.diagnostics.warning("two-beginnings", message, spec.position, hint="Give one field a content.")
            elif use.initial:
                first.setdefault(use.name, spec)


def _shown(specs: Iterable[Spec]) -> Iterator[Shown]:
    for spec in specs:
        use = spec.type.document(spec.props) if isinstance(spec, ElementSpec) else None
        if isinstance(spec, ElementSpec) and use is not None:
            yield spec, use
