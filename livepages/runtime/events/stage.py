"""Where something happens: what names mean there, on which page, and which tabs see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from livepages.runtime.blueprints.node import ROOT, Kind, Node
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.rooms.tab import Tab
from livepages.runtime.state.container import StateError
from livepages.runtime.state.scopes import EventScope, Scope
from livepages.runtime.state.tracking import Tracker
from livepages.schema.site.element import nothing


@dataclass(frozen=True, slots=True)
class Stage:
    """Where something happens.

    `around` are the names there, and `said` what the event adds to them. `live` is the page or shared element, None
    where it happens on none; `number` is the element of it, and `owners` are the rows and components that it stands in,
    from the inside out, the page last: what happens may take some of them away. `tabs` are those that commands go to,
    and `show` tells all tabs what has changed.
    """

    around: Scope
    tracker: Tracker
    show: Callable[[], object]
    said: Mapping[str, Any] = field(default_factory=nothing)
    live: LivePage | None = None
    number: int = ROOT
    tabs: tuple[Tab, ...] = ()
    owners: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "owners", _owners(self.live, self.number))

    @property
    def scope(self) -> Scope:
        """What names mean."""
        return EventScope(self.around, self.said) if self.said else self.around

    @property
    def node(self) -> Node:
        """The element or component that it happens to."""
        assert self.live is not None, "there is a page"
        return self.live.tree.node(self.number)

    def element(self, identifier: str) -> tuple[LivePage, Node]:
        """The element of an id: the nearest, from the row or component in which this happens to the whole page.

        What has been changed before may have brought it, so that is shown first. Raises StateError.
        """
        self.show()
        for owner in self.owners:
            number = self.live.tree.find(owner, identifier) if self.live is not None else None
            if self.live is not None and number is not None:
                return self.live, self.live.tree.node(number)
        raise StateError(f'there is no element with the id "{identifier}" here')

    def component(self) -> Node | None:
        """The component in whose body this happens."""
        for number in self.owners:
            if self.live is not None and number != ROOT and self.live.tree.exists(number):
                node = self.live.tree.node(number)
                if node.kind is Kind.FRAGMENT and node.name:
                    return node
        return None

    def outside(self, component: Node, value: Any) -> Stage:
        """The place where a component is used, as the events that it raises see it."""
        assert self.live is not None, "components stand on pages"
        around = self.live.reactions.scope_of(self.live.tree.parent(component.number))
        return replace(self, around=around, said={**self.said, "value": value}, number=component.number)


def _owners(live: LivePage | None, number: int) -> tuple[int, ...]:
    """What an element stands in."""
    found: list[int] = []
    while live is not None and (not found or number != ROOT):
        number = live.tree.node(number).owner
        found.append(number)
    return tuple(found)
