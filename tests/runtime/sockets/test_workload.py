"""What takes long is done in turns, in order, and nothing more is asked for meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import perf_counter

import pytest

from livepages.runtime.sockets.turns import Turns
from livepages.runtime.sockets.workload import SLICE, Workload

pytestmark = pytest.mark.real_time


class Socket:
    """A socket's work, and what happens of it."""

    def __init__(self, turns: Turns, name: str = "") -> None:
        self.happened: list[str] = []
        self.name = name
        self.is_done = asyncio.Event()
        self.load = Workload(turns, lambda: self.happened.append("waits"), self._goes_on)

    def _goes_on(self) -> None:
        self.happened.append("goes on")
        self.is_done.set()

    def does(self, name: str, steps: int = 0, *, into: list[str] | None = None) -> None:
        """A message comes that takes so many slices of time."""
        self.load.add(self._steps(name, steps, self.happened if into is None else into))

    def _steps(self, name: str, steps: int, into: list[str]) -> Iterator[None]:
        for _ in range(steps):
            end = perf_counter() + SLICE
            while perf_counter() < end:
                pass
            into.append(name)
            yield
        into.append(f"{name} done")


async def test_what_is_short_is_done_at_once() -> None:
    socket = Socket(Turns())
    for name in "abc":
        socket.does(name)
    assert socket.happened == ["a done", "b done", "c done"]


async def test_what_is_long_is_done_in_turns_and_what_comes_after_it_waits() -> None:
    socket = Socket(Turns())
    socket.does("long", 3)
    socket.does("short")
    assert socket.happened == ["long", "waits"]
    await socket.is_done.wait()
    assert socket.happened == ["long", "waits", "long", "long", "long done", "short done", "goes on"]
    socket.does("later")
    assert socket.happened[-1] == "later done"


async def test_who_has_had_much_time_waits_for_a_turn_with_what_is_short_too() -> None:
    socket = Socket(Turns())
    socket.does("long", 100)
    await socket.is_done.wait()
    socket.happened.clear()
    socket.does("short")
    assert socket.happened == ["waits"]


async def test_sockets_take_turns() -> None:
    turns, told = Turns(), list[str]()
    sockets = [Socket(turns, name) for name in "ab"]
    for socket in sockets:
        socket.does(socket.name, 3, into=told)
    for socket in sockets:
        await socket.is_done.wait()
    assert told == ["a", "b", "a", "b", "a", "b", "a done", "b done"]


async def test_everything_else_has_as_much_time_as_long_work() -> None:
    """A loop that is never idle would go round but a few times while so much is worked on."""
    socket, times = Socket(Turns()), [0.0]
    loop = asyncio.get_running_loop()
    socket.does("long", 20)
    while not socket.is_done.is_set():
        started = loop.time()
        while loop.time() - started < SLICE / 10:
            await asyncio.sleep(0)
            if socket.is_done.is_set():
                break
        times.append(loop.time() - started)
    assert sum(each for each in times if each < SLICE) >= 8 * SLICE


async def test_what_fails_holds_up_nothing() -> None:
    def fails() -> Iterator[None]:
        raise RuntimeError("it fails")
        yield

    socket = Socket(Turns())
    with pytest.raises(RuntimeError):
        socket.load.add(fails())
    socket.does("next")
    assert socket.happened[-1] == "next done"


async def test_what_is_cleared_is_not_done() -> None:
    socket = Socket(Turns())
    socket.does("long", 3)
    socket.load.clear()
    await socket.is_done.wait()
    assert socket.happened == ["long", "waits", "goes on"]
