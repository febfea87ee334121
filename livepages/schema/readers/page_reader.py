"""Reads pages, shared elements and the bodies of components."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from livepages.schema.checks.reference_checks import ReferenceChecks
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.readers.declaration_reader import DeclarationReader
from livepages.schema.readers.element_reader import ElementReader
from livepages.schema.readers.event_reader import EventReader
from livepages.schema.readers.key_reader import Keys
from livepages.schema.readers.state_reader import StateReader
from livepages.schema.readers.timer_reader import TimerReader
from livepages.schema.readers.value_reader import ValueReader
from livepages.schema.site.action_keys import ON_PAGE, PAGE_STARTUP, PAGE_TIMER
from livepages.schema.site.actions import Action
from livepages.schema.site.element import Spec
from livepages.schema.site.events import EventSpec
from livepages.schema.site.keys import PAGE_KEYS
from livepages.schema.site.names import PRESENCE, TIME, Names, names_of_params, names_of_props, names_of_state, store
from livepages.schema.site.params import ADDRESS_TYPES, MISSING, Param
from livepages.schema.site.region import Region
from livepages.schema.site.routes import Route
from livepages.schema.site.site import Component, Page, Scope, Shared
from livepages.schema.site.vocabulary import Declaration, Vocabulary
from livepages.schema.yaml.tree import Mapping, Node

PAGE_EVENTS: AnyMapping[str, str] = MappingProxyType(
    {"open": "A tab begins to show the page.", "close": "A tab that showed the page is gone."}
)
"""What happens to a page."""


@dataclass(frozen=True)
class Stores:
    """The state that all pages can read: the site's and the session's. `complete` says whether all could be read."""

    site: AnyMapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    session: AnyMapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))
    complete: bool = True

    @property
    def names(self) -> Names:
        """What expressions read of both."""
        return {**self.site_names, **self.session_names}

    @property
    def site_names(self) -> Names:
        """What expressions read wherever they stand: the time and the site's state."""
        return {**TIME, **(store("site", self.site) if self.site else {})}

    @property
    def session_names(self) -> Names:
        """What expressions read of the session's state."""
        return store("session", self.session) if self.session else {}


class PageReader:
    """Reads what has a body. `defaults` are the site's own title, lang and description."""

    def __init__(
        self, vocabulary: Vocabulary, defaults: AnyMapping[str, Any], stores: Stores, diagnostics: Diagnostics
    ) -> None:
        self.vocabulary = vocabulary
        self.defaults = defaults
        self.stores = stores
        self.diagnostics = diagnostics
        what = "the shared elements"
        self.shared_region = Region(
            what,
            stores.site_names,
            _no_session(what),
            stores.session_names,
            complete=stores.complete,
            is_shared=True,
        )

    def read_page(self, path: str, keys: Keys, startup: Node | None) -> tuple[Page, Region]:
        """The page at a route, and the region of its body. `startup` is what happens when a live page of it is made."""
        route = Route.parse(path)
        params = self._params(route, keys)
        state = StateReader(self.diagnostics).read(
            keys.node("state"), "state", dict.fromkeys(params, "a parameter of the page")
        )
        scope = self._scope(keys)
        region = self._region(path, params, state, scope, keys)
        values = ValueReader(region, self.diagnostics)
        told = {**self.defaults, **self._told(values, keys), "scope": scope}
        self._check_scope(route, params, scope, keys)
        timers = TimerReader(self.vocabulary.handlers, values, PAGE_TIMER, self.diagnostics)
        begins = TimerReader(self.vocabulary.handlers, values, PAGE_STARTUP, self.diagnostics)
        page = Page(
            route=route,
            body=self._read_body(keys, region),
            params=params,
            state=state,
            startup=begins.read_actions(startup, "startup"),
            every=timers.read(keys.node("every")),
            events=self._events(keys, region),
            position=keys.position,
            **told,
        )
        self._check_ids(region, keys, page.body, page.actions())
        return page, region

    def _scope(self, keys: Keys) -> Scope:
        node = keys.node("scope")
        values = ValueReader(Region("the page"), self.diagnostics)
        given = values.read_literal(PAGE_KEYS["scope"], node, "scope") if node is not None else None
        scope: Scope = given or "tab"
        return scope

    def _region(
        self, path: str, params: AnyMapping[str, Param], state: AnyMapping[str, Param], scope: Scope, keys: Keys
    ) -> Region:
        """What expressions on a page can read. A page that everyone shares has no session but that of an event."""
        lost = any(keys.is_broken(key) or key in keys.meant for key in ("params", "state"))
        names = {**PRESENCE, **names_of_params(params), **names_of_state(state), **self.stores.site_names}
        what = f"the page {path}"
        complete = self.stores.complete and not lost
        if scope == "shared":
            return Region(what, names, _no_session(what), self.stores.session_names, complete=complete)
        return Region(what, {**names, **self.stores.session_names}, complete=complete)

    def _events(self, keys: Keys, region: Region) -> AnyMapping[str, EventSpec]:
        """What happens when a tab opens or closes the page: there is a session then, but no element."""
        node = keys.node("on")
        if node is None:
            return MappingProxyType({})
        names = {**region.names, **region.in_events}
        values = ValueReader(replace(region, names=names), self.diagnostics)
        reader = EventReader(self.vocabulary, values, ON_PAGE, self.diagnostics)
        return MappingProxyType(reader.read_own("page", PAGE_EVENTS, node))

    def _told(self, values: ValueReader, keys: Keys) -> dict[str, Any]:
        """What the page says of itself in single values."""
        told: dict[str, Any] = {}
        for name in ("title", "description", "lang", "classes"):
            node = keys.node(name)
            read = values.read if name == "title" else values.read_literal
            if node is not None and (value := read(PAGE_KEYS[name], node, name)) is not None:
                told[name] = value
        return told

    def _params(self, route: Route, keys: Keys) -> dict[str, Param]:
        node = keys.node("params")
        declared = dict(DeclarationReader(self.diagnostics, ADDRESS_TYPES).read(node, "params"))
        for name in route.parameters:
            if declared.setdefault(name, Param(name)).default not in (MISSING, None) and isinstance(node, Mapping):
                default = node.get(name)
                where = default.get("default") if isinstance(default, Mapping) else default
                message = f'params.{name}: "{name}" is in the route, so its default is never used.'
                self.diagnostics.warning("unused-default", message, where.position if where else None)
        return declared

    def _check_scope(self, route: Route, params: AnyMapping[str, Param], scope: str, keys: Keys) -> None:
        query = next((name for name in params if name not in route.parameters), None)
        if scope == "tab" or query is None:
            return
        differ = f'its tabs can\'t differ by the query parameter "{query}"'
        message = f'The page {route.path} has the scope "{scope}", so {differ}.'
        hint = f"Put it into the route, such as {route.path.rstrip('/')}/{{{query}}}, or use `scope: tab`."
        self.diagnostics.error("shared-query", message, keys.place("params"), hint=hint)

    def _check_ids(
        self, region: Region, keys: Keys, body: tuple[Spec, ...], actions: Iterable[Action] = ()
    ) -> tuple[Spec, ...]:
        ReferenceChecks(region.what, keys.node("body"), self.diagnostics).check(body, actions)
        return body

    def _read_body(self, keys: Keys, region: Region) -> tuple[Spec, ...]:
        node = keys.node("body")
        return ElementReader(self.vocabulary, region, self.diagnostics).read_body(node) if node is not None else ()

    def read_shared(self, name: str, node: Node) -> Shared:
        """A shared element; all of them together are one region."""
        body = ElementReader(self.vocabulary, self.shared_region, self.diagnostics).read_body(node)
        ReferenceChecks(f'the shared element "{name}"', node, self.diagnostics).check(body)
        return Shared(name, body, node.position)

    def read_component(self, name: str, declaration: Declaration, keys: Keys) -> Component:
        """A component, whose declaration has been read before."""
        what = f'the component "{name}"'
        names = {**names_of_props(declaration.props), **names_of_state(declaration.state), **self.stores.names}
        complete = declaration.complete and self.stores.complete
        region = Region(what, names, slots=True, complete=complete)
        return Component(
            name,
            declaration.props,
            self._check_ids(region, keys, self._read_body(keys, region)),
            declaration.slots,
            keys.position,
            declaration.state,
            declaration.events,
        )


def _no_session(what: str) -> AnyMapping[str, str]:
    """Why what is the same for all can't show what is each visitor's own."""
    return {"session": f"All see {what} alike, so there is a session only where something happens, in actions."}
