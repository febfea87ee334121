"""A store whose process is killed again and again: what was told to be durable is there."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.coediting.stores.stores import read

ROOT = Path(__file__).parents[3]
KEYS = ["a", "b", "c"]

WRITER = """
import asyncio, logging, random, sys
from pathlib import Path
from livepages.coediting.stores.sqlite_store import SqliteStore

logging.basicConfig(level=logging.WARNING)
KEYS = ["a", "b", "c"]

async def main():
    store = SqliteStore(Path(sys.argv[1]), asyncio.get_running_loop())
    contents = {key: b"".join(store.load(key)) for key in KEYS}
    number = int(sys.argv[2])
    while True:
        for _ in range(random.choice((1, 1, 3, 30))):
            key = KEYS[number % 3]
            update = b"%d," % number
            contents[key] += update
            store.append(key, update, lambda error, number=number: print(number, error, flush=True))
            if random.random() < 0.05:
                store.compact(key, contents[key])
            number += 1
        await asyncio.sleep(0)
        waits = asyncio.get_running_loop().create_future()
        store.settled(key, lambda error: waits.set_result(None))
        await waits

asyncio.run(main())
"""


def kill_after(folder: Path, first: int, lines: int) -> list[int]:
    """Have a process append numbers from the first on, until it has told of so many. Returns those that it told of."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, folder, str(first)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        told = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        told += writer.stdout.read().splitlines(keepends=True)
        assert writer.stderr.read() == "", "nothing is damaged, nothing fails"
    numbers = [line.split() for line in told if line.endswith("\n")]
    assert all(error == "None" for _, error in numbers)
    return [int(number) for number, _ in numbers]


@pytest.mark.parametrize("seed", [1, 2])
def test_what_was_told_to_be_durable_survives_kills(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    first = 0
    told: set[int] = set()
    for _ in range(6):
        new = kill_after(tmp_path, first, chance.randrange(1, 400))
        assert new == list(range(first, first + len(new))), "all are told of, in order"
        told.update(new)
        stored = {
            key: [int(number) for number in b"".join(updates).split(b",")[:-1]] for key, updates in read_all(tmp_path)
        }
        for index, key in enumerate(KEYS):
            assert stored[key] == sorted(set(stored[key])), "each is there once, in order"
            assert {number for number in told if number % 3 == index} <= set(stored[key])
        first = max(number for numbers in stored.values() for number in numbers) + 1
    assert len(told) > 100


def read_all(folder: Path) -> list[tuple[str, list[bytes]]]:
    return list(read(folder, KEYS).items())
