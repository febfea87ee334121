"""Updates are looked through before they are applied: whether each is one, and what it builds on.

The library that applies them makes room for as many things as they say that they have, so that a few bytes could ask
for all memory there is; it takes values in each other until the stack is full; and what builds on something that is
not there it keeps in memory, or takes in without telling anybody. Source of the format: Yjs 13.6
(src/utils/encoding.js, src/structs, src/utils/DeleteSet.js) and lib0 0.2 (decoding.js, readAny).
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
FIXED_SIZES: Final = MappingProxyType({127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0})
"""Values by the byte that they begin with, and how many bytes follow."""
INTEGER, TEXT, OBJECT, ARRAY, BYTES = 125, 119, 118, 117, 116
"""Values whose size is in them."""
DEEPEST: Final = 100
"""How deep values may be nested."""
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
        self._begins[client] = max(clock, self._begins.get(client, 0))
        for _ in range(structs):
            info = read.byte()
            if info in (GARBAGE, SKIP):
                clock += read.number()
            else:
                clock += self._item(info)
            if clock >= LARGEST_CLOCK:
                raise BadMessage("its clocks are too large")
            if info == SKIP:
                self._begins[client] = max(clock, self._begins[client])
        self.ends[client] = max(clock, self.ends.get(client, 0))

    def _item(self, info: int) -> int:
        """A struct with a content; how many changes it is."""
        read = self._reader
        if info & HAS_LEFT:
            self._id()
        if info & HAS_RIGHT:
            self._id()
        if not info & (HAS_LEFT | HAS_RIGHT):
            if read.number() == 1:
                read.skip_block()
            else:
                self._id()
            if info & HAS_PARENT_KEY:
                read.skip_block()
        measure = CONTENTS.get(info & CONTENT)
        if measure is None:
            raise BadMessage(f"it has content of the type {info & CONTENT}, which a text can't have")
        return measure(read)

    def _id(self) -> None:
        """Another change that this one stands beside, or in."""
        client, clock = self._reader.number(), self._reader.number()
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


def _texts(reader: Reader) -> int:
    count = reader.count()
    for _ in range(count):
        reader.skip_block()
    return count


def _block(reader: Reader) -> int:
    reader.skip_block()
    return 1


def _format(reader: Reader) -> int:
    """The name of a format, and its value as JSON."""
    reader.skip_block()
    reader.skip_block()
    return 1


def _values(reader: Reader) -> int:
    count = reader.count()
    for _ in range(count):
        _value(reader)
    return count


def _value(reader: Reader, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise BadMessage(f"a value in it is nested more than {DEEPEST} deep")
    kind = reader.byte()
    if kind in FIXED_SIZES:
        reader.skip(FIXED_SIZES[kind])
    elif kind == INTEGER:
        while reader.byte() >= 0x80:
            pass
    elif kind in (TEXT, BYTES):
        reader.skip_block()
    elif kind in (OBJECT, ARRAY):
        for _ in range(reader.count()):
            if kind == OBJECT:
                reader.skip_block()
            _value(reader, depth + 1)
    else:
        raise BadMessage(f"there is no value of the type {kind}")


CONTENTS: Final[Mapping[int, Callable[[Reader], int]]] = MappingProxyType(
    {
        1: Reader.number,  # deleted
        2: _texts,  # JSON, of older versions
        3: _block,  # bytes
        4: _text,
        5: _block,  # an embed, as JSON
        6: _format,
        8: _values,
    }
)
"""What can be in a document, and how many changes it is, by its number (Item.js, contentRefs).

Shared types and documents in each other are left out: no field makes them, and deleting takes a stack as deep as they.
"""
