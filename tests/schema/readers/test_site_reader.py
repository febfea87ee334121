"""A large site is read whole; how long that takes is for the benchmark `large-site` to say."""

from __future__ import annotations

from pathlib import Path

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.loader import load_site
from tests.schema.large_site import write_large_site

LINES = 5_000


def test_a_site_of_many_lines_is_read_whole(tmp_path: Path) -> None:
    file = write_large_site(tmp_path, LINES)
    text = file.read_text()
    site = load_site(file, ELEMENT_TYPES)
    assert len(text.splitlines()) >= LINES
    assert [page.route.path for page in site.pages if page.route.path.startswith("/section-")] == [
        line.strip().rstrip(":") for line in text.splitlines() if line.startswith("  /section-")
    ]
    assert len(site.body_specs()) > LINES / 3
