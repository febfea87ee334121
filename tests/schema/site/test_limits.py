"""The limits that a site's file sets."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.loader import load_site
from livepages.schema.site.limits import DEFAULT_LIMITS, LIMIT_KEYS, Limits


def load(folder: Path, text: str) -> Limits:
    (folder / "site.yaml").write_text(text, encoding="utf-8")
    return load_site(folder, ELEMENT_TYPES).limits


def test_every_limit_can_be_set() -> None:
    assert [field.name for field in fields(Limits)] == list(LIMIT_KEYS)


def test_what_the_file_does_not_say_keeps_its_default(tmp_path: Path) -> None:
    limits = load(tmp_path, "limits: {tabs: 5, stall_time: 2s}\nbody: [{h1: hi}]")
    assert limits == Limits(tabs=5, stall_time=2_000)
    assert load(tmp_path, "body: [{h1: hi}]") == DEFAULT_LIMITS
