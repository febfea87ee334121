"""`livepages schema`: the language for editors."""

from __future__ import annotations

import typer

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.reference.json_schema import json_schema_text


def schema() -> None:
    """Print the JSON Schema of the language, for completion and hover texts in editors."""
    typer.echo(json_schema_text(ELEMENT_TYPES), nl=False)
