"""Whether an update is one, before it is applied: nothing in it may be longer, or more, than its bytes can hold.

The library that applies updates makes room for as many things as they say that they have, so that a few bytes could ask
for all memory there is. Source of the format: Yjs 13.6 (src/utils/encoding.js, src/structs, src/utils/DeleteSet.js) and
lib0 0.2 (decoding.js, readAny).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from livepages.coediting.encoding import BadMessage, Reader

HAS_LEFT, HAS_RIGHT, HAS_PARENT_KEY, CONTENT = 0x80, 0x40, 0x20, 0x1F
"""Bits of the byte that a struct begins with (Item.js, write)."""
GARBAGE, SKIP = 0, 10
"""What that byte is for structs that are only a length."""
NAMED_TYPES: Final = (3, 5)
"""Shared types with a name of their own: elements and hooks of XML (ContentType.js)."""
FIXED_SIZES: Final = MappingProxyType({127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0})
"""Values by the byte that they begin with, and how many bytes follow."""
INTEGER, TEXT, OBJECT, ARRAY, BYTES = 125, 119, 118, 117, 116
"""Values whose size is in them."""
DEEPEST: Final = 100
"""How deep values may be nested."""


def check_update(update: bytes) -> None:
    """Raises BadMessage for what is no update."""
    reader = Reader(update)
    for _ in range(reader.count()):
        structs = reader.count()
        reader.number()
        reader.number()
        for _ in range(structs):
            _struct(reader)
    _deletions(reader)
    reader.end()


def check_state(state: bytes) -> None:
    """Raises BadMessage for what is no state vector: pairs of a client and a clock."""
    reader = Reader(state)
    for _ in range(reader.count()):
        reader.number()
        reader.number()
    reader.end()


def _deletions(reader: Reader) -> None:
    """What is deleted: ranges by client."""
    for _ in range(reader.count()):
        reader.number()
        for _ in range(reader.count()):
            reader.number()
            reader.number()


def _struct(reader: Reader) -> None:
    info = reader.byte()
    if info in (GARBAGE, SKIP):
        reader.number()
        return
    if info & HAS_LEFT:
        _id(reader)
    if info & HAS_RIGHT:
        _id(reader)
    if not info & (HAS_LEFT | HAS_RIGHT):
        if reader.number() == 1:
            reader.skip_block()
        else:
            _id(reader)
        if info & HAS_PARENT_KEY:
            reader.skip_block()
    read = CONTENTS.get(info & CONTENT)
    if read is None:
        raise BadMessage(f"it has content of the type {info & CONTENT}, which can't be kept")
    read(reader)


def _id(reader: Reader) -> None:
    reader.number()
    reader.number()


def _texts(reader: Reader) -> None:
    for _ in range(reader.count()):
        reader.skip_block()


def _format(reader: Reader) -> None:
    """The name of a format, and its value as JSON."""
    reader.skip_block()
    reader.skip_block()


def _type(reader: Reader) -> None:
    if reader.number() in NAMED_TYPES:
        reader.skip_block()


def _values(reader: Reader) -> None:
    for _ in range(reader.count()):
        _value(reader)


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


CONTENTS: Final[Mapping[int, Callable[[Reader], object]]] = MappingProxyType(
    {
        1: Reader.number,  # deleted
        2: _texts,  # JSON, of older versions
        3: Reader.skip_block,  # bytes
        4: Reader.skip_block,  # text
        5: Reader.skip_block,  # an embed, as JSON
        6: _format,
        7: _type,
        8: _values,
    }
)
"""What can be in a document, by its number (Item.js, contentRefs); documents within documents are left out."""
