"""What the terminal says of each save while a site is served."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.text import Text

from livepages.cli.console import err, out
from livepages.runtime.reload.change import Change
from livepages.runtime.reload.save import Followed, Refreshed, Refused, Save
from livepages.schema.findings.snippet import printable
from livepages.schema.findings.terminal import terminal_report

MOST_NAMED: Final = 4
"""How many files, or parts of the site, are named; of more it is only said how many there are."""


def tell_save(save: Save) -> None:
    """Print a line that says what came of a save, and below it each note; what is wrong is printed as `check` does."""
    match save:
        case Refused(_, findings):
            err().print(terminal_report(findings), soft_wrap=True, end="")
            err().print("The site goes on as it was.", style="bold", soft_wrap=True)
        case Followed(files, change, seconds):
            _line(files, followed(change, seconds))
            for note in change.notes:
                out().print(f"  {printable(note)}", style="yellow", soft_wrap=True)
        case Refreshed(files, tabs):
            _line(files, f"{_count(tabs, 'tab')} told to load {'it' if len(files) == 1 else 'them'} anew.")


def followed(change: Change, seconds: float) -> str:
    """What changed, who followed, and how long it took."""
    if not change.pages:
        return f"nothing that the site shows or does changed ({seconds * 1000:.0f} ms)."
    moved = [
        _count(number, word) for number, word in ((change.live_pages, "live page"), (change.tabs, "tab")) if number
    ]
    followers = f"; {' and '.join(moved)} followed" if moved else ""
    reloaded = f"; {_count(change.reloaded, 'tab')} told to load the page anew" if change.reloaded else ""
    return f"{listed(change.pages)} changed{followers} in {seconds * 1000:.0f} ms{reloaded}."


def listed(names: Sequence[str]) -> str:
    """Such as "a, b and c"; the last of many are counted."""
    shown = [printable(name) for name in names]
    if len(shown) > MOST_NAMED:
        shown[MOST_NAMED - 1 :] = [f"{len(names) - MOST_NAMED + 1} more"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _line(files: Sequence[str], told: str) -> None:
    out().print(Text.assemble((listed(files), "bold"), f": {told}"), soft_wrap=True)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
