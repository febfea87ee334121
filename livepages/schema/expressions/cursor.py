"""Goes through the words of an expression, one after the other."""

from __future__ import annotations

from livepages.schema.expressions.errors import ExpressionError
from livepages.schema.expressions.lexer import Token


class Cursor:
    """The words of one expression, and which of them comes next. The last is an `end`."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0

    @property
    def token(self) -> Token:
        """The word that comes next."""
        return self.tokens[self.position]

    def advance(self) -> Token:
        """Take the next word."""
        token = self.tokens[self.position]
        self.position += 1
        return token

    def at(self, text: str, ahead: int = 0) -> bool:
        """Whether the next word, or one further `ahead`, is this symbol or keyword."""
        token = self.tokens[min(self.position + ahead, len(self.tokens) - 1)]
        return token.text == text and token.kind in ("symbol", "name")

    def take(self, text: str) -> bool:
        """Take the next word if it is this one."""
        found = self.at(text)
        self.position += found
        return found

    def need(self, text: str, wanted: str = "") -> Token:
        """Take the next word, which must be this one. Raises ExpressionError."""
        if not self.at(text):
            raise self.unexpected(wanted or f'"{text}"')
        return self.advance()

    def unexpected(self, wanted: str, hint: str | None = None) -> ExpressionError:
        """The error that the next word is not what is wanted."""
        token = self.token
        if token.kind == "end":
            return wrong(f"Expected {wanted} after this.", self.tokens[max(self.position - 1, 0)], hint)
        word = token.text if token.kind == "text" else f'"{token.text}"'
        return wrong(f"Expected {wanted}, not {word}.", token, hint)


def wrong(message: str, token: Token, hint: str | None = None) -> ExpressionError:
    """The error at a word."""
    return ExpressionError(message, token.offset, max(len(token.text), 1), hint)
