"""Nothing is lost over a network that fails: cuts within frames, delays, half-open and late connections."""

from __future__ import annotations

import asyncio
import os
import random
from contextlib import suppress

import pytest

from tests.delivery.conftest import MakeSite
from tests.delivery.lines import Line
from tests.delivery.proxy import Proxy, through_proxy
from tests.delivery.raw import Ended
from tests.delivery.servers import Served, eventually, serving
from tests.delivery.tabs import server_html

pytestmark = pytest.mark.real_time

SILENCE = 0.15
"""Seconds without a word after which a tab asks whether anyone is there, and then those that it waits for an answer."""
LONGEST_SILENCE = 5.0


async def persist(line: Line) -> None:
    """Keep a tab connected as the client does: connect again when it is lost, and doubt a silent connection.

    Each connection that it gives up makes it twice as patient with the next: a busy machine must not be given up.
    """
    silence = SILENCE
    while True:
        with suppress(Ended, TimeoutError, OSError):
            async with asyncio.timeout(2 * silence):
                await line.connect()
            while line.closed is None:
                if not await heard(line, silence):
                    line.tab.probe()
                    if not await heard(line, silence):
                        break
        silence = min(2 * silence, LONGEST_SILENCE)
        line.check()


async def heard(line: Line, seconds: float) -> bool:
    """Whether anything comes within a while."""
    seen = len(line.tab.messages)
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await line.until(lambda: len(line.tab.messages) > seen or line.closed is not None)
    return len(line.tab.messages) > seen


async def storm(served: Served, proxy: Proxy, lines: list[Line], chance: random.Random, rounds: int) -> None:
    """Events, pushes and faults, all at once."""
    for number in range(rounds):
        for line in chance.sample(lines, 3):
            line.tab.fire(chance.choice(("add", "slow", "flip")))
        if chance.random() < 0.5:
            served.show(f"push {number} ".ljust(chance.choice((10, 5_000)), "x"))
        if chance.random() < 0.6:
            proxy.disturb(chance)
        await asyncio.sleep(0.01)  # the storm has a pace of its own


async def test_events_and_patches_through_a_storm(make_site: MakeSite, transport: str) -> None:
    """`LIVEPAGES_STORM` says which of all storms."""
    chance = random.Random(int(os.environ.get("LIVEPAGES_STORM", "1")))
    async with serving(make_site(replay_patches=40), transport) as served, through_proxy(served.port) as proxy:
        lines = [Line(await served.tab("/" if number % 3 else "/own"), proxy.port) for number in range(8)]
        served.lines.extend(lines)
        tasks = [asyncio.create_task(persist(line)) for line in lines]
        await storm(served, proxy, lines, chance, 100)
        proxy.calm()
        for line in lines:
            await line.settled()
            assert applied(served, line) == list(range(1, line.tab.last + 1))
        served.show("calm again")
        for line in lines:
            live = served.room(line.tab).live
            await eventually(lambda line=line, live=live: line.tab.html == server_html(live))  # type: ignore[misc]
        assert proxy.accepted > 2 * len(lines)
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(end) for end in ends} == {asyncio.CancelledError}


def applied(served: Served, line: Line) -> list[int]:
    log = served.hub.handle.data.get("log", [])
    return [int(name.split(":")[1]) for name in log if name.startswith(line.tab.id)]


async def test_a_cut_at_every_byte(make_site: MakeSite, transport: str) -> None:
    """Wherever within the handshake, the hello, the patches or the events the connection ends."""
    async with serving(make_site(), transport) as served, through_proxy(served.port) as proxy:
        line = Line(await served.tab(), proxy.port)
        served.lines.append(line)
        for left in range(300, 2_400, 37):
            line.tab.fire("add")
            served.show(f"before {left}")
            with suppress(Ended, TimeoutError):
                connecting = asyncio.create_task(line.connect())
                await eventually(lambda: proxy.passages)
                for passage in proxy.passages:
                    passage.left = left
                await connecting
                await line.until(lambda: line.closed is not None or not line.tab.outbox)
            await line.drop()
        await line.connect()
        await line.settled()
        assert applied(served, line) == list(range(1, line.tab.last + 1))
        assert line.tab.html == server_html(served.room(line.tab).live)


async def test_what_a_dead_connection_still_delivers(make_site: MakeSite, transport: str) -> None:
    """The tab has given it up and come back by another, which overtakes it."""
    async with serving(make_site(), transport) as served, through_proxy(served.port) as proxy:
        line = Line(await served.tab(), proxy.port)
        served.lines.append(line)
        await line.connect()
        [former] = proxy.passages
        former.flows.clear()
        for _ in range(5):
            line.tab.fire("add")
        await eventually(lambda: line.is_sent)
        await line.dial()
        await line.settled()
        former.flows.set()
        line.tab.fire("add")
        await line.settled()
        await eventually(lambda: len(proxy.passages) == 1)
        assert applied(served, line) == [1, 2, 3, 4, 5, 6]
        assert line.closed is None
