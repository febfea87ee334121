"""What was measured: figures, the median of their rounds, and whether livepages reaches its goals."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.scenarios.scenario import Goal, Scenario

FLOORS = ("picows", "starlette")


@dataclass(frozen=True)
class Reached:
    """How a figure of livepages stands against its goal; `value` and `most` are of the same unit."""

    goal: Goal
    unit: str
    value: float
    most: float

    @property
    def is_met(self) -> bool:
        """Whether the goal is met."""
        return self.value <= self.most


@dataclass
class Result:
    """The rounds of one scenario: for each contender, the figures of each round. `failures` say why one has none."""

    scenario: Scenario
    title: str
    rounds: dict[str, list[dict[str, float]]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    def add(self, contender: str, figures: dict[str, float]) -> None:
        """Take in a round."""
        self.rounds.setdefault(contender, []).append(figures)

    def value(self, contender: str, figure: str) -> float:
        """The median of a figure's rounds; not a number where there is none."""
        values = [each[figure] for each in self.rounds.get(contender, ()) if not math.isnan(each[figure])]
        return median(values) if values else math.nan

    def floor(self, contender: str, figure: str) -> tuple[str, float] | None:
        """The floor that a figure is compared with, and the ratio."""
        for floor in self._floors():
            least = self.value(floor, figure)
            if floor != contender and contender not in FLOORS and least > 0:
                return floor, self.value(contender, figure) / least
        return None

    def _floors(self) -> tuple[str, ...]:
        """The floor that the goals name first, then the others that were measured."""
        named = [goal.floor for goal in self.scenario.goals if goal.floor]
        return tuple(dict.fromkeys(each for each in (*named, *reversed(FLOORS)) if each in self.rounds))

    def reached(self) -> Iterator[Reached]:
        """The goals that can be judged by what was measured."""
        for goal in self.scenario.goals:
            value, most = self.value("livepages", goal.figure), goal.most
            if goal.floor:
                most *= self.value(goal.floor, goal.figure)
            elif goal.other:
                most *= self.value("livepages", goal.other)
            if not math.isnan(value) and not math.isnan(most):
                yield Reached(goal, self.scenario.units[goal.figure], value, most)

    def as_json(self) -> dict[str, Any]:
        """All of it, in JSON's types."""
        figures = [
            {
                "contender": contender,
                "figure": figure,
                "unit": unit,
                "median": _number(self.value(contender, figure)),
                "rounds": [_number(each[figure]) for each in rounds],
            }
            for contender, rounds in self.rounds.items()
            for figure, unit in self.scenario.units.items()
        ]
        goals = [
            {"figure": each.goal.figure, "value": each.value, "most": each.most, "met": each.is_met}
            for each in self.reached()
        ]
        return {
            "scenario": self.scenario.name,
            "title": self.title,
            "figures": figures,
            "goals": goals,
            "failures": self.failures,
        }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
