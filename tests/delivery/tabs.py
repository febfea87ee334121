"""A tab as `client/livepage.js` is one, without a browser and without a socket of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

from livepages.runtime.pages.live_page import LivePage
from livepages.testing.document import Document
from livepages.testing.dom import Element, inner_html
from livepages.testing.markup import parse
from livepages.testing.streams import Streams
from tests.delivery.raw import text_frame

Message = dict[str, Any]


class Tab:
    """Keeps its events until they are acknowledged, sends them again, and asks when a patch is missing.

    `messages` are all that it got, `heard` is called with each.
    """

    def __init__(self, html: str) -> None:
        self.id = token_urlsafe(12)
        self.secret = token_urlsafe(24)
        self.last = 0
        self.outbox: list[Message] = []
        self.messages: list[Message] = []
        self.is_live = False
        self.is_asking = False
        self.is_gone = False
        self.heard: Callable[[], None] = lambda: None
        self._send: Callable[[Message], None] | None = None
        self.load(html)

    def load(self, html: str) -> None:
        """Show a document, as a browser does that has loaded the page anew."""
        self.source = html
        self.document = Document(html)
        self.streams = Streams(self.document.body, self.id, self._gap)
        self.streams.css_version = self.document.css_version
        self.page = self.document.page
        self.is_gone = False

    # The connection

    def opened(self, send: Callable[[Message], None]) -> None:
        """There is a connection."""
        self._send = send
        self.is_live = self.is_asking = False
        send(self.hello())

    def lost(self) -> None:
        """The connection is gone."""
        self._send = None
        self.is_live = self.is_asking = False
        self.heard()

    def hello(self) -> Message:
        """The first message of a connection."""
        return {
            "type": "hello",
            "page": self.page,
            "tab": self.id,
            "secret": self.secret,
            "build": self.document.build,
            "streams": self.streams.positions,
            "css": self.streams.css_version,
        }

    def hello_frame(self) -> bytes:
        """The same as it goes over the wire."""
        return text_frame(self.hello())

    def received(self, text: str | bytes) -> None:
        """A message has come. Raises OutOfStep for a patch that does not fit."""
        message: Message = json.loads(text)
        self.messages.append(message)
        match message["type"]:
            case "patch":
                self.streams.patch(message["stream"], message["prev"], message["pos"], message["ops"])
            case "snapshot":
                self.streams.learn_css(*message["css"])
                self.streams.snapshot(message["stream"], message["epoch"], message["pos"], message["html"])
                self._keep_typed()
            case "ack":
                self.outbox = [event for event in self.outbox if event["id"] > message["event"]]
            case "error" if message.get("event"):
                self.outbox = [event for event in self.outbox if event["id"] != message["event"]]
            case "ready":
                self._ready()
            case "reload":
                self.is_gone = True
        self.heard()

    def _ready(self) -> None:
        self.is_asking = False
        if not self.is_live:
            self.is_live = True
            self.send_again()

    def send_again(self) -> None:
        """Send all that is not acknowledged."""
        if self.is_live and self._send is not None:
            for event in self.outbox:
                self._send(event)

    def probe(self) -> None:
        """Ask for a sign of life."""
        if self._send is not None:
            self._send(self.hello())

    def _gap(self) -> None:
        if not self.is_asking and self._send is not None:
            self.is_asking = True
            self._send(self.hello())

    # What its user does

    def event(self, identifier: str, on: str = "click", **data: Any) -> Message:
        """The next event, not sent."""
        found = self.document.by_id(identifier)
        assert found is not None, identifier
        address = self.document.address(found)
        assert address is not None, identifier
        self.last += 1
        return {"type": "event", "id": self.last, "stream": address[0], "node": address[1], "on": on, "data": data}

    def fire(self, identifier: str, on: str = "click", **data: Any) -> str:
        """Something that the user does. Returns the name under which handlers know it."""
        event = self.event(identifier, on, **data)
        self.outbox.append(event)
        if self.is_live and self._send is not None:
            self._send(event)
        return f"{self.id}:{event['id']}"

    def type(self, identifier: str, value: str) -> str:
        """Put a text into a field and leave it."""
        found = self.document.by_id(identifier)
        assert found is not None, identifier
        assert found.field is not None, identifier
        found.field.held = value
        return self.fire(identifier, "change", value=found.field.sent())

    def _keep_typed(self) -> None:
        """What the server has not applied yet counts for more than what it says a field holds."""
        for event in self.outbox:
            for mount in self.streams.mounts:
                element = mount.nodes.get(event["node"]) if mount.name == event["stream"] else None
                if element is not None and element.field is not None and "value" in event["data"]:
                    element.field.held = element.field.base = event["data"]["value"]

    # What it shows

    def of_type(self, kind: str) -> list[Message]:
        """All messages of a type so far."""
        return [message for message in self.messages if message["type"] == kind]

    @property
    def position(self) -> int:
        """Where it stands in the page's own stream."""
        return self.streams.mounts[0].pos

    def text(self, identifier: str) -> str:
        """The text of an element."""
        found = self.document.by_id(identifier)
        assert found is not None, identifier
        return found.content

    @property
    def html(self) -> str:
        """What the page shows."""
        return inner_html(self.streams.mounts[0].root)


def server_html(live: LivePage) -> str:
    """What a tab would show that loaded the page now."""
    body = Element("body", {})
    body.fill(parse(live.inner_html()))
    return inner_html(body)
