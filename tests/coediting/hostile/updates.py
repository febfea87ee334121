"""Updates that no client of its own accord would send, written byte by byte (Yjs, UpdateEncoderV1)."""

from __future__ import annotations

import random

from pycrdt import Doc, Text, merge_updates

from tests.coediting.writers import block, number

DELETION = b"\x00\x01\x05\x01\x00\x01"
"""An update that takes out the first thing that client 5 has put in."""


def item(clock: int, content: bytes, *, client: int = 5, kind: int = 4, root: bytes = b"text") -> bytes:
    """An update of one item that stands at the beginning of a shared type."""
    return bytes((1, 1)) + number(client) + number(clock) + bytes((kind, 1)) + block(root) + content + b"\x00"


def backwards(client: int, count: int) -> bytes:
    """An update of letters each of which is put before the one written last, as if at the beginning of a text."""
    later = (b"\x44" + number(client) + number(clock) + b"\x01a" for clock in range(count - 1))
    return b"\x01" + number(count) + number(client) + b"\x00\x04\x01\x04text\x01a" + b"".join(later) + b"\x00"


def nested(depth: int) -> bytes:
    """An update with lists in each other, as a value within a list."""
    return item(0, b"\x01" + b"\x75\x01" * depth + b"\x7e", kind=8)


def gap(size: int = 3) -> bytes:
    """An update that builds on one that never comes, and says so: its text is to stand after that one's."""
    doc: Doc[Text] = Doc()
    text = doc.get("text", type=Text)
    text += "one"
    state = doc.get_state()
    text += "x" * size
    return doc.get_update(state)


def half_good(size: int) -> bytes:
    """An update of which one character can be applied, and all the rest builds on what never comes."""
    return merge_updates(item(0, block(b"a"), client=random.getrandbits(32)), gap(size))


def types_in_types(depth: int) -> bytes:
    """An update of shared texts, each of which is in the one before."""
    inner = (b"\x07\x00\x05" + number(clock) + b"\x02" for clock in range(depth - 1))
    return b"\x01" + number(depth) + b"\x05\x00\x07\x01" + block(b"text") + b"\x02" + b"".join(inner) + b"\x00"
