"""The table of bad sites: the files in `bad/`, each with many small sites and their expected reports.

A case begins with `##### its name`; then come its files, each after a line `----- its name`, the last of which is the
report that `livepages check` prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.loader import read_site

FOLDER = Path(__file__).parent / "bad"
CASE, FILE, REPORT = "##### ", "----- ", "report"


@dataclass(frozen=True)
class BadSite:
    """A site of a few small files, and the report on it."""

    name: str
    files: dict[str, str]
    report: str


def bad_sites() -> list[BadSite]:
    """All cases of the table, in the order of its files."""
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in _cases(path)]


def _cases(path: Path) -> Iterator[BadSite]:
    for text in path.read_text(encoding="utf-8").split(CASE)[1:]:
        head, *parts = ("\n" + text).split("\n" + FILE)
        files = {name: text + "\n" for name, text in (part.split("\n", 1) for part in parts)}
        report = files.pop(REPORT).strip("\n")
        yield BadSite(f"{path.stem}: {head.strip()}", files, report)


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Write the files of a site into a folder."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def diagnostics_of(file: Path) -> Diagnostics:
    """What is wrong with the site of a file."""
    diagnostics = Diagnostics()
    read_site(file, ELEMENT_TYPES, diagnostics)
    return diagnostics
