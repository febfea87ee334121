"""`python -m benchmarks`: makes the environments, then runs in that of the load.

This module needs nothing but Python itself; `benchmarks.command` needs what the environment of the load has.
"""

from __future__ import annotations

import os
import sys

from benchmarks.environment import LOAD, ROOT, EnvironmentFailed


def main() -> None:
    """Go on in the environment of the load."""
    try:
        LOAD.make()
    except EnvironmentFailed as error:
        sys.exit(str(error))
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    os.execve(LOAD.python, [str(LOAD.python), "-m", "benchmarks.command", *sys.argv[1:]], environ)  # noqa: S606


if __name__ == "__main__":
    main()
