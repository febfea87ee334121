"""A live page: one running instance of a page or of a shared element, that events change and patches tell of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.runtime.blueprints.node import ROOT
from livepages.runtime.pages.kit import Kit
from livepages.runtime.reactions.faults import Faults
from livepages.runtime.reactions.reactions import Reactions
from livepages.runtime.state.page_clock import PageClock
from livepages.runtime.state.pending import Pending
from livepages.runtime.state.scopes import PageScope
from livepages.runtime.state.state import StateMap
from livepages.runtime.state.state_change import redeclare
from livepages.runtime.state.state_root import StateRoot
from livepages.runtime.tree.comparison import Comparison, differences
from livepages.runtime.tree.diff import Diff
from livepages.runtime.tree.kept_props import keep_held
from livepages.runtime.tree.part import take_part
from livepages.runtime.tree.render import Renderer
from livepages.runtime.tree.renewal import Renewal
from livepages.runtime.tree.tree import Tree
from livepages.runtime.wire.operations import Attribute, Css, Insert, Operation
from livepages.runtime.wire.stream import Follower, Stream
from livepages.schema.site.params import Param

NO_STATE: Final[Mapping[str, Any]] = MappingProxyType({})

DOCUMENT_ATTRIBUTES: Final = frozenset(("data-document", "data-options", "readonly", "disabled", "maxlength"))
"""What says something of a document, on an element that shows one."""


class LivePage:
    """A tree, the state that it shows, and the stream that tells of its changes. It knows no socket.

    `params` are the page's parameters, `declared` the names of its state, `roots` what else expressions can read by
    a name (`site`, `session`), `mounts` the live pages of the shared elements on it by their names, `data` what
    handlers keep for themselves. What the keys of its documents begin with is `document_prefix`.
    """

    __slots__ = (
        "_clock",
        "_declared",
        "_faults",
        "_reactions",
        "_roots",
        "_state",
        "css_version",
        "data",
        "document_prefix",
        "kit",
        "mounts",
        "params",
        "path",
        "presence",
        "stream",
        "token",
        "tree",
    )

    def __init__(
        self,
        name: str,
        blueprint: Blueprint,
        kit: Kit,
        *,
        token: str = "",
        path: str = "",
        document_prefix: str = "",
        params: Mapping[str, Any] | None = None,
        declared: Mapping[str, Param] = NO_STATE,
        roots: Mapping[str, Any] = NO_STATE,
        mounts: Mapping[str, LivePage] | None = None,
    ) -> None:
        self.kit = kit
        self.tree = Tree(blueprint, kit.components)
        self.stream = Stream(name, kit.limits)
        self.css_version = kit.styles.version
        self.token = token
        self.path = path
        self.document_prefix = document_prefix
        self.params = params or {}
        self.mounts = mounts or {}
        self.data: dict[Any, Any] = {}
        self.presence = StateMap({"tabs": 0, "people": 0}, kit.tracker) if blueprint.shows_presence else None
        self._clock: PageClock | None = None
        self._declared = declared
        self._roots = roots
        self._state: StateRoot | None = None
        self._reactions: Reactions | None = None
        self._faults: Faults | None = None
        if blueprint.live:
            self.reactions.start((blueprint.nodes[number] for number in blueprint.live), self.reactions.scope)
            self.tree.pending = Pending()

    @property
    def state(self) -> StateRoot:
        """The names that the page declares; made when they are first asked for."""
        if self._state is None:
            self._state = StateRoot("page.state", self._declared, self.kit.tracker)
        return self._state

    @property
    def reactions(self) -> Reactions:
        """What follows from state; made when it is first asked for, which a page without expressions never does."""
        if self._reactions is None:
            presence = () if self.presence is None else (self.presence,)
            self._clock = PageClock(self.kit.wall, self.kit.tracker, self.commit)
            if self.stream.followers:
                self._clock.start()
            own = (self.state, self.params, *presence, self._clock)
            scope = PageScope(own, {**self._roots, "params": self.params})
            self._reactions = Reactions(self.tree, scope, self.kit.tracker, self.faults, self._is_stale)
        return self._reactions

    @property
    def faults(self) -> Faults:
        """The expressions on it that have no value."""
        if self._faults is None:
            self._faults = Faults()
        return self._faults

    def _is_stale(self) -> None:
        self.kit.stale[self] = None

    def begin(self, numbers: Iterable[int]) -> None:
        """Evaluate what is bound in nodes that a handler has put in."""
        for number in numbers:
            nodes = [self.tree.node(each) for each in (number, *self.tree.descendants(number))]
            if live := [node for node in nodes if node.is_live]:
                self.reactions.start(live, self.reactions.scope_of(number))
                self.tree.come(number)

    def close(self) -> None:
        """Read no state and no time any more: nobody will look at it."""
        if self._clock is not None:
            self._clock.stop()
        if self._reactions is not None:
            self._reactions.close()
        self.kit.stale.pop(self, None)

    def follow(self, by: object, follower: Follower) -> None:
        """Hand each patch to a follower. Time passes on the page as long as there is one."""
        self.stream.followers[by] = follower
        if self._clock is not None:
            self._clock.start()

    def unfollow(self, by: object) -> None:
        """Hand it no more patches."""
        self.stream.followers.pop(by, None)
        if self._clock is not None and not self.stream.followers:
            self._clock.stop()

    def catch_up(self) -> None:
        """Show the time as it is now: somebody begins to look. Tabs are told of it."""
        for mounted in self.mounts.values():
            mounted.catch_up()
        if self._clock is not None:
            self._clock.catch_up()
            self.commit()

    def inner_html(self) -> str:
        """The HTML of all that is on the page now, shared elements included.

        What the tabs have not been told yet they are told first: the HTML is of the stream's position.
        """
        self.commit()
        renderer = Renderer(self.tree, self._mount)
        html = renderer.inner()
        self.kit.styles.add(renderer.classes)
        return html

    def _mount(self, name: str) -> tuple[str, str, str]:
        shared = self.mounts[name]
        html = shared.inner_html()
        return shared.stream.name, shared.stream.at, html

    def commit(self, within: int = ROOT) -> bool:
        """Tell the tabs what has changed, in all of the page or within one element; whether there was anything."""
        if self in self.kit.stale:
            del self.kit.stale[self]
            self.reactions.settle()
        self._tell_faults()
        if not self.tree.pending or not self.tree.exists(within):
            return False
        pending = take_part(self.tree, within)
        diff = Diff(self.tree, pending, self._mount)
        operations = diff.operations()
        if not operations:
            return False
        self.stream.publish([*self._new_css(diff.classes), *operations])
        if self.kit.document_listener is not None and _concern_documents(operations):
            self.kit.document_listener(self)
        return True

    def commit_all(self) -> None:
        """Tell the tabs what has changed on the page and in the shared elements on it."""
        for mounted in self.mounts.values():
            mounted.commit_all()
        self.commit()

    def become(
        self,
        blueprint: Blueprint,
        kit: Kit,
        differing: Collection[int] | None = None,
        *,
        mounts: Mapping[str, LivePage] | None = None,
        refused: Collection[int] = (),
        told: Sequence[Operation] = (),
    ) -> Renewal:
        """Follow another definition of the page, with all that has happened on it; its tabs are told how.

        `differing` are the numbers by which the blueprint differs from the present one, `mounts` the shared elements
        that it may show. `refused` are the numbers of fields whose users see values that were refused, and `told` is
        what the tabs are to be told in any case.
        """
        self.kit.stale.pop(self, None)  # what state has changed is worked out on the new tree, and on no other
        self.commit()
        former = self.tree
        self.mounts = mounts if mounts is not None else self.mounts
        renewal = Renewal(former, blueprint, kit.components)
        self.kit, self.tree = kit, renewal.tree
        self.stream.limits = kit.limits
        if blueprint.shows_presence and self.presence is None:
            self.presence = StateMap({"tabs": 0, "people": 0}, kit.tracker)
        self._begin_anew(renewal)
        for number in refused:
            keep_held(former, self.tree, number)
        differing = differences(former.blueprint, blueprint) if differing is None else differing
        comparison = Comparison(former, self.tree, differing, self._mount)
        operations = [*comparison.operations(), *told]
        self.tree.pending = Pending()
        classes = {name for each in told if isinstance(each, Attribute) for name in (each.value or "").split()}
        coming = blueprint.classes - former.blueprint.classes
        css = self._new_css(comparison.classes | classes | coming)
        if css or operations:
            self.stream.publish([*css, *operations])
        self._tell_faults()
        return renewal

    def declare(self, declared: Mapping[str, Param]) -> Iterable[str]:
        """Have the page's state declare these names; sentences about values that do not fit any more."""
        self._declared = declared
        return tuple(redeclare(self._state, declared)) if self._state is not None else ()

    def _begin_anew(self, renewal: Renewal) -> None:
        """Have all that follows from state follow it on the new tree, with the rows that there are."""
        reactions, self._reactions = self._reactions, None
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
        inheritance = reactions.bequeath(renewal) if reactions is not None else None
        tree = self.tree
        if tree.blueprint.live or tree.overlay.growths:
            self.reactions.inheritance = inheritance
            there = [tree.blueprint.nodes[number] for number in tree.blueprint.live if tree.exists(number)]
            self.reactions.start(there, self.reactions.scope)
            for root, growth in list(tree.overlay.growths.items()):
                if root in tree.overlay.added:
                    made = [tree.overlay.added[number] for number in growth.nodes if number in tree.overlay.added]
                    self.reactions.start([node for node in made if node.is_live], self.reactions.scope_of(root))
            self.reactions.inheritance = None
            if tree.overlay.gone:
                renewal.drop_unseen()
                self.reactions.stop_unseen()

    def _tell_faults(self) -> None:
        """Tell of the expressions without a value, where these are others than before."""
        if self._faults is not None and self._faults.take_news():
            for tell in self.kit.fault_listeners:
                tell(self)

    def renew_css(self) -> None:
        """Tell the tabs the whole style sheet, if it has been renewed since they were last told of it."""
        if self.css_version < self.kit.styles.renewed:
            self.stream.publish([self._css()])

    def _new_css(self, classes: set[str]) -> list[Operation]:
        """The CSS that tabs need before the operations, where it is not what they were last told."""
        if classes:
            self.kit.styles.add(classes)
        known, styles = self.css_version, self.kit.styles
        return [self._css()] if known < styles.renewed or (classes and known < styles.version) else []

    def _css(self) -> Css:
        """The style sheet for those who have what was last told: whole, or as far as it grows."""
        is_whole = self.css_version < self.kit.styles.renewed
        self.css_version = self.kit.styles.version
        return self.kit.css(whole=is_whole)


def _concern_documents(operations: Iterable[Operation]) -> bool:
    """Whether these may say something else of a document, or show another."""
    return any(
        (isinstance(each, Attribute) and each.attribute in DOCUMENT_ATTRIBUTES)
        or (isinstance(each, Insert) and "data-document=" in each.html)
        for each in operations
    )
