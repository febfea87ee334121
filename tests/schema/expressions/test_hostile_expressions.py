"""Expressions that would read what is not theirs, or keep the server busy: each ends in a clear error.

How long that takes is what the benchmark `hostile` measures.
"""

from __future__ import annotations

from copy import deepcopy

import pytest

from benchmarks.hostile import HOSTILE, STATE, error_of


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:40])
def test_hostile_expressions_end_in_an_error_and_change_nothing(source: str) -> None:
    before = deepcopy(STATE["rows"]), STATE["items"].copy(), STATE["votes"].copy()
    message = error_of(f"${{{source}}}")
    assert message is not None
    assert HOSTILE[source] in message
    assert (STATE["rows"], STATE["items"], STATE["votes"]) == before
