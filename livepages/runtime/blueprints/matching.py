"""Which elements of an old definition those of a new one are: by id, by what they are, by type and place."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from livepages.runtime.blueprints.node import Kind, Node


class Forest(NamedTuple):
    """The nodes of one definition, and the number of the node that all of them stand in, itself among them.

    Ids belong to one of the nodes, or to something outside that has the same number in the other definition.
    """

    nodes: Mapping[int, Node]
    root: int = 0


@dataclass(slots=True)
class Matching:
    """`pairs` are the elements that stay, from their new numbers to their old ones; `heirs` those that another type
    takes over from, from the old numbers to the new ones."""

    pairs: dict[int, int] = field(default_factory=dict)
    heirs: dict[int, int] = field(default_factory=dict)


def match(old: Forest, new: Forest) -> Matching:
    """Find the elements that stay.

    An element stays the same by its id, among those of the same component in use; a shared element by its name. The
    others do by being just the same in the same element, or the only such one anywhere; then by type and place among
    their siblings; at last by being just the same anywhere, as those are that were wrapped in another element.
    """
    return _Matcher(old, new).run()


class _Matcher:
    """Finds pairs from the outside in: whose element has a pair is looked for among the children of that."""

    def __init__(self, old: Forest, new: Forest) -> None:
        self.old = old.nodes
        self.new = new.nodes
        self.roots = (old.root, new.root)
        self.found = Matching(pairs={new.root: old.root})
        self.taken = {old.root}
        self._given = {new.root}
        self._old_names = _by_name(old.nodes)
        self._new_names = _by_name(new.nodes)
        self._old_prints = _prints(old)
        self._new_prints = _prints(new)
        self._waiting: deque[tuple[int, int]] = deque([self.roots])

    def run(self) -> Matching:
        """All pairs."""
        for owner in self._old_names:
            if owner not in self.old or owner == self.roots[0]:
                self._pair_names(owner, owner if owner != self.roots[0] else self.roots[1])
        self._pair_prints(only_unique=True)
        self._align_all()
        self._pair_prints(only_unique=False)
        self._align_all()
        return self.found

    def _pair(self, old: int, new: int) -> None:
        self.found.pairs[new] = old
        self._take(old, new)
        if self.old[old].kind is Kind.FRAGMENT:
            self._pair_names(old, new)

    def _take(self, old: int, new: int) -> None:
        self.taken.add(old)
        self._given.add(new)
        self._waiting.append((old, new))

    def _pair_names(self, old_owner: int, new_owner: int) -> None:
        """Pair what has the same id or, for a shared element, the same name."""
        names = self._old_names.get(old_owner, {})
        for name, new in self._new_names.get(new_owner, {}).items():
            old = names.get(name)
            if old is None or old in self.taken or new in self._given:
                continue
            if _kind(self.old[old]) == _kind(self.new[new]):
                self._pair(old, new)
            elif self.old[old].kind is self.new[new].kind is Kind.ELEMENT:
                self.found.heirs[old] = new
                self._take(old, new)

    def _pair_prints(self, *, only_unique: bool) -> None:
        """Pair what is just the same, wherever it is now, outside of components in use."""
        olds, news = self._free_by_print()
        for mark, numbers in news.items():
            others = olds.get(mark, [])
            if not only_unique or len(numbers) == len(others) == 1:
                for old, new in zip(others, numbers, strict=False):
                    self._pair(old, new)

    def _free_by_print(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        olds, news = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
        for number, node in self.old.items():
            if (node.owner not in self.old or node.owner == self.roots[0]) and number not in self.taken:
                olds[self._old_prints[number]].append(number)
        for number, node in self.new.items():
            if (node.owner not in self.new or node.owner == self.roots[1]) and number not in self._given:
                news[self._new_prints[number]].append(number)
        return olds, news

    def _align_all(self) -> None:
        while self._waiting:
            self._align(*self._waiting.popleft())

    def _align(self, old: int, new: int) -> None:
        """Pair the children of an element that stays."""
        olds, news = self.old[old].children, self.new[new].children
        if not olds or not news:
            return
        self._pair_equal(olds, news)
        self._pair_alike(list(self._in_gaps(olds, self._stay(olds, news))), list(self._in_gaps_of_new(olds, news)))
        self._pair_alike(
            [(_kind(self.old[each]), each) for each in olds], [(_kind(self.new[each]), each) for each in news]
        )

    def _stay(self, olds: tuple[int, ...], news: tuple[int, ...]) -> frozenset[int]:
        there = frozenset(olds)
        return frozenset(pair for each in news if (pair := self.found.pairs.get(each)) in there)

    def _in_gaps(self, olds: tuple[int, ...], stay: frozenset[int]) -> Iterator[tuple[Hashable, int]]:
        """The former children, each with its kind and the last one before it that stays."""
        last = None
        for each in olds:
            yield (last, _kind(self.old[each])), each
            last = each if each in stay else last

    def _in_gaps_of_new(self, olds: tuple[int, ...], news: tuple[int, ...]) -> Iterator[tuple[Hashable, int]]:
        there, last = frozenset(olds), None
        for each in news:
            yield (last, _kind(self.new[each])), each
            pair = self.found.pairs.get(each)
            last = pair if pair in there else last

    def _pair_equal(self, olds: tuple[int, ...], news: tuple[int, ...]) -> None:
        self._pair_alike(
            [(self._old_prints[each], each) for each in olds], [(self._new_prints[each], each) for each in news]
        )

    def _pair_alike(self, olds: list[tuple[Hashable, int]], news: list[tuple[Hashable, int]]) -> None:
        """Pair those of the same mark, in their order."""
        waiting: dict[Hashable, deque[int]] = {}
        for mark, each in olds:
            if each not in self.taken:
                waiting.setdefault(mark, deque()).append(each)
        for mark, each in news:
            others = waiting.get(mark)
            if others and each not in self._given and _may_be(self.old[others[0]], self.new[each]):
                self._pair(others.popleft(), each)


def _may_be(old: Node, new: Node) -> bool:
    """Whether ids allow that two are the same; of different kinds they never are."""
    return _kind(old) == _kind(new) and (old.id is None or new.id is None or old.id == new.id)


def _kind(node: Node) -> Hashable:
    """What it is: fields that hold something else, such as a text and a tick, are of different kinds."""
    kind = node.type
    held = kind.held(node.props) if kind is not None and kind.has_state else None
    return node.kind, node.name, kind.name if kind is not None else None, held


def _by_name(nodes: Mapping[int, Node]) -> dict[int, dict[Hashable, int]]:
    """The nodes that have a name, by their owners: ids, and the names of shared elements."""
    named: dict[int, dict[Hashable, int]] = {}
    for number, node in nodes.items():
        if node.kind is Kind.MOUNT:
            named.setdefault(node.owner, {})[Kind.MOUNT, node.name] = number
        elif node.id is not None:
            named.setdefault(node.owner, {})[node.id] = number
    return named


def _prints(forest: Forest) -> dict[int, int]:
    """A number for each node that is the same for those that are just the same, with all that is in them."""
    prints: dict[int, int] = {}

    def print_of(number: int) -> int:
        node = forest.nodes[number]
        below = tuple([print_of(child) for child in node.children])
        events = tuple([event.token for event in node.events.values()])
        known = repr(node.props) if node.props else ""
        prints[number] = found = hash((_kind(node), node.id, known, tuple(node.bindings), events, below))
        return found

    print_of(forest.root)
    return prints
