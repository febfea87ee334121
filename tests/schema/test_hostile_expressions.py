"""Expressions that would read what is not theirs, or keep the server busy: each ends in a clear error, at once."""

from __future__ import annotations

import sys
import time
from copy import deepcopy
from typing import Any

import pytest

from livepages.schema.expressions import ExpressionError, ExpressionFailed, parse

LONGEST = 1.0 if sys.gettrace() is None else 5.0
"""How many seconds of the processor an expression may take to fail; more where each of its lines is traced."""


class Secret:
    token = "s3cret"

    def __str__(self) -> str:
        return "an object"


ROWS = [{"n": number, "tags": ["a", "b"]} for number in range(5_000)]
STATE: dict[str, Any] = {
    "text": "{0.__class__}",
    "items": [3, 1, 2],
    "votes": {"tea": 1},
    "rows": ROWS,
    "same": deepcopy(ROWS),
    "secret": Secret(),
    "huge": 2**63 - 1,
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


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:40])
def test_hostile_expressions_end_at_once_and_change_nothing(source: str) -> None:
    before = deepcopy(STATE["rows"]), STATE["items"].copy(), STATE["votes"].copy()
    seconds, message = min((run(source) for _ in range(3)), key=lambda found: found[0])
    assert seconds < LONGEST
    assert message is not None
    assert HOSTILE[source] in message
    assert (STATE["rows"], STATE["items"], STATE["votes"]) == before


def run(source: str) -> tuple[float, str | None]:
    """How many seconds of the processor the expression took, and its error."""
    begin = time.thread_time()
    message = error_of(f"${{{source}}}")
    return time.thread_time() - begin, message


def error_of(text: str) -> str | None:
    try:
        template = parse(text)
        assert template is not None
        if unknown := [read.dotted for read in template.reads if read.path[0] not in STATE]:
            return f"There is no name {unknown}"
        template.evaluate(STATE.get)
    except (ExpressionError, ExpressionFailed) as error:
        return str(error)
    return None
