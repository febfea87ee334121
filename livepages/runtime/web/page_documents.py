"""The documents of live pages, each made once for as long as nothing in it changes."""

from __future__ import annotations

from collections.abc import Iterable

from livepages.runtime.hub.hub import Hub
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.rooms.room import Room
from livepages.runtime.web.assets import Assets
from livepages.runtime.web.page_document import page_document, page_title
from livepages.runtime.wire.compression import Compressible, Part, Stored


class Template:
    """The document of a page that nobody has changed yet, with gaps for the token and the position of each visit's."""

    __slots__ = ("_fixed",)

    def __init__(self, live: LivePage, document: str) -> None:
        before, _, rest = document.partition(live.token)
        between, _, after = rest.partition(live.stream.at)
        self._fixed = [Part(text.encode()) for text in (before, between, after)]

    def fill(self, live: LivePage) -> Compressible:
        """The document of a live page."""
        before, between, after = self._fixed
        return Compressible(before, Stored(live.token.encode()), between, Stored(live.stream.at.encode()), after)


class Documents:
    """The documents of one site."""

    def __init__(self, hub: Hub, assets: Assets) -> None:
        self._hub = hub
        self._assets = assets
        self._templates: dict[str, tuple[object, Template]] = {}
        self._blueprints = hub.blueprints

    def of(self, room: Room) -> Compressible:
        """The document of a live page as it is now. What the tabs have not been told yet they are told first."""
        room.live.catch_up()
        room.live.commit_all()
        if room.page.scope != "tab":
            return self._kept(room)
        live = room.live
        if live.params or not live.tree.overlay.is_empty:
            return Compressible(Part(self._make(room).encode()))
        return self._template(room).fill(live)

    def _kept(self, room: Room) -> Compressible:
        """That of a page which tabs share."""
        state = self._state(room, room.streams.values())
        if room.document is None or room.document[0] != state:
            room.document = (state, Compressible(Part(self._make(room).encode())))
        return room.document[1]

    def _template(self, room: Room) -> Template:
        """That of a page which each tab has for itself."""
        if self._blueprints is not self._hub.blueprints:
            self._blueprints = self._hub.blueprints
            self._templates.clear()
        key = room.page.route.path
        state = self._state(room, (live for live in room.streams.values() if live is not room.live))
        kept = self._templates.get(key)
        if kept is None or kept[0] != state:
            kept = self._templates[key] = (state, Template(room.live, self._make(room)))
        return kept[1]

    def _state(self, room: Room, shown: Iterable[LivePage]) -> object:
        """What a document depends on, beside the page's own body."""
        title, positions = page_title(room.page, room.live), [live.stream.at for live in shown]
        return (self._hub.kit.styles.version, self._hub.blueprints, title, *positions)

    def _make(self, room: Room) -> str:
        return page_document(room.page, room.live, self._hub.site.title, self._assets)
