"""What the handler of an event is given, by the names of its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from livepages.runtime.blueprints.node import Node
from livepages.runtime.documents.document_element import DocumentElement, element_at
from livepages.runtime.hub.hub import Hub
from livepages.runtime.pages.element import Element
from livepages.runtime.pages.handles import HandlerEvent, Page, Params, Session, SharedElements
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.rooms.room import Room
from livepages.runtime.rooms.site_handle import SiteHandle
from livepages.runtime.rooms.tab import Tab, TabHandle
from livepages.runtime.state.pending import MISSING
from livepages.runtime.wire.wire import Event
from livepages.schema.code.handlers import EVENT_NAMES, Handler


class Given:
    """An event with all that is around it; what a handler asks for is made when it does.

    `node` is the element of the event in `live`, and `changes` are the properties that the user changed on it.
    `said` is the value where a component has raised the event.
    """

    __slots__ = ("_changes", "_event", "_hub", "_live", "_node", "_room", "_said", "_tab")

    def __init__(
        self,
        hub: Hub,
        room: Room,
        tab: Tab,
        live: LivePage,
        node: Node,
        event: Event,
        changes: Mapping[str, Any],
        said: Any = MISSING,
    ) -> None:
        self._hub = hub
        self._room = room
        self._tab = tab
        self._live = live
        self._node = node
        self._event = event
        self._changes = changes
        self._said = said

    def emitted(self, component: Node, value: Any) -> Given:
        """The same for an event that a component has raised because of it."""
        return Given(self._hub, self._room, self._tab, self._live, component, self._event, self._changes, value)

    def arguments(self, handler: Handler, extra: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of a handler; `extra` are those of the event's `with`."""
        wanted = extra if handler.takes_any else handler.asks
        found = {name: extra[name] for name in wanted if name in extra} if extra else {}
        for name in handler.asks:
            if name in EVENT_NAMES:
                found[name] = getattr(self, name)
        return found

    @property
    def event(self) -> HandlerEvent:
        """What the browser said."""
        return HandlerEvent(f"{self._tab.id}:{self._event.id}", self._event)

    @property
    def element(self) -> Element:
        """The element that it happened on."""
        return element_at(self._live, self._node.number)

    @property
    def page(self) -> Page:
        """The live page of the tab."""
        return Page(self._room.live)

    @property
    def shared(self) -> SharedElements:
        """The shared elements of the site."""
        return self._hub.shared

    @property
    def session(self) -> Session:
        """The browser of the tab."""
        return self._tab.session

    @property
    def site(self) -> SiteHandle:
        """The site."""
        return self._hub.handle

    @property
    def tab(self) -> TabHandle:
        """The tab."""
        return self._tab.handle

    @property
    def params(self) -> Params:
        """The page's parameters."""
        return Params(self._room.live.params)

    @property
    def value(self) -> Any:
        """The field's new value, a form's fields, or the element's value."""
        if self._said is not MISSING:
            return self._said
        for name in ("value", "checked", "open"):
            if name in self._changes:
                return self._changes[name]
        if self._event.data.form is not None:
            return self._event.data.form
        element = self.element
        return element.text if isinstance(element, DocumentElement) else self._props.get("value")

    @property
    def _props(self) -> Mapping[str, Any]:
        return self._live.tree.props(self._node.number)
