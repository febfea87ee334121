"""Stores against a model of them, through random calls and restarts."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from livepages.coediting.stores.sizes import ROW_BYTES
from livepages.coediting.stores.sqlite_store import SqliteStore
from livepages.coediting.stores.store import MemoryStore, Store
from tests.coediting.stores.stores import settled

KEYS = ("a", "b", "")
keys = st.sampled_from(KEYS)
contents = st.binary(max_size=40)


class Model(RuleBasedStateMachine):
    """A document is a list of what a compaction left, if there was one, and of what was appended since."""

    def __init__(self) -> None:
        super().__init__()
        self.updates: dict[str, list[tuple[bool, bytes]]] = {}
        self.expected = 0
        self.heard: list[int] = []
        self.store = self.open()

    def open(self) -> Store:
        return MemoryStore()

    @rule(key=keys, update=contents)
    def append(self, key: str, update: bytes) -> None:
        number = self.expected
        self.expected += 1

        def done(error: Exception | None) -> None:
            assert error is None
            self.heard.append(number)

        self.store.append(key, update, done)
        self.updates.setdefault(key, []).append((False, update))

    @rule(key=keys, whole=contents)
    def compact(self, key: str, whole: bytes) -> None:
        self.store.compact(key, whole)
        self.updates[key] = [(True, whole)]

    @rule(key=keys)
    def forget(self, key: str) -> None:
        self.store.forget(key)
        self.updates.pop(key, None)

    @rule(key=keys)
    def set_aside(self, key: str) -> None:
        good = [update for _, update in self.updates.get(key, ())][1:]
        self.store.set_aside(key, "a reason", good)
        self.updates.pop(key, None)
        if good:
            self.updates[key] = [(False, update) for update in good]

    @invariant()
    def is_as_expected(self) -> None:
        assert self.store.count() == len(self.updates)
        for key in KEYS:
            updates = self.updates.get(key, [])
            assert self.store.has(key) == bool(updates)
            assert self.store.load(key) == [update for _, update in updates]
            log = [len(update) + ROW_BYTES for whole, update in updates if not whole]
            assert self.store.log_size(key) == sum(log)
            assert self.store.compacted_size(key) == sum(len(update) for whole, update in updates if whole)


class SqliteModel(Model):
    def open(self) -> Store:
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        return SqliteStore(self.folder, self.loop)

    @rule(key=keys)
    def settle(self, key: str) -> None:
        """All that was appended to a document so far is told of before `settled` is."""
        self.loop.run_until_complete(settled(self.store, key))

    @rule()
    def restart(self) -> None:
        self.loop.run_until_complete(self.store.close())
        assert self.heard == list(range(self.expected))
        self.store = SqliteStore(self.folder, self.loop)

    def teardown(self) -> None:
        self.loop.run_until_complete(self.store.close())
        self.loop.close()
        assert self.heard == list(range(self.expected))
        shutil.rmtree(self.folder)


TestMemoryStore = Model.TestCase
TestMemoryStore.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
TestSqliteStore = SqliteModel.TestCase
TestSqliteStore.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
