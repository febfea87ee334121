"""What all scenarios have in common: what they measure, of whom, and what livepages is to reach."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders.contender import Contender
from benchmarks.sizes import Sizes

KIB = 1024


@dataclass(frozen=True)
class Goal:
    """What a figure of livepages must not exceed: `most` of its unit, or `most` times the same of `floor`.

    `figure` of `floor` is compared, or `other`, a figure of the same scenario, where it is given.
    """

    figure: str
    most: float
    floor: str = ""
    other: str = ""


class Scenario(ABC):
    """One thing that is measured. `units` names its figures, in the order in which they are shown."""

    name: str
    units: Mapping[str, str]
    goals: tuple[Goal, ...] = ()
    contenders: tuple[str, ...] = ("livepages",)
    is_long = False
    """Whether one round is enough: a figure of many minutes is its own average."""

    @abstractmethod
    def title(self, sizes: Sizes) -> str:
        """What is measured, in a sentence."""

    @abstractmethod
    async def measure(self, contender: Contender, sizes: Sizes, folder: Path) -> dict[str, float]:
        """The figures of one contender in one round. `folder` is a temporary one."""
