"""`livepages new`: a site of one's own, as a copy of an example."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from livepages.cli.console import fail, out
from livepages.components.table import ELEMENT_TYPES
from livepages.schema.reference.json_schema import json_schema_text
from livepages.templates import TemplateError, new_site, template_folder, templates


def new(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="The folder to make.")],
    template: Annotated[
        str, typer.Option("--template", "-t", help=f"The example to copy: {', '.join(templates(template_folder()))}.")
    ] = "clock",
) -> None:
    """Make a site of your own, as a copy of an example."""
    try:
        new_site(name, template, json_schema_text(ELEMENT_TYPES), template_folder())
    except TemplateError as error:
        fail(str(error))
    files = sorted(path.name for path in name.iterdir())
    console = out()
    console.print(f"Made {name} with {', '.join(files)}.", soft_wrap=True)
    console.print("What to do next:", style="bold")
    console.print(f"  cd {shlex.quote(str(name))}\n  livepages serve", soft_wrap=True)
