"""The words of an expression."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from livepages.schema.expressions.errors import ExpressionError

LONGEST_SOURCE = 4_000
"""The most characters of an expression."""

WORD = re.compile(
    r"""(?P<space>\s+)
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?!\w)
    | (?P<name>[^\W\d]\w*)
    | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<foreign>&&?|\|\||!==|===|!(?!=)|\?\??|;)
    | (?P<symbol>\.\.|\*\*|//|==|!=|<=|>=|[-+*/%~<>|.,:=()\[\]{}])""",
    re.VERBOSE | re.DOTALL,
)
FOREIGN: Mapping[str, str] = MappingProxyType(
    {
        "&": "and",
        "&&": "and",
        "||": "or",
        "!": "not",
        "===": "==",
        "!==": "!=",
        "?": "a if condition else b",
        "??": "a | default(b)",
    }
)
"""What other languages write, and what is written here."""

NUMBER_LIKE = re.compile(r"\d\w{0,20}")
"""What begins as a number does."""

ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
"""A backslash in a text with what follows it."""

ESCAPES: Mapping[str, str] = MappingProxyType({"n": "\n", "t": "\t", "\\": "\\", "'": "'", '"': '"'})


class Token(NamedTuple):
    """A word: `kind` is `number`, `name`, `text`, `symbol` or `end`, `offset` its place in the whole text."""

    kind: str
    text: str
    offset: int


def words(text: str, start: int, opening: int | None = None) -> list[Token]:
    """The words from `start` on, and an `end`: the end of the text, or the `}` that closes the `${` at `opening`.

    Raises ExpressionError.
    """
    found: list[Token] = []
    depth = 0
    for token in _words(text, start, opening):
        if token.text in ("{", "}") and token.kind == "symbol":
            depth += 1 if token.text == "{" else -1
            if depth < 0 and opening is not None:
                return [*found, Token("end", "}", token.offset)]
        found.append(token)
    if opening is not None:
        raise _not_closed(opening)
    return [*found, Token("end", "", len(text))]


def _words(text: str, start: int, opening: int | None) -> Iterator[Token]:
    position = start
    while position < len(text):
        match = WORD.match(text, position)
        if match is None:
            raise _unreadable(text, position, opening)
        if match.end() - start > LONGEST_SOURCE:
            raise ExpressionError(f"This expression has more than {LONGEST_SOURCE:,} characters.", start, 1)
        kind = match.lastgroup or ""
        if kind == "foreign":
            raise _meaningless(match[0], position)
        if kind != "space":
            yield Token(kind, match[0], position)
        position = match.end()


def _unreadable(text: str, position: int, opening: int | None) -> ExpressionError:
    mark = text[position]
    if mark in "'\"":
        return ExpressionError(f"This {mark} is never closed.", position, 1)
    if opening is not None and text.startswith("${", position):
        return _not_closed(opening)
    if number := NUMBER_LIKE.match(text, position):
        return ExpressionError(f'"{number[0]}" is no number.', position, len(number[0]))
    return _meaningless(mark, position)


def _not_closed(opening: int) -> ExpressionError:
    return ExpressionError("This ${ is never closed by a }.", opening, 2)


def _meaningless(mark: str, position: int) -> ExpressionError:
    hint = f"Write {FOREIGN[mark]}." if mark in FOREIGN else None
    return ExpressionError(f'"{mark}" means nothing in an expression.', position, len(mark), hint)


def unquoted(token: Token) -> str:
    """The text that a word in quotes stands for. Raises ExpressionError."""

    def character(escape: re.Match[str]) -> str:
        mark = escape[1]
        if mark in ESCAPES:
            return ESCAPES[mark]
        code = int(mark[1:], 16) if len(mark) > 1 else 0xD800
        if 0xD800 <= code < 0xE000:
            raise ExpressionError(
                f'"{escape[0]}" means nothing in a text.',
                token.offset + 1 + escape.start(),
                len(escape[0]),
                "Write \\\\ for a \\.",
            )
        return chr(code)

    return ESCAPE.sub(character, token.text[1:-1])
