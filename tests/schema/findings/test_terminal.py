from pathlib import Path

from rich.console import Console

from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.reports import text_report
from livepages.schema.findings.source import Position, Source
from livepages.schema.findings.terminal import terminal_report

SITE = Source(Path("site.yaml"), "site.yaml", "titel: [bold]x[/bold]")


def found() -> Diagnostics:
    diagnostics = Diagnostics()
    diagnostics.error("c", "Wrong [red]name[/red].", Position(SITE, 1, 1, 5), hint='Did you mean "title"?')
    return diagnostics


def test_the_words_are_those_of_the_text_report() -> None:
    assert terminal_report(found()).plain == text_report(found())


def test_each_part_has_its_style() -> None:
    report = terminal_report(found())
    styled = {report.plain[span.start : span.end].strip(): str(span.style) for span in report.spans}
    assert styled["error:"] == "bold red"
    assert styled["^^^^^"] == "bold red"
    assert styled['Did you mean "title"?'] == "green"


def test_a_console_without_colour_prints_the_text_report() -> None:
    console = Console(color_system=None, width=20)
    with console.capture() as capture:
        console.print(terminal_report(found()), soft_wrap=True, end="")
    assert capture.get() == text_report(found())
