"""A tab: one browser tab that shows a live page, and what is meant for it alone."""

from __future__ import annotations

import hmac
import mimetypes
from collections import deque
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Protocol

from livepages.runtime.pages.element import Element
from livepages.runtime.pages.handles import Session
from livepages.runtime.pages.kit import ElementError
from livepages.runtime.wire.frame import Frame
from livepages.runtime.wire.parcels import Parcel, Parcels
from livepages.runtime.wire.wire import (
    Acked,
    Address,
    Download,
    Error,
    Focus,
    Go,
    Run,
    ServerMessage,
    Title,
    Toast,
    encode,
)
from livepages.schema.values.addresses import safe_url

PREFIX = "/_livepages"
"""Where all addresses of livepages itself begin."""

MAX_WAITING = 100
"""Messages that are kept for a tab while it can't be reached."""


class Connection(Protocol):
    """What a tab is reached by."""

    @property
    def is_paused(self) -> bool:
        """Whether the tab does not read: what is sent now waits in memory."""

    def send(self, frame: Frame) -> None:
        """Take a frame, at once and without waiting."""

    def stop_reading(self) -> None:
        """Have nothing more come for now than what has been read."""

    def read_on(self) -> None:
        """Have more come again."""

    def close(self, code: int, reason: str) -> None:
        """End the connection with a WebSocket close code."""


class Refusal(Protocol):
    """A value that was refused, as long as its field shows it."""

    @property
    def concerns_nothing(self) -> bool:
        """Whether its element is gone."""

    def forget(self) -> None:
        """Wait for nothing any more."""


class Whereabouts(Enum):
    """Whether a tab has its page open: as all others know it, only as its events do, or not."""

    HERE = "here"
    AWAY = "away"
    GONE = "gone"


class Tab:
    """A tab, with its connection or while it is away. It follows streams and takes messages of its own.

    `applied` is the number of the last event of it that was applied, `behind` where it stands in the streams that it
    does not follow at the moment, `left` when it lost its last connection, in the event loop's seconds. `refused` are
    the fields whose values were refused and are still shown, by stream and number, `headings` what it was told last of
    its page's title and address.
    """

    __slots__ = (
        "_waiting",
        "applied",
        "behind",
        "connection",
        "handle",
        "headings",
        "id",
        "left",
        "refused",
        "secret",
        "session",
        "whereabouts",
    )

    def __init__(self, identifier: str, secret: str, session: Session, parcels: Parcels) -> None:
        self.id = identifier
        self.secret = secret
        self.session = session
        self.applied = 0
        self.behind: dict[str, tuple[str, int]] = {}
        self.left = 0.0
        self.refused: dict[tuple[str, int], Refusal] = {}
        self.headings: tuple[Title | Address, ...] = ()
        self.connection: Connection | None = None
        self.whereabouts = Whereabouts.GONE
        self.handle = TabHandle(self, parcels)
        self._waiting: deque[Frame] | None = None

    def has_secret(self, secret: str) -> bool:
        """Whether this is the tab's secret."""
        return hmac.compare_digest(self.secret.encode(), secret.encode())

    def send(self, message: ServerMessage) -> None:
        """Send a message to this tab only; while it can't be reached, the last ones are kept for it."""
        frame = encode(message)
        if self.connection is not None and not self.connection.is_paused:
            self.connection.send(frame)
        elif not isinstance(message, Error):
            self._waiting = self._waiting if self._waiting is not None else deque(maxlen=MAX_WAITING)
            self._waiting.append(frame)

    def acknowledge(self, event: int) -> None:
        """Say that all events up to one are applied; a tab that can't be reached is told when it comes back."""
        if event and self.connection is not None and not self.connection.is_paused:
            self.connection.send(encode(Acked(event)))

    def forget_refused(self, which: Iterable[tuple[str, int]]) -> None:
        """What was refused in some fields does not matter any more."""
        for key in tuple(which):
            self.refused.pop(key).forget()

    def flush(self) -> None:
        """Send what has been kept."""
        while self._waiting and self.connection is not None and not self.connection.is_paused:
            self.connection.send(self._waiting.popleft())


class TabHandle:
    """The tab of an event, as its handler sees it. All that it does concerns this tab only.

    `data` is what handlers keep for it; never shown.
    """

    __slots__ = ("_parcels", "_tab", "data")

    def __init__(self, tab: Tab, parcels: Parcels) -> None:
        self._tab = tab
        self._parcels = parcels
        self.data: dict[Any, Any] = {}

    @property
    def id(self) -> str:
        """The tab's name, which other tabs may know."""
        return self._tab.id

    def go(self, url: str) -> None:
        """To another page. Raises ElementError for an address that could run a script."""
        try:
            self._tab.send(Go(safe_url(url)))
        except ValueError as error:
            raise ElementError(f"tab.go: {error}.") from None

    def toast(self, text: object, kind: Literal["info", "success", "warning", "error"] = "info") -> None:
        """Show a short message over the page."""
        if kind not in ("info", "success", "warning", "error"):
            raise ElementError(f'tab.toast: there is no kind "{kind}": there are info, success, warning and error.')
        self._tab.send(Toast(str(text), kind))

    def run_js(self, code: str) -> None:
        """Run JavaScript: the text of a module, which the tab fetches from this server."""
        token = self._parcels.add(Parcel(code.encode(), "text/javascript"))
        self._tab.send(Run(f"{PREFIX}/run/{token}.js"))

    def focus(self, element: Element) -> None:
        """Give the keyboard's focus to an element."""
        stream, number = element.address
        self._tab.send(Focus(stream, number))

    def title(self, text: object) -> None:
        """Set the title of the tab."""
        self._tab.send(Title(str(text)))

    def download(self, content: str | bytes | Path, name: str = "") -> None:
        """Have the browser save a file: a text, bytes, or the file at a Path."""
        if isinstance(content, Path):
            name, content = name or content.name, content.read_bytes()
        name = name or "download.txt"
        data = content.encode() if isinstance(content, str) else content
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        token = self._parcels.add(Parcel(data, media_type, name))
        self._tab.send(Download(f"{PREFIX}/download/{token}", name))
