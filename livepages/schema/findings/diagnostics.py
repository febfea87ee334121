"""What is wrong with a site, collected so that all of it can be reported at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from livepages.schema.findings.source import Position

Severity = Literal["error", "warning"]

LIMIT = 200
OVERFLOW_CODE = "more-findings"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `code` is a stable kebab-case name such as "unknown-property", `message` one sentence that says what is wrong and
    why, `hint` what to do about it, `detail` longer text such as a traceback.
    """

    severity: Severity
    code: str
    message: str
    position: Position | None = None
    hint: str | None = None
    detail: str | None = None


class Diagnostics:
    """Collects findings, each once, and hands them out by file and place. Iteration is bounded by `limit`."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._found: dict[Diagnostic, None] = {}

    def error(
        self,
        code: str,
        message: str,
        position: Position | None = None,
        *,
        hint: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Adds what keeps the site from being served."""
        self.add(Diagnostic("error", code, message, position, hint, detail))

    def warning(
        self,
        code: str,
        message: str,
        position: Position | None = None,
        *,
        hint: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Adds what is probably a mistake, but can be served."""
        self.add(Diagnostic("warning", code, message, position, hint, detail))

    def add(self, diagnostic: Diagnostic) -> None:
        """Adds a finding; the same one again changes nothing."""
        self._found.setdefault(diagnostic)

    def extend(self, others: "Diagnostics") -> None:
        """Adds all findings of another collection."""
        self._found.update(dict.fromkeys(others.all()))

    def all(self) -> tuple[Diagnostic, ...]:
        """All findings as they came, however many."""
        return tuple(self._found)

    @property
    def has_errors(self) -> bool:
        """Whether anything worse than a warning was found."""
        return any(found.severity == "error" for found in self._found)

    def count(self, severity: Severity) -> int:
        """How many findings of one severity there are, shown or not."""
        return sum(found.severity == severity for found in self._found)

    def __len__(self) -> int:
        """How many findings there are, shown or not."""
        return len(self._found)

    def __iter__(self) -> Iterator[Diagnostic]:
        """The findings by file and place, errors before warnings when not all can be shown, then one that counts
        the rest."""
        ranked = sorted(self._found, key=lambda found: found.severity != "error")
        yield from sorted(ranked[: self._limit], key=_place)
        rest = ranked[self._limit :]
        if rest:
            yield Diagnostic(rest[0].severity, OVERFLOW_CODE, f"... and {len(rest)} more.")


def _place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    position = diagnostic.position
    return (position.source.name, position.line, position.column) if position else ("", 0, 0)
