"""The messages between a tab and the server: JSON text frames, typed on both sides (here and in `client/wire.js`)."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from livepages.runtime.wire.frame import Frame, frame_of
from livepages.runtime.wire.operations import Operation
from livepages.schema.values.view import FieldValue


class FileData(msgspec.Struct, forbid_unknown_fields=True):
    """A file that the user chose, by name; its content is not sent."""

    name: str
    size: int = 0
    type: str = ""


class EventData(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What the browser says of an event; what does not fit its kind is None, but `value`: that is unset then.

    Coordinates and scroll positions are in CSS pixels, times in seconds. `form` holds the fields of a submitted form
    by name, a list where a name is repeated.
    """

    value: FieldValue | msgspec.UnsetType = msgspec.UNSET
    checked: bool | None = None
    key: str | None = None
    code: str | None = None
    alt: bool = False
    ctrl: bool = False
    shift: bool = False
    meta: bool = False
    button: int | None = None
    x: float | None = None
    y: float | None = None
    dx: float | None = None
    dy: float | None = None
    open: bool | None = None
    files: list[FileData] | None = None
    form: dict[str, FieldValue] | None = None
    submitter: str | None = None
    top: float | None = None
    left: float | None = None
    time: float | None = None
    duration: float | None = None


class Hello(msgspec.Struct, tag="hello"):
    """A tab's first message: which page it shows, who it is, and the position of each stream that it follows."""

    page: str
    tab: str
    secret: str
    build: str = ""
    streams: dict[str, tuple[str, int]] = {}
    css: int = 0


class Event(msgspec.Struct, tag="event"):
    """Something that a user did. `id` counts the tab's events from 1; `on` is the key of the element's `on`."""

    id: int
    stream: str
    node: int
    on: str
    data: EventData = msgspec.field(default_factory=EventData)


class Ack(msgspec.Struct, tag="ack"):
    """A tab says which positions it has shown."""

    streams: dict[str, int] = {}


ClientMessage = Hello | Event | Ack


class Ready(msgspec.Struct, tag="ready"):
    """The tab has all there is and follows its streams."""


class Beat(msgspec.Struct, tag="beat"):
    """The server is there, though it has nothing to say."""


class Patch(msgspec.Struct, tag="patch"):
    """From position `prev` of a stream to `pos`."""

    stream: str
    prev: int
    pos: int
    ops: list[Operation]


class Snapshot(msgspec.Struct, tag="snapshot"):
    """The whole inner HTML of a stream's root at `pos`, and the CSS that it needs, as the operation has it.

    `classes` are the class names of the root, where the page says which those are.
    """

    stream: str
    epoch: str
    pos: int
    html: str
    css: tuple[int, str, bool]
    classes: str | msgspec.UnsetType = msgspec.UNSET


class Reload(msgspec.Struct, tag="reload"):
    """The page must be loaded anew: the server does not know it any more, or has another build of the client."""

    reason: str


class Acked(msgspec.Struct, tag="ack"):
    """The tab's events up to this one are applied."""

    event: int


class Error(msgspec.Struct, tag="error"):
    """Something that the tab sent changed nothing, or its handler failed; `links` are as those of a finding."""

    code: str
    message: str
    event: int | None = None
    id: str | None = None
    trace: str | None = None
    links: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


class Finding(msgspec.Struct):
    """Something that is wrong: where, the address that opens an editor there, and the text that the terminal shows.

    `links` are the addresses of other places in the text, by what is written there.
    """

    where: str
    link: str | None
    text: str
    links: dict[str, str]


class Problems(msgspec.Struct, tag="problems"):
    """What keeps the site's files from being loaded; with no findings: nothing, as they have been loaded."""

    title: str
    findings: list[Finding]


class Faults(msgspec.Struct, tag="faults"):
    """The expressions of a stream's live page that have no value now."""

    stream: str
    findings: list[Finding]


class StaticChanged(msgspec.Struct, tag="static"):
    """Files of the static folder, by the paths of their addresses, hold something else than before."""

    paths: list[str]


class Toast(msgspec.Struct, tag="toast"):
    """A short message over the page."""

    text: str
    kind: Literal["info", "success", "warning", "error"] = "info"


class Go(msgspec.Struct, tag="go"):
    """To another page."""

    url: str


class Address(msgspec.Struct, tag="address"):
    """The page that the tab shows has this address now."""

    url: str


class Focus(msgspec.Struct, tag="focus"):
    """The keyboard's focus to an element."""

    stream: str
    node: int


class Invalid(msgspec.Struct, tag="invalid"):
    """Why a field's value is refused, which shows beside it; an empty text takes that away."""

    stream: str
    node: int
    text: str = ""


class Title(msgspec.Struct, tag="title"):
    """The title of the tab."""

    text: str


class Download(msgspec.Struct, tag="download"):
    """A file for the user, from an address of this server."""

    url: str
    name: str


class Run(msgspec.Struct, tag="run"):
    """A script of the site's own, from an address of this server."""

    url: str


Command = Toast | Go | Address | Focus | Invalid | Title | Download | Run
"""What is meant for one tab only."""
ServerMessage = Ready | Beat | Patch | Snapshot | Reload | Acked | Error | Problems | Faults | StaticChanged | Command

encoder = msgspec.json.Encoder()
decoder: msgspec.json.Decoder[ClientMessage] = msgspec.json.Decoder(ClientMessage)


def encode(message: ServerMessage) -> Frame:
    """The message as UTF-8 JSON."""
    return frame_of(encoder.encode(message))


def decode(frame: str | bytes) -> ClientMessage:
    """A client's message. Raises msgspec.DecodeError, or its ValidationError, when it is not of the protocol."""
    return decoder.decode(frame)


def event_data(data: EventData) -> dict[str, Any]:
    """The entries that the browser gave: a value of None is one, that of an empty field."""
    given = {name: value for name in data.__struct_fields__ if (value := getattr(data, name)) is not None}
    if data.value is None:
        given["value"] = None
    elif data.value is msgspec.UNSET:
        del given["value"]
    return msgspec.to_builtins(given) if data.files else given
