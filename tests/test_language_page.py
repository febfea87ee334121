"""The language's reference is true: its tables are the program's, and its examples load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.loader import load_site
from scripts.reference import PAGE, filled

TEXT = PAGE.read_text(encoding="utf-8")


def test_tables_are_up_to_date() -> None:
    assert filled(TEXT) == TEXT, "run python scripts/reference.py"


@pytest.mark.parametrize("text", re.findall(r"^```yaml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))
def test_examples_load(text: str, tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(text, encoding="utf-8")
    assert load_site(tmp_path, ELEMENT_TYPES).pages
