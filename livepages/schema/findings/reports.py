"""Diagnostics as text, as JSON and as GitHub workflow commands."""

import json
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from livepages.schema.findings.diagnostics import Diagnostic, Diagnostics
from livepages.schema.findings.snippet import printable, snippet

Role = Literal["place", "error", "warning", "message", "gutter", "line", "caret", "hint", "detail"]


class Segment(NamedTuple):
    """A piece of a text report, and what it is, for those who colour it."""

    text: str
    role: Role


def text_report(diagnostics: Diagnostics) -> str:
    """Every finding with its line, carets and hint, then how many there are. Empty when there is none."""
    return "".join(segment.text for segment in report_segments(diagnostics))


def report_segments(diagnostics: Diagnostics) -> Iterator[Segment]:
    """The text report in pieces."""
    for diagnostic in diagnostics:
        yield from diagnostic_segments(diagnostic)
        yield Segment("\n", "line")
    if len(diagnostics):
        yield Segment(summary(diagnostics) + "\n", "message")


def diagnostic_segments(diagnostic: Diagnostic) -> Iterator[Segment]:
    """One finding in pieces: a headline, the line and carets, the hint, the detail. Ends with a line break."""
    position = diagnostic.position
    if position:
        yield Segment(printable(f"{position}: "), "place")
    yield Segment(f"{diagnostic.severity}: ", diagnostic.severity)
    yield Segment(f"{printable(diagnostic.message)}\n", "message")
    number = str(position.line) if position else ""
    margin = " " * (len(number) + 2)
    if position:
        shown = snippet(position)
        yield Segment(f"  {number} | ", "gutter")
        yield Segment(f"{shown.text}\n", "line")
        yield Segment(f"{margin} | ", "gutter")
        yield Segment(f"{shown.carets}\n", "caret")
    if diagnostic.hint:
        yield Segment(f"{margin} = ", "gutter")
        yield Segment(f"{printable(diagnostic.hint)}\n", "hint")
    for line in (diagnostic.detail or "").splitlines():
        yield Segment(f"{margin}   {printable(line)}".rstrip() + "\n", "detail")


def summary(diagnostics: Diagnostics) -> str:
    """Such as "2 errors, 1 warning"."""
    counts = [(diagnostics.count("error"), "error"), (diagnostics.count("warning"), "warning")]
    return ", ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in counts if count) or "no errors"


def json_report(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON list of objects: file, line, column, end_column, severity, code, message, hint, detail.

    `end_column` is the column after the last character of the place. What has no place has null for it.
    """
    return json.dumps([_json_object(diagnostic) for diagnostic in diagnostics], ensure_ascii=False, indent=2)


def _json_object(diagnostic: Diagnostic) -> dict[str, object]:
    position = diagnostic.position
    return {
        "file": position.source.name if position else None,
        "line": position.line if position else None,
        "column": position.column if position else None,
        "end_column": position.column + position.length if position else None,
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "detail": diagnostic.detail,
    }


def github_report(diagnostics: Iterable[Diagnostic]) -> str:
    """One GitHub Actions workflow command a line, which marks the place in a pull request."""
    return "".join(_github_command(diagnostic) + "\n" for diagnostic in diagnostics)


def _github_command(diagnostic: Diagnostic) -> str:
    position = diagnostic.position
    properties = {"title": diagnostic.code}
    if position:
        place = {"file": position.source.name, "line": position.line, "col": position.column}
        properties = {key: str(value) for key, value in place.items()}
        properties |= {"endColumn": str(position.column + position.length), "title": diagnostic.code}
    written = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    text = "\n".join(part for part in (diagnostic.message, diagnostic.hint, diagnostic.detail) if part)
    return f"::{diagnostic.severity} {written}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
