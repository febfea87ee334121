"""What handlers are given beside elements: the page, the shared elements, the parameters, the event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import UNSET

from livepages.runtime.blueprints.node import ROOT
from livepages.runtime.pages.element import Element, Update
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.wire.wire import Event, EventData
from livepages.schema.findings.suggest import suggestion


class Params(Mapping[str, Any]):
    """A page's parameters, as attributes and as a mapping; they can't be changed."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in self._values:
            raise AttributeError(f"The page has no parameter {name!r}. {suggestion(name, self._values) or ''}")
        return self._values[name]

    def __repr__(self) -> str:
        return f"Params({dict(self._values)!r})"


class Page(Element):
    """A live page: its elements by their ids, and what handlers keep for it in `data`."""

    __slots__ = ()

    def __init__(self, live: LivePage) -> None:
        super().__init__(live, ROOT)

    @property
    def data(self) -> dict[Any, Any]:
        """What handlers keep for this page; never shown."""
        return self._live.data

    @property
    def state(self) -> StateRoot:
        """The page's state: the names that it declares, as attributes."""
        return self._live.state

    @property
    def params(self) -> Params:
        """The page's parameters."""
        return Params(self._live.params)

    @property
    def path(self) -> str:
        """The address of the page."""
        return self._live.path

    def update(self) -> Update:
        """Show the tabs what has changed on the page, and in the shared elements on it."""
        self._live.commit_all()
        return Update()


class SharedElements(Mapping[str, Element]):
    """The shared elements of the site: each by its name, and every element in them by its id."""

    __slots__ = ("_live",)

    def __init__(self, live: Mapping[str, LivePage]) -> None:
        self._live = live

    def __getitem__(self, name: str) -> Element:
        """The shared element of this name, or what has this id in one. Raises KeyError with a sentence."""
        if name in self._live:
            return Element(self._live[name], ROOT)
        for live in self._live.values():
            number = live.tree.find(ROOT, name)
            if number is not None:
                return (live.kit.element or Element)(live, number)
        known = sorted({*self._live, *(key for live in self._live.values() for _, key in live.tree.blueprint.ids)})
        hint = suggestion(name, known) or f"There are {', '.join(known) or 'none'}."
        raise KeyError(f'There is no shared element "{name}". {hint}')

    def __iter__(self) -> Iterator[str]:
        return iter(self._live)

    def __len__(self) -> int:
        return len(self._live)

    def update(self) -> Update:
        """Show every tab what has changed in the shared elements."""
        for live in self._live.values():
            live.commit()
        return Update()


class HandlerEvent:
    """An event as its handler sees it: `id`, `type`, and what the browser said of it (`key`, `x`, `form`, …)."""

    __slots__ = ("data", "id", "on")

    def __init__(self, identifier: str, event: Event) -> None:
        self.id = identifier
        self.on = event.on
        self.data: EventData = event.data

    @property
    def type(self) -> str:
        """The browser's name of the event, such as `click`."""
        return self.on.partition(".")[0]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value = getattr(self.data, name)
        return None if value is UNSET else value

    def __repr__(self) -> str:
        return f"<HandlerEvent {self.on} {self.id}>"


class Session:
    """One browser: the state that the site declares for each, and what handlers keep for it in `data`."""

    __slots__ = ("data", "id", "state")

    def __init__(self, identifier: str, state: StateRoot) -> None:
        self.id = identifier
        self.state = state
        self.data: dict[Any, Any] = {}
