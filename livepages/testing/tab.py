"""A tab without a browser: it shows a page, fires events, and follows what the server sends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from secrets import token_urlsafe
from typing import Any

from livepages.runtime.wire.wire import Event, EventData, Hello
from livepages.schema.findings.suggest import suggestion
from livepages.testing.channel import PATIENCE, Channel, Frame, Opener
from livepages.testing.document import Document, form_of
from livepages.testing.dom import Element
from livepages.testing.entries import Entries
from livepages.testing.handle import Handle
from livepages.testing.payload import field_data, form_data, takers, value_event
from livepages.testing.streams import OutOfStep, Streams

COMMANDS = frozenset("toast go address focus invalid title download run".split())


class NotDeclared(LookupError):
    """An event that no element of the page listens to: the browser would not send it."""


class Tab:
    """A page in a tab of its own, and its user.

    `problems` are the texts of what keeps the site's files from being loaded, which only a site in development tells.
    """

    def __init__(self, url: str, html: str, opener: Opener, settle: Callable[[], Awaitable[None]]) -> None:
        self.url = url
        self.id = token_urlsafe(12)
        self.secret = token_urlsafe(24)
        self._document = Document(html)
        self._channel = Channel(opener, self._hello, self._apply)
        self._entries = Entries(self._document, self._channel)
        self._streams = Streams(self._document.body, self.id, self._channel.ask)
        self._streams.css_version = self._document.css_version
        self._settle = settle
        self._spent: set[tuple[Element, str]] = set()
        self._faults: dict[str, list[str]] = {}
        self.problems: list[str] = []

    # The connection

    async def connect(self) -> None:
        """Connect again; the server sends what was missed, and gets the events that it has not acknowledged."""
        await self._channel.connect()
        await self.settle()

    async def disconnect(self, code: int = 1006) -> None:
        """Lose the connection, without a word to the server."""
        await self._channel.disconnect(code)

    async def close(self) -> None:
        """Close the tab as its user would: the browser tells the server."""
        await self._channel.disconnect(1001)

    @property
    def closed(self) -> tuple[int, str] | None:
        """The code and the reason with which the connection ended, None while there is one."""
        return self._channel.closed

    def send(self, message: object) -> None:
        """Send any message: text or bytes as they are, all else as JSON. For what no browser would do."""
        self._channel.send(message)

    def _hello(self) -> Hello:
        document, streams = self._document, self._streams
        return Hello(document.page, self.id, self.secret, document.build, streams.positions, streams.css_version)

    def _apply(self, frame: Frame) -> None:
        match frame["type"]:
            case "patch":
                self._streams.patch(frame["stream"], frame["prev"], frame["pos"], frame["ops"])
            case "snapshot":
                self._streams.learn_css(*frame["css"])
                self._streams.snapshot(
                    frame["stream"], frame["epoch"], frame["pos"], frame["html"], frame.get("classes")
                )
            case "address":
                self.url = frame["url"]
            case "title":
                self._document.title = frame["text"]
            case "problems":
                self.problems = [finding["text"] for finding in frame["findings"]]
            case "faults":
                self._faults[frame["stream"]] = [finding["text"] for finding in frame["findings"]]
            case name if name not in COMMANDS | {"error", "reload", "beat", "static"}:
                raise OutOfStep(f"there is no message of the type {name!r}")

    # What it shows and gets

    @property
    def html(self) -> str:
        """The HTML of the page as the tab shows it now, with what its fields hold."""
        return self._document.html

    @property
    def text(self) -> str:
        """What a reader reads on the page, blocks on lines of their own."""
        return self._document.text

    @property
    def title(self) -> str:
        """The title of the tab."""
        return self._document.title

    @property
    def css(self) -> str:
        """The style sheet as far as it came after the page: what has grown, behind all of it if that was renewed."""
        return self._streams.whole_css + self._streams.css

    @property
    def faults(self) -> list[str]:
        """The texts of the expressions that have no value, which only a site in development tells."""
        return [fault for faults in self._faults.values() for fault in faults]

    @property
    def page(self) -> str:
        """The token of the live page: tabs that share a page have the same."""
        return self._document.page

    @property
    def positions(self) -> dict[str, int]:
        """The position of each stream that the tab follows."""
        return {mount.name: mount.pos for mount in self._streams.mounts}

    @property
    def frames(self) -> list[Frame]:
        """All messages of the server so far, decoded; clear the list to look at new ones only."""
        return self._channel.frames

    @property
    def sent(self) -> list[Event]:
        """The events that the tab has sent, or will send when it is connected."""
        return self._channel.sent

    @property
    def commands(self) -> list[Frame]:
        """The messages for this tab alone: toast, go, focus, invalid, title, download, run."""
        return [frame for frame in self.frames if frame["type"] in COMMANDS]

    @property
    def errors(self) -> list[Frame]:
        """What the server refused, and handlers that failed."""
        return [frame for frame in self.frames if frame["type"] == "error"]

    def operations(self, stream: str = "page") -> list[list[Any]]:
        """The operations of all patches of a stream among the frames."""
        patches = [frame for frame in self.frames if frame["type"] == "patch" and frame["stream"] == stream]
        return [operation for patch in patches for operation in patch["ops"]]

    # Finding

    def __getitem__(self, identifier: str) -> Handle:
        """The element with this id. Raises KeyError with a sentence."""
        found = self._document.by_id(identifier)
        if found is None:
            known = self._document.ids
            hint = suggestion(identifier, known) or f"There are {', '.join(known) or 'none'}."
            raise KeyError(f'The tab shows no element with the id "{identifier}". {hint}')
        return Handle(found, self._entries.changed)

    def __contains__(self, identifier: str) -> bool:
        return self._document.by_id(identifier) is not None

    def find(self, what: str) -> Handle:
        """The first element with an id, for a selector, or with exactly a text, looked for in this order.

        Raises LookupError.
        """
        found = self.find_all(what)
        if not found:
            raise LookupError(f"The tab shows nothing that {what!r} finds:\n{self.text}")
        return found[0]

    def find_all(self, what: str) -> list[Handle]:
        """All elements of which `find` takes the first."""
        return [Handle(found, self._entries.changed) for found in self._document.find(what)]

    # Doing

    async def click(self, what: str | Handle, **data: Any) -> None:
        """Click an element; `data` may say more of the click, such as `ctrl=True` or `x=10`.

        It ticks what can be ticked, and sends the form of a button for that. Raises NotDeclared when it does nothing.
        """
        element = self._element(what)
        acts = [
            self._tick(element),
            self._fire(element, "click", EventData(**{"button": 0, **data})),
            self._send_form(element),
        ]
        if not any(acts):
            self._refuse(element, "click")
        await self.settle()

    async def press(self, what: str | Handle, key: str, **data: Any) -> None:
        """Press and release a key, such as "Enter" or "a", while an element has the focus."""
        element = self._element(what)
        said = EventData(**{"key": key, **data})
        if not any([self._fire(element, "keydown", said), self._fire(element, "keyup", said)]):
            self._refuse(element, f"the key {key}")
        await self.settle()

    async def submit(self, what: str | Handle) -> None:
        """Send a form."""
        await self.fire(what, "submit", form=form_data(self._element(what)))

    async def fill(self, what: str | Handle, value: Any) -> None:
        """Put a value into a field, and rest until the server knows it."""
        (what if isinstance(what, Handle) else self.find(what)).fill(value)
        await self.settle()

    async def fire(self, what: str | Handle, event: str, **data: Any) -> None:
        """Fire an event by its name in the browser, such as `dblclick`; `data` is what the browser says of it.

        Raises NotDeclared when neither the element nor any around it listens to it.
        """
        element = self._element(what)
        is_fields = event in ("input", "change") and element.field is not None and not data
        if not self._fire(element, event, field_data(element) if is_fields else EventData(**data)):
            self._refuse(element, event)
        await self.settle()

    def _element(self, what: str | Handle) -> Element:
        return (what if isinstance(what, Handle) else self.find(what)).element

    def _refuse(self, element: Element, event: str) -> None:
        declared = ", ".join(token for each in (element, *element.ancestors()) for token in each.tokens) or "nothing"
        raise NotDeclared(f"{Handle(element, self._entries.changed)!r} does not listen to {event}; here is {declared}.")

    def _fire(self, element: Element, event: str, data: EventData) -> bool:
        """Send an event to all that declare it; whether any does."""
        if "disabled" in element.attributes:
            raise NotDeclared(f"{Handle(element, self._entries.changed)!r} is disabled.")
        taken = [taker for taker in takers(element, event, data) if taker not in self._spent]
        if taken:
            self._entries.flush(but=element if event == value_event(element) else None)
        for each, token in taken:
            if "once" in token.split("."):
                self._spent.add((each, token))
            self._entries.post(each, token, data)
        return bool(taken)

    def _tick(self, element: Element) -> bool:
        """Tick or untick what a click does that to."""
        field = element.field
        if field is None or not field.is_ticked:
            return False
        Handle(element, self._entries.changed).fill(field.kind == "radio" or field.held is not True)
        return True

    def _send_form(self, element: Element) -> bool:
        """Send the form that a button is for, if it is a button for that."""
        form = form_of(element)
        button = next((each for each in (element, *element.ancestors()) if each.tag in ("button", "input")), None)
        if button is None or form is None or button.attributes.get("type") not in ("submit", "image"):
            return False
        return self._fire(form, "submit", EventData(form=form_data(form), submitter=button.attributes.get("name")))

    # Waiting

    async def settle(self) -> None:
        """Send what the user has typed, and wait until the server has answered and nothing more comes.

        Handlers that sleep are not waited for.
        """
        self._entries.flush()
        await self._channel.answered()
        await self._settle()
        self._channel.check()

    async def until(self, condition: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait until a condition holds; it is asked anew with each message that comes.

        Raises TimeoutError, with what the tab shows, after `patience` seconds.
        """
        self._entries.flush()
        try:
            await self._channel.until(condition, patience)
        except TimeoutError:
            raise TimeoutError(f"This is not what was waited for in {patience:g} s:\n{self.text}") from None

    async def verify(self) -> None:
        """Ask the server for the whole page, and raise AssertionError if the tab shows anything else."""
        await self.settle()
        shown, seen = self.html, len(self.frames)
        for mount in self._streams.mounts:
            mount.epoch = ""
        self._channel.ask()
        await self.until(lambda: any(frame["type"] == "ready" for frame in self.frames[seen:]))
        if self.html != shown:
            raise AssertionError(f"The tab shows\n{shown}\nand the server has\n{self.html}")
