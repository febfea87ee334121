"""Takes apart what actions write and `bind` ties: `votes[drink]`, `todo.done`, `site.messages`."""

from __future__ import annotations

import re

from livepages.schema.expressions.expressions import Expression, ExpressionError, parse_expression

NAME = re.compile(r"[^\W\d]\w*")
EXAMPLE = "`votes`, `votes.tea` or `votes[drink]`"

Step = str | int | Expression


def parse_target(text: str) -> tuple[str, tuple[Step, ...]]:
    """The root and the steps of a target. Raises ExpressionError at the column of what is wrong."""
    begin = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    root = NAME.match(text, begin, end)
    if root is None:
        raise ExpressionError(f"This is no place in state, such as {EXAMPLE}.", begin, max(end - begin, 1))
    steps: list[Step] = []
    position = root.end()
    while position < end:
        step, position = _step(text, position, end)
        steps.append(step)
    return root[0], tuple(steps)


def _step(text: str, start: int, end: int) -> tuple[Step, int]:
    """The step that begins at `start`, and where the next one does."""
    name = NAME.match(text, start + 1, end)
    if text[start] == "." and name is not None:
        return name[0], name.end()
    if text[start] != "[":
        raise ExpressionError(f"This is no place in state, such as {EXAMPLE}.", start, end - start)
    close = _closing(text, start, end)
    return _index(parse_expression(text[:close], start + 1), start, close + 1 - start), close + 1


def _index(expression: Expression, start: int, length: int) -> Step:
    """What stands in brackets: a key or an index where it is known now."""
    if not expression.is_constant:
        return expression
    value = expression.evaluate(lambda _: None)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ExpressionError("Entries have texts or whole numbers as their keys.", start, length)
    return value


def _closing(text: str, start: int, end: int) -> int:
    """Where the bracket that opens at `start` is closed, those in quotes passed over. Raises ExpressionError."""
    depth, quote, position = 0, "", start
    while position < end:
        sign = text[position]
        if quote:
            position += sign == "\\"
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "[]":
            depth += 1 if sign == "[" else -1
            if depth == 0:
                return position
        position += 1
    raise ExpressionError("This [ is never closed by a ].", start, 1)
