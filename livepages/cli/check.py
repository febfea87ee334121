"""`livepages check`: all that is wrong with a site."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from livepages.cli.console import err, out
from livepages.cli.site import SitePath, no_site
from livepages.cli.watching import again_and_again
from livepages.runtime.blueprints.blueprints import compile_site
from livepages.runtime.reload.rereading import read_again
from livepages.schema.findings.diagnostics import Diagnostics
from livepages.schema.findings.reports import github_report, json_report, summary
from livepages.schema.findings.terminal import terminal_report
from livepages.schema.loader import find_site
from livepages.schema.site.site import Site


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    site: SitePath = Path(),
    form: Annotated[
        Format, typer.Option("--format", "-f", help="For people, for programs, or for GitHub's pull requests.")
    ] = Format.TEXT,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Report again whenever a file of the site changes, until Ctrl-C.")
    ] = False,
) -> None:
    """Report all that is wrong with a site, without serving it.

    Ends with 1 if there are errors, with 0 if there are none or warnings only; with 130 when Ctrl-C ends --watch.
    """
    try:
        find_site(site)
    except OSError as error:
        no_site(error)
    if watch:
        again_and_again(site, lambda: _report_and_wait(site, form))
    diagnostics, _ = _report(site, form)
    raise typer.Exit(1 if diagnostics.has_errors else 0)


def _report_and_wait(path: Path, form: Format) -> Site | None:
    """One of many reports; the line behind it says when that was, and is no part of what programs read."""
    diagnostics, site = _report(path, form)
    clock = time.strftime("%H:%M:%S")
    line = f"── {clock}  {summary(diagnostics)}; waiting for changes, Ctrl-C ends it\n"
    err().print(line, style="dim", soft_wrap=True)
    return site


def _report(path: Path, form: Format) -> tuple[Diagnostics, Site | None]:
    """Check a site and print what is found."""
    diagnostics = Diagnostics()
    site = read_again(path, diagnostics)
    if site is not None and not diagnostics.has_errors:
        compile_site(site, diagnostics)
    if form is Format.JSON:
        typer.echo(json_report(diagnostics))
    elif form is Format.GITHUB:
        typer.echo(github_report(diagnostics), nl=False)
    elif len(diagnostics) or site is None:
        out().print(terminal_report(diagnostics), soft_wrap=True, end="")
    else:
        out().print(f"No problems: {counts(site)}.", style="green", soft_wrap=True)
    return diagnostics, site


def counts(site: Site) -> str:
    """Such as `3 pages, 41 elements`."""
    found = {"page": len(site.pages), "element": len(site.body_specs())}
    return ", ".join(f"{count} {word}{'s' * (count != 1)}" for word, count in found.items())
