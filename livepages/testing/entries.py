"""What the user has put into fields, on its way to the server."""

from __future__ import annotations

from livepages.runtime.wire.wire import EventData
from livepages.testing.channel import Channel
from livepages.testing.document import Document
from livepages.testing.dom import Element
from livepages.testing.payload import field_data, value_event


class Entries:
    """The fields that the user has changed, oldest first; and all that goes from the document to the server."""

    def __init__(self, document: Document, channel: Channel) -> None:
        self._document = document
        self._channel = channel
        self._waiting: dict[Element, None] = {}

    def changed(self, element: Element) -> None:
        """The user has changed a field; of a group of radio buttons only one is checked."""
        self._waiting[element] = None
        if element.field is not None and element.field.held is True:
            for other in self._document.radios_beside(element):
                if other.field is not None:
                    other.field.held = other.field.base = False

    def flush(self, but: Element | None = None) -> None:
        """Send the fields that wait."""
        for element in list(self._waiting):
            del self._waiting[element]
            token = next((each for each in element.tokens if each.partition(".")[0] == value_event(element)), None)
            if element is not but and token is not None and element.field is not None and element.field.waits:
                self.post(element, token, field_data(element))

    def post(self, element: Element, token: str, data: EventData) -> None:
        """Send an event of an element that is on the page."""
        address = self._document.address(element)
        if address is None:
            return
        if element.field is not None and token.partition(".")[0] in ("input", "change"):
            element.field.sent()
        self._channel.post(*address, token, data)
