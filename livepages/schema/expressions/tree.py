"""What an expression is made of: nodes that are evaluated in a scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from livepages.schema.expressions.filter import Filter
from livepages.schema.expressions.operators import Operator, entry
from livepages.schema.expressions.values import Work

Scope = Callable[[str], object]
"""From a root name, such as `votes`, to its value; None for a name that it does not know."""

Put = Callable[[str], "Node | None"]
"""From a root name to the node that takes its place, if one does."""

LARGEST_TREE = 10_000
"""How many nodes an expression can have once props are put in."""

DEEPEST_TREE = 100
"""How many nodes can be within each other."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression. Its value is worked out in a scope, within what may still be looked at."""

    def evaluate(self, scope: Scope, work: Work) -> Any:
        """Its value. Raises ExpressionFailed."""
        raise NotImplementedError

    def children(self) -> Iterator[Node]:
        """The nodes directly in it."""
        for name in self.__dataclass_fields__:
            yield from _nodes(getattr(self, name))

    @property
    def is_constant(self) -> bool:
        """Whether its value is always the same."""
        return all(child.is_constant for child in self.children())

    def passed_on(self) -> tuple[Node, ...]:
        """The nodes directly in it whose value may be its own."""
        return ()

    @property
    def gives_html(self) -> bool:
        """Whether its value may be markup."""
        return any(node.gives_html for node in self.passed_on())

    def substitute(self, put: Put) -> Node:
        """The node with others in the place of root names."""
        changed = {name: _put(getattr(self, name), put) for name in self.__dataclass_fields__}
        return replace(self, **changed)


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        yield from (each for each in value if isinstance(each, Node))


def _put(value: Any, put: Put) -> Any:
    if isinstance(value, Node):
        return value.substitute(put)
    return tuple(_put(each, put) for each in value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value as it is written."""

    value: Any

    def evaluate(self, scope: Scope, work: Work) -> Any:
        """The value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A root name; `offset` is its place in the text."""

    name: str
    offset: int

    def evaluate(self, scope: Scope, work: Work) -> Any:
        """What the scope has for it."""
        return scope(self.name)

    @property
    def is_constant(self) -> bool:
        """Never."""
        return False

    def substitute(self, put: Put) -> Node:
        """What takes its place, or the name itself."""
        return put(self.name) or self


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """`source.key` or `source[key]`, which ends before `end` in the text."""

    source: Node
    key: Node
    end: int

    def evaluate(self, scope: Scope, work: Work) -> Any:
        """The entry, or None where there is none."""
        return entry(self.source.evaluate(scope, work), self.key.evaluate(scope, work))


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`left symbol right`."""

    symbol: str
    left: Node
    right: Node
    operator: Operator

    def evaluate(self, scope: Scope, work: Work) -> Any:
        """What the operator makes of both."""
        return self.operator(self.left.evaluate(scope, work), self.right.evaluate(scope, work), work)


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """An operator before a value."""

    operand: Node
    operator: Callable[[Any], Any]

    def evaluate(self, scope: Scope, work: Work) -> Any:
        """What the operator makes of it."""
        return self.operator(self.operand.evaluate(scope, work))


@dataclass(frozen=True, slots=True)
class Both(Node):
    """`left and right`."""

    left: Node
    right: Node

    def evaluate(self, scope: Scope, work: Work) -> Any:
        """The left value where it is empty or false, or else the right one."""
        return self.left.evaluate(scope, work) and self.right.evaluate(scope, work)

    def passed_on(self) -> tuple[Node, ...]:
        """Both."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Either(Node):
    """`left or right`."""

    left: Node
    right: Node

    def evaluate(self, scope: Scope, work: Work) -> Any:
        """The left value, or the right one where that is empty or false."""
        return self.left.evaluate(scope, work) or self.right.evaluate(scope, work)

    def passed_on(self) -> tuple[Node, ...]:
        """Both."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """`then if condition else otherwise`."""

    then: Node
    condition: Node
    otherwise: Node

    def evaluate(self, scope: Scope, work: Work) -> Any:
        """The one value or the other; only that is worked out."""
        return (self.then if self.condition.evaluate(scope, work) else self.otherwise).evaluate(scope, work)

    def passed_on(self) -> tuple[Node, ...]:
        """What follows either way."""
        return self.then, self.otherwise


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`[item, item]`."""

    items: tuple[Node, ...]

    def evaluate(self, scope: Scope, work: Work) -> list[Any]:
        """A new list."""
        return [item.evaluate(scope, work) for item in self.items]


@dataclass(frozen=True, slots=True)
class MapOf(Node):
    """`{key: value}`."""

    keys: tuple[str, ...]
    values: tuple[Node, ...]

    def evaluate(self, scope: Scope, work: Work) -> dict[str, Any]:
        """A new mapping."""
        return {key: value.evaluate(scope, work) for key, value in zip(self.keys, self.values, strict=True)}


@dataclass(frozen=True, slots=True)
class Joined(Node):
    """Texts and expressions in turn, as a template has them."""

    parts: tuple[Node, ...]

    def evaluate(self, scope: Scope, work: Work) -> str:
        """The text of all parts."""
        return work.anew().joined([part.evaluate(scope, work) for part in self.parts])


@dataclass(frozen=True, slots=True)
class Filtered(Node):
    """`value | filter(arguments)`, with an argument for each of the filter's parameters.

    `offset` is where the filter's name is in the text.
    """

    value: Node
    filter: Filter
    arguments: tuple[Node, ...]
    offset: int

    def evaluate(self, scope: Scope, work: Work) -> Any:
        """What the filter makes of the value."""
        value = self.value.evaluate(scope, work)
        given = [argument.evaluate(scope, work) for argument in self.arguments]
        return self.filter.apply(value, given, scope, work)

    @property
    def is_constant(self) -> bool:
        """Whether the value and all arguments are, and the filter always makes the same of them.

        Markup is not: put into a file's text it would be text.
        """
        is_timeless = not self.filter.is_timed and not self.filter.gives_html
        return is_timeless and all(child.is_constant for child in self.children())

    @property
    def gives_html(self) -> bool:
        """Whether the filter makes markup."""
        return self.filter.gives_html


def lost_html(node: Node, *, is_whole: bool = True) -> Filtered | None:
    """The filter whose markup is made into something else; `is_whole` says whether the node's own value is shown."""
    if isinstance(node, Filtered) and node.filter.gives_html and not is_whole:
        return node
    passed = node.passed_on() if is_whole else ()
    inner = (lost_html(child, is_whole=any(child is each for each in passed)) for child in node.children())
    return next((found for found in inner if found is not None), None)


def static_path(node: Node) -> tuple[Name, tuple[str, ...]] | None:
    """The root name and the keys that lead from it to what a node reads, where they are known."""
    if isinstance(node, Name):
        return node, ()
    if isinstance(node, Entry) and isinstance(node.key, Literal) and isinstance(node.key.value, str):
        found = static_path(node.source)
        return (found[0], (*found[1], node.key.value)) if found else None
    return None


def size_of(tree: Node) -> tuple[int, int]:
    """How many nodes a tree has, and how deep it is. A node that stands in it many times counts as often."""
    known: dict[int, tuple[int, int]] = {}
    waiting = [tree]
    while waiting:
        node = waiting[-1]
        children = list(node.children())
        unknown = [child for child in children if id(child) not in known]
        if not unknown:
            sizes = [known[id(child)] for child in children]
            depth = max((deep for _, deep in sizes), default=0)
            known[id(node)] = (sum(count for count, _ in sizes) + 1, depth + 1)
            waiting.pop()
        waiting.extend(unknown)
    return known[id(tree)]
