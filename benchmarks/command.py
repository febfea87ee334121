"""The command line, in the environment of the load."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks import report
from benchmarks.contenders.contender import Contender
from benchmarks.environment import LIVEPAGES, LOAD, Environment, EnvironmentFailed
from benchmarks.machine import facts
from benchmarks.runner import run
from benchmarks.scenarios.scenario import Scenario
from benchmarks.sizes import FULL, QUICK
from benchmarks.table import CONTENDERS, PEERS, SCENARIOS


def parse(arguments: list[str]) -> argparse.Namespace:
    """What the command line asks for."""
    names = [scenario.name for scenario in SCENARIOS]
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="livepages beside its peers and bare sockets."
    )
    parser.add_argument("--quick", action="store_true", help="smaller and shorter, one round: a look, not a result")
    parser.add_argument("--only", action="append", choices=names, metavar="SCENARIO", help=f"one of {', '.join(names)}")
    parser.add_argument(
        "--peers", action=argparse.BooleanOptionalAction, default=True, help="with JustPy and NiceGUI (the default)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    return parser.parse_args(arguments)


def main() -> None:
    """Measure, print the table, write the JSON."""
    asked = parse(sys.argv[1:])
    sizes = QUICK if asked.quick else FULL
    scenarios = [each for each in SCENARIOS if not asked.only or each.name in asked.only]
    contenders = {each.name: each for each in _needed(scenarios, peers=asked.peers)}
    environments = _environments(contenders.values())
    try:
        for environment in environments:
            environment.make()
    except EnvironmentFailed as error:
        sys.exit(str(error))
    machine = facts()
    versions = {each.name: each.versions() for each in environments}
    results = run(scenarios, contenders, sizes)
    sys.stdout.write(report.as_text(results, machine, versions, sizes))
    if asked.json:
        content = report.as_json(results, machine, versions, sizes)
        asked.json.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    if any(result.failures for result in results):
        sys.exit(1)


def _needed(scenarios: list[Scenario], *, peers: bool) -> list[Contender]:
    """The contenders of some scenarios."""
    names = {name for scenario in scenarios for name in scenario.contenders}
    return [each for each in CONTENDERS if each.name in names and (peers or each.name not in PEERS)]


def _environments(contenders: Iterable[Contender]) -> list[Environment]:
    """The environments of contenders, each once; livepages' is always needed."""
    return list(dict.fromkeys([LIVEPAGES, LOAD, *(each.environment for each in contenders)]))


if __name__ == "__main__":
    main()
