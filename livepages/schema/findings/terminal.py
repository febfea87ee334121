"""The text report in colour."""

from collections.abc import Mapping
from types import MappingProxyType

from rich.text import Text

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.reports import Role, report_segments

STYLES: Mapping[Role, str] = MappingProxyType(
    {
        "place": "bold",
        "error": "bold red",
        "warning": "bold yellow",
        "message": "bold",
        "gutter": "blue",
        "line": "",
        "caret": "bold red",
        "hint": "green",
        "detail": "dim",
    }
)


def terminal_report(diagnostics: Diagnostics) -> Text:
    """The text report for a rich console; print it with `soft_wrap=True` so that carets stay under their line."""
    return Text.assemble(*((segment.text, STYLES[segment.role]) for segment in report_segments(diagnostics)))
