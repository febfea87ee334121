from __future__ import annotations

import json

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.reference.json_schema import json_schema
from tests.cli.program import run


def test_the_schema_is_printed_and_nothing_else() -> None:
    result = run("schema")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == json_schema(ELEMENT_TYPES)
