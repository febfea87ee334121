"""Runs scenarios: round by round, and in each round one contender after the other."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import uvloop

from benchmarks.contenders.contender import Contender
from benchmarks.machine import cores, raise_file_limit
from benchmarks.results import Result
from benchmarks.scenarios.scenario import Scenario
from benchmarks.sizes import Sizes


def run(scenarios: Sequence[Scenario], contenders: Mapping[str, Contender], sizes: Sizes) -> list[Result]:
    """Measure everything. What fails is told in the result, and the rest goes on."""
    logging.getLogger("picows").addHandler(logging.NullHandler())
    logging.getLogger("picows").propagate = False
    raise_file_limit()
    os.sched_setaffinity(0, {cores().load})
    results = []
    for scenario in scenarios:
        result = Result(scenario, scenario.title(sizes))
        rounds = 1 if scenario.is_long else sizes.rounds
        for number in range(rounds):
            for name in scenario.contenders:
                if name in contenders and name not in result.failures:
                    sys.stderr.write(f"{scenario.name}, round {number + 1} of {rounds}: {name}\n")
                    measure(scenario, contenders[name], sizes, result)
        results.append(result)
    return results


def measure(scenario: Scenario, contender: Contender, sizes: Sizes, result: Result) -> None:
    """One round of one contender, in an event loop and a folder of its own. The load's own garbage waits meanwhile."""
    gc.collect()
    gc.disable()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="livepages-benchmark-") as folder,
            asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
        ):
            result.add(contender.name, runner.run(scenario.measure(contender, sizes, Path(folder))))
    except Exception as error:
        result.failures[contender.name] = f"{type(error).__name__}: {error}"
    finally:
        gc.enable()
