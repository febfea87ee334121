"""Reads an expression: from its words to its tree, by the binding powers of its operators."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from livepages.schema.expressions.cursor import Cursor, wrong
from livepages.schema.expressions.errors import ExpressionError
from livepages.schema.expressions.filter_call import Argument, filter_arguments, filter_named
from livepages.schema.expressions.lexer import Token, unquoted
from livepages.schema.expressions.operators import LARGEST, OPERATORS, is_hidden, negative
from livepages.schema.expressions.tree import (
    DEEPEST_TREE,
    Binary,
    Both,
    Choice,
    Either,
    Entry,
    Filtered,
    ListOf,
    Literal,
    MapOf,
    Name,
    Node,
    Unary,
    size_of,
)

DEEPEST_NESTING = 50
"""How deep brackets can stand in each other."""

CONSTANTS: Mapping[str, Any] = MappingProxyType({"true": True, "false": False, "null": None})
"""Names that are values."""

FOREIGN_CONSTANTS: Mapping[str, str] = MappingProxyType({"True": "true", "False": "false", "None": "null"})
"""Names of values in Python, and what they are here."""

KEYWORDS = frozenset(("and", "or", "not", "in", "if", "else"))
RESERVED = KEYWORDS | frozenset(CONSTANTS) | frozenset(FOREIGN_CONSTANTS)
"""What can't be the name of a value."""

CHOICE, EITHER, BOTH, NOT, COMPARE, SPAN, JOIN, SUM, PRODUCT, SIGN, POWER, POSTFIX = range(1, 13)
"""Binding powers, from the loosest to the tightest."""

POWERS: Mapping[str, int] = MappingProxyType(
    {
        "if": CHOICE,
        "or": EITHER,
        "and": BOTH,
        **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in", "not"), COMPARE),
        "..": SPAN,
        "~": JOIN,
        **dict.fromkeys("+-", SUM),
        **dict.fromkeys(("*", "/", "//", "%"), PRODUCT),
        "**": POWER,
        **dict.fromkeys(".[|", POSTFIX),
    }
)
"""How tight an operator that comes next holds to what stands before it."""

ONCE: Mapping[int, str] = MappingProxyType(
    {
        COMPARE: "Comparisons can't follow one another: write a < b and b < c.",
        SPAN: "A range has one beginning and one end, such as 1..5.",
    }
)
"""What is wrong when two operators of such a power stand side by side."""

ARITHMETIC = frozenset(("+", "-", "*", "/", "//", "%", "**"))


class Parser(Cursor):
    """Reads the words of one expression. All methods raise ExpressionError."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.depth = 0
        self.bracketed: Node | None = None
        self.filter_name = tokens[0]

    def read(self) -> Node:
        """The tree of all words."""
        tree = self.expression()
        if self.token.kind != "end":
            raise self.unexpected("an operator", "Write == to compare." if self.at("=") else None)
        if size_of(tree)[1] > DEEPEST_TREE:
            raise wrong(f"More than {DEEPEST_TREE} operations follow one another here.", self.tokens[0])
        return tree

    def expression(self, power: int = 0) -> Node:
        """What stands here, up to an operator that binds no tighter than `power`."""
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise wrong(f"This is nested more than {DEEPEST_NESTING} deep.", self.token)
        left = self._operand()
        while self.token.kind in ("symbol", "name") and POWERS.get(self.token.text, 0) > power:
            left = self._operation(left)
        if self.at("("):
            raise self._called()
        self.depth -= 1
        return left

    def _called(self) -> ExpressionError:
        before = self.tokens[self.position - 1]
        hint = "Filters stand after a value: x | round(2)."
        if before.kind == "name":
            return wrong(f'"{before.text}" can\'t be called.', before, hint)
        return wrong("Nothing can be called in an expression.", self.token, hint)

    def _operand(self) -> Node:
        token = self.token
        if token.kind == "number":
            return Literal(_number(self.advance()))
        if token.kind == "text":
            return Literal(unquoted(self.advance()))
        if token.kind == "name" and token.text not in KEYWORDS:
            return self._name()
        if self.take("("):
            self.bracketed = self.expression()
            self.need(")")
            return self.bracketed
        if self.take("["):
            return self._list()
        if self.take("{"):
            return self._map()
        if self.take("-"):
            return self._negative()
        if self.take("not"):
            return Unary(self.expression(NOT), operator.not_)
        raise self.unexpected("a value")

    def _name(self) -> Node:
        token = self.advance()
        if token.text in CONSTANTS:
            return Literal(CONSTANTS[token.text])
        if token.text in FOREIGN_CONSTANTS:
            raise wrong(f'There is no value "{token.text}".', token, f"Write {FOREIGN_CONSTANTS[token.text]}.")
        return Name(token.text, token.offset)

    def _negative(self) -> Node:
        if self.token.kind == "number" and not self.at("**", ahead=1):
            return Literal(-_number(self.advance()))
        operand = self.expression(SIGN)
        self._check_filter(operand)
        return Unary(operand, negative)

    def _list(self) -> Node:
        items: list[Node] = []
        while not self.take("]"):
            items.append(self.expression())
            if not self.at("]"):
                self.need(",", '"," or "]"')
        return ListOf(tuple(items))

    def _map(self) -> Node:
        entries: dict[str, Node] = {}
        while not self.take("}"):
            if self.token.kind not in ("name", "text", "number"):
                raise self.unexpected("a key")
            token = self.advance()
            key = unquoted(token) if token.kind == "text" else token.text
            if key in entries:
                raise wrong(f'The key "{key}" is used twice.', token)
            self.need(":")
            entries[key] = self.expression()
            if not self.at("}"):
                self.need(",", '"," or "}"')
        return MapOf(tuple(entries), tuple(entries.values()))

    def _operation(self, left: Node) -> Node:
        """What the operator that comes next makes of `left` and of what follows."""
        token = self.advance()
        match token.text:
            case ".":
                return self._dotted(left)
            case "[":
                return self._indexed(left)
            case "|":
                return self._filtered(left)
            case "and":
                return Both(left, self.expression(BOTH))
            case "or":
                return Either(left, self.expression(EITHER))
            case "if":
                condition = self.expression(CHOICE)
                return Choice(left, condition, self.expression() if self.take("else") else Literal(None))
            case "not":
                self.need("in")
                return self._binary("not in", left, COMPARE)
            case symbol:
                return self._binary(symbol, left, POWERS[symbol])

    def _dotted(self, left: Node) -> Node:
        if self.token.kind != "name":
            hint = f"Write [{self.token.text}] for an item by its number." if self.token.kind == "number" else None
            raise self.unexpected("a name", hint)
        token = self.advance()
        if is_hidden(token.text):
            raise wrong(f'There is no entry "{token.text}" in any value.', token)
        return Entry(left, Literal(token.text), token.offset + len(token.text))

    def _indexed(self, left: Node) -> Node:
        first = self.token
        key = self.expression()
        if isinstance(key, Literal) and is_hidden(key.value):
            raise wrong(f'There is no entry "{key.value}" in any value.', first)
        return Entry(left, key, self.need("]").offset + 1)

    def _binary(self, symbol: str, left: Node, power: int) -> Node:
        right = self.expression(power - 1 if symbol == "**" else power)
        if power in ONCE and self.token.kind != "text" and POWERS.get(self.token.text) == power:
            raise wrong(ONCE[power], self.token)
        if symbol in ARITHMETIC:
            self._check_filter(right)
        return Binary(symbol, left, right, OPERATORS[symbol])

    def _check_filter(self, operand: Node) -> None:
        """Only brackets say whether a filter on numbers is meant for the last of them or for what all come to."""
        while isinstance(operand, Filtered) and operand is not self.bracketed:
            if operand.filter.is_numeric:
                hint = "Put brackets around that, or around all that stands before."
                raise wrong(f'"{self.filter_name.text}" works on the last number only.', self.filter_name, hint)
            operand = operand.value

    def _filtered(self, left: Node) -> Node:
        if self.token.kind != "name":
            raise self.unexpected("the name of a filter")
        name = self.advance()
        chosen = filter_named(name)
        arguments = filter_arguments(chosen, name, self._arguments() if self.take("(") else [])
        self.filter_name = name
        return Filtered(left, chosen, arguments, name.offset)

    def _arguments(self) -> list[Argument]:
        given: list[Argument] = []
        while not self.take(")"):
            first = self.token
            name = None
            if first.kind == "name" and self.at("=", ahead=1):
                name = first.text
                self.position += 2
            given.append(Argument(name, self.expression(), first))
            if not self.at(")"):
                self.need(",", '"," or ")"')
        return given


def _number(token: Token) -> int | float:
    number = int(token.text) if token.text.isdecimal() else float(token.text)
    if number == math.inf or (isinstance(number, int) and number >= LARGEST):
        raise wrong("This number is too large.", token)
    return number
