"""What the tests of stores share: stores that are closed again, updates that are waited for, and what is logged."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from livepages.coediting.stores.sqlite_store import SqliteStore
from livepages.coediting.stores.store import Store

Contents = dict[str, list[bytes]]


@asynccontextmanager
async def opened(folder: Path, patience: float = 5.0) -> AsyncIterator[SqliteStore]:
    """The store of a folder, until it is closed."""
    store = SqliteStore(folder, asyncio.get_running_loop(), patience)
    try:
        yield store
    finally:
        await store.close()


async def append(store: Store, key: str, update: bytes) -> None:
    """Append an update, until it is durable. Raises what it fails with."""
    heard: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
    store.append(key, update, heard.set_result)
    if error := await heard:
        raise error


async def settled(store: Store, key: str) -> Exception | None:
    """What those hear who wait until a document is durable."""
    heard: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
    store.settled(key, heard.set_result)
    return await heard


def read(folder: Path, keys: list[str]) -> Contents:
    """The documents of a store that is opened anew for it."""

    async def main() -> Contents:
        async with opened(folder) as store:
            return {key: store.load(key) for key in keys}

    return asyncio.run(main())


def write(folder: Path, contents: Contents) -> None:
    """Put documents into a store, each update in a transaction of its own, and close it."""

    async def main() -> None:
        async with opened(folder) as store:
            for key, updates in contents.items():
                for update in updates:
                    await append(store, key, update)

    asyncio.run(main())


def some_documents(seed: int = 1) -> Contents:
    """Small documents, one with many updates, and one with large ones: about 130 KB."""
    chance = random.Random(seed)
    contents = {f"note {number}": [chance.randbytes(30) for _ in range(5)] for number in range(40)}
    contents["log"] = [chance.randbytes(60) for _ in range(500)]
    contents["book"] = [chance.randbytes(20_000) for _ in range(3)]
    return contents


@contextmanager
def errors() -> Iterator[list[str]]:
    """The errors that are logged meanwhile."""
    texts: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            texts.append(record.getMessage())

    handler = Listening(logging.ERROR)
    logger = logging.getLogger("livepages.coediting")
    logger.addHandler(handler)
    try:
        yield texts
    finally:
        logger.removeHandler(handler)
