"""How commands tell of the language: headings, columns, examples."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from livepages.cli.console import show


def columns(console: Console, rows: Iterable[tuple[str, ...]], width: int = 0) -> None:
    """Print rows in columns, the last of which is wrapped in terminals."""
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=True)
    for number, row in enumerate(rows):
        if not number:
            grid.add_column(style="green", no_wrap=True, min_width=width)
            for _ in row[1:]:
                grid.add_column(style="" if len(row) == 2 else "dim")
        grid.add_row(*row)
    show(console, grid)


def heading(console: Console, name: str, doc: str) -> None:
    """Print a name, and what it is."""
    console.print(name, style="bold green")
    console.print(doc, soft_wrap=not console.is_terminal)


def example(console: Console, text: str) -> None:
    """Print an example in YAML."""
    console.print("\nExample", style="bold")
    coloured = Syntax(text, "yaml", background_color="default", theme="ansi_dark").highlight(text)
    coloured.rstrip()
    show(console, coloured)
