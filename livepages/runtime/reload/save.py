"""What comes of saving files of a site that is being served."""

from __future__ import annotations

from dataclasses import dataclass

from livepages.runtime.reload.change import Change
from livepages.schema.findings.diagnostics import Diagnostics


@dataclass(frozen=True, slots=True)
class Followed:
    """The site is now what its files say. `files` are named from its folder; it took so many `seconds`."""

    files: tuple[str, ...]
    change: Change
    seconds: float


@dataclass(frozen=True, slots=True)
class Refused:
    """The files have errors, and the site goes on as it was."""

    files: tuple[str, ...]
    findings: Diagnostics


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Static files changed, and so many tabs load them anew."""

    files: tuple[str, ...]
    tabs: int


Save = Followed | Refused | Refreshed
