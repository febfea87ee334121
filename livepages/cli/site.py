"""Reads the site that a command is for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from livepages.cli.console import err, fail
from livepages.components.table import ELEMENT_TYPES
from livepages.schema.findings.errors import SiteError
from livepages.schema.findings.terminal import terminal_report
from livepages.schema.loader import DEFAULT_NAME, load_site
from livepages.schema.site.site import Site

SitePath = Annotated[
    Path,
    typer.Argument(
        metavar="SITE", help=f"The site's file, or its folder with {DEFAULT_NAME} in it.", show_default="this folder"
    ),
]


def load(path: Path) -> Site:
    """The site, or the end of the program with a report of all that is wrong."""
    try:
        return load_site(path, ELEMENT_TYPES)
    except SiteError as error:
        report(error)
    except OSError as error:
        no_site(error)


def report(error: SiteError) -> NoReturn:
    """End the program with a report of all that is wrong."""
    err().print(terminal_report(error.diagnostics), soft_wrap=True, end="")
    raise typer.Exit(1)


def no_site(error: OSError) -> NoReturn:
    """End the program because there is nothing to read."""
    sentence = str(error) if isinstance(error, FileNotFoundError) else f"{error.filename}: {error.strerror}."
    fail(f"{sentence} `livepages new NAME` makes a site.")
