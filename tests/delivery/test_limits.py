"""What a socket may not do, the code with which it is closed then, and the one line about it in the log."""

from __future__ import annotations

import pytest

from livepages.testing import open_site
from tests.delivery.conftest import MakeSite, lines_of
from tests.delivery.raw import BINARY, TEXT, frame, text_frame
from tests.delivery.servers import serving

NAMES = {"tab": "x" * 16, "secret": "x" * 24}
NO_HELLOS = (
    frame(TEXT),
    frame(TEXT, b"hello"),
    frame(TEXT, b"[" * 100_000),
    frame(TEXT, b'{"type":"hello","x":' + b"[" * 200_000),
    text_frame({"type": "hello"}),
    text_frame({"type": "hello", "page": "p", **NAMES, "tab": "short"}),
    text_frame({"type": "hello", "page": "p", **NAMES, "secret": "x" * 65}),
    text_frame({"type": "hello", "page": "p", **NAMES, "streams": {"page": 1}}),
    text_frame({"type": "event", "id": 1, "stream": "page", "node": 1, "on": "click"}),
    text_frame({"type": "ack"}),
    text_frame({"type": "ready"}),
    text_frame([]),
)


@pytest.mark.real_time
async def test_no_hello(
    make_site: MakeSite, transport: str, monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("livepages.runtime.sockets.conversation.HELLO_TIME", 0.1)
    async with serving(make_site(), transport) as served:
        assert await (await served.socket()).closing() == 4400
        assert lines_of(log, "A socket said nothing for 0.1 seconds.") != []
        assert len(lines_of(log, "socket")) == 1


@pytest.mark.real_time
async def test_something_else_than_a_hello(make_site: MakeSite, log: pytest.LogCaptureFixture, transport: str) -> None:
    async with serving(make_site(), transport) as served:
        for first in NO_HELLOS:
            log.clear()
            socket = await served.socket()
            await socket.send(first * 3)
            assert (await socket.message("error"))["code"] == "bad-frame"
            assert await socket.closing() == 4400
            assert lines_of(log, "socket") == ["A socket did not begin with a hello of the protocol."], first[:100]


@pytest.mark.real_time
async def test_a_message_that_is_too_large(make_site: MakeSite, transport: str, log: pytest.LogCaptureFixture) -> None:
    async with serving(make_site(), transport) as served:
        socket = await served.raw(await served.tab())
        await socket.send(frame(TEXT, b" " * (1024 * 1024) + b"{}")[:2000])
        assert await socket.closing() == 1009
        if transport == "direct":
            assert len(lines_of(log, "closed with 1009")) == 1


@pytest.mark.real_time
async def test_a_binary_message(make_site: MakeSite, transport: str, log: pytest.LogCaptureFixture) -> None:
    async with serving(make_site(), transport) as served:
        tab = await served.tab()
        for socket in (await served.socket(), await served.raw(tab)):
            await socket.send(frame(BINARY, b'{"type":"ack"}') * 3)
            assert await socket.closing() == 1003
        assert len(lines_of(log, "binary")) == 2


@pytest.mark.real_time
async def test_too_many_events(make_site: MakeSite, transport: str, log: pytest.LogCaptureFixture) -> None:
    async with serving(make_site(events_per_second=5), transport) as served:
        tab = await served.tab()
        socket = await served.raw(tab)
        await socket.send(b"".join(text_frame(tab.event("add")) for _ in range(50)))
        assert await socket.closing() == 4429
        assert lines_of(log, "events a second") == [f"Tab {tab.id} sends more than 5 events a second."]
        assert served.hub.handle.data["log"] == [f"{tab.id}:{number}" for number in range(1, 11)]


@pytest.mark.real_time
@pytest.mark.parametrize("message", [b"nonsense", b'{"type":"ack"}'])
async def test_too_many_messages_of_any_kind(make_site: MakeSite, transport: str, message: bytes) -> None:
    async with serving(make_site(events_per_second=5), transport) as served:
        socket = await served.raw(await served.tab())
        await socket.send(frame(TEXT, message) * 50)
        assert await socket.closing() == 4429


@pytest.mark.real_time
@pytest.mark.parametrize(
    ("limits", "line"),
    [
        ({"tabs": 2}, "A tab was refused: there are 2 already."),
        ({"tabs_per_address": 2}, "A tab was refused: 127.0.0.1 has 2 already."),
    ],
)
async def test_too_many_tabs(
    make_site: MakeSite, transport: str, log: pytest.LogCaptureFixture, limits: dict[str, int], line: str
) -> None:
    async with serving(make_site(**limits), transport) as served:
        first, second = await served.open(), await served.open()
        third = served.line(await served.tab())
        await third.dial()
        assert await third.ended() == 4430
        assert lines_of(log, "refused") == [line]
        await first.drop()
        for _ in range(100):
            await third.dial()
            await third.until(lambda: third.tab.is_live or third.closed is not None)
            if third.tab.is_live:
                break
        assert third.tab.is_live, "there is room again"
        assert second.closed is None


@pytest.mark.real_time
async def test_another_connection_of_the_same_tab(
    make_site: MakeSite, transport: str, log: pytest.LogCaptureFixture
) -> None:
    async with serving(make_site(), transport) as served:
        tab = await served.tab()
        former, latter = await served.raw(tab), await served.raw(tab)
        assert await former.closing() == 4409
        assert len(lines_of(log, tab.id)) == 1
        served.show("for the latter")
        assert (await latter.message("patch"))["ops"][0][-1] == "for the latter"


async def test_beats_are_sent(make_site: MakeSite) -> None:
    async with open_site(make_site()) as site:
        tab = await site.open("/")
        for _ in range(3):
            tab.frames.clear()
            await tab.until(lambda: tab.frames, patience=21)
            assert tab.frames == [{"type": "beat"}]
