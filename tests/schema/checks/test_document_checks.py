"""Documents whose names are known only when the site is at work are not warned of; the rest is in bad/documents.txt."""

from __future__ import annotations

from pathlib import Path

from tests.schema.bad_sites import diagnostics_of, write_files

SITE = """
title: Documents
components:
  pad:
    props: {doc: str}
    body:
      - editor: ${doc}
      - people: ${doc}
pages:
  /:
    body:
      - pad: {doc: notes}
      - people: notes
"""


def test_names_that_are_props_are_not_warned_of(tmp_path: Path) -> None:
    write_files(tmp_path, {"site.yaml": SITE})
    assert list(diagnostics_of(tmp_path / "site.yaml")) == []
