"""The store in memory, and when a document needs compaction."""

from __future__ import annotations

import pytest
from pycrdt import Doc, Text

from livepages.coediting.stores.sizes import LEAST_LOG, ROW_BYTES, Sizes
from livepages.coediting.stores.store import MemoryStore
from tests.coediting.stores.stores import append, errors, settled


async def test_a_document_has_its_updates_in_order() -> None:
    store = MemoryStore()
    for update in (b"one", b"two", b"one"):
        await append(store, "a", update)
    await append(store, "b", b"other")
    assert store.load("a") == [b"one", b"two", b"one"]
    assert store.load("b") == [b"other"]
    assert store.load("c") == []
    assert (store.count(), store.has("a"), store.has("c")) == (2, True, False)


async def test_what_is_done_is_told_at_once() -> None:
    store = MemoryStore()
    heard: list[Exception | None] = []
    store.append("a", b"one", heard.append)
    store.settled("a", heard.append)
    store.settled("never written", heard.append)
    assert heard == [None, None, None]
    assert await settled(store, "a") is None


async def test_what_is_loaded_is_the_callers_own() -> None:
    store = MemoryStore()
    await append(store, "a", b"one")
    store.load("a").clear()
    assert store.load("a") == [b"one"]


async def test_a_compaction_replaces_what_was_appended() -> None:
    store = MemoryStore()
    await append(store, "a", b"one")
    await append(store, "a", b"two")
    store.compact("a", b"one and two")
    await append(store, "a", b"three")
    assert store.load("a") == [b"one and two", b"three"]
    assert (store.compacted_size("a"), store.log_size("a")) == (11, 5 + ROW_BYTES)


async def test_a_document_that_is_forgotten_is_gone() -> None:
    store = MemoryStore()
    await append(store, "a", b"one")
    store.forget("a")
    store.forget("never written")
    assert (store.load("a"), store.count(), store.has("a"), store.log_size("a")) == ([], 0, False, 0)


async def test_what_is_set_aside_is_reported() -> None:
    store = MemoryStore()
    for update in (b"one", b"bad", b"two"):
        await append(store, "a", update)
    with errors() as logged:
        store.set_aside("a", "it is bad", [b"one", b"two"])
    assert store.load("a") == [b"one", b"two"]
    assert logged == ["The document 'a' was damaged: it is bad. 2 of its updates are still in use."]
    with errors():
        store.set_aside("a", "all is bad", [])
    assert store.count() == 0


async def test_real_documents_take_at_most_three_times_their_size() -> None:
    store = MemoryStore()
    doc: Doc[Text] = Doc()
    text = doc.get("text", type=Text)
    updates: list[bytes] = []
    doc.observe(lambda event: updates.append(event.update))
    for number in range(3_000):
        text += f"word {number} "
        store.append("a", updates.pop(), lambda error: None)
        if store.needs_compaction("a"):
            store.compact("a", doc.get_update())
        assert sum(map(len, store.load("a"))) <= 3 * len(doc.get_update()) + LEAST_LOG
    loaded: Doc[Text] = Doc()
    for update in store.load("a"):
        loaded.apply_update(update)
    assert str(loaded.get("text", type=Text)) == str(text)
    await store.close()


@pytest.mark.parametrize(
    ("compacted", "log", "needs"),
    [
        (0, LEAST_LOG - ROW_BYTES - 1, False),
        (0, LEAST_LOG - ROW_BYTES, True),
        (100_000, 100_000 - ROW_BYTES, False),
        (100_000, 100_001 - ROW_BYTES, True),
    ],
)
def test_compaction_is_needed_for_a_log_that_is_large_enough(compacted: int, log: int, needs: bool) -> None:
    sizes = Sizes()
    sizes.add("a", compacted, 1, whole=True)
    sizes.append("a", log)
    assert sizes.needs_compaction("a") is needs


def test_a_compaction_that_failed_is_put_off() -> None:
    sizes = Sizes()
    sizes.append("a", LEAST_LOG)
    sizes.put_off("a")
    assert not sizes.needs_compaction("a")
    sizes.append("a", LEAST_LOG)
    assert sizes.needs_compaction("a")
    sizes.measure("a", [(True, 10), (False, 20), (False, 30)])
    assert (sizes.compacted("a"), sizes.log("a")) == (10, 50 + 2 * ROW_BYTES)
    assert not sizes.needs_compaction("never written")
