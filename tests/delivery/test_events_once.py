"""Events: applied once and in order, and acknowledged after that, however often they are sent."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from tests.delivery.conftest import MakeSite
from tests.delivery.raw import Ended, text_frame
from tests.delivery.servers import Served, eventually, serving
from tests.delivery.tabs import Tab, server_html

pytestmark = pytest.mark.real_time


def applied(served: Served) -> list[str]:
    """The events whose handlers have begun, by their ids, in order."""
    return list(served.hub.handle.data.get("log", []))


def names(tab: Tab, count: int) -> list[str]:
    return [f"{tab.id}:{number}" for number in range(1, count + 1)]


async def test_events_are_applied_in_order_and_acknowledged(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        line = await served.open()
        for number in range(30):
            line.tab.fire(("add", "slow", "flip")[number % 3])
        await line.settled()
        assert applied(served) == names(line.tab, 30)
        assert [ack["event"] for ack in line.tab.of_type("ack")] == list(range(1, 31))


async def test_an_event_is_acknowledged_after_what_it_changed_is_shown(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        line = await served.open("/own")
        line.tab.messages.clear()
        line.tab.fire("add")
        await line.settled()
        assert [message["type"] for message in line.tab.messages] == ["patch", "patch", "ack"]


async def test_resent_events_are_applied_once(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        tab = await served.tab()
        socket = await served.raw(tab)
        events = [tab.event("add") for _ in range(4)]
        for number in (0, 1, 0, 1, 2, 2, 1, 3, 0):
            await socket.send(text_frame(events[number]))
        acks = [(await socket.message("ack"))["event"] for _ in range(9)]
        assert acks == [1, 2, 2, 2, 3, 3, 3, 4, 4]
        assert applied(served) == names(tab, 4)


async def test_events_are_applied_once_across_connections(make_site: MakeSite, transport: str) -> None:
    """The connection is lost after the events were applied and before their acknowledgement is read."""
    async with serving(make_site(), transport) as served:
        tab = await served.tab()
        for number in range(10):
            socket = await served.raw(tab)
            for event in [*tab.outbox]:
                await socket.send(text_frame(event))
            tab.fire("add" if number % 2 else "slow")
            await socket.send(text_frame(tab.outbox[-1]))
            await eventually(lambda: len(applied(served)) == tab.last)
            socket.abort()
        line = await served.connect(tab)
        await line.settled()
        assert applied(served) == names(tab, 10)


async def test_a_tab_that_comes_back_hears_first_what_was_applied(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        line = await served.open()
        line.tab.fire("add")
        line.tab.fire("add")
        await line.settled()
        await line.drop()
        line.tab.messages.clear()
        await line.connect()
        assert line.tab.messages == [{"type": "ack", "event": 2}, {"type": "ready"}]


async def test_it_hears_that_even_before_a_snapshot(make_site: MakeSite, transport: str) -> None:
    """What a user has typed and the server has not applied counts for more than what a snapshot says: not else."""
    async with serving(make_site(replay_patches=1), transport) as served:
        line, other = await served.open(), await served.open()
        socket = await served.raw(line.tab)  # the line's own connection hears nothing more
        line.tab.type("field", "mine")
        await socket.send(text_frame(line.tab.outbox[-1]))
        await eventually(lambda: applied(served) != [])
        other.tab.type("field", "theirs")
        await other.settled()
        line.tab.messages.clear()
        await line.connect()
        assert [message["type"] for message in line.tab.messages][:2] == ["ack", "snapshot"]
        await line.settled()
        assert line.tab.html == other.tab.html == server_html(served.room(line.tab).live)


async def test_events_fired_while_away_are_applied_in_order(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        line = await served.open()
        line.tab.fire("add")
        await line.drop()
        for _ in range(5):
            line.tab.fire("slow")
            line.tab.fire("add")
        await line.connect()
        await line.settled()
        assert applied(served) == names(line.tab, 11)


async def test_events_outlive_a_reload_of_a_shared_page(make_site: MakeSite, transport: str) -> None:
    """The browser keeps the identity and the outbox of the tab in its session storage."""
    async with serving(make_site(), transport) as served:
        line = await served.open()
        line.tab.fire("add")
        await line.settled()
        await line.drop()
        line.tab.fire("add")
        line.tab.fire("slow")
        line.tab.load((await served.tab()).source)
        await line.connect()
        await line.settled()
        assert applied(served) == names(line.tab, 3)


async def test_async_handlers_begin_in_order_and_may_overlap(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        line = await served.open()
        sent = [line.tab.fire("slow", button=number % 2) for number in range(4)]
        await eventually(lambda: len(served.hub.handle.data.get("done", [])) == 4)
        assert applied(served) == sent
        assert served.hub.handle.data["done"] == [sent[1], sent[3], sent[0], sent[2]]
        await line.settled()


async def test_two_connections_of_a_tab_at_once(make_site: MakeSite, transport: str) -> None:
    """The former one still delivers what was in flight: it is not heard any more, and nothing is applied twice."""
    async with serving(make_site(), transport) as served:
        tab = await served.tab()
        former = await served.raw(tab)
        events = [tab.event("add") for _ in range(6)]
        await former.send(text_frame(events[0]) + text_frame(events[1]))
        await former.message("ack")
        latter = await served.raw(tab)
        with suppress(Ended):  # it may be closed already
            await former.send(b"".join(text_frame(event) for event in (*events[2:4], tab.hello())))
        await latter.send(b"".join(text_frame(event) for event in events[2:]))
        while (await latter.message("ack"))["event"] < 6:
            pass
        assert applied(served) == names(tab, 6)
        assert await former.closing() == 4409
        assert not served.room(tab).is_idle


async def test_an_event_that_is_refused_is_acknowledged_too(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        line = await served.open()
        line.tab.fire("count")
        line.tab.fire("add")
        await line.settled()
        assert [error["code"] for error in line.tab.of_type("error")] == ["unknown-event"]
        assert applied(served) == [f"{line.tab.id}:2"]


async def test_acknowledgements_do_not_push_out_what_waits_for_a_tab(make_site: MakeSite) -> None:
    """Handlers of a tab that is away go on, and what they have for it waits."""
    async with serving(make_site()) as served:
        line = await served.open()
        tab = served.room(line.tab).tabs[line.tab.id]
        await line.drop()
        await eventually(lambda: tab.connection is None)
        tab.handle.toast("kept")
        for number in range(200):
            tab.acknowledge(number)
        await line.connect()
        await line.until(lambda: line.tab.of_type("toast"))


async def test_events_of_many_tabs_keep_their_order(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        lines = await asyncio.gather(*(served.open() for _ in range(10)))
        for _ in range(10):
            for line in lines:
                line.tab.fire("add")
        await asyncio.gather(*(line.settled() for line in lines))
        for line in lines:
            assert [name for name in applied(served) if name.startswith(line.tab.id)] == names(line.tab, 10)
        assert served.page["added"].text == "100"
