"""Runs the command line: `python -m livepages`."""

from __future__ import annotations

from livepages.cli import app

if __name__ == "__main__":
    app(prog_name="livepages")
