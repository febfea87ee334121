"""What a site declares and never uses: state that is never read or never written, handlers that nothing calls."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from livepages.schema.code.handlers import Handler
from livepages.schema.expressions.expressions import as_text
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.source import Source
from livepages.schema.site.actions import STORES, Action, CallAction, Reading, Target, readings_of, target_of
from livepages.schema.site.element import ComponentSpec, EachSpec, ElementSpec, Spec, actions_of, templates_of, walk
from livepages.schema.site.params import Param
from livepages.schema.site.site import Page, Site

LONGEST = 40


@dataclass
class Usage:
    """What bodies and actions read and write, by dotted names of state: `votes`, `site.messages`."""

    read: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    loops: dict[str, set[str]] = field(default_factory=dict)

    def add_body(self, body: tuple[Spec, ...]) -> None:
        """Count what the elements of a body read, and what their fields and actions write."""
        specs = tuple(walk(body))
        for spec in specs:
            if isinstance(spec, EachSpec):
                self.loops.setdefault(spec.names[-1], set()).update(_states([spec.source]))
        for spec in specs:
            self.read |= _states(reading for _, reading in templates_of(spec))
            if isinstance(spec, ElementSpec) and spec.bind is not None:
                self.read.add(spec.bind.name)
                self._write(spec.bind)
            self.add_actions(actions_of(spec))

    def add_actions(self, actions: Iterable[Action]) -> None:
        """Count what actions read and write."""
        for action in actions:
            self.read |= _states(readings_of(action))
            if (target := target_of(action)) is not None:
                self._write(target)

    def _write(self, target: Target) -> None:
        """A write to what a loop names is one to what the loop goes through, and so on outwards."""
        names = {target.name}
        while names:
            name = names.pop()
            if name not in self.written:
                self.written.add(name)
                names |= self.loops.get(name, set())


def _states(readings: Iterable[Reading]) -> set[str]:
    """The names of state that expressions may read."""
    paths = (read.path for reading in readings for read in reading.reads)
    return {".".join(path[:2]) if path[0] in STORES else path[0] for path in paths}


class UsageChecks:
    """Warns of what a site without errors never uses. `python` are the site's Python files, which may use anything.

    `called` is the site's folder as messages call it.
    """

    def __init__(self, site: Site, called: Path, python: Collection[Path], diagnostics: Diagnostics) -> None:
        self.site = site
        self.called = called
        self.python = {path: path.read_text(encoding="utf-8", errors="replace") for path in sorted(python)}
        self.diagnostics = diagnostics

    def check(self) -> None:
        """Report all of it."""
        everything = Usage()
        for page in self.site.pages:
            if page.state:
                self._check_state(page.state, self._page(page), "")
            self._add_page(everything, page)
        for component in self.site.components.values():
            if component.state:
                usage = Usage()
                usage.add_body(component.body)
                self._check_state(component.state, usage, "")
            everything.add_body(component.body)
        for shared in self.site.shared.values():
            everything.add_body(shared.body)
        everything.add_actions((*self.site.startup, *(action for each in self.site.every for action in each.actions)))
        self._check_state(self.site.state, everything, "site.")
        self._check_state(self.site.session_state, everything, "session.")
        self._check_handlers()

    def _page(self, page: Page) -> Usage:
        usage = Usage()
        self._add_page(usage, page)
        return usage

    def _add_page(self, usage: Usage, page: Page) -> None:
        usage.add_body(page.body)
        usage.add_actions(page.actions())
        arguments = (value for event in page.events.values() for value in event.arguments.values())
        bound = [value for value in (page.title, *arguments) if isinstance(value, Reading)]
        usage.read |= _states(bound)

    def _check_state(self, state: Mapping[str, Param], usage: Usage, store: str) -> None:
        for name, param in state.items():
            if self._is_in_python(name):
                continue
            if store + name not in usage.read:
                message = f'The state "{store}{name}" is never read.'
                hint = f"Show it by `${{{store}{name}}}`, or take it out."
                self.diagnostics.warning("unread-state", message, param.position, hint=hint)
            elif store + name not in usage.written:
                value = as_text(param.default)
                always = f", so it always is {value}" if 0 < len(value) <= LONGEST else ""
                message = f'The state "{store}{name}" is never written{always}.'
                hint = "Write it by an action such as `set`, or by `bind`."
                self.diagnostics.warning("unwritten-state", message, param.position, hint=hint)

    def _is_in_python(self, name: str) -> bool:
        """Whether the word is anywhere in the site's Python, whose handlers may read and write it."""
        return any(re.search(rf"\b{re.escape(name)}\b", text) for text in self.python.values())

    def _check_handlers(self) -> None:
        named = set(self._named())
        for handler in self.site.handlers.values():
            path = Path(handler.function.__code__.co_filename)
            if handler.name in named or path not in self.python or self._is_called(handler):
                continue
            text = self.python[path]
            found = re.search(rf"^\s*(?:async\s+)?def\s+({re.escape(handler.function.__name__)})\b", text, re.MULTILINE)
            if found is not None:
                source = Source(path, (self.called / path.relative_to(self.site.folder)).as_posix(), text)
                message = f'The handler "{handler.name}" is never used.'
                hint = "Name it under an event, `startup` or `every`, or begin its name with _."
                where = source.at(found.start(1), len(found[1]))
                self.diagnostics.warning("unused-handler", message, where, hint=hint)

    def _is_called(self, handler: Handler) -> bool:
        """Whether the word is in the site's Python more often than where the function is defined."""
        word = re.compile(rf"\b{re.escape(handler.function.__name__)}\b")
        return sum(len(word.findall(text)) for text in self.python.values()) > 1

    def _named(self) -> Iterator[str]:
        """The handlers that the site's file names."""
        events = [
            *(event for page in self.site.pages for event in page.events.values()),
            *(
                event
                for spec in self.site.body_specs()
                if isinstance(spec, ElementSpec | ComponentSpec)
                for event in spec.events.values()
            ),
        ]
        yield from (event.handler for event in events if event.handler is not None)
        timed = (action for timer in self.site.every for action in timer.actions)
        ours = (action for page in self.site.pages for action in page.actions())
        inner = (action for event in events for action in event.actions)
        yield from (
            action.handler for action in (*self.site.startup, *timed, *ours, *inner) if isinstance(action, CallAction)
        )
