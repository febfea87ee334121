"""A site as a tree that can be drawn: its pages, shared elements and components, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from livepages.schema.expressions.expressions import as_text
from livepages.schema.reference.outline_words import (
    action_words,
    class_words,
    event_words,
    param_words,
    text_words,
    timer_words,
)
from livepages.schema.site.element import (
    ComponentSpec,
    EachSpec,
    ElementSpec,
    MatchSpec,
    MountSpec,
    SlotSpec,
    Spec,
    templates_of,
)
from livepages.schema.site.site import Component, Page, Site
from livepages.schema.site.vocabulary import DEFAULT_SLOT


@dataclass(frozen=True, slots=True)
class Item:
    """One element: `kind` is `element`, `component`, `slot`, `shared`, `each`, `match` or `case`, `name` its type,
    its name, or what it repeats for or chooses by.

    `text` is its content in one line, `events` are pairs of the event and what happens then, `reads` the names that its
    expressions read, `bind` is the state that its user's input goes to.
    """

    kind: str
    name: str
    id: str = ""
    classes: tuple[str, ...] = ()
    text: str = ""
    events: tuple[tuple[str, str], ...] = ()
    children: tuple[Item, ...] = ()
    reads: tuple[str, ...] = ()
    bind: str = ""


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
    return Outline(
        site.folder.name,
        site.title,
        _told(
            state=param_words(site.state),
            session=param_words(site.session_state),
            startup=action_words(site.startup),
            every=timer_words(site.every),
        ),
        (
            *(_page(page, site.title) for page in site.pages),
            *(
                Section("shared", name, _told(on=_mounting(site, name) or "no page"), _items(shared.body))
                for name, shared in site.shared.items()
            ),
            *(_component(name, component) for name, component in site.components.items()),
        ),
    )


def _page(page: Page, site_title: str) -> Section:
    title = text_words(page.title)
    facts = _told(
        title="" if title == site_title else title,
        scope=page.scope,
        params=param_words(page.params),
        state=param_words(page.state),
        startup=action_words(page.startup),
        every=timer_words(page.every),
        on=", ".join(f"{event}: {words}" for event, words in event_words(page.events)),
        classes=page.classes,
    )
    return Section("page", page.route.path, facts, _items(page.body))


def _component(name: str, component: Component) -> Section:
    emits = ", ".join(sorted(component.events))
    facts = _told(props=param_words(component.props), state=param_words(component.state), emits=emits)
    return Section("component", name, facts, _items(component.body))


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


def _items(specs: tuple[Spec, ...]) -> tuple[Item, ...]:
    return tuple(_item(spec) for spec in specs)


def _item(spec: Spec) -> Item:
    match spec:
        case ElementSpec():
            return _element(spec)
        case ComponentSpec():
            return _use(spec)
        case SlotSpec():
            return Item("slot", "" if spec.name == DEFAULT_SLOT else spec.name, children=_items(spec.children))
        case MountSpec():
            return Item("shared", spec.name)
        case EachSpec():
            return _loop(spec)
        case MatchSpec():
            return _choice(spec)


def _element(spec: ElementSpec) -> Item:
    content = spec.type.content
    return Item(
        "element",
        spec.type.name,
        spec.id or "",
        class_words(spec.props.get("classes", "")),
        text_words(spec.props.get(content)) if content is not None else "",
        event_words(spec.events),
        _items(spec.children),
        _reads(spec),
        str(spec.bind or ""),
    )


def _use(spec: ComponentSpec) -> Item:
    """A component in use, with what stands in its slots: in the default one directly, in others under their names."""
    own = _items(spec.slots.get(DEFAULT_SLOT, ()))
    named = {name: body for name, body in spec.slots.items() if name != DEFAULT_SLOT}
    return Item(
        "component",
        spec.name,
        spec.id or "",
        text=", ".join(f"{name}: {text_words(value)}" for name, value in spec.props.items()),
        events=event_words(spec.events),
        children=(*own, *(Item("slot", name, children=_items(body)) for name, body in named.items())),
        reads=_reads(spec),
    )


def _loop(spec: EachSpec) -> Item:
    empty = (Item("case", "empty", children=_items(spec.empty)),) if spec.empty else ()
    name = f"{', '.join(spec.names)} in {spec.source.source}"
    return Item("each", name, children=(*_items(spec.body), *empty), reads=_reads(spec))


def _choice(spec: MatchSpec) -> Item:
    cases = [Item("case", as_text(value), children=_items(body)) for value, body in spec.cases]
    otherwise = [Item("case", "else", children=_items(spec.otherwise))] if spec.otherwise else []
    return Item("match", spec.subject.source, children=(*cases, *otherwise), reads=_reads(spec))


def _reads(spec: Spec) -> tuple[str, ...]:
    """The names that an element's properties read, each once; those that its actions read are not among them."""
    bound = (binding for where, binding in templates_of(spec) if not where.startswith("on."))
    return tuple(dict.fromkeys(name for binding in bound for name in binding.names))
