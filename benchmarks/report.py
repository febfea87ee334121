"""The report: a table for people, JSON for programs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.results import Result
from benchmarks.sizes import Sizes

COMPARED = frozenset(("µs", "ms", "KiB"))
"""Units of figures that are shown as ratios to a floor too."""


def as_json(
    results: Sequence[Result],
    machine: Mapping[str, str | int | float],
    versions: Mapping[str, Mapping[str, str]],
    sizes: Sizes,
) -> dict[str, Any]:
    """All that was measured, and of what."""
    return {
        "machine": dict(machine),
        "versions": {name: dict(packages) for name, packages in versions.items()},
        "sizes": asdict(sizes),
        "scenarios": [result.as_json() for result in results],
    }


def as_text(
    results: Sequence[Result],
    machine: Mapping[str, str | int | float],
    versions: Mapping[str, Mapping[str, str]],
    sizes: Sizes,
) -> str:
    """The same for people. A ratio is to the first floor in the same run."""
    lines = [", ".join(f"{name}: {value}" for name, value in machine.items())]
    for name, packages in versions.items():
        lines.append(f"{name}: " + ", ".join(f"{package} {version}" for package, version in packages.items()))
    once = " (of a long scenario, one)" if sizes.rounds > 1 else ""
    lines.append(f"Each figure is the median of {sizes.rounds} round{'s' * (sizes.rounds > 1)}{once}.")
    for result in results:
        lines += ["", f"{result.scenario.name}: {result.title}", *_table(result), *_notes(result)]
    return "\n".join([*lines, ""])


def _table(result: Result) -> Iterator[str]:
    contenders = [*result.rounds]
    cells = [["", *contenders]]
    for figure, unit in result.scenario.units.items():
        cells.append([f"{figure}, {unit}", *(_cell(result, contender, figure) for contender in contenders)])
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row in cells:
        first = row[0].ljust(widths[0])
        yield f"  {first}  " + "  ".join(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))


def _cell(result: Result, contender: str, figure: str) -> str:
    """A figure, and how many times the floor's it is."""
    value = result.value(contender, figure)
    if math.isnan(value):
        return "-"
    compared = result.floor(contender, figure) if result.scenario.units[figure] in COMPARED else None
    return _short(value) + (f" ({_short(compared[1])} x)" if compared is not None else "")


def _notes(result: Result) -> Iterator[str]:
    first = next(iter(result.scenario.units))
    floors = {compared[0] for contender in result.rounds if (compared := result.floor(contender, first)) is not None}
    yield from (f"  x: times {floor}" for floor in floors)
    for each in result.reached():
        sentence = "met" if each.is_met else "MISSED"
        yield f"  {sentence}: {each.goal.figure} {_short(each.value)}, at most {_short(each.most)} {each.unit}"
    for contender, reason in result.failures.items():
        yield f"  {contender} failed: {reason}"


def _short(value: float) -> str:
    """Three digits, or all of a whole number."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.2g}"
