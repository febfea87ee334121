"""A live page with its tabs, when the site's file has another definition of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.runtime.blueprints.node import ROOT
from livepages.runtime.hub.hub import Hub
from livepages.runtime.rooms.room import Room
from livepages.runtime.web.page_document import page_title
from livepages.runtime.wire.operations import Attribute, Operation
from livepages.runtime.wire.wire import Address, Title
from livepages.schema.site.arguments import Misfit, arguments
from livepages.schema.site.params import Param
from livepages.schema.site.site import Page


class Leaves(Exception):
    """A live page can't go on; the text says why."""


def move_room(hub: Hub, room: Room, page: Page, blueprint: Blueprint, differing: Collection[int]) -> Iterable[str]:
    """Have a live page go on as `page`; sentences about what could not be kept. Raises Leaves, and changes nothing."""
    live, former = room.live, room.page
    params = fitting_params(live.params, page)
    title = page_title(former, live)
    notes = list(live.declare(page.state))
    live.params = params
    renewal = live.become(
        blueprint,
        hub.kit,
        differing,
        mounts={name: hub.shared_pages[name] for name in blueprint.mounted_names},
        refused={number for tab in room.tabs.values() for stream, number in tab.refused if stream == live.stream.name},
        told=tuple(_of_root(former, page)),
    )
    room.become(page)
    room.count()
    live.commit()
    if (now := page_title(page, live)) != title:
        room.announce(Title(now))
    path = page.route.build(params)
    if path != live.path:
        live.path = path
        hub.rooms.rename(room, hub.key_of(page, path, room.session, live.token))
        room.announce(Address(path))
    if room.timers is not None:
        room.timers.change(page.every)
    return [*notes, *renewal.notes]


def fitting_params(given: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """The parameters of a page as it is now, from those that its visit gave. Raises Leaves where they don't do."""
    try:
        return arguments(page.params, given, Param.check)
    except Misfit as misfit:
        name = misfit.param.name
        if misfit.reason:
            raise Leaves(f"the parameter {name} does not fit any more: {misfit.reason}") from None
        raise Leaves(f"it needs the parameter {name} now") from None


def _of_root(former: Page, page: Page) -> Iterator[Operation]:
    if former.classes != page.classes:
        yield Attribute(ROOT, "class", page.classes or None)
