"""Documents that can only be read, where all that shows them says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.loader import load_site
from tests.coediting.writers import Writer
from tests.delivery.servers import serving

SITE = """
scope: shared
body:
  - editor: read
    readonly: true
  - people: looked
  - editor: both
    readonly: true
  - textarea:
    shared_text: both
"""


@pytest.mark.real_time
@pytest.mark.parametrize(("name", "is_locked"), [("read", True), ("looked", True), ("both", False)])
async def test_what_can_only_be_read_takes_no_change(tmp_path: Path, name: str, is_locked: bool) -> None:
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    async with serving(load_site(tmp_path, ELEMENT_TYPES)) as served:
        writer = await Writer.connect(f"ws://127.0.0.1:{served.port}/_livepages/documents/{name}")
        assert writer.is_connected
        writer.insert(0, "forged")
        if is_locked:
            assert await writer.closed() == 4403
            assert writer.denials == ["This document can only be read."]
        else:
            await writer.flushed()
        text = str(served.hub.documents.open(name, None).text)
        assert ("forged" in text) is not is_locked
        await writer.close()
