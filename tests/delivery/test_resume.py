"""Coming back: the missing patches, or a snapshot, or the word to load the page anew."""

from __future__ import annotations

import asyncio

import pytest

from tests.delivery.conftest import MakeSite
from tests.delivery.raw import text_frame
from tests.delivery.servers import Served, eventually, serving
from tests.delivery.tabs import Tab, server_html

pytestmark = pytest.mark.real_time


async def answers(served: Served, hello: dict[str, object]) -> list[dict[str, object]]:
    """What the server says to a hello, up to its `ready`."""
    socket = await served.socket()
    await socket.send(text_frame(hello))
    messages = []
    while not messages or messages[-1]["type"] not in ("ready", "reload"):
        messages.append((await socket.receive()).message)
    socket.abort()
    return messages


def kinds(messages: list[dict[str, object]]) -> list[object]:
    return [message["type"] for message in messages]


async def test_a_tab_that_missed_nothing_gets_nothing(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        assert kinds(await answers(served, (await served.tab()).hello())) == ["ready"]


async def test_every_patch_says_where_it_begins_and_ends(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        line = await served.open()
        start = line.tab.position
        for number in range(3):
            served.show(f"push {number}")
        await line.until(lambda: line.tab.text("count") == "push 2")
        assert [(each["prev"] - start, each["pos"] - start) for each in line.tab.of_type("patch")] == [
            (0, 1),
            (1, 2),
            (2, 3),
        ]


async def test_what_was_missed_is_replayed(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        line = await served.open()
        await line.drop()
        for number in range(5):
            served.show(f"push {number}")
        messages = await answers(served, line.tab.hello())
        assert kinds(messages) == ["patch"] * 5 + ["ready"]
        assert [each["ops"][0][-1] for each in messages[:5]] == [f"push {number}" for number in range(5)]  # type: ignore[index]
        await line.connect()
        assert line.tab.text("count") == "push 4"


async def test_a_gap_of_too_many_patches_is_a_snapshot(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(replay_patches=3), transport) as served:
        line = await served.open()
        await line.drop()
        for number in range(3):
            served.show(f"push {number}")
        assert kinds(await answers(served, line.tab.hello())) == ["patch"] * 3 + ["ready"]
        served.show("push 3")
        [snapshot, ready] = await answers(served, line.tab.hello())
        assert (snapshot["type"], snapshot["stream"], ready["type"]) == ("snapshot", "page", "ready")
        assert snapshot["pos"] == line.tab.position + 4
        await line.connect()
        assert line.tab.text("count") == "push 3"


async def test_a_gap_of_too_many_bytes_is_a_snapshot(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(replay_bytes=2_000), transport) as served:
        tab = await served.tab()
        served.show("x" * 900)
        served.show("y" * 900)
        assert kinds(await answers(served, tab.hello())) == ["patch", "patch", "ready"]
        served.show("z" * 900)
        assert kinds(await answers(served, tab.hello())) == ["snapshot", "ready"]


async def test_a_patch_larger_than_all_that_is_kept_is_a_snapshot(make_site: MakeSite) -> None:
    async with serving(make_site(replay_bytes=2_000)) as served:
        tab = await served.tab()
        served.show("x" * 3_000)
        assert kinds(await answers(served, tab.hello())) == ["snapshot", "ready"]


async def test_a_gap_that_is_too_old_is_a_snapshot(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(replay_time="20ms"), transport) as served:
        tab = await served.tab()
        served.show("one")
        await asyncio.sleep(0.05)  # nothing happens when a patch grows old
        assert kinds(await answers(served, tab.hello())) == ["snapshot", "ready"]


async def test_an_unknown_epoch_is_a_snapshot(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        tab = await served.tab()
        epoch, pos = tab.streams.positions["page"]
        standing = {**tab.streams.positions, "page": ("another", pos)}
        messages = await answers(served, {**tab.hello(), "streams": standing})
        assert (kinds(messages), messages[0]["epoch"], messages[0]["pos"]) == (["snapshot", "ready"], epoch, pos)


async def test_a_position_that_never_was_is_a_snapshot(make_site: MakeSite) -> None:
    async with serving(make_site()) as served:
        tab = await served.tab()
        epoch, pos = tab.streams.positions["page"]
        for wrong in (pos + 1, -1, 10**30):
            standing = {**tab.streams.positions, "page": (epoch, wrong)}
            messages = await answers(served, {**tab.hello(), "streams": standing})
            assert kinds(messages) == ["snapshot", "ready"], wrong


async def test_an_unknown_page_is_loaded_anew(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        line = served.line(await served.tab())
        line.tab.page = "nobody-knows-this"
        await line.dial()
        assert await line.ended() == 4404
        assert kinds(line.tab.messages) == ["reload"]


async def test_another_build_of_the_client_is_loaded_anew(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        tab = await served.tab()
        assert kinds(await answers(served, {**tab.hello(), "build": "of yesterday"})) == ["reload"]


async def test_another_secret_is_not_the_same_tab(make_site: MakeSite) -> None:
    async with serving(make_site()) as served:
        line = await served.open()
        assert kinds(await answers(served, {**line.tab.hello(), "secret": "x" * 32})) == ["reload"]
        served.show("still there")
        await line.until(lambda: line.tab.text("count") == "still there")


async def test_no_patch_falls_between_a_snapshot_and_what_follows(make_site: MakeSite, transport: str) -> None:
    """Tabs join while patches are published without a pause."""
    async with serving(make_site(replay_patches=2), transport) as served:
        is_over = False

        async def push() -> None:
            number = 0
            while not is_over:
                number += 1
                served.show(str(number))
                await asyncio.sleep(0)

        pushing = asyncio.create_task(push())
        lines = []
        for _ in range(20):
            tab = await served.tab()
            tab.streams.mounts[0].epoch = ""
            lines.append(await served.connect(tab))
        is_over = True
        await pushing
        final = served.page["count"].text
        for line in lines:
            await line.until(lambda line=line: line.tab.text("count") == final)  # type: ignore[misc]
            assert len(line.tab.of_type("snapshot")) == 1
            assert len(line.tab.of_type("ready")) == 1, "no gap was found"


async def test_a_shared_element_shown_while_a_tab_was_away(make_site: MakeSite, transport: str) -> None:
    """Its stream is not among the positions of the tab's hello, but what the page's patches show has moved on."""
    async with serving(make_site(), transport) as served:
        served.page["box"].show = False
        served.page.update()
        line = await served.open()
        await line.drop()
        served.page["box"].show = True
        served.page.update()
        served.hub.shared["last"].text = "later"
        served.hub.shared.update()
        await line.connect()
        assert line.tab.text("last") == "later"
        assert line.tab.html == server_html(served.room(line.tab).live)


async def test_a_tab_that_asks_again_gets_what_it_misses(make_site: MakeSite, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        line = await served.open()
        epoch, pos = line.tab.streams.positions["page"]
        served.show("one")
        await line.until(lambda: line.tab.text("count") == "one")
        line.tab.streams.mounts[0].pos = pos + 5  # as if patches had been lost
        line.tab.streams.mounts[0].epoch = epoch
        for number in range(6):
            served.show(f"two {number}")
        line.tab.streams.mounts[0].pos = pos
        served.show("three")
        await line.until(lambda: line.tab.text("count") == "three")
        assert line.tab.position == pos + 8


async def test_a_page_of_a_tab_outlives_its_connection_for_the_stated_time(make_site: MakeSite) -> None:
    async with serving(make_site(tab_time="40s")) as served:
        line = await served.open("/own")
        tab: Tab = line.tab
        room = served.room(tab)
        await line.drop()
        await eventually(lambda: room.is_idle)
        served.hub.rooms.sweep(room.used + 39)
        assert served.room(tab) is room
        served.hub.rooms.sweep(room.used + 41)
        assert served.hub.rooms.by_token(tab.page) is None
        await line.dial()
        assert await line.ended() == 4404


async def test_a_room_that_everyone_shares_lives_for_longer(make_site: MakeSite) -> None:
    async with serving(make_site(tab_time="40s", room_time="90s")) as served:
        line = await served.open("/rooms/red")
        room = served.room(line.tab)
        await line.drop()
        await eventually(lambda: room.is_idle)
        served.hub.rooms.sweep(room.used + 89)
        assert (await served.tab("/rooms/red")).page == line.tab.page
        served.hub.rooms.sweep(room.used + 91)
        assert (await served.tab("/rooms/red")).page != line.tab.page


async def test_a_page_that_nobody_opened_ends_soon(make_site: MakeSite) -> None:
    async with serving(make_site(unopened_time="7s")) as served:
        room = served.room(await served.tab("/own"))
        served.hub.rooms.sweep(room.used + 6)
        assert room in list(served.hub.rooms)
        served.hub.rooms.sweep(room.used + 8)
        assert room not in list(served.hub.rooms)


async def test_the_page_that_was_not_used_for_longest_goes_first(
    make_site: MakeSite, log: pytest.LogCaptureFixture
) -> None:
    async with serving(make_site(live_pages=4)) as served:
        first = await served.tab("/rooms/first")
        second = await served.tab("/rooms/second")
        line = await served.open("/rooms/third")
        await served.tab("/rooms/first")
        await served.tab("/rooms/fourth")
        assert served.hub.rooms.by_token(second.page) is None
        assert served.room(first).live.path == "/rooms/first"
        assert len(served.hub.rooms) == 4, "the shared page is one"
        await served.tab("/rooms/fifth")
        await served.tab("/rooms/sixth")
        assert served.room(line.tab).live.path == "/rooms/third", "a page that is looked at stays"
        ended = [record.getMessage() for record in log.records if "ends" in record.getMessage()]
        assert ended == [
            f"The live page /rooms/{name} ends: there are too many live pages."
            for name in ("second", "first", "fourth")
        ]


async def test_tabs_that_stay_away_are_forgotten(make_site: MakeSite) -> None:
    """A page that everyone shares stays for good; the tabs that have looked at it don't."""
    async with serving(make_site(tab_time="40s")) as served:
        line, other = await served.open(), await served.open()
        room = served.room(line.tab)
        await line.drop()
        await eventually(lambda: room.tabs[line.tab.id].connection is None)
        served.hub.rooms.sweep(room.used + 39)
        assert set(room.tabs) == {line.tab.id, other.tab.id}
        served.hub.rooms.sweep(room.used + 41)
        assert set(room.tabs) == {other.tab.id}
        served.show("later")
        await line.connect()
        assert line.tab.text("count") == "later"


async def test_patches_that_are_too_old_are_dropped_although_nothing_happens(make_site: MakeSite) -> None:
    async with serving(make_site(replay_time="20ms")) as served:
        tab = await served.tab()
        served.show("one")
        await asyncio.sleep(0.05)  # nothing happens when a patch grows old
        served.hub.rooms.sweep(served.hub.loop.time())
        assert served.room(tab).live.stream.held == 0
