"""Tabs that do not read: a bounded amount is held for them, nobody waits for them, and in the end they are closed."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

import pytest

from tests.delivery.conftest import MakeSite, lines_of
from tests.delivery.lines import Line
from tests.delivery.raw import PING, PONG, Ended, RawSocket, frame
from tests.delivery.servers import Served, eventually, serving
from tests.delivery.tabs import server_html

pytestmark = pytest.mark.real_time

MOST = 1024 * 1024
"""Bytes that may be held for one tab."""
KEPT = {"replay_bytes": 50_000_000, "replay_patches": 5_000}
"""Limits with which nothing is forgotten."""


class Meter:
    """The most that a server held while something was done."""

    def __init__(self, served: Served) -> None:
        self.most = 0
        self._served = served

    async def watch(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(0)

    def look(self) -> None:
        self.most = max(self.most, self._served.held())


async def push(served: Served, count: int, size: int, meter: Meter | None = None) -> None:
    """Push so many texts of a size, giving others their turn."""
    for number in range(count):
        served.show(f"{number} ".ljust(size, "x"))
        if meter is not None:
            meter.look()
        await asyncio.sleep(0)


async def stalled_line(served: Served) -> Line:
    """A live tab that has stopped reading."""
    line = served.line(await served.tab())
    await line.dial(receive_buffer=4096)
    await line.until(lambda: line.tab.is_live)
    line.reads.clear()
    return line


@pytest.mark.parametrize("limits", [{}, KEPT], ids=["snapshot", "replay"])
async def test_a_tab_that_does_not_read_is_held_little_for_and_catches_up(
    make_site: MakeSite, transport: str, limits: dict[str, int]
) -> None:
    async with serving(make_site(**limits), transport) as served:
        other, slow = await served.open(), await stalled_line(served)
        meter = Meter(served)
        watching = asyncio.create_task(meter.watch())
        await push(served, 120, 100_000, meter)
        await other.until(lambda: other.tab.text("count").startswith("119 "))
        assert len(other.tab.of_type("patch")) == 120, "it got every push"
        assert slow.tab.position < other.tab.position
        slow.reads.set()
        await slow.until(lambda: slow.tab.position == other.tab.position)
        served.show("after")
        await slow.until(lambda: slow.tab.text("count") == "after")
        assert slow.tab.html == server_html(served.room(slow.tab).live)
        assert len(slow.tab.of_type("snapshot")) == (0 if limits else 1)
        assert len(slow.tab.of_type("ready")) == 1, "it had no gap and was not closed"
        watching.cancel()
        assert 0 < meter.most <= MOST


async def test_a_tab_that_joins_and_does_not_read_is_no_exception(
    make_site: MakeSite, transport: str, log: pytest.LogCaptureFixture
) -> None:
    """What it is sent to begin with is already more than its transport takes."""
    async with serving(make_site(stall_time="200ms"), transport) as served:
        served.show("x" * 600_000)
        tab = await served.tab()
        tab.streams.mounts[0].epoch = ""
        socket = await served.socket(receive_buffer=4096)
        await socket.send(tab.hello_frame())
        await eventually(lambda: tab.id in served.room(tab).tabs)
        meter = Meter(served)
        await push(served, 60, 100_000, meter)
        assert meter.most <= MOST
        await eventually(lambda: lines_of(log, "has not read"))
        assert await socket.closing() == 4408


async def test_replayed_patches_do_not_pile_up(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(**KEPT), transport) as served:
        tab = await served.tab()
        await push(served, 60, 100_000)
        socket = await served.socket(receive_buffer=4096)
        await socket.send(tab.hello_frame())
        await eventually(lambda: tab.id in served.room(tab).tabs)
        meter = Meter(served)
        watching = asyncio.create_task(meter.watch())
        kinds = [(await socket.receive()).message["type"] for _ in range(40)]
        watching.cancel()
        assert set(kinds) <= {"patch", "ready"}
        assert 0 < meter.most <= MOST


async def test_it_is_closed_after_the_stated_stall(
    make_site: MakeSite, transport: str, log: pytest.LogCaptureFixture
) -> None:
    async with serving(make_site(stall_time="150ms"), transport) as served:
        slow = await stalled_line(served)
        await push(served, 80, 100_000)
        await eventually(lambda: lines_of(log, "has not read"))
        slow.reads.set()
        assert await slow.ended() == 4408
        assert lines_of(log, "has not read") == [f"Tab {slow.tab.id} has not read for 150 ms."]
        await slow.connect()
        assert slow.tab.html == server_html(served.room(slow.tab).live)


async def test_it_is_cut_when_it_does_not_read_that_either(
    make_site: MakeSite, transport: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("livepages.runtime.sockets.connection.CLOSE_TIME", 0.1)
    async with serving(make_site(stall_time="50ms"), transport) as served:
        slow = await stalled_line(served)
        for connection in served.server.server_state.connections:
            connection.close_timeout = 0.1  # type: ignore[union-attr]
        await push(served, 80, 100_000)
        await eventually(lambda: served.room(slow.tab).is_idle)
        if transport == "direct":
            await eventually(lambda: not served.server.server_state.connections)
            assert served.held() == 0


async def test_a_tab_that_reads_in_time_is_not_closed(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(stall_time="2s"), transport) as served:
        slow = await stalled_line(served)
        await push(served, 80, 100_000)
        slow.reads.set()
        await slow.until(lambda: slow.tab.text("count").startswith("79 "))
        await slow.until(lambda: slow.tab.html == server_html(served.room(slow.tab).live))
        assert slow.closed is None


async def test_events_of_a_tab_that_does_not_read_are_applied(make_site: MakeSite, transport: str) -> None:
    """And acknowledged when it reads again."""
    async with serving(make_site(), transport) as served:
        slow = await stalled_line(served)
        await push(served, 80, 100_000)
        sent = [slow.tab.fire("slow") for _ in range(5)]
        await eventually(lambda: served.hub.handle.data.get("log") == sent)
        slow.reads.set()
        await slow.settled()


async def test_pings_of_a_side_that_does_not_read_are_not_piled_up(make_site: MakeSite) -> None:
    async with serving(make_site()) as served:
        socket = await served.raw(await served.tab(), receive_buffer=4096)
        await push(served, 80, 100_000)
        meter = Meter(served)
        flood = b"".join(frame(PING, bytes([number % 256]) * 100) for number in range(1000))
        for _ in range(50):
            await socket.send(flood)
            meter.look()
        await socket.send(frame(PING, b"the last one"))
        assert meter.most <= MOST
        while (received := await socket.receive()).opcode != PONG or received.payload != b"the last one":
            pass


async def test_a_half_open_connection_is_found(
    make_site: MakeSite, transport: str, log: pytest.LogCaptureFixture
) -> None:
    async with serving(make_site(), transport, ws_ping_interval=0.05, ws_ping_timeout=0.1) as served:
        line, tab = await served.open(), await served.tab()
        silent = await served.raw(tab)
        await eventually(lambda: served.room(tab).tabs[tab.id].connection is None)
        assert line.closed is None, "a tab that answers stays"
        await silent.ended()
        if transport == "direct":
            assert len(lines_of(log, "does not answer")) == 1


async def test_a_stalled_tab_is_not_taken_for_a_half_open_one(make_site: MakeSite) -> None:
    """It can't see the pings behind what it does not read: how long it may take is said by `stall_time`."""
    async with serving(make_site(stall_time="700ms"), ws_ping_interval=0.05, ws_ping_timeout=0.1) as served:
        slow = await stalled_line(served)
        await push(served, 80, 100_000)
        await eventually(lambda: served.room(slow.tab).is_idle)
        slow.reads.set()
        assert await slow.ended() == 4408


async def test_a_header_that_never_comes_is_not_waited_for(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("livepages.runtime.sockets.http_protocol.HEADER_TIME", 0.1)
    async with serving(make_site()) as served:
        for number, sent in enumerate((b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\n"), 1):
            socket = await RawSocket.dial(served.port)
            served.sockets.append(socket)
            await socket.send(sent)
            with suppress(Ended):
                await socket.receive()
            assert len(lines_of(log, "no header came")) == number


async def test_what_is_said_of_closed_connections_is_information(
    make_site: MakeSite, log: pytest.LogCaptureFixture
) -> None:
    """What tabs do wrong is no error of the server's."""
    async with serving(make_site(stall_time="50ms")) as served:
        slow = await stalled_line(served)
        await push(served, 80, 100_000)
        await eventually(lambda: served.room(slow.tab).is_idle)
    assert max(record.levelno for record in log.records) <= logging.WARNING
