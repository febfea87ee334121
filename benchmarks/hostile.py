"""Expressions that would read what is not theirs, or keep the server busy, each with what its error says."""

from __future__ import annotations

import time
from copy import deepcopy
from typing import Any

from livepages.schema.expressions.expressions import ExpressionError, ExpressionFailed, parse


class Secret:
    """An object of the program's own, of which no expression may read anything."""

    token = "s3cret"  # noqa: S105 - it is none

    def __str__(self) -> str:
        return "an object"


ROWS = [{"n": number, "tags": ["a", "b"]} for number in range(5_000)]
LESS = "expected less work: an expression can look at 100,000 items in all"
STATE: dict[str, Any] = {
    "text": "{0.__class__}",
    "items": [3, 1, 2],
    "votes": {"tea": 1},
    "rows": ROWS,
    "same": deepcopy(ROWS),
    "secret": Secret(),
    "huge": 2**63 - 1,
    "large": [{"n": number, "t": f"text {number}", "d": {"e": number}} for number in range(100_000)],
    "pairs": [[number] for number in range(50_000)],
    "long": "a" * 900_000,
}

HOSTILE = {
    # What Python's objects keep.
    "text.__class__": "There is no entry",
    "text.__class__.__mro__[1].__subclasses__()": "There is no entry",
    "items['__class__']": "There is no entry",
    "items['__cl' ~ 'ass__']": "there is no entry",
    "secret['__di' ~ 'ct__']": "there is no entry",
    "rows | map('tags.__class__')": "there is no entry",
    "items | sort('__class__')": "there is no entry",
    "text.format(secret)": "can't be called",
    "text % secret": "% needs two numbers",
    "secret.token + 'x'": "+ needs two numbers, two texts or two lists, not nothing",
    # What Python knows by name.
    "__import__('os').system('ls')": "can't be called",
    "open('/etc/passwd')": "can't be called",
    "(lambda: 1)()": "Expected",
    "[x for x in items]": "Expected",
    "eval": "There is no name",
    "self.state": "There is no name",
    "os.environ": "There is no name",
    "__builtins__.open": "There is no name",
    # What would change a value.
    "items.append(4)": "can't be called",
    "items | append(4)": "There is no filter",
    "votes.tea = 5": "Expected an operator",
    "(items := [1])": 'Expected ")"',
    # What gets too large.
    "'a' * 1000000000": "at most 1,000,000 characters",
    "'a' * 1000 * 1000 * 1000": "at most 1,000,000 characters",
    "[0] * 1000000000": "at most 100,000 items",
    "[rows] * 100000": "at most 100,000 items",
    "rows * 1000": "at most 100,000 items",
    "9 ** 9 ** 9": "expected a number",
    "9 ** 9999999999": "expected a number",
    "2.0 ** 100000": "expected a number",
    "(-8) ** 0.5": "expected a number",
    "huge * huge": "expected a number",
    "1..1000000000": "at most 10,000 numbers",
    "-huge..huge": "at most 10,000 numbers",
    "[rows, rows, rows, rows, rows, rows, rows, rows] | json": "at most 50,000 items",
    "[rows, rows, rows, rows, rows, rows, rows, rows] ~ ''": "at most 50,000 items",
    "('a' * 1000000) | replace('a', 'aaaa')": "at most 1,000,000 characters",
    "('a' * 1000000) | replace('', 'a')": "a text to look for",
    "('a,' * 400000) | split(',')": "at most 100,000 items",
    "('a ' * 400000) | split": "at most 100,000 items",
    "(1..10000) | join('x' * 1000)": "at most 1,000,000 characters",
    "('ΐ' * 500000) | upper": "at most 1,000,000 characters",
    "[rows, rows, rows, rows, rows] == [same, same, same, same, same]": "at most 50,000 items",
    "[rows, same, rows, same] | unique": "at most 50,000 items",
    "('9' * 100000) | int": "can't read",
    "1.5 | round(999999999)": "a whole number from -15 to 15",
    "0 | date('%Y' * 100000)": "a format",
    "0 | date('%Y', '../../../etc/passwd')": "a time zone",
    # What takes long, or is done often, to what is large.
    "large | sort('t')": LESS,
    "large | where('n', '>', 5) | where('n', '>', 6) | where('n', '>', 7)": LESS,
    f"large | map('{'.'.join('d' * 32)}')": LESS,
    "large | map('d') | map('e') | sum": LESS,
    "large | group('d')": LESS,
    "large | unique('d')": LESS,
    "large | max('t')": LESS,
    "large | join(', ', 'd')": LESS,
    "pairs | unique": LESS,
    "pairs | group(0)": LESS,
    "rows" + " | reverse" * 60: LESS,
    " or ".join(["[-1] in pairs"] * 45): LESS,
    " or ".join(["rows == same and false"] * 30): LESS,
    "[" + ", ".join(["rows | json"] * 60) + "]": LESS,
    "([long] * 10000) | sort": LESS,
    "([long] * 10000) | max": LESS,
    "([{t: long}] * 10000) | where('t', '<', long ~ 'b')": LESS,
    "([{t: long}] * 10000) | where('t', 'contains', 'z')": LESS,
    "[long] * 10000 == [long | reverse] * 10000": LESS,
    "(long ~ 'b') in [long ~ 'c'] * 10000": LESS,
    " or ".join(["('a' * 999 ~ 'b') in long"] * 45): LESS,
    "long" + " | replace('a', 'b')" * 60: LESS,
    "long | title": LESS,
    "(long | slice(0, 100000))" + " | title" * 60: LESS,
    " and ".join(["(long | slice(0, 9000) | markdown)"] * 10): LESS,
    "1e308 | number(0, thousands=long)": "at most 1,000,000 characters",
    "pairs | slice(0, 9000) | json(8)" + " | json(8)" * 20: LESS,
    # What is nested or chained too deep.
    "(" * 2000 + "1" + ")" * 1900: "nested more than 50 deep",
    "[" * 60 + "]" * 60: "nested more than 50 deep",
    "not " * 900 + "items": "nested more than 50 deep",
    "-" * 3900 + "1": "nested more than 50 deep",
    "2" + " ** 2" * 700: "nested more than 50 deep",
    "1" + " + 1" * 900: "More than 100 operations",
    "items" + "[0]" * 1200: "More than 100 operations",
    "text" + " | upper" * 400: "More than 100 operations",
    "1 if items else " * 200 + "2": "nested more than 50 deep",
    "items" + " " * 5000: "more than 4,000 characters",
    "'" + "a" * 5000 + "'": "more than 4,000 characters",
    "99999999999999999999": "too large",
    "1e99999": "too large",
}
"""What an error says, by the expression."""


def run(source: str) -> tuple[float, str | None]:
    """How many seconds of the processor an expression takes, and its error."""
    begin = time.thread_time()
    message = error_of(f"${{{source}}}")
    return time.thread_time() - begin, message


def error_of(text: str) -> str | None:
    """The error of a text with an expression, None where it has a value."""
    try:
        template = parse(text)
        assert template is not None
        if unknown := [read.dotted for read in template.reads if read.path[0] not in STATE]:
            return f"There is no name {unknown}"
        template.evaluate(STATE.get)
    except (ExpressionError, ExpressionFailed) as error:
        return str(error)
    return None
