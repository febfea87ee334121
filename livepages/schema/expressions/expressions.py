"""`${…}` in texts of the site: what an expression reads, and its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from livepages.schema.expressions.errors import ExpressionError, ExpressionFailed
from livepages.schema.expressions.lexer import Token, words
from livepages.schema.expressions.parser import Parser
from livepages.schema.expressions.tree import (
    DEEPEST_TREE,
    LARGEST_TREE,
    Entry,
    Filtered,
    Joined,
    Literal,
    Name,
    Node,
    Scope,
    lost_html,
    size_of,
    static_path,
)
from livepages.schema.expressions.values import Work, as_text, joined
from livepages.schema.values.clock import NOW

__all__ = (
    "Bound",
    "Expression",
    "ExpressionError",
    "ExpressionFailed",
    "Read",
    "Scope",
    "Template",
    "as_text",
    "parse",
    "parse_expression",
)

OPENING = re.compile(r"(\$+)\{")


class Read(NamedTuple):
    """A name that an expression reads, with the keys that follow it as far as they are known: `votes.tea`.

    `offset` and `length` are its place in the text that was parsed.
    """

    path: tuple[str, ...]
    offset: int
    length: int

    @property
    def dotted(self) -> str:
        """The path as it is written, such as `votes.tea`."""
        return ".".join(self.path)


class Bound:
    """A value that is worked out in a scope."""

    __slots__ = ()

    def node(self) -> Node:
        """What it is worked out from."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Expression(Bound):
    """What stands between `${` and `}`, or alone; `offset` is where it (or its `$`) begins in the text parsed."""

    source: str
    offset: int
    tree: Node

    def node(self) -> Node:
        """What it is worked out from."""
        return self.tree

    @property
    def reads(self) -> tuple[Read, ...]:
        """The names that it reads, as often as it does."""
        return tuple(_reads(self.tree))

    @property
    def names(self) -> tuple[str, ...]:
        """The dotted paths that it reads, each once, in order."""
        return tuple(dict.fromkeys(read.dotted for read in self.reads))

    @property
    def is_constant(self) -> bool:
        """Whether it reads nothing, not even the time."""
        return self.tree.is_constant

    def evaluate(self, scope: Scope, work: Work | None = None) -> Any:
        """Its value, of whatever type. Raises ExpressionFailed, also where that takes more `work` than is left."""
        try:
            return self.tree.evaluate(scope, work or Work())
        except RecursionError:
            raise ExpressionFailed("expected values that are not nested so deep") from None

    def substitute(self, values: Mapping[str, Any]) -> Any:
        """It with `values` in the place of root names: a plain value when nothing is left to read, else an expression.

        A value may be a template or nested, over the names of another place. Raises ExpressionFailed when that plain
        value can't be worked out, or the expression gets too large.
        """
        if isinstance(self.tree, Name) and isinstance(put := values.get(self.tree.name), Template):
            match put.parts:
                case (Expression() as only,):
                    return only
        tree = self.tree.substitute(lambda name: tree_of(values[name]) if name in values else None)
        if isinstance(tree, Literal):
            return tree.value
        count, depth = size_of(tree)
        if count > LARGEST_TREE or depth > DEEPEST_TREE:
            raise ExpressionFailed("expected a smaller expression: with all props put in, it gets too large")
        put = Expression(self.source, self.offset, tree)
        return put.evaluate(lambda _: None) if tree.is_constant else put


@dataclass(frozen=True, slots=True)
class Template(Bound):
    """Texts and expressions in turn."""

    parts: tuple[str | Expression, ...]

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The expressions in it."""
        return tuple(part for part in self.parts if isinstance(part, Expression))

    @property
    def reads(self) -> tuple[Read, ...]:
        """The names that its expressions read, as often as they do."""
        return tuple(read for part in self.expressions for read in part.reads)

    @property
    def names(self) -> tuple[str, ...]:
        """The dotted paths that its expressions read, each once, in order."""
        return tuple(dict.fromkeys(read.dotted for read in self.reads))

    @property
    def is_constant(self) -> bool:
        """Whether its value is always the same."""
        return all(part.is_constant for part in self.expressions)

    def node(self) -> Node:
        """What it is worked out from."""
        match self.parts:
            case (Expression(tree=tree),):
                return tree
            case parts:
                return Joined(tuple(Literal(part) if isinstance(part, str) else part.tree for part in parts))

    def evaluate(self, scope: Scope) -> Any:
        """The value of its only expression as it is, or else the text of all parts. Raises ExpressionFailed."""
        match self.parts:
            case (Expression() as only,):
                return only.evaluate(scope)
            case parts:
                work = Work()
                return joined([part if isinstance(part, str) else part.evaluate(scope, work) for part in parts])

    def substitute(self, values: Mapping[str, Any]) -> Any:
        """It with `values` in the place of root names: a plain value when nothing is left to read, else a template.

        Raises ExpressionFailed as that of an expression.
        """
        parts = [part if isinstance(part, str) else part.substitute(values) for part in self.parts]
        if len(parts) == 1 and not isinstance(parts[0], Expression):
            return parts[0]
        if any(isinstance(part, Expression) for part in parts):
            return Template(tuple(part if isinstance(part, Expression) else as_text(part) for part in parts))
        return joined(parts)


def tree_of(value: Any) -> Node:
    """The node that stands for a value, plain or worked out."""
    return value.node() if isinstance(value, Bound) else Literal(value)


def parse(text: str) -> Template | None:
    """The template of a text, or None where there is no `${` in it.

    `$${` is a literal `${`; as with every such escape, `$$` before it is one `$` (so `$$${price}` is a price in
    dollars). Raises ExpressionError.
    """
    if "${" not in text:
        return None
    parts: list[str | Expression] = []
    literal, position = "", 0
    while opening := OPENING.search(text, position):
        dollars = len(opening[1])
        literal += text[position : opening.start()] + "$" * ((dollars - 1) // 2)
        if dollars % 2 == 0:
            literal, position = literal + "${", opening.end()
            continue
        expression, position = _within(text, opening.end() - 2)
        parts += [literal, expression] if literal else [expression]
        literal = ""
    literal += text[position:]
    template = Template((*parts, literal) if literal else tuple(parts))
    _keep_html(template.node())
    return template


def parse_expression(text: str, offset: int = 0) -> Expression:
    """The expression that a text is from `offset` on, within `${` and `}` or without. Raises ExpressionError."""
    start = len(text) - len(text[offset:].lstrip())
    if not text.startswith("${", start):
        return _parsed(text, start, words(text, start))
    expression, end = _within(text, start)
    if rest := text[end:].strip():
        raise ExpressionError("Only one expression can stand here.", text.index(rest, end), len(rest))
    return expression


def _within(text: str, start: int) -> tuple[Expression, int]:
    """The expression whose `${` is at `start`, and where the text after its `}` begins."""
    tokens = words(text, start + 2, start)
    return _parsed(text, start, tokens), tokens[-1].offset + 1


def _parsed(text: str, start: int, tokens: list[Token]) -> Expression:
    end = tokens[-1]
    if len(tokens) == 1:
        where = "between ${ and }" if end.text else "here"
        raise ExpressionError(f"There is no expression {where}.", start, end.offset + len(end.text) - start)
    source = text[tokens[0].offset : end.offset].rstrip()
    tree = Parser(tokens).read()
    _keep_html(tree)
    return Expression(source, start, tree)


def _keep_html(tree: Node) -> None:
    """Raises ExpressionError where something is made of markup: that would show its tags."""
    if lost := lost_html(tree):
        name = lost.filter.name
        message = f'What "{name}" makes can only be all of the text of an element, and no part of anything else.'
        raise ExpressionError(message, lost.offset, len(name), f"Such as `div: ${{note | {name}}}`.")


def _reads(tree: Node) -> Iterator[Read]:
    if isinstance(tree, Name):
        yield Read((tree.name,), tree.offset, len(tree.name))
    elif isinstance(tree, Filtered):
        if tree.filter.is_timed:
            yield Read((NOW,), tree.offset, len(tree.filter.name))
        yield from _reads_below(tree)
    elif isinstance(tree, Entry) and (found := static_path(tree)):
        name, keys = found
        yield Read((name.name, *keys), name.offset, tree.end - name.offset)
    else:
        yield from _reads_below(tree)


def _reads_below(tree: Node) -> Iterator[Read]:
    for child in tree.children():
        yield from _reads(child)
