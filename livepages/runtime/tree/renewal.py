"""Carries what has happened on a live page over to the new definition of the page."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from livepages.runtime.blueprints.blueprint import Blueprint
from livepages.runtime.blueprints.matching import Forest, Matching, match
from livepages.runtime.blueprints.node import ROOT, Kind, Mold, Node, renumber
from livepages.runtime.state.pending import MISSING
from livepages.runtime.tree.growing import compile_within
from livepages.runtime.tree.kept_props import kept_props
from livepages.runtime.tree.merge import merge_children
from livepages.runtime.tree.overlay import Growth
from livepages.runtime.tree.planting import copy_of
from livepages.runtime.tree.radios import uncheck_others
from livepages.runtime.tree.refit import refit
from livepages.runtime.tree.tree import Tree
from livepages.schema.site.site import Component

Nodes = Mapping[int, Node]


class Renewal:
    """A tree of a new blueprint in which all is as it was made at run time in a former one, as far as that still fits.

    Elements that stay have the numbers that they had. What a handler or a user has set stays set, and of the classes
    those that were added or taken away; a property that is bound to an expression now follows that. What was put into
    an element goes with it when the file has it no more. `notes` says, in sentences, where that could not keep both
    what the file says and what was set at run time.
    """

    def __init__(self, former: Tree, blueprint: Blueprint, components: Mapping[str, Component]) -> None:
        self.former = former
        self.tree = Tree(blueprint, components)
        self.tree.overlay = former.overlay.copy()
        self.notes: dict[str, None] = {}
        self._matchings: dict[tuple[Mold, Mold], Matching] = {}
        self.tree.overlay.heirs.update(blueprint.heirs)
        if not former.overlay.is_empty:
            self._replace(former.blueprint.nodes, blueprint.nodes, blueprint.heirs)
            for root, growth in list(self.tree.overlay.growths.items()):
                if root in self.tree.overlay.added:
                    self._regrow(root, growth)
            self.drop_unseen()
            self._choose_radios()
            self._note_twins()

    # One definition in the place of another

    def _replace(self, old: Nodes, new: Nodes, heirs: Mapping[int, int]) -> None:
        """The nodes of one definition are in the place of another's, under the same numbers where they stay."""
        overlay = self.tree.overlay
        for number in [each for each, parent in overlay.parents.items() if each in old and old[each].parent == parent]:
            del overlay.parents[number]
        for former, heir in heirs.items():
            self._inherit(old[former], new[heir])
        is_whole = len(old) > len(overlay.props)
        for number in [each for each in (overlay.touched if is_whole else old) if each in old and each not in new]:
            self._lose(number)
        common = [each for each in (overlay.props if is_whole else new) if each in old and each in new]
        for number in [each for each in common if each in overlay.props]:
            self._merge_props(overlay.props[number], old[number], new[number])
        for number in list(overlay.parents):
            if self._is_in_itself(number):
                del overlay.parents[number]
        self._merge_all_children(old, new)

    def _inherit(self, old: Node, new: Node) -> None:
        """An element takes over from one of another type."""
        overlay = self.tree.overlay
        overlay.heirs[old.number] = new.number
        if (changed := overlay.props.pop(old.number, None)) is not None:
            self._merge_props(changed, old, new)
        if (children := overlay.children.pop(old.number, None)) is not None:
            can_hold = new.type is None or new.type.children
            overlay.children[new.number] = children if can_hold else [each for each in children if each in old.children]
            for child in children:
                if child not in old.children and can_hold:
                    overlay.parents[child] = new.number
                elif child not in old.children:
                    self._let_go(child, old.number)
        if old.number in overlay.parents:
            parent = overlay.parents.pop(old.number)
            siblings = overlay.children.get(parent, [])
            if old.number in siblings:  # else what it was moved into is no more, and it is where the file has it
                overlay.parents[new.number] = parent
                siblings[siblings.index(old.number)] = new.number
        if old.number in overlay.gone:
            overlay.gone.remove(old.number)
            overlay.gone.add(new.number)

    def _lose(self, number: int) -> None:
        """An element is no more in the file: what was put into it goes as well."""
        overlay = self.tree.overlay
        overlay.props.pop(number, None)
        overlay.parents.pop(number, None)
        overlay.gone.discard(number)
        for child in overlay.children.pop(number, ()):
            self._let_go(child, number)

    def _let_go(self, child: int, parent: int) -> None:
        """An element is no more: what was moved into it is where it was made, what was made in it goes."""
        tree = self.tree
        if not self._is_known(child) or tree.parent(child) != parent:
            return
        home = tree.node(child).parent
        if child not in tree.overlay.parents or not self._is_known(home) or child not in tree.node(home).children:
            self._drop(child)
            return
        del tree.overlay.parents[child]
        siblings = tree.overlay.children.get(home)
        if siblings is not None and child not in siblings:
            there = [each for each in tree.node(home).children if each == child or each in siblings]
            siblings[:] = merge_children([each for each in there if each != child], siblings, there)

    def drop_unseen(self) -> None:
        """What was made in an element goes if the file now has that in another which was taken away."""
        tree = self.tree
        for number in list(tree.overlay.added) if tree.overlay.gone else ():
            if not tree.exists(number):
                self._drop(number)

    def _is_in_itself(self, number: int) -> bool:
        """Whether an element was put into another that the file now has in it: then it is where the file has it."""
        above, passed = number, {number}
        while above != ROOT and self._is_known(above):
            above = self.tree.parent(above)
            if above == number:
                return True
            if above in passed:
                return False
            passed.add(above)
        return False

    def _is_known(self, number: int) -> bool:
        return number in (self.tree.overlay.added if number < 0 else self.tree.blueprint.nodes)

    def _drop(self, number: int) -> None:
        """A node that was made at run time goes, with all that is in it."""
        overlay = self.tree.overlay
        node = overlay.added.pop(number, None)
        if node is None:
            return
        self.tree.dropped(number)
        for child in overlay.children.pop(number, node.children):
            self._let_go(child, number)
        overlay.props.pop(number, None)
        overlay.parents.pop(number, None)
        overlay.growths.pop(number, None)
        overlay.rows.pop(number, None)
        overlay.mounts.discard(number)
        if node.id is not None and overlay.owned.get((node.owner, node.id)) == number:
            del overlay.owned[node.owner, node.id]

    # What was made at run time

    def _regrow(self, root: int, growth: Growth) -> None:
        """Make anew what a handler has put in with components in it, as these are now."""
        tree, former = self.tree, growth.nodes[root]
        try:
            spec = refit(growth.spec, tree.components)
            compiler, (top,) = compile_within(tree, (spec,), tree.parent(root), former.owner)
        except ValueError as error:
            self.notes[f"{former.describe()} stays as a handler has made it: {error}."] = None
            return
        matching = match(Forest(growth.nodes, root), Forest(compiler.nodes, top))
        heirs = {old: matching.pairs.get(new, new) for old, new in matching.heirs.items()}
        compiler.renumber(matching.pairs)
        self._put_in_place(growth.nodes, compiler.nodes, heirs)
        tree.overlay.growths[root] = Growth(growth.spec, compiler.nodes)

    def renew_row(self, root: int, former: Mold, mold: Mold) -> list[Node]:
        """Make the copy of a mold in a fragment one of another mold; those of its nodes with something to evaluate."""
        tree, overlay = self.tree, self.tree.overlay
        matching = self._matching(former, mold)
        was = overlay.rows.get(root) or tuple(range(root, root - former.size - 1, -1))
        nodes = copy_of(tree, tree.parent(root), mold)
        top = nodes[0].number
        renumber(nodes, {top - new: was[old] for new, old in matching.pairs.items()})
        heirs = {was[old]: nodes[new].number for old, new in matching.heirs.items()}
        formerly = zip(was, (nodes[0], *former.nodes), strict=True)
        old = {number: overlay.added.get(number, node) for number, node in formerly}
        self._put_in_place(old, {node.number: node for node in nodes}, heirs)
        overlay.rows[root] = tuple(node.number for node in nodes)
        overlay.mounts.difference_update(was)
        overlay.mounts.update(nodes[each].number for each in mold.mounts if nodes[each].number in overlay.added)
        return [overlay.added[nodes[each].number] for each in mold.live if nodes[each].number in overlay.added]

    def _matching(self, former: Mold, mold: Mold) -> Matching:
        if (former, mold) not in self._matchings:
            self._matchings[former, mold] = match(_forest(former), _forest(mold))
        return self._matchings[former, mold]

    def _put_in_place(self, old: Nodes, nodes: Nodes, heirs: Mapping[int, int]) -> None:
        """Nodes that were made at run time are made anew; what a handler has taken away of them stays away."""
        overlay = self.tree.overlay
        away = {number for number in old if number not in overlay.added}
        for number, node in old.items():
            overlay.added.pop(number, None)
            if node.id is not None and overlay.owned.get((node.owner, node.id)) == number:
                del overlay.owned[node.owner, node.id]
        for number, node in nodes.items():
            if number in away or (node.parent in away and number not in old):
                away.add(number)
                continue
            overlay.added[number] = _without(node, away)
            if node.id is not None:
                overlay.owned[node.owner, node.id] = number
        self._replace(old, {number: overlay.added[number] for number in nodes if number not in away}, heirs)

    # Properties

    def _merge_props(self, changed: Mapping[str, Any], old: Node, new: Node) -> None:
        kept = kept_props(changed, old, new, self._note)
        if kept:
            self.tree.overlay.props[new.number] = kept
        else:
            self.tree.overlay.props.pop(new.number, None)

    def _note(self, node: Node, name: str, sentence: str) -> None:
        self.notes[f"{node.position}: {node.describe()}.{name}: {sentence}."] = None

    def _choose_radios(self) -> None:
        """Of a group of radio buttons that one is checked which was at run time."""
        for number, props in list(self.tree.overlay.props.items()):
            if props.get("checked") is True and number >= 0 and self.tree.exists(number):
                uncheck_others(self.tree, number)

    def _note_twins(self) -> None:
        """Ids that the file gives now, and a handler has given before."""
        for key, number in self.tree.overlay.owned.items():
            if (other := self.tree.blueprint.ids.get(key)) is not None:
                made, node = self.tree.node(number), self.tree.node(other)
                self.notes[
                    f"{node.position}: {node.describe()}: a handler has made {made.describe()} with this id before, "
                    "and it goes on finding that."
                ] = None

    # Children

    def _merge_all_children(self, old: Nodes, new: Nodes) -> None:
        overlay, merged = self.tree.overlay, dict[int, list[int]]()
        formerly = {heir: former for former, heir in overlay.heirs.items()}
        for number in self._with_own_children(old, new):
            former = old.get(formerly.get(number, number))
            base = former.children if former is not None else ()
            theirs = [each for each in new[number].children if not self._is_elsewhere(each, number)]
            ours = [each for each in overlay.children.get(number, base) if self._is_here(each, number)]
            back = frozenset(theirs).difference(ours)  # those that were taken away are not among them
            merged[number] = merge_children([each for each in base if each not in back], ours, theirs)
        for number, children in merged.items():
            if tuple(children) == new[number].children:
                overlay.children.pop(number, None)
            else:
                overlay.children[number] = children
        for number in [each for each in overlay.children if each not in new and each not in old]:
            overlay.children[number] = [each for each in overlay.children[number] if self._is_here(each, number)]
        for number in [each for each in overlay.touched if each in new]:
            self._clear_text(new[number])

    def _clear_text(self, node: Node) -> None:
        """An element in which there are others has no text of its own, whichever of these the file has."""
        tree = self.tree
        if tree.prop(node.number, "text") not in (MISSING, "") and tree.children(node.number):
            self._note(node, "text", "there are elements in it now, in place of its text")
            tree.overlay.props.setdefault(node.number, {})["text"] = MISSING

    def _with_own_children(self, old: Nodes, new: Nodes) -> dict[int, None]:
        """Nodes whose children may not be those of the file: changed, or with one that went elsewhere."""
        overlay = self.tree.overlay
        numbers = {number: None for number in overlay.children if number in new}
        for number in [*overlay.parents, *overlay.gone]:
            if number in new and new[number].parent in new:
                numbers[new[number].parent] = None
        return numbers

    def _is_elsewhere(self, number: int, parent: int) -> bool:
        """Whether something was taken away, or put into another element, at run time."""
        overlay = self.tree.overlay
        return number in overlay.gone or overlay.parents.get(number, parent) != parent

    def _is_here(self, number: int, parent: int) -> bool:
        """Whether a child that an element had on the page is still there, and still in it."""
        return self._is_known(number) and self.tree.parent(number) == parent


def _forest(mold: Mold) -> Forest:
    """The nodes of a mold, in the fragment that a copy of it stands in."""
    top = Node(0, 0, -1, Kind.FRAGMENT, children=mold.roots)
    return Forest({0: top, **{node.number: node for node in mold.nodes}})


def _without(node: Node, away: Container[int]) -> Node:
    """A node without the children that were taken away."""
    children = tuple([child for child in node.children if child not in away])
    return node if children == node.children else replace(node, children=children)
