"""`livepages check`: all that is wrong with a site."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from livepages.cli.console import out
from livepages.cli.site import SitePath, no_site
from livepages.components.table import ELEMENT_TYPES
from livepages.runtime.blueprints import compile_site
from livepages.schema.diagnostics import Diagnostics
from livepages.schema.loader import read_site
from livepages.schema.reports import github_report, json_report
from livepages.schema.site import Site
from livepages.schema.terminal import terminal_report


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
) -> None:
    """Report all that is wrong with a site, without serving it.

    Ends with 1 if there are errors, with 0 if there are none or warnings only.
    """
    diagnostics = Diagnostics()
    try:
        found = read_site(site, ELEMENT_TYPES, diagnostics)
    except OSError as error:
        no_site(error)
    if found is not None and not diagnostics.has_errors:
        compile_site(found, diagnostics)
    if form is Format.JSON:
        typer.echo(json_report(diagnostics))
    elif form is Format.GITHUB:
        typer.echo(github_report(diagnostics), nl=False)
    elif len(diagnostics) or found is None:
        out().print(terminal_report(diagnostics), soft_wrap=True, end="")
    else:
        out().print(f"No problems: {counts(found)}.", style="green", soft_wrap=True)
    raise typer.Exit(1 if diagnostics.has_errors else 0)


def counts(site: Site) -> str:
    """Such as `3 pages, 41 elements`."""
    found = {"page": len(site.pages), "element": len(site.body_specs())}
    return ", ".join(f"{count} {word}{'s' * (count != 1)}" for word, count in found.items())
