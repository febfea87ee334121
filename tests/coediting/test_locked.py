"""Documents that can only be read, where all that shows them says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from livepages.coediting import lock
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


@pytest.mark.real_time
async def test_who_has_all_can_come_back_to_it(tmp_path: Path) -> None:
    """Those say what they know to be deleted, which is no change; what is one is refused in an answer too."""
    (tmp_path / "site.yaml").write_text(SITE, encoding="utf-8")
    async with serving(load_site(tmp_path, ELEMENT_TYPES)) as served:
        url = f"ws://127.0.0.1:{served.port}/_livepages/documents/read"
        reader, forger = await Writer.connect(url), await Writer.connect(url)
        document = served.hub.documents.open("read", None)
        with document.writing() as text:
            text.insert(0, "one two three four")
            del text[4:8]
        for writer in (reader, forger):
            await writer.until(lambda writer=writer: writer.text == "one three four\n")
            writer.drop()
        with document.writing() as text:
            del text[0:4]
        await reader.open()
        await reader.flushed()
        assert (reader.text, reader.denials) == ("three four\n", [])
        forger.delete(4, 10)
        await forger.open()
        assert await forger.closed() == 4403
        assert str(document.text) == "three four\n"
        await reader.flushed()
        for writer in (reader, forger):
            await writer.close()


SWITCHED = """
scope: shared
state: {locked: true}
body:
  - editor: notes
    readonly: ${locked}
  - textarea:
    shared_text: words
    readonly: ${locked}
"""


@pytest.mark.real_time
@pytest.mark.parametrize("name", ["notes", "words"])
async def test_a_lock_follows_the_state_while_people_are_there(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site.yaml").write_text(SWITCHED, encoding="utf-8")
    monkeypatch.setattr(lock, "LATE", 0.0)
    async with serving(load_site(tmp_path, ELEMENT_TYPES)) as served:
        await served.open()
        url = f"ws://127.0.0.1:{served.port}/_livepages/documents/{name}"
        ann, bob = await Writer.connect(url), await Writer.connect(url)
        served.page.state.locked = False
        served.page.update()
        ann.insert(0, "free ")
        await bob.until(lambda: bob.text.startswith("free "))
        served.page.state.locked = True
        served.page.update()
        bob.insert(0, "forged ")
        assert await bob.closed() == 4403
        assert ann.is_connected and ann.text.startswith("free ")
        for writer in (ann, bob):
            await writer.close()


@pytest.mark.real_time
async def test_who_has_not_heard_of_a_lock_is_not_refused(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(SWITCHED.replace("true", "false"), encoding="utf-8")
    async with serving(load_site(tmp_path, ELEMENT_TYPES)) as served:
        await served.open()
        ann = await Writer.connect(f"ws://127.0.0.1:{served.port}/_livepages/documents/notes")
        served.page.state.locked = True
        served.page.update()
        ann.insert(0, "a last word ")
        await ann.flushed()
        assert str(served.hub.documents.open("notes", None).text) == "a last word \n"
        await ann.close()
