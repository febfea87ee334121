"""Updates are looked through before they are applied: what real documents make passes, what lies does not."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from livepages.coediting.protocol.encoding import BadMessage, number
from livepages.coediting.protocol.update import Update, clocks_of

STEPS = st.lists(st.tuples(st.sampled_from("text format embed delete".split()), st.text()), max_size=12)


def carried_out(steps: list[tuple[str, str]]) -> Doc[Any]:
    """A document in which these things were done."""
    doc: Doc[Any] = Doc()
    carry_out(doc, steps)
    return doc


def carry_out(doc: Doc[Any], steps: list[tuple[str, str]]) -> None:
    text = doc.get("text", type=Text)
    for kind, name in steps:
        if kind == "text":
            text.insert(0, name, {"bold": True})
        elif kind == "format":
            text.format(0, len(text), {"link": name})
        elif kind == "embed":
            text.insert_embed(len(text), {"image": name})
        else:
            text.clear()


@given(STEPS)
@settings(deadline=None)
def test_what_documents_make_passes(steps: list[tuple[str, str]]) -> None:
    doc = carried_out(steps)
    update = Update.of(doc.get_update())
    assert update.ends == clocks_of(doc.get_state())
    assert update.builds_on({})


@given(STEPS, STEPS)
@settings(deadline=None)
def test_what_follows_builds_on_what_was_there(before: list[tuple[str, str]], steps: list[Any]) -> None:
    doc = carried_out(before)
    state, clocks = doc.get_state(), clocks_of(doc.get_state())
    carry_out(doc, steps)
    update = Update.of(doc.get_update(state))
    assert update.builds_on(clocks)
    assert {**clocks, **update.ends} == clocks_of(doc.get_state())
    other = Update.of(Doc(client_id=7).get_update())
    assert other.builds_on({})


@pytest.mark.parametrize(("value", "kind"), [(Map({"a": Array([1])}), 7), ([1, 2], 8)])
def test_what_is_no_text_does_not(value: Any, kind: int) -> None:
    doc: Doc[Any] = Doc()
    doc.get("map", type=Map)["inner"] = value
    with pytest.raises(BadMessage, match=f"content of the type {kind}"):
        Update.of(doc.get_update())


def test_clocks_stay_within_what_the_library_counts() -> None:
    with pytest.raises(BadMessage, match="clocks are too large"):
        Update.of(b"\x01\x01\x05" + number(2**32 - 1) + b"\x04\x01\x04text\x01a\x00")


@pytest.mark.parametrize(
    "update",
    [
        b"\x01\x01\x05\x01\x04\x01\x04text\x01a\x00",  # the second character of client 5
        b"\x01\x01\x05\x00\x84\x06\x00\x01a\x00",  # a character behind the first of client 6
        b"\x00\x01\x05\x01\x00\x01",  # deletes the first of client 5
        b"\x01\x02\x05\x00\x0a\x01\x04\x01\x04text\x01a\x00",  # skips the first of client 5
    ],
)
def test_what_builds_on_something_else_says_so(update: bytes) -> None:
    assert not Update.of(update).builds_on({})
    assert Update.of(update).builds_on({5: 1, 6: 1})


@given(STEPS, st.data())
@settings(deadline=None)
def test_what_is_cut_short_does_not(steps: list[tuple[str, str]], data: st.DataObject) -> None:
    update = carried_out(steps).get_update()
    with pytest.raises(BadMessage):
        Update.of(update[: data.draw(st.integers(0, len(update) - 1))])


@pytest.mark.parametrize(
    "update",
    [
        number(2**27),  # clients
        b"\x01" + number(2**27) + b"\x01\x00",  # structs
        b"\x00" + number(2**27),  # clients with deletions
        b"\x00\x01\x01" + number(2**27),  # deletions
        b"\x01\x01\x01\x00\x04\x01\x01a" + number(2**27) + b"\x00",  # characters
        b"\x01\x01\x01\x00\x09\x01\x01a\x01b\x76\x00\x00",  # a document in it
        b"\x00\x00\x00",  # something more
    ],
    ids=lambda update: update[:12].hex(),
)
def test_what_asks_for_more_than_it_holds_does_not(update: bytes) -> None:
    with pytest.raises(BadMessage):
        Update.of(update)


@given(st.binary(max_size=80))
def test_any_bytes_pass_or_are_told(data: bytes) -> None:
    for check in (Update.of, clocks_of):
        with suppress(BadMessage):
            check(data)
