"""A site: all that its file says, checked and immutable. A reload makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from livepages.schema.element import ComponentSpec, MountSpec, Spec, walk
from livepages.schema.expressions import Template
from livepages.schema.handlers import Handler, Handlers
from livepages.schema.limits import DEFAULT_LIMITS, Limits
from livepages.schema.params import Param
from livepages.schema.routes import Route
from livepages.schema.source import Position
from livepages.schema.vocabulary import Vocabulary

Scope = Literal["shared", "session", "tab"]
"""Who gets the same live page: everyone, the tabs of one browser, or each visit its own."""


@dataclass(frozen=True)
class Timer:
    """A handler that is called every so many milliseconds."""

    interval: int
    handler: Handler


@dataclass(frozen=True)
class Component:
    """An element type that the site's file defines: typed props, and a body in which they can be named."""

    name: str
    props: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    body: tuple[Spec, ...] = ()
    slots: frozenset[str] = frozenset()
    position: Position | None = None


@dataclass(frozen=True)
class Shared:
    """A named subtree that exists once and shows on every page that mounts it."""

    name: str
    body: tuple[Spec, ...]
    position: Position | None = None


@dataclass(frozen=True)
class Page:
    """A page: where it is, who shares it, and what stands on it."""

    route: Route
    body: tuple[Spec, ...] = ()
    title: str | Template = ""
    scope: Scope = "tab"
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    every: tuple[Timer, ...] = ()
    classes: str = ""
    lang: str = "en"
    description: str = ""
    position: Position | None = None

    @property
    def is_singleton(self) -> bool:
        """Whether there is exactly one live page of it, for everyone."""
        return self.scope == "shared" and not self.route.parameters


@dataclass(frozen=True)
class Site:
    """A whole site. `files` are those that it was read from; `css` is its own style sheet's text.

    `vocabulary` are the names that bodies can use, those of elements that handlers make too.
    """

    file: Path
    title: str = ""
    pages: tuple[Page, ...] = ()
    shared: Mapping[str, Shared] = field(default_factory=lambda: MappingProxyType({}))
    components: Mapping[str, Component] = field(default_factory=lambda: MappingProxyType({}))
    handlers: Handlers = field(default_factory=lambda: Handlers({}))
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary(MappingProxyType({})))
    startup: tuple[Handler, ...] = ()
    every: tuple[Timer, ...] = ()
    theme: Literal["default", "plain"] = "default"
    css: str = ""
    limits: Limits = DEFAULT_LIMITS
    files: frozenset[Path] = frozenset()

    @property
    def folder(self) -> Path:
        """The folder that all the site's files are in."""
        return self.file.parent

    @property
    def static(self) -> Path:
        """The folder of the files that are served as they are."""
        return self.folder / "static"

    def body_specs(self) -> tuple[Spec, ...]:
        """All elements of the site's file: of pages, shared elements and components."""
        bodies = [
            owner.body for owners in (self.pages, self.shared.values(), self.components.values()) for owner in owners
        ]
        return tuple(spec for body in bodies for spec in walk(body))

    def mounts(self, body: tuple[Spec, ...]) -> tuple[MountSpec, ...]:
        """The places in `body` where shared elements show, those inside components in use included."""
        found: list[MountSpec] = []
        for spec in walk(body):
            if isinstance(spec, MountSpec):
                found.append(spec)
            elif isinstance(spec, ComponentSpec) and spec.name in self.components:
                found.extend(self.mounts(self.components[spec.name].body))
        return tuple(found)
