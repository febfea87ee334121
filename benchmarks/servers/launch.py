"""Runs a server program, and collects its garbage at SIGUSR1: a byte down a pipe says that it is done.

Arguments: a file, or `-m` and a module, and the program's own arguments.
"""

import gc
import os
import runpy
import signal
import sys
from pathlib import Path
from types import FrameType


def collect(_number: int, _frame: FrameType | None) -> None:
    gc.collect()
    gc.collect()
    os.write(int(os.environ["BENCHMARK_COLLECTED"]), b".")


signal.signal(signal.SIGUSR1, collect)
del sys.argv[0]
if sys.argv[0] == "-m":
    del sys.argv[0]
    sys.path[0] = str(Path.cwd())
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
else:
    runpy.run_path(sys.argv[0], run_name="__main__")
