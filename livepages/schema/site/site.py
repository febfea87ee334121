"""A site: all that its file says, checked and immutable. A reload makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from livepages.schema.code.handlers import Handlers
from livepages.schema.expressions.expressions import Template
from livepages.schema.findings.source import Position
from livepages.schema.site.actions import Action
from livepages.schema.site.element import ComponentSpec, MountSpec, Spec, walk
from livepages.schema.site.events import EventSpec
from livepages.schema.site.limits import DEFAULT_LIMITS, Limits
from livepages.schema.site.params import Param
from livepages.schema.site.routes import Route
from livepages.schema.site.vocabulary import Vocabulary

Scope = Literal["shared", "session", "tab"]
"""Who gets the same live page: everyone, the tabs of one browser, or each visit its own."""


@dataclass(frozen=True)
class Timer:
    """What happens every so many milliseconds, in order."""

    interval: int
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Component:
    """An element type that the site's file defines: typed props, and a body in which they can be named.

    Each of its uses has `state` of its own; `events` are the names that it emits.
    """

    name: str
    props: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    body: tuple[Spec, ...] = ()
    slots: frozenset[str] = frozenset()
    position: Position | None = None
    state: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    events: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Shared:
    """A named subtree that exists once and shows on every page that mounts it."""

    name: str
    body: tuple[Spec, ...]
    position: Position | None = None


@dataclass(frozen=True)
class Page:
    """A page: where it is, who shares it, what it keeps as state, and what stands on it.

    `startup` happens when a live page of it is made, `events` (`open`, `close`) when a tab comes and goes.
    """

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
    state: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    startup: tuple[Action, ...] = ()
    events: Mapping[str, EventSpec] = field(default_factory=lambda: MappingProxyType({}))

    def actions(self) -> tuple[Action, ...]:
        """What happens to the page itself: at its start, by its timers, when tabs come and go."""
        timers = (action for timer in self.every for action in timer.actions)
        return (*self.startup, *timers, *(action for event in self.events.values() for action in event.actions))

    @property
    def is_singleton(self) -> bool:
        """Whether there is exactly one live page of it, for everyone."""
        return self.scope == "shared" and not self.route.parameters


@dataclass(frozen=True)
class Site:
    """A whole site. `named_files` are those that its file names, itself included; `css` is its own style sheet's text.

    `state` exists once for all, `session_state` once for each session.
    `vocabulary` are the names that bodies can use, those of elements that handlers make too.
    """

    file: Path
    title: str = ""
    pages: tuple[Page, ...] = ()
    shared: Mapping[str, Shared] = field(default_factory=lambda: MappingProxyType({}))
    components: Mapping[str, Component] = field(default_factory=lambda: MappingProxyType({}))
    handlers: Handlers = field(default_factory=lambda: Handlers({}))
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary(MappingProxyType({})))
    state: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    session_state: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    startup: tuple[Action, ...] = ()
    every: tuple[Timer, ...] = ()
    theme: Literal["default", "plain"] = "default"
    css: str = ""
    limits: Limits = DEFAULT_LIMITS
    named_files: frozenset[Path] = frozenset()

    @property
    def files(self) -> frozenset[Path]:
        """All files that the site was read from so far, and those that were looked for and are missing.

        Modules that handlers import while they work are among them, once they have done so.
        """
        finder = self.handlers.finder
        return self.named_files | finder.files if finder is not None else self.named_files

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
        return self._body_specs

    @cached_property
    def _body_specs(self) -> tuple[Spec, ...]:
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
