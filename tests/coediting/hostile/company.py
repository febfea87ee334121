"""Two who write in a document while somebody else does what he should not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from livepages.components.table import ELEMENT_TYPES
from livepages.schema.loader import load_site
from tests.coediting.writers import Writer
from tests.delivery.servers import Served, serving

SITE = """
title: Hostile
limits: {limits}
pages:
  /:
    scope: shared
    body:
      - editor: notes
      - textarea: ""
        shared_text: plain
  /room/{{name}}:
    scope: shared
    params: {{name: {{type: str, pattern: "^[a-z]+$"}}}}
    body:
      - editor: notes
  /own:
    body:
      - editor: mine
"""


class Company:
    """Two who write in a document while somebody else does what he should not."""

    def __init__(self, served: Served, ann: Writer, bob: Writer) -> None:
        self.served = served
        self.ann = ann
        self.bob = bob
        self.url = ann.url
        self._count = 0

    async def writes_on(self) -> None:
        """Both write, and each gets what the other wrote."""
        self._count += 1
        for writer in (self.ann, self.bob):
            writer.insert(0, f"{'ann' if writer is self.ann else 'bob'} {self._count} ")
        for writer in (self.ann, self.bob):
            await writer.until(lambda writer=writer: writer.text.count(f" {self._count} ") >= 2)

    async def is_at_peace(self) -> None:
        """Nobody of them has noticed anything, and all have the same: they, the server, and who comes new."""
        await self.writes_on()
        for writer in (self.ann, self.bob):
            await writer.flushed()
            assert (writer.is_connected, writer.denials) == (True, [])
        fresh = await Writer.connect(self.url)
        kept = str(self.served.hub.documents.open("notes", None).text)
        assert {self.ann.text, self.bob.text, fresh.text, kept} == {self.ann.text}
        await fresh.close()


Meet = Callable[..., AbstractAsyncContextManager[Company]]
"""Serves the site, with limits of its own, to two who write."""


@asynccontextmanager
async def meeting(folder: Path, transport: str, limits: dict[str, int | str]) -> AsyncIterator[Company]:
    """Two who write in a document of a site that is served, with these limits."""
    (folder / "site.yaml").write_text(SITE.format(limits=limits).lstrip(), encoding="utf-8")
    site = load_site(folder, ELEMENT_TYPES)
    async with serving(site, transport, data=folder / "data") as served:
        ann = await Writer.connect(url_of(served, "notes"))
        bob = await Writer.connect(url_of(served, "notes"))
        try:
            company = Company(served, ann, bob)
            await company.writes_on()
            yield company
        finally:
            for writer in (ann, bob):
                await writer.close()


def url_of(served: Served, key: str) -> str:
    """The address of a document."""
    return f"ws://127.0.0.1:{served.port}/_livepages/documents/{key}"


async def write_much(writer: Writer) -> None:
    """Write more than the buffers of any kernel take for one that does not read, and take it out again."""
    for _ in range(30):
        writer.insert(0, "x" * 500_000)
        writer.delete(0, 500_000)
        await writer.flushed()
