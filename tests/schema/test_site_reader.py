"""How long it takes to read a site."""

from __future__ import annotations

import time
from pathlib import Path

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.loader import load_site
from tests.schema.large_site import write_large_site

LINES = 5_000
SECONDS = 1.0


def test_a_site_of_many_lines_loads_in_less_than_a_second(tmp_path: Path) -> None:
    file = write_large_site(tmp_path, LINES)
    assert len(file.read_text().splitlines()) >= LINES
    spent = []
    for _ in range(2):
        start = time.process_time()
        site = load_site(file, ELEMENT_TYPES)
        spent.append(time.process_time() - start)
    assert len(site.body_specs()) > LINES / 3
    assert min(spent) < SECONDS
