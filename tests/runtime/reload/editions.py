"""Editions of a site's file, and a site at work that goes from one to the next with what has happened on it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from livepages.runtime.blueprints.bind import put
from livepages.runtime.blueprints.blueprints import Blueprints, compile_site
from livepages.runtime.blueprints.node import ROOT, Node
from livepages.runtime.pages.kit import Kit
from livepages.runtime.pages.live_page import LivePage
from livepages.runtime.reactions.titles import TitleReaction
from livepages.runtime.state.container import Container, StateError
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.state.targets import find
from livepages.runtime.tree.tree import Tree
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.errors import SiteError
from livepages.schema.site.site import Site
from livepages.styles.stylesheet import Stylesheet
from tests.runtime.support import Follower, load


@cache
def styles() -> Stylesheet:
    """One style sheet for all editions: what is in it does not matter here."""
    return Stylesheet()


class Running:
    """A site of one page at work, with its shared elements, and a document that follows each."""

    def __init__(self, file: Mapping[str, Any]) -> None:
        self.notes: list[str] = []
        self.site = read(file)
        self.blueprints = compiled(self.site)
        self.kit = Kit(self.site.components, self.site.vocabulary, styles())
        self.site_state = StateRoot("site.state", self.site.state, self.kit.tracker)
        self.shared: dict[str, LivePage] = {}
        for name in self.blueprints.shared:
            self._share(name)
        self.live = LivePage(
            "page",
            self.blueprints.pages["/"],
            self.kit,
            declared=self.site.pages[0].state,
            roots={"site": self.site_state},
            mounts=self.shared,
        )
        self.follower = Follower(self.live)
        for live in self.shared.values():
            live.stream.followers[self] = self.follower

    def _share(self, name: str) -> None:
        roots = {"site": self.site_state}
        self.shared[name] = LivePage(f"shared/{name}", self.blueprints.shared[name], self.kit, roots=roots)

    def become(self, file: Mapping[str, Any]) -> None:
        """Follow another edition of the file. Raises SiteError, and changes nothing, where that is not right."""
        site = read(file)
        self.blueprints = compiled(site, self.blueprints)
        self.site = site
        self.kit = Kit(site.components, site.vocabulary, styles(), tracker=self.kit.tracker, stale=self.kit.stale)
        for name, blueprint in self.blueprints.shared.items():
            if name in self.shared:
                self.notes += self.shared[name].become(blueprint, self.kit).notes
            else:
                self._share(name)
                self.shared[name].stream.followers[self] = self.follower
        self.notes += self.live.declare(site.pages[0].state)
        self.notes += self.live.become(self.blueprints.pages["/"], self.kit).notes
        self.commit()

    def commit(self) -> None:
        """Have the tabs told everything."""
        for live in self.shared.values():
            live.commit()
        self.live.commit()

    @property
    def lives(self) -> list[LivePage]:
        """All live pages."""
        return [self.live, *self.shared.values()]

    def type_into(self, live: LivePage, number: int, value: Any) -> None:
        """Have a user type into a field that is tied to a state; what the state refuses changes nothing."""
        node = live.tree.node(number)
        name = "checked" if node.type is not None and node.props.get("type") == "checkbox" else "value"
        try:
            put(node, live.tree.props(number), {name: value}, live.reactions.scope_of(number))
        except StateError:
            return


def read(file: Mapping[str, Any]) -> Site:
    """The site of a file."""
    return load(json.dumps(file))


def compiled(site: Site, former: Blueprints | None = None) -> Blueprints:
    """The blueprints of a site. Raises SiteError for what is wrong in them."""
    diagnostics = Diagnostics()
    routes = {"/": "/"}
    made = compile_site(site, diagnostics) if former is None else compile_site(site, diagnostics, former, routes)
    if diagnostics.has_errors:
        raise SiteError(diagnostics)
    return made


def bare(html: str) -> str:
    """HTML without the numbers of its elements, and where the streams are."""
    html = re.sub(r' (data-n|data-at|data-stream)="[^"]*"', "", html)
    return re.sub(r'( id="\w+)-\d+"', r'\1"', html)


def fields(live: LivePage) -> list[Node]:
    """All fields that are tied to a state, in document order."""
    nodes = [live.tree.node(number) for number in live.tree.descendants(ROOT)]
    return [node for node in nodes if node.bind is not None]


def copy_fields(source: LivePage, target: LivePage) -> None:
    """Have the fields of a page hold what those of another one hold, one after the other."""
    for place, node in enumerate(fields(source)):
        other = fields(target)[place]
        assert node.bind is not None and other.bind is not None
        value = find(node.bind, source.reactions.scope_of(node.number)).read()
        find(other.bind, target.reactions.scope_of(other.number)).write(value)
        target.commit()


def check_tree(tree: Tree) -> None:
    """Nothing in a tree is in two places, and its overlay holds nothing of what is not in it."""
    seen = [ROOT, *tree.descendants(ROOT)]
    assert max(Counter(seen).values()) == 1
    overlay, there = tree.overlay, set(seen)
    assert overlay.added.keys() <= there
    assert there <= overlay.added.keys() | tree.blueprint.nodes.keys()
    for number in seen:
        assert tree.exists(number)
        for child in tree.children(number):
            assert tree.parent(child) == number
    for known in (overlay.growths, overlay.rows, overlay.mounts, overlay.owned.values()):
        assert set(known) <= there
    for known in (overlay.props, overlay.children, overlay.parents):
        assert set(known) <= there | tree.blueprint.nodes.keys()
    assert set(overlay.gone) <= tree.blueprint.nodes.keys()
    for node in map(tree.node, seen):
        assert node.id is None or tree.find(node.owner, node.id) in there


def reactions_of(live: LivePage) -> Counter[str]:
    """What follows from state, by what it is: none of it twice, and none without its node."""
    if live._reactions is None:
        return Counter()
    known = live.reactions._by_number
    for number, several in known.items():
        assert live.tree.exists(number)
        for each in several:
            assert each.node is live.tree.node(number) and not each.is_over
    names = [
        (type(each).__name__, getattr(each, "name", ""))
        for several in known.values()
        for each in several
        if not isinstance(each, TitleReaction)
    ]
    return Counter(map(str, names))


def readers(live: LivePage) -> Counter[str]:
    """How many effects read each part of a page's state."""
    return Counter(dict(_readers_of(live.state, "state")))


def _readers_of(value: object, what: str) -> Iterator[tuple[str, int]]:
    if not isinstance(value, Container | StateRoot):
        return
    known = object.__getattribute__(value, "_readers")._by_key or {}
    for key, effects in known.items():
        yield f"{what}.{key if isinstance(key, str | int) else 'all'}", len(effects)
    for key in value if isinstance(value, Mapping) else range(len(value)):
        yield from _readers_of(value[key], f"{what}.{key}")
