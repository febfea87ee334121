"""Expressions that would read what is not theirs, or keep the server busy: each ends in a clear error, at once."""

from __future__ import annotations

import sys
from copy import deepcopy

import pytest

from benchmarks.hostile import HOSTILE, STATE, run

LONGEST = 1.0 if sys.gettrace() is None else 5.0
"""How many seconds of the processor an expression may take to fail; more where each of its lines is traced."""


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:40])
def test_hostile_expressions_end_at_once_and_change_nothing(source: str) -> None:
    before = deepcopy(STATE["rows"]), STATE["items"].copy(), STATE["votes"].copy()
    seconds, message = min((run(source) for _ in range(3)), key=lambda found: found[0])
    assert seconds < LONGEST
    assert message is not None
    assert HOSTILE[source] in message
    assert (STATE["rows"], STATE["items"], STATE["votes"]) == before
