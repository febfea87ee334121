"""The door at which new sockets take their turn."""

from __future__ import annotations

import asyncio
from functools import partial

from livepages.runtime.sockets.door import AT_ONCE, Door


async def test_others_have_their_turn_between() -> None:
    door, done = Door(), asyncio.Event()
    order: list[int | str] = []
    for number in range(3 * AT_ONCE):
        door.enter(partial(order.append, number))

    def other() -> None:
        order.append("other")
        if order.count("other") < 3:
            asyncio.get_running_loop().call_soon(other)
        else:
            done.set()

    asyncio.get_running_loop().call_soon(other)
    await done.wait()
    assert [name for name in order if name != "other"] == list(range(3 * AT_ONCE))
    assert [at for at, name in enumerate(order) if name == "other"] == [AT_ONCE, 2 * AT_ONCE + 1, 3 * AT_ONCE + 2]


async def test_a_socket_that_fails_keeps_nobody_out() -> None:
    door, entered = Door(), asyncio.Event()
    errors: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: errors.append(str(context["exception"])))

    def fail() -> None:
        raise ValueError("broken")

    door.enter(fail)
    door.enter(entered.set)
    await asyncio.wait_for(entered.wait(), 5)
    assert errors == ["broken"]
