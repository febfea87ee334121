"""What the commands print, and where."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer
from rich.console import Console, RenderableType
from rich.text import Text

UNBOUNDED = 10_000
"""Columns of what is no terminal: nothing is wrapped there."""


def out() -> Console:
    """Where results go."""
    return _console(stderr=False)


def err() -> Console:
    """Where mistakes and news go."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else UNBOUNDED
    return Console(stderr=stderr, width=width, markup=False, emoji=False, highlight=False)


def show(console: Console, content: RenderableType) -> None:
    """Print without the spaces that fill lines up, and without wrapping where there is no terminal."""
    with console.capture() as capture:
        console.print(content, soft_wrap=not console.file.isatty())
    lines = capture.get().splitlines()
    console.file.write("\n".join(line.rstrip() for line in lines) + "\n")
    console.file.flush()


def fail(message: str) -> NoReturn:
    """End with exit code 1, and a sentence that says what is wrong and what to do."""
    err().print(Text.assemble(("Error: ", "bold red"), message), soft_wrap=True)
    raise typer.Exit(1)
