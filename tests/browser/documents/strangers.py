"""A client of somebody else's making, which puts into a document what no editor of livepages would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pycrdt import Doc, Text
from websockets.sync.client import ClientConnection, connect

from livepages.coediting.protocol.messages import (
    Change,
    ClientState,
    Message,
    asking_for_state,
    change,
    presence,
    read_message,
)

PATIENCE = 60.0


class Stranger:
    """Somebody who is in a document without a page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._doc: Doc[Text] = Doc()
        self._clock = 0

    def catch_up(self) -> None:
        """Have all that the server has."""
        self._socket.send(asking_for_state(self._doc.get_state()))
        while True:
            match self._next():
                case Change(update, is_answer):
                    self._doc.apply_update(update)
                    if is_answer:
                        return

    def writes(self, action: Callable[[Text], None]) -> None:
        """Change the text as it is now."""
        self.catch_up()
        before = self._doc.get_state()
        with self._doc.transaction():
            action(self._doc.get("text", type=Text))
        self._socket.send(change(self._doc.get_update(before)))
        self.catch_up()  # the answer says that the change was taken

    def inserts(self, index: int, text: str, **formats: Any) -> None:
        """Put in a text, with whatever formats."""
        self.writes(lambda shared: shared.insert(index, text, formats or None))

    def embeds(self, index: int, *values: Any) -> None:
        """Put in what is no text, one after the other."""

        def embed(shared: Text) -> None:
            for place, value in enumerate(values, index):
                shared.insert_embed(place, value)

        self.writes(embed)

    def tells(self, state: Any) -> None:
        """Say something of oneself."""
        self._clock += 1
        self._socket.send(presence([ClientState(self._doc.client_id, self._clock, json.dumps(state))]))

    @property
    def text(self) -> str:
        """The text, where it holds nothing but letters."""
        self.catch_up()
        return str(self._doc.get("text", type=Text))

    @property
    def content(self) -> list[tuple[Any, dict[str, Any] | None]]:
        """All of the document, with its formats."""
        self.catch_up()
        return self._doc.get("text", type=Text).diff()

    @property
    def length(self) -> int:
        """How many places the text has, in units of UTF-16."""
        return sum(len(piece.encode("utf-16-le")) // 2 if isinstance(piece, str) else 1 for piece, _ in self.content)

    def _next(self) -> Message | None:
        data = self._socket.recv(timeout=PATIENCE)
        assert isinstance(data, bytes)
        return read_message(data)


@contextmanager
def stranger(url: str, key: str) -> Iterator[Stranger]:
    """Somebody in the document of a key."""
    address = f"ws{url.removeprefix('http')}/_livepages/documents/{key}"
    with connect(address, open_timeout=PATIENCE, proxy=None, max_queue=None) as socket:
        found = Stranger(socket)
        found.catch_up()
        yield found
