"""The command line: each command in a module of its own."""

from __future__ import annotations

from typing import Annotated

import typer

from livepages import __version__
from livepages.cli.check import check
from livepages.cli.components import components
from livepages.cli.new import new
from livepages.cli.reference import reference
from livepages.cli.schema import schema
from livepages.cli.serve import serve
from livepages.cli.tree import tree

app = typer.Typer(
    name="livepages",
    help="One YAML file and a few plain Python functions become live web pages.",
    epilog="[bold]Begin with[/]\n"
    "livepages new hello         a site to change, in the folder hello\n"
    "livepages serve hello       serve it\n"
    "livepages components        what pages can be made of",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"livepages {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """One YAML file and a few plain Python functions become live web pages."""


app.command(
    epilog="[bold]Examples[/]\n"
    "livepages serve                     the site in this folder\n"
    "livepages serve sites/board --open  and show it in the browser\n"
    "livepages serve clock.yaml -p 0     on any free port\n"
    "livepages serve --host 0.0.0.0      for the whole network\n"
    "livepages serve --no-reload         and leave it as it is when files are saved",
)(serve)
app.command(
    epilog="[bold]Examples[/]\n"
    "livepages check                          the site in this folder\n"
    "livepages check sites/board              another\n"
    "livepages check . --format github        marks the lines in a pull request\n"
    "livepages check --watch                  again whenever a file changes",
)(check)
app.command(
    epilog="[bold]Examples[/]\n"
    "livepages new hello                      a clock, in the folder hello\n"
    "livepages new team/news --template board",
)(new)
app.command(
    epilog="[bold]Examples[/]\nlivepages tree\nlivepages tree sites/board",
)(tree)
app.command(
    epilog="[bold]Examples[/]\n"
    "livepages schema > livepages.schema.json\n\n"
    "A site's file names it in its first line, and editors with yaml-language-server then complete and explain:\n"
    "# yaml-language-server: $schema=livepages.schema.json",
)(schema)
app.command(
    epilog="[bold]Examples[/]\nlivepages components\nlivepages components button",
)(components)
app.command(
    epilog="[bold]Examples[/]\n"
    "livepages reference          keys, actions, names in expressions, filters\n"
    "livepages reference sort     the filter of this name\n"
    "livepages reference open     all that a word means",
)(reference)
