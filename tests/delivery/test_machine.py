"""Tabs that connect, drop, stall, send again, reload and send events at random, against one server.

Whatever happens, each event is applied once and in order, none is acknowledged before, a bounded amount is held for
each tab, and in the end all tabs show what the server has. `LIVEPAGES_MACHINE_EXAMPLES` says how often it is tried.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule

from livepages.runtime.app import make_app
from livepages.runtime.hub.dispatch import Dispatcher
from livepages.runtime.hub.hub import Hub
from livepages.runtime.sockets.conversation import Desk
from livepages.runtime.web.assets import Assets
from livepages.testing.asgi import request
from livepages.testing.clock import JumpingLoop
from tests.delivery.links import HIGH_WATER, Link
from tests.delivery.sites import delivery_site
from tests.delivery.tabs import Tab, server_html

LIMITS = {"replay_patches": 12, "replay_bytes": 4_000, "stall_time": "2s", "tab_time": "1h"}
COUNT = st.integers(1, 12)
LARGEST = 12_000
"""Bytes of the largest frame, which is a snapshot."""


class Person:
    """A tab with its user: what they did, and the connections that the tab had."""

    def __init__(self, tab: Tab, path: str) -> None:
        self.tab = tab
        self.path = path
        self.link: Link | None = None
        self.acknowledged = 0


class Delivery(RuleBasedStateMachine):
    """The machine. `people` are the tabs, `ghosts` connections that only the server still believes in."""

    people = Bundle("people")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=JumpingLoop)
        self.stack = AsyncExitStack()
        self.everyone: list[Person] = []
        self.ghosts: list[Link] = []

    def do(self, work: Callable[[], object] | Coroutine[Any, Any, Any]) -> Any:
        """Do something in the server's event loop, and let it go on for a moment."""

        async def step() -> Any:
            result = await work if asyncio.iscoroutine(work) else work()  # type: ignore[operator]
            for _ in range(3):
                await asyncio.sleep(0)
            return result

        return self.runner.run(step())

    # Beginning and end

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.app = make_app(delivery_site(Path(self.folder.name), **LIMITS))
        self.hub: Hub = self.app.state.hub
        self.desk = Desk(self.hub, Dispatcher(self.hub), Assets(self.hub.kit.styles))
        self.do(self.stack.enter_async_context(self.app.router.lifespan_context(self.app)))

    def teardown(self) -> None:
        if not hasattr(self, "hub"):
            return
        try:
            for ghost in self.ghosts:
                self.do(ghost.end)
            self.do(self._settle())
            self.check_events()
            for person in self.everyone:
                assert person.tab.outbox == []
                assert len(self._applied(person)) == person.tab.last, "every event is applied"
                room = self.hub.rooms.by_token(person.tab.page)
                assert room is not None
                assert person.tab.html == server_html(room.live)
        finally:
            self.do(self.stack.aclose())
            self.runner.close()
            self.folder.cleanup()

    async def _settle(self) -> None:
        """Everybody is connected and reads, until nothing is on its way."""
        for _ in range(400):
            for person in self.everyone:
                is_stuck = person.link is not None and person.link.is_idle and not person.tab.is_live
                if person.link is None or not person.link.is_open or is_stuck:
                    self._connect(person)
                assert person.link is not None
                person.link.carry_up(100)
                person.link.carry_down(100)
            await asyncio.sleep(0.05)
            if all(
                each.link and each.link.is_idle and each.tab.is_live and not each.tab.outbox for each in self.everyone
            ):
                return
        raise AssertionError("it does not come to rest")

    # What happens

    @rule(target=people, path=st.sampled_from(("/", "/", "/own")))
    def open(self, path: str) -> Person:
        response = self.do(request(self.app, path, {}))
        self.everyone.append(Person(Tab(response.text), path))
        return self.everyone[-1]

    def _connect(self, person: Person) -> None:
        if person.link is not None:
            person.link.leave()
            person.link.end()
        person.link = Link(self.desk, person.tab)

    @rule(person=people, up=st.sampled_from((0, 1, 1, 1)), down=st.sampled_from((0, 1, 100)))
    def connect(self, person: Person, up: int, down: int) -> None:
        def connected() -> None:
            self._connect(person)
            assert person.link is not None
            person.link.carry_up(up)
            person.link.carry_down(down)

        self.do(connected)

    @rule(person=people)
    def drop(self, person: Person) -> None:
        """Both sides notice; what was on its way is lost."""
        link, person.link = person.link, None
        if link is not None:
            self.do(link.leave)
            self.do(link.end)

    @rule(person=people)
    def vanish(self, person: Person) -> None:
        """Only the tab notices: the server keeps the connection, on which something may still come."""
        link, person.link = person.link, None
        if link is not None:
            self.do(link.leave)
            self.ghosts.append(link)

    @precondition(lambda self: self.ghosts)
    @rule(count=COUNT, index=st.integers(0, 9))
    def late(self, count: int, index: int) -> None:
        """What a lost connection still had on its way arrives."""
        self.do(lambda: self.ghosts[index % len(self.ghosts)].carry_up(count))

    @precondition(lambda self: self.ghosts)
    @rule(index=st.integers(0, 9))
    def notice(self, index: int) -> None:
        self.do(self.ghosts.pop(index % len(self.ghosts)).end)

    @rule(person=people, count=COUNT)
    def carry_up(self, person: Person, count: int) -> None:
        if person.link is not None:
            link = person.link
            self.do(lambda: link.carry_up(count))

    @rule(person=people, count=COUNT)
    def carry_down(self, person: Person, count: int) -> None:
        if person.link is not None:
            link = person.link
            self.do(lambda: link.carry_down(count))

    @rule(person=people, what=st.sampled_from(("add", "add", "slow", "flip", "field")))
    def fire(self, person: Person, what: str) -> None:
        tab = person.tab
        self.do(lambda: tab.type("field", f"text {tab.last}") if what == "field" else tab.fire(what))

    @rule(person=people)
    def send_again(self, person: Person) -> None:
        """All that is not acknowledged, though the connection was not lost."""
        self.do(person.tab.send_again)

    @rule(size=st.sampled_from((1, 200, 2_000, 6_000, 6_000)), count=st.integers(1, 5))
    def push(self, size: int, count: int) -> None:
        page = self.hub.handle.page("/")
        for number in range(count):
            page["count"].text = f"{number}".ljust(size, "x")
            self.do(page.update)

    @rule(text=st.text(max_size=5))
    def push_shared(self, text: str) -> None:
        self.hub.shared["last"].text = text
        self.do(self.hub.shared.update)

    @rule(moment=st.sampled_from((0.005, 0.02, 3)))
    def wait(self, moment: float) -> None:
        self.do(asyncio.sleep(moment))

    @rule(person=people)
    def reload(self, person: Person) -> None:
        """The page that everyone shares is loaded anew by the same tab."""
        if person.path == "/":
            self.drop(person)
            response = self.do(request(self.app, "/", {}))
            person.tab.load(response.text)

    @rule(person=consumes(people))
    def leave(self, person: Person) -> None:
        """The tab is closed for good: what it sent until now was applied once, or not at all."""
        self.drop(person)
        self.everyone.remove(person)

    # What holds

    def _applied(self, person: Person) -> list[int]:
        log = self.hub.handle.data.get("log", [])
        return [int(name.split(":")[1]) for name in log if name.startswith(person.tab.id)]

    @invariant()
    def check_events(self) -> None:
        for person in self.everyone:
            applied = self._applied(person)
            assert applied == list(range(1, len(applied) + 1)), "once, in order, and none left out"
            acks = [message["event"] for message in person.tab.messages if message["type"] == "ack"]
            assert max(acks, default=0) <= len(applied), "acknowledged after it was applied"

    @invariant()
    def check_memory(self) -> None:
        for person in self.everyone:
            if person.link is not None:
                assert person.link.most <= HIGH_WATER + LARGEST


Delivery.TestCase.settings = settings(
    max_examples=int(os.environ.get("LIVEPAGES_MACHINE_EXAMPLES", "30")),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestDelivery = Delivery.TestCase
