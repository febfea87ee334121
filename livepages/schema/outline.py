"""A site as a tree that can be drawn: its pages, shared elements and components, and what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from livepages.schema.bindings import Nested, leaves
from livepages.schema.element import ComponentSpec, ElementSpec, MountSpec, SlotSpec, Spec
from livepages.schema.events import UNITS
from livepages.schema.expressions import Name, Template, as_text
from livepages.schema.params import MISSING, Param
from livepages.schema.site import Page, Site, Timer
from livepages.schema.vocabulary import DEFAULT_SLOT


@dataclass(frozen=True, slots=True)
class Item:
    """One element: `kind` is `element`, `component`, `slot` or `shared`, `name` its type or name.

    `text` is its content in one line, `events` are pairs of the event and its handler.
    """

    kind: str
    name: str
    id: str = ""
    classes: tuple[str, ...] = ()
    text: str = ""
    events: tuple[tuple[str, str], ...] = ()
    children: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A page, a shared element or a component: what is known of it as pairs of words, and its elements."""

    kind: str
    name: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole site."""

    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def outline(site: Site) -> Outline:
    """The outline of a site: its pages first, then its shared elements and its components."""
    startup = ", ".join(handler.name for handler in site.startup)
    return Outline(
        site.folder.name,
        site.title,
        _told(startup=startup, every=_timers(site.every)),
        (
            *(_page(page, site.title) for page in site.pages),
            *(
                Section("shared", name, _told(on=_mounting(site, name) or "no page"), _items(shared.body))
                for name, shared in site.shared.items()
            ),
            *(
                Section("component", name, _told(props=_params(component.props)), _items(component.body))
                for name, component in site.components.items()
            ),
        ),
    )


def _page(page: Page, site_title: str) -> Section:
    title = _text(page.title)
    facts = _told(
        title="" if title == site_title else title,
        scope=page.scope,
        params=_params(page.params),
        every=_timers(page.every),
        classes=page.classes,
    )
    return Section("page", page.route.path, facts, _items(page.body))


def _told(**facts: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, told) for name, told in facts.items() if told)


def _mounting(site: Site, name: str) -> str:
    """The routes of the pages on which a shared element shows, directly or within another."""
    return ", ".join(page.route.path for page in site.pages if name in _mounted(site, page.body))


def _mounted(site: Site, body: tuple[Spec, ...]) -> set[str]:
    names: set[str] = set()
    for mount in site.mounts(body):
        names |= {mount.name} | _mounted(site, site.shared[mount.name].body)
    return names


def _timers(timers: tuple[Timer, ...]) -> str:
    return ", ".join(f"{duration(timer.interval)}: {timer.handler.name}" for timer in timers)


def duration(milliseconds: int) -> str:
    """A time in the largest unit that it is a whole number of: `500ms`, `2s`, `1h`."""
    unit = next(name for name in reversed(UNITS) if milliseconds % UNITS[name] == 0)
    return f"{milliseconds // UNITS[unit]}{unit}"


def _params(params: Mapping[str, Param]) -> str:
    return ", ".join(f"{name}: {_param(param)}" for name, param in params.items())


def _param(param: Param) -> str:
    default = "" if param.default is MISSING or param.default is None else f" = {as_text(param.default)}"
    return f"{param.describe()}{default}"


def _items(specs: tuple[Spec, ...]) -> tuple[Item, ...]:
    return tuple(_item(spec) for spec in specs)


def _item(spec: Spec) -> Item:
    if isinstance(spec, ElementSpec):
        return _element(spec)
    if isinstance(spec, ComponentSpec):
        props = ", ".join(f"{name}: {_text(value)}" for name, value in spec.props.items())
        return Item("component", spec.name, spec.id or "", text=props, children=_slots(spec))
    if isinstance(spec, SlotSpec):
        return Item("slot", "" if spec.name == DEFAULT_SLOT else spec.name, children=_items(spec.children))
    assert isinstance(spec, MountSpec), "there is no other"
    return Item("shared", spec.name)


def _element(spec: ElementSpec) -> Item:
    content = spec.type.content
    return Item(
        "element",
        spec.type.name,
        spec.id or "",
        tuple(_text(spec.props.get("classes", "")).split()),
        _text(spec.props.get(content)) if content is not None else "",
        tuple((event.key, event.handler) for event in spec.events.values() if event.handler is not None),
        _items(spec.children),
    )


def _slots(spec: ComponentSpec) -> tuple[Item, ...]:
    """What stands in a component's slots: that of the default one directly, of others under their names."""
    own = _items(spec.slots.get(DEFAULT_SLOT, ()))
    named = {name: body for name, body in spec.slots.items() if name != DEFAULT_SLOT}
    return (*own, *(Item("slot", name, children=_items(body)) for name, body in named.items()))


def _text(value: Any) -> str:
    """A value in one line, with expressions as the file has them."""
    if isinstance(value, Template):
        written = "".join(f"${{{part.path}}}" if isinstance(part, Name) else part for part in value.parts)
    elif isinstance(value, Nested):
        written = ", ".join(_text(leaf) for leaf in leaves(value.value))
    else:
        written = as_text(value)
    return " ".join(written.split())
