"""Evaluates hostile expressions, and says how many seconds each took to fail, the quickest of some times, as JSON.

Argument: how many times each is evaluated.
"""

import json
import sys

from benchmarks.hostile import HOSTILE, run

TIMES = int(sys.argv[1])


def quickest(source: str) -> float:
    """Raises SystemExit for an expression that does not fail as it should."""
    seconds, message = min((run(source) for _ in range(TIMES)), key=lambda found: found[0])
    if message is None or HOSTILE[source] not in message:
        sys.exit(f"{source[:80]} ended with {message}")
    return seconds


sys.stdout.write(json.dumps({source: quickest(source) for source in HOSTILE}))
