"""The shared elements of a running site, when its file has other definitions of them."""

from __future__ import annotations

import logging

from livepages.runtime.hub.hub import Hub
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.reload.prepared import Prepared

log = logging.getLogger(__name__)


class SharedSuccession:
    """Has the shared elements follow, each after those that show in it.

    `notes` are sentences about what could not be kept. One that an error of livepages' own keeps from following begins
    anew, as it is in the file.
    """

    def __init__(self, hub: Hub, prepared: Prepared) -> None:
        self._hub = hub
        self._blueprints = prepared.blueprints.shared
        self._differing = prepared.differing
        self._done: set[str] = set()
        self.notes: dict[str, None] = {}

    def renew_all(self) -> None:
        """Have all of them follow; those that the file has no more end."""
        pages = self._hub.shared_pages
        for name in [name for name in pages if name not in self._blueprints]:
            pages.pop(name).close()
        for name in self._blueprints:
            self._renew(name)

    def _renew(self, name: str) -> LivePage:
        hub = self._hub
        if name not in self._done:
            self._done.add(name)
            mounts = {inner: self._renew(inner) for inner in self._blueprints[name].mounted_names}
            if name in hub.shared_pages:
                self._follow(name, hub.shared_pages[name], mounts)
        return hub.make_shared(name)

    def _follow(self, name: str, live: LivePage, mounts: dict[str, LivePage]) -> None:
        blueprint = self._blueprints[name]
        try:
            refused = self._hub.rooms.refused_in(live.stream.name)
            renewal = live.become(blueprint, self._hub.kit, self._differing[blueprint], mounts=mounts, refused=refused)
            self.notes |= renewal.notes
        except Exception:
            log.exception("The shared element %s can't follow the change of the site; it begins anew.", name)
            self._hub.shared_pages.pop(name).close()
