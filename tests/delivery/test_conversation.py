"""What the order of things within one turn of the event loop decides, over connections in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from livepages.runtime.app import make_app
from livepages.runtime.hub.dispatch import Dispatcher
from livepages.runtime.hub.hub import Hub
from livepages.runtime.sockets.conversation import Desk
from livepages.runtime.web.assets import Assets
from livepages.schema.site.site import Site
from livepages.testing.asgi import request
from tests.delivery.conftest import MakeSite
from tests.delivery.links import Link
from tests.delivery.servers import eventually
from tests.delivery.tabs import Tab


@dataclass
class Office:
    """A site at work without a server."""

    hub: Hub
    desk: Desk
    tab: Tab

    def join(self) -> Link:
        """A connection of the tab, which is live."""
        link = Link(self.desk, self.tab)
        link.carry_up(1)
        link.carry_down(100)
        assert self.tab.is_live
        return link

    @property
    def begun(self) -> int:
        """How many events' handlers have begun."""
        return len(self.hub.handle.data.get("log", []))


@asynccontextmanager
async def office(site: Site) -> AsyncIterator[Office]:
    app = make_app(site)
    hub: Hub = app.state.hub
    async with app.router.lifespan_context(app):
        tab = Tab((await request(app, "/", {})).text)
        yield Office(hub, Desk(hub, Dispatcher(hub), Assets(hub.kit.styles)), tab)


async def test_an_event_is_not_acknowledged_before_its_handler_has_begun(make_site: MakeSite) -> None:
    """An async handler begins with the loop's next turn, and those of later events after it."""
    async with office(make_site()) as at_work:
        link = at_work.join()
        at_work.tab.fire("slow")
        at_work.tab.type("field", "x")
        at_work.tab.fire("add")
        link.carry_up(3)
        link.carry_down(100)
        assert (at_work.begun, at_work.tab.of_type("ack")) == (0, [])
        await eventually(lambda: at_work.begun == 3)
        link.carry_down(100)
        assert [ack["event"] for ack in at_work.tab.of_type("ack")] == [1, 2, 3]


async def test_a_former_connection_that_stops_reading_does_not_hold_up_the_latter(make_site: MakeSite) -> None:
    async with office(make_site()) as at_work:
        former = at_work.join()
        latter = at_work.join()
        assert former.code == 4409
        former.stop_reading()
        page = at_work.hub.handle.page("/")
        page["count"].text = "later"
        page.update()
        latter.carry_down(100)
        assert at_work.tab.text("count") == "later"


async def test_what_a_former_connection_still_delivers_is_not_heard(make_site: MakeSite) -> None:
    async with office(make_site()) as at_work:
        former = at_work.join()
        at_work.tab.fire("add")
        latter = at_work.join()
        former.carry_up(100)
        assert at_work.begun == 0
        latter.carry_up(100)
        assert at_work.begun == 1
