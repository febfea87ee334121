"""Updates are looked through before they are applied: whether each is one, and what it builds on.

The library that applies them makes room for as many things as they say that they have, so that a few bytes could ask
for all memory there is; it panics at what stands in something that is no type; and what builds on something that is
not there it keeps in memory, or takes in without telling anybody. Source of the format: Yjs 13.6
(src/utils/encoding.js, src/structs, src/utils/DeleteSet.js).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from livepages.coediting.protocol.encoding import BadMessage, Reader

HAS_LEFT, HAS_RIGHT, HAS_PARENT_KEY, CONTENT = 0x80, 0x40, 0x20, 0x1F
"""Bits of the byte that a struct begins with (Item.js, write)."""
GARBAGE, SKIP = 0, 10
"""What that byte is for structs that are only a length."""
LARGEST_CLOCK: Final = 2**31
"""What the clocks of an update stay below; the library counts with 32 bits."""
AT_ONCE: Final = 1_000
"""Clients, structs and ranges that are looked through before others have their turn; each takes a few microseconds."""

Clocks = Mapping[int, int]
"""How many changes of each client there are."""


class Need(NamedTuple):
    """The struct of a number stands beside something of another client, whose clock must be this or more."""

    struct: int
    client: int
    clock: int


class Structs:
    """What one client has done, one struct after the other.

    A struct of a number begins at `places[number]` in the update, and at the clock `clocks[number]`; both have an end.
    `searches[number]` says how many before it may make the library look for their place through much of the document.
    """

    __slots__ = ("begin", "client", "clocks", "needs", "places", "searches")

    def __init__(self, client: int, clock: int, place: int) -> None:
        self.client = client
        self.begin = clock
        self.places = [place]
        self.clocks = [clock]
        self.searches = [0]
        self.needs: list[Need] = []

    def __len__(self) -> int:
        return len(self.places) - 1

    @property
    def end(self) -> int:
        """The client's clock when all of it is there."""
        return self.clocks[-1]


class Update:
    """What one update brings and needs, once it is read.

    `deletions` are ranges of clocks, start and end, by client.
    """

    __slots__ = ("_count", "_reader", "_wanted", "data", "deletions", "structs")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.structs: dict[int, Structs] = {}
        self.deletions: dict[int, list[tuple[int, int]]] = {}
        self._wanted: dict[int, int] = {}
        self._reader = Reader(data)
        self._count = 0

    @classmethod
    def of(cls, data: bytes) -> Update:
        """An update that is read in one go. Raises BadMessage for bytes that are none."""
        update = cls(data)
        for _ in update.reading():
            pass
        return update

    def reading(self) -> Iterator[None]:
        """Read it, with pauses in which others have their turn. Raises BadMessage for bytes that are no update."""
        for _ in range(self._reader.count()):
            yield from self._client()
        yield from self._deletions()
        self._reader.end()

    @property
    def ends(self) -> dict[int, int]:
        """The clocks of the clients whose changes it brings, when it has been applied."""
        return {client: structs.end for client, structs in self.structs.items()}

    def brings_news(self, clocks: Clocks) -> bool:
        """Whether any of its changes is not among these."""
        return any(clocks.get(client, 0) < structs.end for client, structs in self.structs.items())

    def builds_on(self, clocks: Clocks) -> bool:
        """Whether all that it builds on is among these changes, or in the update itself."""
        ends = self.ends
        return all(clocks.get(client, 0) >= structs.begin for client, structs in self.structs.items()) and all(
            max(clocks.get(client, 0), ends.get(client, 0)) >= clock for client, clock in self._wanted.items()
        )

    def _client(self) -> Iterator[None]:
        """The changes of one client: structs, one after the other."""
        read = self._reader
        count, client, clock = read.count(), read.number(), read.number()
        if client in self.structs:
            raise BadMessage("it tells of a client twice")
        structs = self.structs[client] = Structs(client, clock, read.at)
        searches = 0
        if self._is_time():
            yield
        for _ in range(count):
            info = read.byte()
            if info in (GARBAGE, SKIP):
                clock += read.number()
            else:
                searches += not self._follows(info, structs, clock)
                clock += self._content(info)
            if clock >= LARGEST_CLOCK:
                raise BadMessage("its clocks are too large")
            if info == SKIP:
                structs.begin = max(clock, structs.begin)
            structs.places.append(read.at)
            structs.clocks.append(clock)
            structs.searches.append(searches)
            if self._is_time():
                yield

    def _follows(self, info: int, structs: Structs, clock: int) -> bool:
        """Read what an item stands beside; whether that is the client's own change just before it, in this update."""
        read = self._reader
        left = self._neighbour(structs, clock) if info & HAS_LEFT else None
        if info & HAS_RIGHT:
            self._neighbour(structs, clock)
        if not info & (HAS_LEFT | HAS_RIGHT):
            if read.number() != 1:
                raise BadMessage("something in it stands in what is no text")
            read.skip_block()
            if info & HAS_PARENT_KEY:
                read.skip_block()
        return left == (structs.client, clock - 1) and len(structs) > 0

    def _content(self, info: int) -> int:
        measure = CONTENTS.get(info & CONTENT)
        if measure is None:
            raise BadMessage(f"it has content of the type {info & CONTENT}, which a text can't have")
        return measure(self._reader)

    def _neighbour(self, structs: Structs, begin: int) -> tuple[int, int]:
        """Another change that the one of a client at a clock stands beside."""
        client, clock = self._reader.number(), self._reader.number()
        if client != structs.client:
            structs.needs.append(Need(len(structs), client, clock + 1))
        elif clock >= begin:
            raise BadMessage("something in it stands beside what comes later")
        if clock >= self._wanted.get(client, 0):
            self._wanted[client] = clock + 1
        return client, clock

    def _deletions(self) -> Iterator[None]:
        read = self._reader
        for _ in range(read.count()):
            client = read.number()
            ranges = self.deletions.setdefault(client, [])
            if self._is_time():
                yield
            for _ in range(read.count()):
                start = read.number()
                end = start + read.number()
                if end >= LARGEST_CLOCK:
                    raise BadMessage("its clocks are too large")
                ranges.append((start, end))
                if end > self._wanted.get(client, 0):
                    self._wanted[client] = end
                if self._is_time():
                    yield

    def _is_time(self) -> bool:
        """Whether, with one more thing looked through, it is time for a pause."""
        self._count += 1
        return self._count % AT_ONCE == 0


def clocks_of(state: bytes) -> dict[int, int]:
    """The clocks that a state vector says. Raises BadMessage for what is none."""
    reader = Reader(state)
    clocks = {reader.number(): reader.number() for _ in range(reader.count())}
    reader.end()
    return clocks


def _text(reader: Reader) -> int:
    """As many changes as UTF-16 has units."""
    text = reader.block()
    if text.isascii():
        return len(text)
    try:
        return len(text.decode().encode("utf-16-le")) // 2
    except UnicodeDecodeError:
        raise BadMessage("a text in it is not UTF-8") from None


def _block(reader: Reader) -> int:
    reader.skip_block()
    return 1


def _format(reader: Reader) -> int:
    """The name of a format, and its value as JSON."""
    reader.skip_block()
    reader.skip_block()
    return 1


CONTENTS: Final[Mapping[int, Callable[[Reader], int]]] = MappingProxyType(
    {
        1: Reader.number,  # deleted
        4: _text,
        5: _block,  # an embed, as JSON
        6: _format,
    }
)
"""What can be in a document, and how many changes it is, by its number (Item.js, contentRefs).

All else is left out, as no field makes it: values and bytes take places in a text that nobody sees, the library can't
read again what it writes of JSON, and to delete types in each other takes a stack as deep as they.
"""
