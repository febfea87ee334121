"""Updates are looked through before they are applied: whether each is one, and what it builds on.

The library that applies them makes room for as many things as they say that they have, so that a few bytes could ask
for all memory there is; it panics at what stands in something that is no type; and what builds on something that is
not there it keeps in memory, or takes in without telling anybody. Source of the format: Yjs 13.6
(src/utils/encoding.js, src/structs, src/utils/DeleteSet.js).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from livepages.coediting.protocol.encoding import BadMessage, Reader

HAS_LEFT, HAS_RIGHT, HAS_PARENT_KEY, CONTENT = 0x80, 0x40, 0x20, 0x1F
"""Bits of the byte that a struct begins with (Item.js, write)."""
GARBAGE, SKIP = 0, 10
"""What that byte is for structs that are only a length."""
LARGEST_CLOCK: Final = 2**31
"""What the clocks of an update stay below; the library counts with 32 bits."""

Clocks = Mapping[int, int]
"""How many changes of each client there are."""


class Update:
    """What one update brings and needs. Making one raises BadMessage for bytes that are no update.

    `ends` are the clocks of the clients whose changes it brings, when it has been applied.
    """

    __slots__ = ("_begins", "_reader", "_wanted", "ends")

    def __init__(self, update: bytes) -> None:
        self.ends: dict[int, int] = {}
        self._begins: dict[int, int] = {}
        self._wanted: dict[int, int] = {}
        self._reader = Reader(update)
        for _ in range(self._reader.count()):
            self._client()
        self._deletions()
        self._reader.end()

    def builds_on(self, clocks: Clocks) -> bool:
        """Whether all that it builds on is among these changes, or in the update itself."""
        return all(clocks.get(client, 0) >= begin for client, begin in self._begins.items()) and all(
            max(clocks.get(client, 0), self.ends.get(client, 0)) >= clock for client, clock in self._wanted.items()
        )

    def _client(self) -> None:
        """The changes of one client: structs, one after the other."""
        read = self._reader
        structs, client, clock = read.count(), read.number(), read.number()
        if client in self.ends:
            raise BadMessage("it tells of a client twice")
        self._begins[client] = clock
        for _ in range(structs):
            info = read.byte()
            if info in (GARBAGE, SKIP):
                clock += read.number()
            else:
                clock += self._item(info, client, clock)
            if clock >= LARGEST_CLOCK:
                raise BadMessage("its clocks are too large")
            if info == SKIP:
                self._begins[client] = max(clock, self._begins[client])
        self.ends[client] = clock

    def _item(self, info: int, client: int, clock: int) -> int:
        """A struct with a content, of a client at a clock; how many changes it is."""
        read = self._reader
        if info & HAS_LEFT:
            self._neighbour(client, clock)
        if info & HAS_RIGHT:
            self._neighbour(client, clock)
        if not info & (HAS_LEFT | HAS_RIGHT):
            if read.number() != 1:
                raise BadMessage("something in it stands in what is no text")
            read.skip_block()
            if info & HAS_PARENT_KEY:
                read.skip_block()
        measure = CONTENTS.get(info & CONTENT)
        if measure is None:
            raise BadMessage(f"it has content of the type {info & CONTENT}, which a text can't have")
        return measure(read)

    def _neighbour(self, own: int, begin: int) -> None:
        """Another change that the one of a client at a clock stands beside."""
        client, clock = self._reader.number(), self._reader.number()
        if client == own and clock >= begin:
            raise BadMessage("something in it stands beside what comes later")
        self._wanted[client] = max(clock + 1, self._wanted.get(client, 0))

    def _deletions(self) -> None:
        """What is deleted: ranges by client."""
        read = self._reader
        for _ in range(read.count()):
            client = read.number()
            for _ in range(read.count()):
                end = read.number() + read.number()
                self._wanted[client] = max(end, self._wanted.get(client, 0))


def clocks_of(state: bytes) -> dict[int, int]:
    """The clocks that a state vector says. Raises BadMessage for what is none."""
    reader = Reader(state)
    clocks = {reader.number(): reader.number() for _ in range(reader.count())}
    reader.end()
    return clocks


def _text(reader: Reader) -> int:
    """As many changes as UTF-16 has units."""
    try:
        return len(reader.block().decode().encode("utf-16-le")) // 2
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
